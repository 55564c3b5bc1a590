//! Stable codes of statements: each kind of statement once, with its code and what it means.

/// The code of a kind of statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Code {
    /// The stable name, such as `quality_open`; later versions may add names and never change what one means.
    pub code: &'static str,
    /// Its meaning, a paragraph line by line.
    meaning: &'static [&'static str],
}

impl Code {
    /// A code by the lines of the comment on its kind.
    pub(crate) const fn new(code: &'static str, meaning: &'static [&'static str]) -> Code {
        Code { code, meaning }
    }

    /// What it means, in one line.
    pub fn meaning(&self) -> String {
        self.meaning.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
    }
}

/// An enum whose kinds each have a code behind `=>`: `code()` gives that of a value, and `CODES` lists all with the
/// comments of the kinds as their meanings, so that a kind without a code or a meaning does not compile.
macro_rules! coded {
    (
        $(#[$($attribute:tt)+])*
        pub enum $name:ident {
            $(
                $(#[doc = $meaning:literal])+
                $(#[error $error:tt])?
                $kind:ident $(($($of:tt)*))? $({$($with:tt)*})? => $code:literal
            ),+ $(,)?
        }
    ) => {
        $(#[$($attribute)+])*
        pub enum $name {
            $(
                $(#[doc = $meaning])+
                $(#[error $error])?
                $kind $(($($of)*))? $({$($with)*})?
            ),+
        }

        impl $name {
            /// Each kind with its code.
            pub const CODES: &'static [$crate::codes::Code] =
                &[$($crate::codes::Code::new($code, &[$($meaning),+])),+];

            /// The stable name of its kind.
            pub fn code(&self) -> &'static str {
                match self {
                    $($name::$kind { .. } => $code),+
                }
            }
        }
    };
}

/// Why a figure is not exact, in the order of the domains.
pub fn of_reasons() -> impl Iterator<Item = &'static Code> {
    use crate::reason::{Attempts, Budgeting, Logged, Metering, Pricing, Reply};
    let all = [
        Metering::CODES,
        Pricing::CODES,
        Attempts::CODES,
        Reply::CODES,
        Logged::CODES,
        Budgeting::CODES,
    ];
    all.into_iter().flatten()
}

/// Why something cannot be priced as asked; messages name the same codes.
pub fn of_refusals() -> impl Iterator<Item = &'static Code> {
    crate::request::RequestError::CODES.iter()
}

/// What goes with a figure.
pub fn of_notes() -> impl Iterator<Item = &'static Code> {
    crate::note::Note::CODES.iter()
}

/// What is taken for granted of a request or a reply.
pub fn of_assumptions() -> impl Iterator<Item = &'static Code> {
    crate::note::Assumption::CODES.iter()
}

/// What a budget and its forecast take for granted besides.
pub fn of_budget_assumptions() -> impl Iterator<Item = &'static Code> {
    crate::budget::Assumption::kind_codes()
}

/// What the cost of a request or a budget takes for granted and was tried otherwise.
pub fn of_premises() -> impl Iterator<Item = &'static Code> {
    crate::sensitivity::Premise::CODES.iter()
}

/// Why counts are not told from prices.
pub fn of_not_told_apart() -> impl Iterator<Item = &'static Code> {
    crate::budget::NotToldApart::CODES.iter()
}

/// Why a key of a budget changes no figure.
pub fn of_idle_keys() -> impl Iterator<Item = &'static Code> {
    crate::budget::IdleReason::CODES.iter()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn no_two_kinds_share_a_code() {
        let reasons = super::of_reasons().chain(super::of_refusals()).map(|it| (0, it));
        let notes = super::of_notes().map(|it| (1, it));
        let mut seen = BTreeSet::new();
        for (of, it) in reasons.chain(notes).chain(super::of_assumptions().map(|it| (2, it))) {
            let code = it.code;
            assert!(seen.insert((of, code)), "{code} twice");
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || "_-".contains(c)), "{code}");
            let meaning = it.meaning();
            assert!(meaning.ends_with('.') && !meaning.contains('|'), "{code}: {meaning}");
        }
    }
}
