//! The lines of a forecast: a workload on a route, or another cost, over all months.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::forecast::{Forecast, Row};
use super::scale::add;
use super::totals::Total;
use super::workload::Budget;
use crate::figure::Figure;
use crate::money::AmountTooLarge;

/// The rows of one workload on one route, or of one other cost.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Line<'a> {
    /// The rows in the order of months; there is one at least.
    pub rows: Vec<&'a Row>,
    /// What they come to.
    pub total: Total,
}

impl<'a> Line<'a> {
    /// The first row, which says whose the line is.
    pub fn first(&self) -> &'a Row {
        self.rows[0]
    }
}

/// The lines in the order of the budget, other costs of the whole budget last.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn lines<'a>(budget: &Budget, forecast: &'a Forecast) -> Result<Vec<Line<'a>>, AmountTooLarge> {
    let mut gathered: Vec<Vec<&Row>> = Vec::new();
    let mut places = BTreeMap::new();
    for row in &forecast.rows {
        let route = row.route.as_ref().map(|route| &route.id);
        let at = *places.entry((&row.workload, &row.other_cost, route)).or_insert_with(|| {
            gathered.push(Vec::new());
            gathered.len() - 1
        });
        gathered[at].push(row);
    }
    let names = budget.workloads.iter().enumerate();
    let order: BTreeMap<&str, usize> = names.map(|(at, it)| (it.name.as_str(), at)).collect();
    gathered.sort_by_key(|rows| order.get(&*rows[0].workload).copied().unwrap_or(usize::MAX));
    let line = |rows: Vec<&'a Row>| {
        let total = Total::of(&*rows[0].workload, rows.iter().copied())?;
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
    for line in lines.iter().filter(|line| line.rows.iter().any(|row| row.is_short())) {
        let (workload, images) = (&*line.first().workload, &line.total.shortfall);
        match all.iter_mut().find(|(known, _)| known == workload) {
            Some((_, sum)) => *sum = add(sum, images)?,
            None => all.push((workload.to_owned(), images.clone())),
        }
    }
    Ok(all)
}
