//! A change of a workload that keeps the images that are wanted, and several of them together.

use std::fmt;

use rust_decimal::Decimal;

use super::Fits;
use crate::budget::workload::{Budget, Workload};
use crate::catalog::conditions::Processing;
use crate::catalog::evidence::Doubt;

/// One change of a workload at the volume that is wanted, all else as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The workload.
    pub workload: String,
    /// What is changed of it.
    pub change: ChoiceChange,
    /// The images that are wanted of the workload, in the case that counts; `None` where that is not stated.
    pub images: Option<u64>,
    /// The budget with it, held against the limit.
    pub fits: Fits,
    /// Why its price may not be named the cheapest, where it is weaker than the prices of the budget as written.
    pub doubt: Option<Doubt>,
}

impl Choice {
    /// What the budget costs with it, in the case that counts; `None` where that has no number.
    pub fn cost(&self) -> Option<Decimal> {
        self.fits.plans().0.map(|plan| plan.cost)
    }
}

/// Several changes together, at the volumes that are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mix {
    /// Workloads, each with what is changed of it.
    pub changes: Vec<(String, ChoiceChange)>,
    /// The budget with all of them, held against the limit.
    pub fits: Fits,
}

coded! {
    /// What is changed of a workload: its last step, and for Batch processing every step.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum ChoiceChange {
        /// A lower quality label of its model.
        Quality {
            /// The label.
            to: String,
            /// How many labels lower.
            lower: usize,
        } => "quality",
        /// Batch processing.
        Batch => "batch",
        /// Another route to the same model, which the file names.
        Route {
            /// Its id.
            to: String,
        } => "route",
        /// Another model that the file names, from its maker.
        Model {
            /// Its id.
            to: String,
        } => "model",
    }
}

impl ChoiceChange {
    /// How much it takes away, the least first: one quality label lower, then Batch, another route, another model, and
    /// then the lower labels.
    pub(super) fn severity(&self) -> usize {
        match self {
            ChoiceChange::Quality { lower: 1, .. } => 0,
            ChoiceChange::Batch => 1,
            ChoiceChange::Route { .. } => 2,
            ChoiceChange::Model { .. } => 3,
            ChoiceChange::Quality { lower, .. } => 2 + lower,
        }
    }

    /// Whether both change the same thing, so that a workload can have only one of them.
    pub(super) fn excludes(&self, other: &ChoiceChange) -> bool {
        let place = |it: &ChoiceChange| match it {
            ChoiceChange::Quality { .. } => 0,
            ChoiceChange::Batch => 1,
            ChoiceChange::Route { .. } | ChoiceChange::Model { .. } => 2,
        };
        place(self) == place(other)
    }

    /// The budget with this change of a workload.
    pub(super) fn applied(&self, budget: &Budget, workload: &str) -> Budget {
        let mut changed = budget.clone();
        let own = changed.workloads.iter_mut().find(|it| it.name == workload);
        own.into_iter().for_each(|own| self.apply(own));
        changed
    }

    fn apply(&self, workload: &mut Workload) {
        if *self == ChoiceChange::Batch {
            let steps = workload.steps.iter_mut();
            return steps.for_each(|step| step.draft.processing = Some(Processing::Batch));
        }
        let Some(last) = workload.steps.last_mut() else { return };
        match self {
            ChoiceChange::Quality { to, .. } => last.draft.quality = Some(to.clone()),
            ChoiceChange::Route { to } => last.route = Some(to.clone()),
            ChoiceChange::Model { to } => {
                last.draft.model = Some(to.clone());
                last.route = None;
            }
            ChoiceChange::Batch => {}
        }
    }
}

/// As it stands after the name of a workload: "at medium".
impl fmt::Display for ChoiceChange {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            ChoiceChange::Quality { to, .. } => write!(f, "at {to}"),
            ChoiceChange::Batch => f.write_str("in a Batch"),
            ChoiceChange::Route { to } => write!(f, "on {to}"),
            ChoiceChange::Model { to } => write!(f, "with {to}"),
        }
    }
}
