//! The first and the last day of a model at its maker, or of one route.

use chrono::NaiveDate;

use super::evidence::Evidence;
use super::known::{Known, KnownDays};

/// The first day of a model at its maker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// The day.
    pub on: NaiveDate,
    /// Who says so.
    pub evidence: Evidence,
}

/// The end of a model at its maker, or of one route. A maker's ends the maker's routes and is a warning on others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shutdown {
    /// The first day without it.
    pub on: NaiveDate,
    /// When it was announced.
    pub announced: Option<NaiveDate>,
    /// The models that whoever ends it names instead.
    pub replacements: Vec<String>,
    /// From which day they are known to be named, where that is not known with the shutdown.
    pub replacements_known_from: Option<NaiveDate>,
    /// What was named before, with the day from which that is known, the oldest first.
    pub earlier_replacements: Vec<(NaiveDate, Vec<String>)>,
    /// Who says so.
    pub evidence: Evidence,
}

impl Shutdown {
    /// The models that were named instead, by what was known on a day.
    pub fn replacements_on(&self, day: NaiveDate) -> &[String] {
        if self.replacements_known_from.is_none_or(|from| from <= day) {
            return &self.replacements;
        }
        let known = self.earlier_replacements.iter().rev().find(|(from, _)| *from <= day);
        known.map_or(&[], |(_, models)| models)
    }
}

/// What is known of the end of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End<'a> {
    /// It ends then: its owner says so of it, or its owner makes the model and shuts that down.
    OfRoute(&'a Shutdown),
    /// The maker shuts the model down at its own routes; of this one, nothing is stated.
    AtMaker(&'a Shutdown),
}

impl<'a> End<'a> {
    /// The day and what is named instead.
    pub fn shutdown(self) -> &'a Shutdown {
        match self {
            End::OfRoute(shutdown) | End::AtMaker(shutdown) => shutdown,
        }
    }
}

impl Known for Launch {
    fn known_from(&self) -> Option<NaiveDate> {
        KnownDays { from: Some(self.on), seen: self.evidence.seen, ..KnownDays::default() }.first()
    }
}

impl Known for Shutdown {
    fn known_from(&self) -> Option<NaiveDate> {
        let (announced, from, seen) = (self.announced, Some(self.on), self.evidence.seen);
        KnownDays { announced, from, seen, ..KnownDays::default() }.first()
    }
}
