//! Checks of single values that only budgets have.

use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

use super::leaves::{ChangeText, Key, MonthText, Pairs, PercentText, ShareText};
use crate::attempts::parse_attempts;
use crate::budget::month::Month;
use crate::catalog::check::Checker;
use crate::catalog::raw::{Count, Kind, Price, Scalar, Text};
use crate::catalog::yaml::span;
use crate::errors::NotAValue;
use crate::problem::ProblemCode;
use crate::share::{parse_factor, parse_growth, parse_margin, parse_price_change, parse_share};
use crate::unit::grouped;

impl Checker<'_> {
    pub(super) fn month<K: Kind>(&mut self, raw: &Text<K>) -> Option<Month> {
        let at = raw.place()?;
        let month = raw.value.parse::<Month>();
        if month.is_err() {
            let message = format!("`{}` is not a month", raw.value);
            self.report(ProblemCode::BadMonth, at, message, "write it as YYYY-MM: 2027-01");
        }
        month.ok()
    }

    pub(super) fn optional_month(
        &mut self,
        raw: Option<&Text<MonthText>>,
    ) -> Option<Option<Month>> {
        raw.map_or(Some(None), |raw| self.month(raw).map(Some))
    }

    /// A share from 0% to 100%.
    pub(crate) fn share(&mut self, raw: &Text<ShareText>) -> Option<Decimal> {
        let share = parse_share(&raw.value);
        self.or_bad_share(raw, share, "write it as \"70%\" or \"0.7\"")
    }

    /// How much each month is larger than the one before.
    pub(super) fn growth(&mut self, raw: &Text<ChangeText>) -> Option<Decimal> {
        let change = parse_growth(&raw.value);
        self.or_bad_share(raw, change, "write it as \"3%\", or \"-5%\" for less each month")
    }

    /// A margin on a cost.
    pub(super) fn margin(&mut self, raw: &Text<PercentText>) -> Option<Decimal> {
        self.or_bad_share(raw, parse_margin(&raw.value), "write it as \"10%\"")
    }

    /// A change of a price, as the factor that it is: `-20%` is 0.8.
    pub(super) fn price_change(&mut self, raw: &Text<ChangeText>) -> Option<Decimal> {
        let help = "write it with its signs: \"-20%\" for a fifth less, from -100% to 1000%";
        let change = self.or_bad_share(raw, parse_price_change(&raw.value), help);
        change.map(|change| Decimal::ONE + change)
    }

    fn or_bad_share<K>(
        &mut self,
        raw: &Text<K>,
        found: Result<Decimal, NotAValue>,
        help: &'static str,
    ) -> Option<Decimal> {
        let at = raw.place()?;
        let report = |why: NotAValue| {
            let message = format!("`{}` is {why}", raw.value);
            self.report(ProblemCode::BadShare, at, message, help);
        };
        found.map_err(report).ok()
    }

    /// A factor above zero: `×1.2`.
    pub(super) fn factor<K: Kind>(&mut self, raw: &Text<K>) -> Option<Decimal> {
        let at = raw.place()?;
        let report = |why: NotAValue| {
            let message = format!("`{}` is {why}", raw.value);
            let help = "write it as \"×1.2\" or \"1.2\": a fifth more";
            self.report(ProblemCode::BadNumber, at, message, help);
        };
        parse_factor(&raw.value).map_err(report).ok()
    }

    /// Attempts for each accepted image.
    pub(super) fn attempts(&mut self, raw: &Price) -> Option<Decimal> {
        let number = self.price(raw)?;
        let found = parse_attempts(&number.to_string());
        let report = |why: NotAValue| {
            let message = format!("{number} is {why}");
            self.report(ProblemCode::OutOfRange, span(raw), message, "correct the number");
        };
        found.map_err(report).ok()
    }

    /// A number in quotes from `low` to `high`.
    pub(super) fn number(&mut self, raw: &Price, low: Decimal, high: Decimal) -> Option<Decimal> {
        let number = self.price(raw)?;
        let inside = (low..=high).contains(&number);
        if !inside {
            let message = format!("{number} is not from {low} to {high}");
            self.report(ProblemCode::OutOfRange, span(raw), message, "correct the number");
        }
        inside.then_some(number)
    }

    /// Text that is kept to the letter, such as a prompt.
    pub(super) fn verbatim(&mut self, raw: &Text) -> Option<String> {
        raw.place()?;
        let is_text = !self.is_bare_number(raw);
        is_text.then(|| raw.value.to_string())
    }

    /// Any whole number that may be left out; what it may be is for the model to say.
    pub(super) fn optional_count(&mut self, raw: Option<&Count>) -> Option<Option<u64>> {
        raw.map_or(Some(None), |raw| {
            self.count(raw, 0, crate::catalog::check::MOST_TOKENS).map(Some)
        })
    }

    /// Text that may be left out.
    pub(crate) fn optional_text<K: Kind>(
        &mut self,
        raw: Option<&Text<K>>,
    ) -> Option<Option<String>> {
        raw.map_or(Some(None), |raw| self.text(raw).map(Some))
    }

    /// A mapping of names to what `read` makes of their values.
    pub(super) fn pairs<V, T>(
        &mut self,
        raw: &Pairs<V>,
        mut read: impl FnMut(&mut Self, &Key, &V) -> Option<T>,
    ) -> Option<BTreeMap<String, T>> {
        let mut whole = true;
        let mut found = BTreeMap::new();
        for (key, value) in &raw.0 {
            match (self.text(key), read(self, key, value)) {
                (Some(name), Some(value)) => {
                    found.insert(name, value);
                }
                _ => whole = false,
            }
        }
        whole.then_some(found)
    }

    /// Reports a name that nothing has.
    pub(super) fn unknown_name(&mut self, raw: &Key, what: &str, known: &[&str]) {
        let near = self.near(&raw.value, known.iter().copied());
        let help = match (near.first(), known) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, []) => "remove it: there is none".to_owned(),
            (None, known) => format!("there are: {}", some(known)),
        };
        let message = format!("`{}` is no {what}", &*raw.value);
        self.report(ProblemCode::UnknownWord, span(raw), message, help);
    }

    /// Reports every name that has stood before; `what` they name.
    pub(super) fn unique<'n>(&mut self, names: impl Iterator<Item = &'n Text>, what: &str) {
        let mut seen = BTreeSet::new();
        for raw in names.filter(|raw| raw.place().is_some()) {
            let name = raw.value.trim();
            if !seen.insert(name) {
                let message = format!("`{name}` is the name of another {what}");
                let help = "give each a name of its own";
                self.report(ProblemCode::DuplicateName, span(raw), message, help);
            }
        }
    }
}

/// Whether a scalar is a whole number, and which.
pub(super) fn whole(scalar: &Scalar) -> Option<u64> {
    match scalar {
        Scalar::Whole(number) => Some(*number),
        _ => None,
    }
}

/// The first of many names: a file may name thousands of workloads, and each of its problems all of them.
fn some(names: &[&str]) -> String {
    const FEW: usize = 12;
    let (first, more) = names.split_at(names.len().min(FEW));
    match more.len() {
        0 => first.join(", "),
        more => format!("{} and {} more", first.join(", "), grouped(more as u64)),
    }
}
