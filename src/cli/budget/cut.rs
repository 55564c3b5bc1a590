//! What a smaller number of months would leave out of a budget.

use crate::budget::{Budget, Volume, Workload};
use crate::cli::exit::Failure;

/// What is stated by month must lie in the budget: what a shorter one leaves out would cost nothing in silence, and no
/// file says a month, or a start, that is none of its budget's.
pub(super) fn refuse_cut_volumes(budget: &Budget) -> Result<(), Failure> {
    let of_workloads = budget.workloads.iter().filter_map(|workload| cut(workload, budget));
    let cut = of_workloads.chain(costs_cut(budget));
    let refused: Vec<_> = cut
        .map(|what| {
            let what = format!("--months {} leaves out {what}", budget.months);
            (what, "leave it out, or change the file".to_owned())
        })
        .collect();
    if refused.is_empty() { Ok(()) } else { Err(Failure::Usage(refused)) }
}

/// What a workload plans after the end of its budget, in words.
fn cut(workload: &Workload, budget: &Budget) -> Option<String> {
    let end = budget.start.plus(budget.months);
    let name = &workload.name;
    let Volume::ByMonth(volumes) = &workload.volume else {
        let start = workload.from.filter(|from| *from >= end)?;
        return Some(format!("{name}, which starts in {start}"));
    };
    let mut after = volumes.iter().filter(|(month, _)| *month >= end);
    let (month, images) = after.next()?;
    let first = format!("{} images that {name} plans for {month}", images.high);
    let more = after.map(|(month, images)| format!("{} for {month}", images.high));
    Some(std::iter::once(first).chain(more).collect::<Vec<_>>().join(", "))
}

/// Seats and other costs that start after the end of a budget.
fn costs_cut(budget: &Budget) -> impl Iterator<Item = String> {
    let end = budget.start.plus(budget.months);
    let seats = budget.seats.iter().map(|seats| (seats.plan.as_str(), seats.from));
    let with_work = budget.workloads.iter().flat_map(|workload| &workload.other_costs);
    let costs = with_work.chain(&budget.other_costs).map(|cost| (cost.name.as_str(), cost.from));
    seats.chain(costs).filter_map(move |(name, from)| {
        let start = from.filter(|from| *from >= end)?;
        Some(format!("{name}, which starts in {start}"))
    })
}
