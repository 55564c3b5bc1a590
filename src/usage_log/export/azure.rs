//! Azure Cost Details as usage: a row is a quantity of one meter on a day.
//!
//! What a row counts is told by its meter, and the name of a meter is free text: it is read where whoever reads says which
//! meter it is, and never guessed. A refund or another charge is no usage. Prices and costs in other currencies than dollars,
//! taxes, reservations and what a bill has beside its usage are not read. Headers differ by kind of account, in their names
//! and in the case of their letters.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::record::{EXPORTED, Record};
use crate::money::multiply;
use crate::problem::ProblemCode;
use crate::unit::Meter;
use crate::usage_log::moment::Moment;
use crate::usage_log::row::{COUNTED, Counts, Labels, Measured, UsageRow};

/// What whoever reads says that meters of a bill are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeterNames(BTreeMap<String, NamedMeter>);

/// What a meter of a bill counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedMeter {
    /// The meter.
    pub meter: Meter,
    /// The model, where it is one of a model alone.
    pub model: Option<Box<str>>,
}

impl MeterNames {
    /// None.
    pub const NONE: MeterNames = MeterNames(BTreeMap::new());

    /// Says what the meter of this id or whole name counts, in capitals or not.
    pub fn say(&mut self, id_or_name: &str, meter: NamedMeter) {
        self.0.insert(id_or_name.trim().to_lowercase(), meter);
    }

    fn of(&self, id_or_name: &str) -> Option<&NamedMeter> {
        self.0.get(&id_or_name.to_lowercase())
    }
}

/// Names of the same column by kind of account.
const DAY: [&str; 2] = ["date", "usagedatetime"];
const QUANTITY: [&str; 2] = ["quantity", "usagequantity"];
const GROUP: [&str; 2] = ["resourcegroupname", "resourcegroup"];
const CURRENCY: [&str; 3] = ["billingcurrency", "billingcurrencycode", "currency"];
const COST: [&str; 3] = ["costinbillingcurrency", "cost", "pretaxcost"];
const UNIT: &str = "unitofmeasure";

/// Letters after the number of a unit, and what they stand for.
const SCALES: [(&str, u64); 4] = [("", 1), ("K", 1_000), ("M", 1_000_000), ("B", 1_000_000_000)];

/// A row of usage.
pub(super) fn row(record: &mut Record) -> Option<UsageRow> {
    if !is_usage(record) {
        return None;
    }
    let day = record.day(record.first_of(&DAY), day_of);
    let recorded = recorded(record);
    let meter = meter(record);
    let count = count(record);
    let (NamedMeter { meter, model }, count) = (meter?, count?);
    let mut counts = Counts::default();
    counts.set(meter, count);
    let images = (meter == Meter::Images).then_some(count);
    let (project, tag) = (record.word(record.first_of(&GROUP)), record.word("tags"));
    let labels = Labels { model, project, tag, ..Labels::default() };
    let measured = Measured::Counts(counts);
    // How many requests a quantity stands for is not said.
    Some(UsageRow {
        day,
        labels,
        recorded,
        measured,
        images,
        requests: 0,
        ..UsageRow::of_request()
    })
}

fn is_usage(record: &mut Record) -> bool {
    let other = record.text("chargetype").filter(|kind| !kind.eq_ignore_ascii_case("usage"));
    if let Some(other) = &other {
        let what = format!("is `{other}`, which is a charge and no usage");
        record.report(ProblemCode::BadValue, "chargetype", &what, "a bill has it");
    }
    other.is_none()
}

/// MM/DD/YYYY and YYYY-MM-DD stand in one feed, each with or without a time.
fn day_of(text: &str) -> Option<Moment> {
    let date = text.split([' ', 'T']).next().unwrap_or_default();
    let american = NaiveDate::parse_from_str(date, "%m/%d/%Y").ok();
    american.map(Moment::Day).or_else(|| Some(Moment::Day(crate::catalog::parse_date(date)?)))
}

/// The meter, as whoever reads names it.
fn meter(record: &mut Record) -> Option<NamedMeter> {
    let names = record.source.meters;
    let mut found = None;
    for column in ["meterid", "metername"] {
        found = found.or_else(|| record.text(column).and_then(|name| names.of(&name)));
    }
    match found {
        Some(named) if named.meter == Meter::Images || COUNTED.contains(&named.meter) => {
            Some(named.clone())
        }
        Some(named) => {
            let what =
                format!("counts {}, of which no row of usage has a count", named.meter.as_str());
            record.report(ProblemCode::UnknownMeter, "metername", &what, NAME_METER);
            None
        }
        None => {
            let name = record.text("metername").unwrap_or_default();
            let what = format!("`{name}` is free text, and which meter it is cannot be told");
            record.report(ProblemCode::UnknownMeter, "metername", &what, NAME_METER);
            None
        }
    }
}

const NAME_METER: &str = "say which meter it is, by its id or its whole name";

/// How much was counted: the quantity times its unit, such as 1K or 1M.
fn count(record: &mut Record) -> Option<u64> {
    let column = record.first_of(&QUANTITY);
    let quantity = record.amount(column)?;
    let unit = record.text(UNIT).unwrap_or_default();
    let Some(scale) = scale(&unit) else {
        let what = format!("`{unit}` is not a unit such as 1, 1K or 1M");
        record.report(ProblemCode::BadValue, UNIT, &what, EXPORTED);
        return None;
    };
    let count = multiply(quantity, scale).ok().filter(Decimal::is_integer);
    let count = count.and_then(|count| count.to_u64());
    if count.is_none() {
        let what = format!("`{quantity}` times `{unit}` is not a whole number, from 0 up");
        record.report(ProblemCode::BadValue, column, &what, EXPORTED);
    }
    count
}

/// What a unit stands for.
fn scale(unit: &str) -> Option<Decimal> {
    let digits = unit.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let letter = unit[digits.len()..].trim();
    let (_, scale) = SCALES.iter().find(|(known, _)| known.eq_ignore_ascii_case(letter))?;
    let number: u64 = digits.parse().ok()?;
    Some(Decimal::from(number.checked_mul(*scale)?))
}

/// What it cost in dollars: as the row says, or where its currency is the dollar.
fn recorded(record: &mut Record) -> Option<Decimal> {
    let cost = record.amount("costinusd");
    let currency = record.text(record.first_of(&CURRENCY));
    let is_dollar = currency.is_some_and(|currency| currency.eq_ignore_ascii_case("USD"));
    cost.or_else(|| is_dollar.then(|| record.amount(record.first_of(&COST))).flatten())
}
