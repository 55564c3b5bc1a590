//! What tells lines apart, and as far as both sides say it.

use std::sync::Arc;

use crate::catalog::conditions::Processing;
use crate::unit::Meter;

/// What a line of a bill or a cell of usage is of; what it does not say is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dims {
    /// The price owner.
    pub owner: Option<Arc<str>>,
    /// The project.
    pub project: Option<Arc<str>>,
    /// The model.
    pub model: Option<Arc<str>>,
    /// The kind of processing.
    pub processing: Option<Processing>,
    /// The meter.
    pub meter: Option<Meter>,
}

/// Which of them are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Said([bool; 5]);

impl Said {
    /// How many.
    pub(super) fn count(self) -> usize {
        self.0.iter().filter(|said| **said).count()
    }

    /// What either says.
    pub(super) fn or(self, other: Said) -> Said {
        Said(std::array::from_fn(|at| self.0[at] || other.0[at]))
    }

    /// Whether the kind of processing is said.
    pub(super) fn processing(self) -> bool {
        self.0[3]
    }
}

impl Dims {
    pub(super) fn said(&self) -> Said {
        Said([
            self.owner.is_some(),
            self.project.is_some(),
            self.model.is_some(),
            self.processing.is_some(),
            self.meter.is_some(),
        ])
    }

    /// As far as these are said.
    pub(super) fn as_far_as(&self, Said(said): Said) -> Dims {
        Dims {
            owner: self.owner.clone().filter(|_| said[0]),
            project: self.project.clone().filter(|_| said[1]),
            model: self.model.clone().filter(|_| said[2]),
            processing: self.processing.filter(|_| said[3]),
            meter: self.meter.filter(|_| said[4]),
        }
    }

    /// The same of any meter.
    pub(super) fn of_any_meter(&self) -> Dims {
        Dims { meter: None, ..self.clone() }
    }

    /// The same of any kind of processing.
    pub(super) fn however_processed(&self) -> Dims {
        Dims { processing: None, ..self.clone() }
    }
}
