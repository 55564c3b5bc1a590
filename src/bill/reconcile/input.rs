//! What is held against each other: the cost of usage as it is rated, and what is billed, in US dollars.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cause::Cause;
use super::dims::Dims;
use crate::bill::line::{BillKind, BillLine};
use crate::exchange::FxRates;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};

/// The cost of usage of a day, as it is rated.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// The day, UTC.
    pub day: NaiveDate,
    /// What it is of.
    pub dims: Dims,
    /// How much was counted, where it is of one meter.
    pub quantity: Option<Decimal>,
    /// What it costs, in US dollars.
    pub cost: Figure<Decimal>,
    /// What it would cost if it were otherwise, each by the cause that would be: processed otherwise, nothing read from a cache,
    /// at the price of another day, with what failed.
    pub otherwise: BTreeMap<Cause, Decimal>,
    /// The table and version by which it is rated.
    pub rated_by: Option<Arc<str>>,
}

/// What a line of a bill charges, in US dollars.
#[derive(Debug, Clone, PartialEq)]
pub struct BilledCost {
    /// The first day, UTC.
    pub day: NaiveDate,
    /// The day after the last one.
    pub until: NaiveDate,
    /// What it is of.
    pub dims: Dims,
    /// What it is for.
    pub kind: BillKind,
    /// How much is billed.
    pub quantity: Option<Decimal>,
    /// What is charged, at the exchange rate of the bill where it is in another currency.
    pub amount: Decimal,
    /// What the exchange rate of the reader adds to it.
    pub exchange: Decimal,
    /// By how much it may be off, as the last digits of the bill are rounded.
    pub rounding: Decimal,
}

/// A currency for which there is no rate, neither on the bill nor of the reader, with what is billed in it.
pub type NotCompared = (Arc<str>, Decimal);

/// The lines of a bill in US dollars: at the bill's own rate, with what the rates of the reader make of it beside.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept.
pub fn in_dollars(
    lines: &[BillLine],
    fx: &FxRates,
) -> Result<(Vec<BilledCost>, Vec<NotCompared>), AmountTooLarge> {
    let mut all = Vec::new();
    let mut without: BTreeMap<Arc<str>, Decimal> = BTreeMap::new();
    for line in lines {
        match amounts(line, fx)? {
            Some((amount, exchange)) => all.push(billed(line, amount, exchange)),
            None => {
                let sum = without.entry(Arc::clone(&line.currency)).or_default();
                *sum = money::add(*sum, line.billed_cost)?;
            }
        }
    }
    Ok((all, without.into_iter().collect()))
}

/// The amount at the bill's rate, and what another one adds.
fn amounts(line: &BillLine, fx: &FxRates) -> Result<Option<(Decimal, Decimal)>, AmountTooLarge> {
    if &*line.currency == "USD" {
        return Ok(Some((line.billed_cost, Decimal::ZERO)));
    }
    let by_reader =
        fx.get(&*line.currency).map(|rate| rate.dollars(line.billed_cost)).transpose()?;
    let of_bill = line.rate.as_ref().filter(|rate| &*rate.priced_in == "USD");
    let by_bill = match (of_bill, line.priced_cost) {
        (Some(_), Some(priced)) => Some(priced),
        (Some(rate), None) => Some(money::quotient(line.billed_cost, rate.rate)?),
        (None, _) => None,
    };
    Ok(match (by_bill, by_reader) {
        (Some(of_bill), Some(of_reader)) => Some((of_bill, money::add(of_reader, -of_bill)?)),
        (Some(amount), None) | (None, Some(amount)) => Some((amount, Decimal::ZERO)),
        (None, None) => None,
    })
}

fn billed(line: &BillLine, amount: Decimal, exchange: Decimal) -> BilledCost {
    let dims = Dims {
        owner: Some(Arc::clone(&line.owner)),
        project: line.project.clone(),
        model: line.model.clone(),
        processing: line.processing,
        meter: line.meter,
    };
    BilledCost {
        day: line.day,
        until: line.until,
        dims,
        kind: line.kind,
        quantity: line.quantity,
        amount,
        exchange,
        rounding: line.rounding,
    }
}
