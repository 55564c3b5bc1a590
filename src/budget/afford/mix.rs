//! Several changes together, where none alone is enough.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::Fits;
use super::asking::Asking;
use super::choice::{Choice, Mix};
use super::part::Part;
use crate::budget::workload::Budget;

/// How many changes are put together at most, those that save most: each is a forecast of the whole budget.
pub const MOST_IN_A_MIX: usize = 24;

impl Asking<'_> {
    /// One mix: changes are added, the gentlest first and of equals the largest saving, until all that is wanted fits; then
    /// those without which it still fits are taken back. Where the [`MOST_IN_A_MIX`] that save most are not enough, all of them.
    ///
    /// `None` where the budget fits as it is written, where one change alone makes it fit, or where none saves anything.
    pub(super) fn mix(
        &self,
        budget: &Budget,
        choices: &[Choice],
        as_written: &Fits,
    ) -> Option<Mix> {
        let Fits::Over(now) = as_written else { return None };
        let priced = |choice: &&Choice| {
            choice.doubt.is_none() && matches!(choice.fits, Fits::Over(_) | Fits::Within(_))
        };
        let mut order: Vec<&Choice> = choices.iter().filter(priced).collect();
        if order.is_empty() || order.iter().any(|choice| matches!(choice.fits, Fits::Within(_))) {
            return None;
        }
        let saving = |choice: &Choice| now.cost - choice.cost().unwrap_or(now.cost);
        order.sort_by_key(|choice| Reverse(saving(choice)));
        order.truncate(MOST_IN_A_MIX);
        order.sort_by_key(|choice| choice.change.severity());
        let (mut taken, mut fits) = (Vec::new(), as_written.clone());
        for choice in order {
            let tried = with(&taken, choice);
            let found = self.together(budget, &tried);
            if cost(&found).is_some_and(|then| cost(&fits).is_some_and(|before| then < before)) {
                (taken, fits) = (tried, found);
            }
            if matches!(fits, Fits::Within(_)) {
                break;
            }
        }
        if matches!(fits, Fits::Within(_)) {
            self.without_what_is_not_needed(budget, &mut taken, &mut fits);
        }
        let changes = taken.iter().map(|it| (it.workload.clone(), it.change.clone())).collect();
        (taken.len() > 1).then_some(Mix { changes, fits })
    }

    fn without_what_is_not_needed(
        &self,
        budget: &Budget,
        taken: &mut Vec<&Choice>,
        fits: &mut Fits,
    ) {
        // The harshest change is the first to be taken back.
        for index in (0..taken.len()).rev() {
            let mut fewer = taken.clone();
            fewer.remove(index);
            let found = self.together(budget, &fewer);
            if matches!(found, Fits::Within(_)) {
                (*taken, *fits) = (fewer, found);
            }
        }
    }

    fn together(&self, budget: &Budget, choices: &[&Choice]) -> Fits {
        let apply = |budget: Budget, it: &&Choice| it.change.applied(&budget, &it.workload);
        self.as_it_is(&Part::whole(&choices.iter().fold(budget.clone(), apply)))
    }
}

/// The choices with one more, which takes the place of one that it excludes.
fn with<'c>(taken: &[&'c Choice], more: &'c Choice) -> Vec<&'c Choice> {
    let stays = |it: &&&Choice| it.workload != more.workload || !it.change.excludes(&more.change);
    taken.iter().filter(stays).copied().chain([more]).collect()
}

fn cost(fits: &Fits) -> Option<Decimal> {
    fits.plans().0.map(|plan| plan.cost)
}
