//! What the sheets of a forecast share: where each row of each stands, and of what each row of the plan is the product.

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_decimal::Decimal;

use super::columns::Columns;
use super::{FIRST, grown};
use crate::budget::{
    Call, CallLine, Case, CostKind, ForecastLine, Month, NotAProduct, OtherCost, Total, Unit,
    Volume, Workload, WorkloadFactors,
};
use crate::report::forecast::Found;

/// What a workbook needs beside the forecast.
#[derive(Debug)]
pub struct Behind {
    /// What the rows are the product of, by workload.
    pub factors: Vec<WorkloadFactors>,
    /// The budget by quarter and the value of each tag, by its name.
    pub by_tag: Vec<(String, Vec<Total>)>,
}

/// A step of a workload, at a price of it.
pub(super) type CallKey = (usize, usize, usize);

/// Of what a row is the product, or why it holds its value.
pub(super) type Product = Result<Follows, NotAProduct>;

/// What the cost of a row follows from.
#[derive(Debug)]
pub(super) enum Follows {
    /// A call of a workload: a step with its price.
    Call((usize, usize)),
    /// Calls of several steps.
    Calls(Box<[(usize, usize)]>),
    /// An amount for each month, accepted image or attempt.
    Amount(Decimal),
}

pub(super) struct Plan<'a> {
    pub found: &'a Found<'a>,
    pub behind: &'a Behind,
    pub columns: Columns,
    /// Of each row in order.
    pub products: Vec<Product>,
    /// The row of each call in its sheet.
    pub calls: BTreeMap<CallKey, u32>,
    /// The first line of each call in its sheet.
    pub first_line: BTreeMap<CallKey, u32>,
    /// The rates in the order in which they stand, and the place of each by what it is.
    pub rates: Vec<&'a CallLine>,
    rate_places: HashMap<String, usize>,
    by_name: HashMap<&'a str, Vec<usize>>,
    /// How many steps stand above those of each workload.
    first_step: Vec<u32>,
    /// The place of each value of each tag.
    values: Vec<HashMap<&'a str, usize>>,
}

impl<'a> Plan<'a> {
    pub(super) fn of(found: &'a Found<'a>, behind: &'a Behind) -> Plan<'a> {
        let workloads = &found.budget.workloads;
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, workload) in workloads.iter().enumerate() {
            by_name.entry(&workload.name).or_default().push(at);
        }
        let expects = workloads.iter().any(|it| expects(&it.volume));
        let ends = match expects {
            true => Case::ALL.to_vec(),
            false => vec![Case::Low, Case::High],
        };
        let mut plan = Plan {
            found,
            behind,
            columns: Columns::new(ends, behind.by_tag.len()),
            products: Vec::new(),
            calls: BTreeMap::new(),
            first_line: BTreeMap::new(),
            rates: Vec::new(),
            rate_places: HashMap::new(),
            by_name,
            first_step: first_steps(behind),
            values: Vec::new(),
        };
        let numbered =
            |tag| plan.values(tag).into_iter().enumerate().map(|(at, it)| (it, at)).collect();
        plan.values = (0..behind.by_tag.len()).map(numbered).collect();
        plan.products = found.forecast.rows().map(|row| plan.product(&row)).collect();
        plan.place_calls();
        plan
    }

    fn product(&self, row: &ForecastLine) -> Product {
        let at = self.at(&row.workload, row.month);
        match row.kind {
            CostKind::Images => {}
            CostKind::Other => {
                return self.amount(at, row).map(Follows::Amount).ok_or(NotAProduct::Differs);
            }
            _ => return Err(NotAProduct::Seats),
        }
        let Some(at) = at else { return Err(NotAProduct::Unknown) };
        let workload = &self.found.budget.workloads[at];
        let places = self.behind.factors[at].of_row(workload, row)?;
        match grown::is_kept(workload, self.found.budget.start, row) || places[0].0 > 0 {
            true => Ok(match places[..] {
                [one] => Follows::Call(one),
                _ => Follows::Calls(places.into()),
            }),
            false => Err(NotAProduct::Differs),
        }
    }

    /// The amount of another cost, if one alone can be meant.
    fn amount(&self, at: Option<usize>, row: &ForecastLine) -> Option<Decimal> {
        let all: &[OtherCost] = match at {
            Some(at) => &self.workload(at).other_costs,
            None => &self.found.budget.other_costs,
        };
        let mut meant = all.iter().filter(|cost| {
            Some(&*cost.name) == row.cost_name.as_deref()
                && Some(cost.per) == row.per
                && row.month.is_within(cost.from, cost.to)
        });
        let amount = meant.next()?.amount;
        (meant.next().is_none() && row.cost.high().is_some()).then_some(amount)
    }

