//! What the API of a model refuses on certain days, although each value is one that the parameter has.

use chrono::NaiveDate;

use super::check::{Checker, all};
use super::evidence::Evidence;
use super::known::{Known, KnownDays};
use super::raw::{RawRefusal, Spanned};
use super::yaml::span;
use crate::problem::ProblemCode;

/// A parameter whose values may be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parameter {
    /// `background`.
    Background,
    /// `output_format`.
    OutputFormat,
}

impl Parameter {
    /// Its name in a body.
    pub fn as_str(self) -> &'static str {
        match self {
            Parameter::Background => "background",
            Parameter::OutputFormat => "output_format",
        }
    }
}

/// Values of parameters that the API refuses together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The values.
    pub when: Vec<(Parameter, String)>,
    /// The first day; `None` as long as the model is there.
    pub from: Option<NaiveDate>,
    /// The first day on which they are taken; `None` if there is none.
    pub until: Option<NaiveDate>,
    /// Whether another source says that they are taken.
    pub disputed: bool,
    /// Why, or what is refused.
    pub reason: String,
    /// Who says so.
    pub evidence: Evidence,
}

impl Refusal {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// Why, and who says so.
    pub fn with_source(&self) -> String {
        format!("{} ({})", self.reason, self.evidence.in_words())
    }

    /// The values: "background transparent with output_format jpeg".
    pub fn in_words(&self) -> String {
        let values = self.when.iter().map(|(name, value)| format!("{} {value}", name.as_str()));
        values.collect::<Vec<_>>().join(" with ")
    }
}

pub(super) fn refusals(check: &mut Checker, raw: &[Spanned<RawRefusal>]) -> Option<Vec<Refusal>> {
    all(raw.iter().map(|raw| refusal(check, raw)).collect())
}

fn refusal(check: &mut Checker, spanned: &Spanned<RawRefusal>) -> Option<Refusal> {
    let raw = &spanned.value;
    let values = [
        (Parameter::Background, &raw.when.background),
        (Parameter::OutputFormat, &raw.when.output_format),
    ];
    let given = values.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    let when: Option<Vec<_>> =
        all(given.map(|(name, value)| Some((name, check.text(value)?))).collect());
    if when.as_ref().is_some_and(Vec::is_empty) {
        let help = "name the values that are refused, such as `background: transparent`";
        check.report(ProblemCode::Empty, span(spanned), "`when` names no value", help);
    }
    let from = check.optional_date(raw.from.as_ref());
    let until = check.optional_date(raw.until.as_ref());
    let disputed = raw.disputed.as_ref().map_or(Some(false), |raw| check.flag(raw));
    let reason = check.text(&raw.reason);
    let evidence = check.evidence(&raw.evidence);
    Some(Refusal {
        when: when?,
        from: from?,
        until: until?,
        disputed: disputed?,
        reason: reason?,
        evidence: evidence?,
    })
}

impl Known for Refusal {
    fn known_from(&self) -> Option<NaiveDate> {
        let (from, seen) = (self.from, self.evidence.seen);
        KnownDays { from, seen, ..KnownDays::default() }.first()
    }
}
