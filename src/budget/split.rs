//! The cost of each month by what it is of, such as the team: the dearest by themselves, the others together.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::forecast::Forecast;
use super::scale::add;
use super::totals::{By, totals};
use super::workload::Budget;
use crate::figure::Figure;
use crate::money::AmountTooLarge;

/// Costs over months or quarters, each by what it is of.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Split {
    /// What they are split by.
    pub by: By,
    /// The values of it, the dearest first; empty of costs that have none.
    pub names: Vec<String>,
    /// How many more values stand together in the last part; none where there is no such part.
    pub others: usize,
    /// The periods in order.
    pub periods: Vec<SplitPeriod>,
    /// All periods together; its key is empty.
    pub whole: SplitPeriod,
}

/// The cost of a period.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SplitPeriod {
    /// The period: `2027-01`, `2027-Q1`.
    pub key: String,
    /// A part for each name, and one for the others where there are any, in US dollars.
    pub parts: Vec<Figure<Decimal>>,
    /// What they come to.
    pub total: Figure<Decimal>,
}

impl Split {
    /// How many parts each period has.
    pub fn parts(&self) -> usize {
        self.names.len() + usize::from(self.others > 0)
    }
}

/// The costs of months or quarters, which `unit` says, by a key; so many of its values at most by themselves. The rows are
/// gone through twice and none is kept.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn split(
    budget: &Budget,
    forecast: &Forecast,
    (unit, by): (&By, By),
    most: usize,
) -> Result<Split, AmountTooLarge> {
    let mut all = totals(budget, forecast, std::slice::from_ref(&by))?;
    all.sort_by_key(|it| std::cmp::Reverse(it.cost.high().unwrap_or(it.cost.low())));
    // One more would take no more room than "others".
    let kept = if all.len() <= most + 1 { all.len() } else { most };
    let others = all.len() - kept;
    let names: Vec<String> = all[..kept].iter().map(|it| it.key().to_owned()).collect();
    let places: BTreeMap<&str, usize> =
        names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let parts = kept + usize::from(others > 0);
    let mut periods: Vec<SplitPeriod> = Vec::new();
    let mut whole = SplitPeriod::empty(String::new(), parts);
    for month in budget.months() {
        let key = unit.period(budget, month);
        if periods.last().is_none_or(|last| last.key != key) {
            periods.push(SplitPeriod::empty(key, parts));
        }
        let Some(period) = periods.last_mut() else { continue };
        for row in forecast.rows_of(month) {
            let place = places.get(&*by.value(budget, &row)).copied().unwrap_or(kept);
            period.take(place, &row.cost)?;
            whole.take(place, &row.cost)?;
        }
    }
    Ok(Split { by, names, others, periods, whole })
}

impl SplitPeriod {
    fn empty(key: String, parts: usize) -> SplitPeriod {
        let none = Figure::Exact(Decimal::ZERO);
        SplitPeriod { key, parts: vec![none.clone(); parts], total: none }
    }

    fn take(&mut self, place: usize, cost: &Figure<Decimal>) -> Result<(), AmountTooLarge> {
        self.parts[place] = add(&self.parts[place], cost)?;
        self.total = add(&self.total, cost)?;
        Ok(())
    }
}

impl Budget {
    /// What a reader asks for the cost by: the tag `team` where a workload has it, else the workload where there are
    /// several, else the route.
    pub fn asked_by(&self) -> By {
        match self.tags_to_split_by().next() {
            Some(tag) => By::Tag(tag.to_owned()),
            None if self.workloads.len() > 1 => By::Workload,
            None => By::Route,
        }
    }

    /// The tags of any workload, `team` first.
    pub fn tags_to_split_by(&self) -> impl Iterator<Item = &str> {
        const FIRST: &str = "team";
        let mut all: Vec<&str> =
            self.workloads.iter().flat_map(|it| it.tags.keys()).map(String::as_str).collect();
        all.sort_unstable_by_key(|tag| (*tag != FIRST, *tag));
        all.dedup();
        all.into_iter()
    }
}
