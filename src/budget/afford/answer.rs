//! What is asked about a limit, and what the answers are.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::choice::{Choice, Mix};
use super::search;
use crate::budget::amount::Case;
use crate::budget::forecast::{Finding, NotMade};
use crate::budget::month::Month;
use crate::budget::{Assumption, AtAcceptance};
use crate::catalog::evidence::Doubt;
use crate::figure::Figure;
use crate::limit::LimitVerdict;
use crate::reason::Reasons;

/// What is to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// US dollars that are not to be exceeded.
    pub limit: Decimal,
    /// What the limit is for.
    pub span: Span,
    /// The case of the forecast that has to keep to it.
    pub case: Case,
    /// The only workload to look at; all of them where it is left out.
    pub workload: Option<String>,
    /// Whether to look beyond what is wanted: the most images, and every quality.
    pub most: bool,
}

impl Question {
    /// Whether a workload is in question.
    pub(super) fn concerns(&self, workload: &str) -> bool {
        self.workload.as_deref().is_none_or(|name| name == workload)
    }
}

/// What a limit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Span {
    /// The whole budget.
    Total,
    /// Each month; the dearest one counts.
    Month,
}

impl Span {
    /// Every span.
    pub const ALL: [Span; 2] = [Span::Total, Span::Month];

    /// The word on the command line and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Span::Total => "total",
            Span::Month => "month",
        }
    }
}

/// What fits within a limit.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The budget as it is written, held against the limit.
    pub as_written: Fits,
    /// Images that the budget as written wants, in the case that counts; `None` if that is not stated.
    pub wanted: Option<u64>,
    /// What could be changed of one workload, all else as it is: what fits first, then the gentlest; empty where the budget
    /// fits as it is written. What costs no less than now is left out.
    pub choices: Vec<Choice>,
    /// Several changes together, where none alone fits.
    pub mix: Option<Mix>,
    /// Fewer images, all in question by one factor; `None` where the budget fits as it is written.
    pub fewer: Option<Fits>,
    /// More than is wanted, where that was asked.
    pub most: Option<Most>,
    /// What the budget as written would cost at another acceptance; `None` where each workload has one of its own.
    pub at_acceptance: Option<AtAcceptance>,
    /// What was assumed, a sentence each.
    pub assumptions: Vec<Assumption>,
    /// What stands in the way of the budget as it was written.
    pub findings: Vec<Finding>,
    /// What is planned and cannot be made; beside it nothing is shown to fit.
    pub not_made: Vec<NotMade>,
    /// The months in which a workload has no volume, by its name.
    pub not_planned: BTreeMap<String, Vec<Month>>,
}

/// As much as fits, whether it is wanted or not.
#[derive(Debug, Clone)]
pub struct Most {
    /// All workloads made larger or smaller by one factor.
    pub all: Fits,
    /// Each workload by itself, at each quality, size and route that the file names for it.
    pub alternatives: Vec<Alternative>,
    /// The qualities at which the wanted volume of each workload fits.
    pub qualities: Vec<Qualities>,
}

coded! {
    /// What makes a budget fit.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum FitsBy {
        /// Nothing has to change.
        AsWritten => "as_written",
        /// One change of one workload, at the images that are wanted.
        Change => "change",
        /// Several changes, at the images that are wanted.
        Mix => "mix",
        /// Fewer images than are wanted.
        Fewer => "fewer",
        /// More was asked for, and some workload by itself has images that fit.
        Most => "most",
        /// Not one image.
        Nothing => "nothing",
        /// It is not known.
        Unknown => "unknown",
    }
}

impl Answer {
    /// What makes it fit: the first of what takes least away.
    pub fn fits_by(&self) -> FitsBy {
        if matches!(self.as_written, Fits::Within(_)) {
            return FitsBy::AsWritten;
        }
        if self.first_choice().is_some() {
            return FitsBy::Change;
        }
        if self.mix.as_ref().is_some_and(|mix| matches!(mix.fits, Fits::Within(_))) {
            return FitsBy::Mix;
        }
        match &self.fewer {
            Some(fits) if fits.has_images() => FitsBy::Fewer,
            _ if self.most.as_ref().is_some_and(Most::has_images) => FitsBy::Most,
            Some(Fits::Nothing { .. }) => FitsBy::Nothing,
            _ => FitsBy::Unknown,
        }
    }

