//! A bill beside the rated usage: what differs, by cause, and nothing is forced to fit.
//!
//! ```text
//! usage ─ cells ─┐
//! bill ─ groups ─┴─► found for each other: of the same day, as far as both say what they are of, the closest first
//!                      ─ cached tokens billed as others ─ billed on another day ─ processed otherwise ─► pairs
//! pairs ─ explain ─► differences by cause;  what has no other side is not in the usage, or not in the bill
//! ```
//!
//! Every step goes by what is equal to the last digit that the bill writes, never by what is near. The differences add up to
//! billed less rated, in total and on each day.

mod cached;
mod cause;
mod dims;
mod explain;
mod found;
mod held;
mod input;
mod pairing;
mod shift;
mod shifted;
mod tolerance;
mod usage;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

pub use cause::Cause;
pub use dims::Dims;
pub use found::{Difference, Reconciliation};
pub use input::{BilledCost, Computed, NotCompared, in_dollars};
pub use tolerance::Tolerance;
pub use usage::of_usage;

use super::line::BillKind;
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use held::{cells, groups, told};
use pairing::Held;

/// Holds a bill against the cost of usage.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept exact.
pub fn reconcile(
    computed: &[Computed],
    billed: &[BilledCost],
) -> Result<Reconciliation, AmountTooLarge> {
    let total = Figure::sum(computed.iter().map(|it| &it.cost))?;
    let cells = cells(computed)?;
    let groups = groups(billed, told(&cells))?;
    let mut held = Held { cells, waiting: groups, pairs: Vec::new() };
    held.pair_cached()?;
    held.pair_same_day();
    let mut differences = held.shift_days()?;
    held.pair_other_processing();
    for pair in &held.pairs {
        differences.extend(pair.explain()?);
    }
    differences.extend(held.without_other_side());
    differences.extend(apart(billed));
    Reconciliation::of(&total, billed, differences)
}

/// What is no usage, and what another exchange rate adds to what is.
fn apart(billed: &[BilledCost]) -> Vec<Difference> {
    let mut all = Vec::new();
    for it in billed.iter().filter(|it| it.kind != BillKind::Tax) {
        let difference = |cause, amount| Difference {
            cause,
            day: it.day,
            dims: it.dims.clone(),
            amount,
            rated_by: None,
        };
        all.push(difference(Cause::ExchangeRate, it.exchange));
        if it.kind != BillKind::Usage {
            all.push(difference(Cause::FeeCreditAdjustment, it.amount));
        }
    }
    all
}
