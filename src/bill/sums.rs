//! The lines of a bill summed up by what they have in common. Amounts of two owners, kinds or currencies are never one row.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::line::{BillKind, BillLine};
use crate::catalog::conditions::Processing;
use crate::money::AmountTooLarge;
use crate::unit::Meter;

/// What lines are summed up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum BillBy {
    /// The day.
    Day,
    /// The calendar month.
    Month,
    /// The project.
    Project,
    /// The model; the text of a line that names none.
    Model,
    /// The kind of processing.
    Processing,
    /// The meter.
    Meter,
    /// The owner, by which lines are told apart in any case.
    Owner,
    /// The kind of line, by which they are told apart in any case.
    Kind,
    /// The free text.
    Text,
}

impl BillBy {
    /// All that there is.
    pub const ALL: [BillBy; 9] = [
        BillBy::Day,
        BillBy::Month,
        BillBy::Project,
        BillBy::Model,
        BillBy::Processing,
        BillBy::Meter,
        BillBy::Owner,
        BillBy::Kind,
        BillBy::Text,
    ];

    /// What is taken where nothing is asked for.
    pub const USUAL: [BillBy; 3] = [BillBy::Day, BillBy::Project, BillBy::Model];

    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            BillBy::Day => "day",
            BillBy::Month => "month",
            BillBy::Project => "project",
            BillBy::Model => "model",
            BillBy::Processing => "processing",
            BillBy::Meter => "meter",
            BillBy::Owner => "owner",
            BillBy::Kind => "kind",
            BillBy::Text => "text",
        }
    }
}

/// Lines that have in common what was asked for; what was not asked for is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BillRow {
    /// The first day.
    pub day: Option<NaiveDate>,
    /// The first day of the calendar month.
    pub month: Option<NaiveDate>,
    /// The project.
    pub project: Option<Arc<str>>,
    /// The model.
    pub model: Option<Arc<str>>,
    /// The kind of processing.
    pub processing: Option<Processing>,
    /// The meter.
    pub meter: Option<Meter>,
    /// The text, where it was asked for or stands in the place of a model.
    pub text: Option<Arc<str>>,
    /// The owner.
    pub owner: Arc<str>,
    /// The kind.
    pub kind: BillKind,
    /// The currency.
    pub currency: Arc<str>,
    /// Whether it is an estimate of the owner.
    pub is_estimate: bool,
    /// How much, where the row is of one meter and all lines say it.
    pub quantity: Option<Decimal>,
    /// The cost at list prices, where all lines say it.
    pub list_cost: Option<Decimal>,
    /// The cost at the user's own prices, where all lines say it.
    pub agreed_cost: Option<Decimal>,
    /// What was charged.
    pub billed_cost: Decimal,
    /// How many rows of the files it is.
    pub rows: u64,
}

type Key = (
    (Option<NaiveDate>, Option<NaiveDate>, Option<Arc<str>>, Option<Arc<str>>, Option<Arc<str>>),
    (Option<Processing>, Option<Meter>),
    (Arc<str>, BillKind, Arc<str>, bool),
);

/// Lines summed up, in the order of what they are summed up by.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept exact.
pub fn sum_by(lines: &[BillLine], by: &[BillBy]) -> Result<Vec<BillRow>, AmountTooLarge> {
    let has = |it: BillBy| by.contains(&it);
    let mut rows: BTreeMap<Key, BillLine> = BTreeMap::new();
    for line in lines {
        let text_for_model = has(BillBy::Model) && line.model.is_none();
        let of = (
            has(BillBy::Day).then_some(line.day),
            line.day.with_day(1).filter(|_| has(BillBy::Month)),
            line.project.clone().filter(|_| has(BillBy::Project)),
            line.model.clone().filter(|_| has(BillBy::Model)),
            line.text.clone().filter(|_| has(BillBy::Text) || text_for_model),
        );
        let how = (
            line.processing.filter(|_| has(BillBy::Processing)),
            line.meter.filter(|_| has(BillBy::Meter)),
        );
        let whose =
            (Arc::clone(&line.owner), line.kind, Arc::clone(&line.currency), line.is_estimate);
        match rows.get_mut(&(of.clone(), how, whose.clone())) {
            Some(sum) => sum.add(line)?,
            None => drop(rows.insert((of, how, whose), line.clone())),
        }
    }
    Ok(rows.into_iter().map(|(key, line)| row(key, line)).collect())
}

fn row((of, how, whose): Key, line: BillLine) -> BillRow {
    let (day, month, project, model, text) = of;
    let (processing, meter) = how;
    let (owner, kind, currency, is_estimate) = whose;
    BillRow {
        day,
        month,
        project,
        model,
        processing,
        meter,
        text,
        owner,
        kind,
        currency,
        is_estimate,
        quantity: line.quantity.filter(|_| meter.is_some()),
        list_cost: line.list_cost,
        agreed_cost: line.agreed_cost,
        billed_cost: line.billed_cost,
        rows: line.rows,
    }
}
