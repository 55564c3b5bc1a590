//! The amount to request: what a budget has to ask for, so that it holds.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::forecast::{Forecast, ForecastLine};
use super::month::Month;
use super::scale::add;
use super::simulate::Safety;
use super::total::Total;
use super::workload::Budget;
use crate::catalog::route::RouteId;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::reason::Reasons;

/// Which end of the forecast an amount starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// The least that it can cost.
    Low,
    /// What it is expected to cost.
    Expected,
    /// The most that it can cost.
    High,
}

impl Case {
    /// Every case, from the least on.
    pub const ALL: [Case; 3] = [Case::Low, Case::Expected, Case::High];

    /// The word on the command line and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Case::Low => "low",
            Case::Expected => "expected",
            Case::High => "high",
        }
    }

    /// The value of a figure in this case; unknown, with the part that is known, where there is none.
    pub fn of(self, figure: &Figure<Decimal>) -> Figure<Decimal> {
        let value = match self {
            Case::Low if figure.high().is_none() => None,
            Case::Low => Some(figure.low()),
            Case::Expected => figure.expected(),
            Case::High => figure.high(),
        };
        value.map_or_else(|| Figure::unknown(figure.low(), figure.reasons().clone()), Figure::Exact)
    }

    /// The cost of rows in this case; unknown where one has no value, with as much as is known.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the sum cannot be kept.
    pub fn of_rows(
        self,
        rows: impl IntoIterator<Item = ForecastLine>,
    ) -> Result<Figure<Decimal>, AmountTooLarge> {
        let none = Figure::Exact(Decimal::ZERO);
        rows.into_iter().try_fold(none, |sum, row| add(&sum, &self.of_row(&row)?))
    }

    /// The cost of a row in this case; with what is not made it is at least that of what is made.
    pub fn of_row(self, row: &ForecastLine) -> Result<Figure<Decimal>, AmountTooLarge> {
        let made = self.of(&row.cost_of_made);
        match &row.not_made {
            Some(why) => add(&made, &Figure::unknown(Decimal::ZERO, why.clone())),
            None => Ok(made),
        }
    }
}

/// What to ask for, and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountToRequest {
    /// The end of the forecast that it starts from.
    pub case: Case,
    /// The cost of the whole budget.
    pub cost: Figure<Decimal>,
    /// What the amount starts from: the case of every line. A line without one counts as low as it can be, and
    /// the sum is then unknown, with this much of it.
    pub start: Figure<Decimal>,
    /// The same month by month.
    pub months: Vec<MonthOfCase>,
    /// The margin on it.
    pub margin: Decimal,
    /// The amount in US dollars; unknown, with the least that it can be, where a part is unknown.
    pub amount: Figure<Decimal>,
    /// What the amount leaves out though it is made, whose cost is unknown, and why.
    pub without: Vec<LeftOut>,
    /// What it leaves out since it is not made.
    pub not_made: Vec<LeftOut>,
    /// The share of runs in which the amount is safe, where it was asked for by that: no case and no margin is in it then.
    pub probability: Option<Decimal>,
    /// The share of runs that cost more than the amount; `None` where nothing is uncertain, or it was not asked.
    pub exceeded: Option<Decimal>,
    /// How many runs these shares are of; `None` where there were none.
    pub runs: Option<u64>,
}

impl AmountToRequest {
    /// The same budget with an amount that is safe in a share of the runs: the least that it can be where something that is
    /// planned is not made.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the amount cannot be kept.
    pub fn safe_in(self, share: Decimal, runs: &Safety) -> Result<AmountToRequest, AmountTooLarge> {
        let amount = runs.amount(share)?;
        let reasons: Reasons = self.not_made.iter().flat_map(|it| it.why.iter().cloned()).collect();
        let figure = match reasons.is_empty() {
            true => Figure::Exact(amount),
            false => Figure::unknown(amount, reasons),
        };
        AmountToRequest { amount: figure, probability: Some(share), ..self }.held_against(runs)
    }

    /// The same amount with the share of runs that cost more.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the amount is beyond what runs are counted in.
    pub fn held_against(self, runs: &Safety) -> Result<AmountToRequest, AmountTooLarge> {
        let exceeded = match &self.amount {
            Figure::Exact(amount) => Some(runs.exceeded(*amount)?),
            _ => None,
        };
        Ok(AmountToRequest { exceeded, runs: Some(runs.runs), ..self })
    }
}

