//! The dictionary: each term of an output once, with its key, title, type, unit and meaning.
//!
//! A column of a CSV and a key of a JSON row are made of a term by its type alone, never of what stands in the
//! rows. [`terms`] holds them; [`crate::report::record`] makes rows of them; `imgcost schema columns` prints them.

mod page;
pub mod terms;

pub use page::page;

use std::borrow::Cow;

/// A term of the outputs.
#[derive(Debug, PartialEq, Eq)]
pub struct Term {
    /// The key in files; of money the part before `_low_usd`.
    pub key: &'static str,
    /// The heading for people.
    pub title: &'static str,
    /// What kind of value it has.
    pub kind: Kind,
    /// What it is counted in, where that is more than its type says.
    pub unit: &'static str,
    /// What it is, in one sentence.
    pub meaning: &'static str,
}

/// The type of a term: it decides the columns and keys that the term has in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A stable id, compared whole.
    Id,
    /// Words, or a word of a list.
    Text,
    /// A day, `YYYY-MM-DD`, in UTC.
    Day,
    /// A month, `YYYY-MM`.
    Month,
    /// Pixels, `WIDTHxHEIGHT`.
    Size,
    /// Words, separated by `; ` in a cell and a list in JSON.
    List,
    /// A whole number that is known.
    Number,
    /// A whole number, or a range of them.
    Count,
    /// A part of a whole, from 0 to 1.
    Share,
    /// How many times something else.
    Ratio,
    /// One amount of money.
    Amount,
    /// A cost, from its low to its high end.
    Money,
    /// By how much a cost changes, case by case; the change of the low case need not be the smaller one.
    Change,
    /// A number, which need not be whole, or a range of them.
    Quantity,
    /// A number that is known, which need not be whole.
    Decimal,
    /// Whether something is the case.
    Flag,
}

impl Kind {
    /// The word in the dictionary.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Id => "id",
            Kind::Text => "text",
            Kind::Day => "day",
            Kind::Month => "month",
            Kind::Size => "size",
            Kind::List => "list",
            Kind::Number => "number",
            Kind::Count => "count",
            Kind::Share => "share",
            Kind::Ratio => "ratio",
            Kind::Amount => "amount",
            Kind::Money => "money",
            Kind::Change => "change",
            Kind::Quantity => "quantity",
            Kind::Decimal => "decimal",
            Kind::Flag => "flag",
        }
    }

    /// What is appended to the key of a term, a name for each column that it has in files.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Money => &[
                "_low_usd",
                "_expected_usd",
                "_high_usd",
                "_low_in_currency",
                "_expected_in_currency",
                "_high_in_currency",
            ],
            Kind::Change => &[
                "_low_case_usd",
                "_expected_case_usd",
                "_high_case_usd",
                "_low_case_in_currency",
                "_expected_case_in_currency",
                "_high_case_in_currency",
            ],
            Kind::Amount => &["", IN_CURRENCY],
            Kind::Count | Kind::Quantity => &["", "_low", "_high"],
            _ => &[""],
        }
    }

    /// The names of all columns of a term of this type with this key. An amount has one in another currency where its key
    /// says that it is in US dollars, and is no price.
    pub fn keys<'a>(self, key: &'a str) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        let own = key.strip_suffix(IN_DOLLARS).filter(|own| !own.ends_with("_in"));
        self.endings().iter().filter_map(move |ending| match (self, *ending) {
            (_, "") => Some(Cow::Borrowed(key)),
            (Kind::Amount, ending) => own.map(|own| Cow::Owned(format!("{own}{ending}"))),
            (_, ending) => Some(Cow::Owned(format!("{key}{ending}"))),
        })
    }

    /// How many of [`Kind::endings`] stand in every file with the column: the ends of a quantity are left out where not all
    /// columns are asked for, and what is in the currency of a report that is in dollars.
    pub fn shown_endings(self) -> usize {
        match self {
            Kind::Money | Kind::Change => 3,
            _ => 1,
        }
    }

    /// Whether the value of an ending is in the currency of the report, and there where that is no US dollar alone.
    pub fn is_in_currency(self, ending: usize) -> bool {
        matches!(self, Kind::Money | Kind::Change | Kind::Amount) && ending >= self.shown_endings()
    }
}

/// How the key of an amount in US dollars ends, and of the same in the currency of the report.
const IN_DOLLARS: &str = "_usd";
const IN_CURRENCY: &str = "_in_currency";

impl Term {
    /// The names of its columns, all of them.
    pub fn keys(&self) -> impl Iterator<Item = Cow<'static, str>> {
        self.kind.keys(self.key)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::terms::ALL;

    #[test]
    fn no_two_terms_share_a_key_and_each_says_what_it_is() {
        let mut keys = BTreeSet::new();
        for term in ALL {
            for key in term.keys() {
                assert!(keys.insert(key.clone()), "{key} twice");
                // Capitals stand for an open part, such as the name of a tag.
                let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
                assert!(key.chars().all(plain), "{key}");
            }
            assert!(!term.title.is_empty(), "{}", term.key);
            assert!(term.meaning.ends_with('.'), "{}: {}", term.key, term.meaning);
        }
    }
}