    /// The gentlest change that fits by itself and whose price may be named.
    pub fn first_choice(&self) -> Option<&Choice> {
        self.choices.iter().find(|it| it.doubt.is_none() && matches!(it.fits, Fits::Within(_)))
    }
}

impl Most {
    fn has_images(&self) -> bool {
        self.alternatives.iter().any(|alternative| alternative.fits.has_images())
    }
}

/// A workload at a quality and size on a route, the others as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The workload.
    pub workload: String,
    /// Whether it is what the file says of this workload.
    pub as_written: bool,
    /// The quality; `None` for the model's default.
    pub quality: Option<String>,
    /// The size; `None` for the model's default.
    pub size: Option<String>,
    /// The route; `None` for the model maker's own.
    pub route: Option<String>,
    /// What fits.
    pub fits: Fits,
    /// Why its price may not be named the cheapest.
    pub doubt: Option<Doubt>,
}

/// The qualities of a workload at its wanted volume, the others as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualities {
    /// The workload.
    pub workload: String,
    /// The label that the file names.
    pub as_written: Option<String>,
    /// The labels of its model, the lowest first, each with what the budget then costs.
    pub labels: Vec<(String, Fits)>,
}

impl Qualities {
    /// The best quality that fits.
    pub fn best(&self) -> Option<&str> {
        let mut fitting = self.labels.iter().filter(|(_, fits)| matches!(fits, Fits::Within(_)));
        fitting.next_back().map(|(label, _)| label.as_str())
    }
}

/// How something stands to the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fits {
    /// So many images fit, and one more does not.
    Most {
        /// The images.
        images: u64,
        /// The budget with these.
        with: Plan,
        /// The budget with one more.
        next: Plan,
    },
    /// Not one image fits: the budget without any and with one.
    Nothing {
        /// Without any image.
        none: Plan,
        /// With one image.
        one: Plan,
    },
    /// As many as can be counted fit.
    Any(Plan),
    /// The volume as it is keeps to the limit.
    Within(Plan),
    /// The volume as it is does not.
    Over(Plan),
    /// A part of the cost is unknown in this case, so that there is no number.
    Unknown(Reasons),
    /// It is not offered, or nothing is made.
    NotOffered(Reasons),
}

impl Fits {
    /// The word in files.
    pub fn as_str(&self) -> &'static str {
        match self {
            Fits::Most { .. } => "most",
            Fits::Nothing { .. } => "nothing",
            Fits::Any(_) => "any",
            Fits::Within(_) => "within",
            Fits::Over(_) => "over",
            Fits::Unknown(_) => "unknown",
            Fits::NotOffered(_) => "not_offered",
        }
    }

    /// Whether a number of images is shown to fit.
    pub fn has_images(&self) -> bool {
        matches!(self, Fits::Most { .. } | Fits::Any(_))
    }

    /// The number of images that fit, where there is one.
    pub fn images(&self) -> Option<u64> {
        match self {
            Fits::Most { images, .. } => Some(*images),
            Fits::Nothing { .. } => Some(0),
            _ => None,
        }
    }

    /// The budget that was priced, and the one with one image more.
    pub fn plans(&self) -> (Option<&Plan>, Option<&Plan>) {
        match self {
            Fits::Most { with, next, .. } => (Some(with), Some(next)),
            Fits::Nothing { none, one } => (Some(none), Some(one)),
            Fits::Any(plan) | Fits::Within(plan) | Fits::Over(plan) => (Some(plan), None),
            Fits::Unknown(_) | Fits::NotOffered(_) => (None, None),
        }
    }

    /// How a volume that is not looked for stands to the limit.
    pub fn verdict(&self) -> LimitVerdict {
        match self {
            Fits::Within(_) => LimitVerdict::Within,
            Fits::Over(_) => LimitVerdict::Over,
            _ => LimitVerdict::Unknown,
        }
    }
}

/// Images by workload and month.
pub type ImagesByMonth = BTreeMap<(String, Month), u64>;

/// A budget with certain images, priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The images that it sets; empty where the volumes are as written.
    pub images: ImagesByMonth,
    /// What is held against the limit, in US dollars: all months, or the dearest one.
    pub cost: Decimal,
    /// The images that are accepted in the end, of the workloads in question.
    pub accepted: Figure<Decimal>,
}

impl search::Priced for Plan {
    fn cost(&self) -> Decimal {
        self.cost
    }
}
