//! The lines of a forecast: a workload on a route, seats or another cost, over all months.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::forecast::{Forecast, ForecastLine};
use super::scale::add;
use super::total::Total;
use super::workload::Budget;
use crate::figure::Figure;
use crate::money::AmountTooLarge;

/// The rows of one workload on one route, or of one cost beside that of images.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Line {
    /// The rows in the order of months; there is one at least.
    pub rows: Vec<ForecastLine>,
    /// What they come to.
    pub total: Total,
}

impl Line {
    /// The first row, which says whose the line is.
    pub fn first(&self) -> &ForecastLine {
        &self.rows[0]
    }
}

/// The lines in the order of the budget, other costs of the whole budget last.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn lines(budget: &Budget, forecast: &Forecast) -> Result<Vec<Line>, AmountTooLarge> {
    let mut gathered: Vec<Vec<ForecastLine>> = Vec::new();
    let mut places = BTreeMap::new();
    for row in forecast.rows() {
        let route = row.route.as_ref().map(|route| route.id.clone());
        // Costs of the whole budget may be told apart by their tags alone.
        let tags = row.workload.is_empty().then(|| row.tags.clone());
        let key = (row.workload.clone(), row.cost_name.clone(), route, tags);
        let at = *places.entry(key).or_insert_with(|| {
            gathered.push(Vec::new());
            gathered.len() - 1
        });
        gathered[at].push(row);
    }
    let names = budget.workloads.iter().enumerate();
    let order: BTreeMap<&str, usize> = names.map(|(at, it)| (it.name.as_str(), at)).collect();
    gathered.sort_by_key(|rows| order.get(&*rows[0].workload).copied().unwrap_or(usize::MAX));
    let line = |rows: Vec<ForecastLine>| {
        let total = Total::of(&*rows[0].workload, &rows)?;
        Ok(Line { rows, total })
    };
    gathered.into_iter().map(line).collect()
}

/// The images that are wanted and not accepted, of each workload that may have any.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn shortfalls(lines: &[Line]) -> Result<Vec<(String, Figure<Decimal>)>, AmountTooLarge> {
    let mut all: Vec<(String, Figure<Decimal>)> = Vec::new();
    for line in lines.iter().filter(|line| line.rows.iter().any(ForecastLine::is_short)) {
        let (workload, images) = (&*line.first().workload, &line.total.shortfall);
        match all.iter_mut().find(|(known, _)| known == workload) {
            Some((_, sum)) => *sum = add(sum, images)?,
            None => all.push((workload.to_owned(), images.clone())),
        }
    }
    Ok(all)
}