    fn place_calls(&mut self) {
        let (mut row, mut line_row) = (FIRST, FIRST);
        for (key, call) in calls(self.behind) {
            self.calls.insert(key, row);
            self.first_line.insert(key, line_row);
            row += 1;
            for line in &call.lines {
                line_row += 1;
                let new = self.rates.len();
                let place = *self.rate_places.entry(rate_key(line)).or_insert(new);
                if place == new {
                    self.rates.push(line);
                }
            }
        }
    }

    /// The place of the workload of a row in a month.
    pub(super) fn at(&self, name: &str, month: Month) -> Option<usize> {
        let all = self.by_name.get(name)?;
        let start = self.found.budget.start;
        let runs = |at: &&usize| self.workload(**at).index(start, month).is_some();
        all.iter().find(runs).copied()
    }

    pub(super) fn workload(&self, at: usize) -> &'a Workload {
        &self.found.budget.workloads[at]
    }

    /// How many rows the plan has.
    pub(super) fn rows(&self) -> u32 {
        u32::try_from(self.products.len()).unwrap_or(u32::MAX)
    }

    /// The row of a rate in the sheet of prices.
    pub(super) fn rate_row(&self, line: &CallLine) -> u32 {
        FIRST + self.rate_places.get(&rate_key(line)).copied().unwrap_or(0) as u32
    }

    /// The row of a step in the sheet of assumptions.
    pub(super) fn step_row(&self, workload: usize, step: usize) -> u32 {
        FIRST + self.first_step.get(workload).copied().unwrap_or(0) + step as u32
    }

    /// The cells of a column of the workloads, in every row.
    pub(super) fn all(&self, column: u16) -> String {
        self.columns.all(column, self.rows())
    }

    /// The quarters of the budget.
    pub(super) fn quarters(&self) -> Vec<String> {
        let all = self.found.budget.periods(Unit::Quarter);
        all.iter().map(|held| held.period.to_string()).collect()
    }

    /// The number of a workload by its name, from 1; parts of one name share it.
    pub(super) fn number(&self, name: &str) -> usize {
        self.by_name.get(name).and_then(|all| all.first()).map_or(0, |at| at + 1)
    }

    /// The number of the value of a tag, from 1.
    pub(super) fn value_number(&self, tag: usize, value: &str) -> usize {
        self.values.get(tag).and_then(|values| values.get(value)).map_or(0, |at| at + 1)
    }

    /// The values of a tag in their order; that of what has none is empty.
    pub(super) fn values(&self, tag: usize) -> Vec<&'a str> {
        let mut known = HashSet::new();
        let totals = self.behind.by_tag[tag].1.iter();
        let values = totals.map(|total| total.keys.get(1).map_or("", String::as_str));
        values.filter(|value| known.insert(*value)).collect()
    }
}

/// Every call whose price is a product, in order.
pub(super) fn calls<'a>(behind: &'a Behind) -> impl Iterator<Item = (CallKey, &'a Call)> + use<'a> {
    behind.factors.iter().flat_map(|of| {
        let steps = of.steps.iter().enumerate();
        steps.flat_map(move |(step, it)| {
            let prices = it.stretches.iter().enumerate();
            prices.filter_map(move |(price, stretch)| {
                Some(((of.at, step, price), stretch.call.as_ref().ok()?))
            })
        })
    })
}

fn first_steps(behind: &Behind) -> Vec<u32> {
    let steps = behind.factors.iter().map(|it| it.steps.len() as u32);
    steps.scan(0, |above, steps| Some(std::mem::replace(above, *above + steps))).collect()
}

/// Two lines with the same are of one rate.
fn rate_key(line: &CallLine) -> String {
    let price = &line.unit_price;
    format!(
        "{}\n{}\n{}\n{}\n{}\n{}\n{}",
        line.route.id,
        line.version,
        line.meter.as_str(),
        price.price,
        price.per.as_str(),
        price.unit.name(),
        line.usd_each
    )
}

fn expects(volume: &Volume) -> bool {
    match volume {
        Volume::Growing { first, .. } => !first.is_exact() && first.expected.is_some(),
        Volume::ByMonth(months) => {
            months.iter().any(|(_, it)| !it.is_exact() && it.expected.is_some())
        }
    }
}