/// A part of a budget whose cost is unknown, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct LeftOut {
    /// The workload; empty where the cost is of the whole budget.
    pub workload: Arc<str>,
    /// The name of the cost, where it is one beside that of images.
    pub cost_name: Option<Arc<str>>,
    /// The route, where it is the cost of images or of seats.
    pub route: Option<RouteId>,
    /// Why its cost is unknown.
    pub why: Reasons,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let whose = part(&self.workload, self.cost_name.as_deref(), self.route.as_ref());
        write!(f, "{whose}: {}", self.why.in_words())
    }
}

/// What a month costs in one case.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MonthOfCase {
    /// The month.
    pub month: Month,
    /// The case of its rows.
    pub cost: Figure<Decimal>,
    /// The same from the first month on.
    pub so_far: Figure<Decimal>,
}

/// The cost of a case with the margin of the budget.
///
/// # Errors
/// [`AmountTooLarge`] if the amount cannot be kept.
pub fn amount_to_request(
    budget: &Budget,
    forecast: &Forecast,
    case: Case,
) -> Result<AmountToRequest, AmountTooLarge> {
    let cost = forecast.cost()?;
    let months = by_month(budget, forecast, case)?;
    let start = months.last().map_or(Figure::Exact(Decimal::ZERO), |month| month.so_far.clone());
    let factor = money::add(Decimal::ONE, budget.margin)?;
    let amount = start.try_map(|value| money::multiply(value, factor))?;
    let [without, not_made] = [false, true].map(|short| without(forecast, short));
    Ok(AmountToRequest {
        case,
        cost,
        start,
        months,
        margin: budget.margin,
        amount,
        without,
        not_made,
        probability: None,
        exceeded: None,
        runs: None,
    })
}

fn by_month(
    budget: &Budget,
    forecast: &Forecast,
    case: Case,
) -> Result<Vec<MonthOfCase>, AmountTooLarge> {
    let mut so_far = Figure::Exact(Decimal::ZERO);
    let of_month = |(month, total): (Month, &Total)| {
        let cost = match case.of(&total.cost) {
            // Where the sum of all rows has a value in this case, each of them has one.
            value @ Figure::Exact(_) => value,
            _ => case.of_rows(forecast.rows_of(month))?,
        };
        so_far = add(&so_far, &cost)?;
        Ok(MonthOfCase { month, cost, so_far: so_far.clone() })
    };
    budget.months().zip(forecast.months()?).map(of_month).collect()
}

/// Whose cost is unknown, each once with its reasons: of rows that are made in full, or of those that are not.
fn without(forecast: &Forecast, short: bool) -> Vec<LeftOut> {
    let mut all: Vec<LeftOut> = Vec::new();
    let mut known: BTreeSet<LeftOut> = BTreeSet::new();
    for (row, reasons) in forecast.unknown_rows().filter(|(row, _)| row.made.is_short() == short) {
        let route = row.route.as_ref().map(|route| route.id.clone());
        let (workload, cost_name) = (row.workload, row.cost_name);
        let left_out = LeftOut { workload, cost_name, route, why: reasons };
        if known.insert(left_out.clone()) {
            all.push(left_out);
        }
    }
    all
}

/// Whose cost a row is: `posters on official/openai/gpt-image-2`.
pub fn whose(row: &ForecastLine) -> String {
    part(&row.workload, row.cost_name.as_deref(), row.route.as_ref().map(|route| &route.id))
}

fn part(workload: &str, cost_name: Option<&str>, route: Option<&RouteId>) -> String {
    let what = [workload, cost_name.unwrap_or_default()];
    let what: Vec<&str> = what.into_iter().filter(|part| !part.is_empty()).collect();
    match route {
        Some(route) => format!("{} on {route}", what.join(", ")),
        None => what.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::Pricing;

    #[test]
    fn a_case_without_a_value_is_unknown_and_keeps_the_part_that_is_known() {
        let dec = |value: u32| Decimal::from(value);
        let range = Figure::range(dec(10), None, dec(20), Pricing::QualityOpen);
        assert_eq!(Case::Low.of(&range), Figure::Exact(dec(10)));
        assert_eq!(Case::Expected.of(&range), Figure::unknown(dec(10), Pricing::QualityOpen));
        assert_eq!(Case::High.of(&range), Figure::Exact(dec(20)));
        let unknown = Figure::unknown(dec(10), Pricing::SizeOpen);
        for case in [Case::Low, Case::Expected, Case::High] {
            assert_eq!(case.of(&unknown), unknown, "never less than unknown");
        }
    }
}
