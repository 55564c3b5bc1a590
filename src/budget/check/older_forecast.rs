//! An older forecast, read from its JSON: what each workload cost in each month, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::budget::month::Month;
use crate::budget::scale::add;
use crate::budget::workload::MOST_MONTHS;
use crate::errors::Errors;
use crate::figure::Figure;
use crate::json::{Object, Spot, What, Wrong, problems, read_object};
use crate::money::{AmountTooLarge, parse_price};
use crate::problem::Problem;
use crate::reason::{Budgeting, Reasons};

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.forecast/1";

/// The results of an older forecast.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OlderForecast {
    /// The months that it is of.
    pub months: BTreeSet<Month>,
    /// What each workload costs in each month; costs of the whole budget have no workload.
    pub costs: BTreeMap<(Month, String), Figure<Decimal>>,
}

impl OlderForecast {
    pub(super) fn add(
        &mut self,
        month: Month,
        workload: &str,
        cost: &Figure<Decimal>,
    ) -> Result<(), AmountTooLarge> {
        let key = (month, workload.to_owned());
        let before = self.costs.get(&key).cloned().unwrap_or(Figure::Exact(Decimal::ZERO));
        self.costs.insert(key, add(&before, cost)?);
        self.months.insert(month);
        Ok(())
    }
}

/// Reads the JSON of `imgcost budget forecast --format json`.
///
/// # Errors
/// All that is wrong with it.
pub fn read(file: &str, text: &str) -> Result<OlderForecast, Errors<Problem>> {
    let spot = Spot::whole(text);
    let entries = read_object(file, text, &spot).map_err(|problem| vec![*problem])?;
    let object = Object::new(&entries, "");
    let mut wrong = Vec::new();
    if object.text("schema", &mut wrong).as_deref() != Some(SCHEMA) {
        wrong.push(object.wrong("schema", What::OtherSchema(SCHEMA)));
    }
    let mut older = OlderForecast { months: months(&object, &mut wrong), ..Default::default() };
    if object.get("rows").is_none() {
        wrong.push(object.missing("rows", What::Missing));
    }
    let rows = object.objects("rows", &mut wrong).unwrap_or_default();
    if let Some(row) = rows.iter().find(|row| row.get("cost").is_some()) {
        wrong.push(row.wrong("cost", What::OldKey));
    }
    for row in rows.iter().filter(|row| row.get("cost").is_none()) {
        if let Err(why) = read_row(&mut older, row) {
            wrong.extend(why);
        }
    }
    if wrong.is_empty() {
        return Ok(older);
    }
    let help = "give the JSON of `imgcost budget forecast`, or a budget file";
    Err(problems(file, &spot, &wrong, || help.into()).into())
}

/// The months that it is of, those with no row among them.
fn months(object: &Object, wrong: &mut Vec<Wrong>) -> BTreeSet<Month> {
    let start = object.text("start", wrong).map(|text| text.parse::<Month>());
    let count = object.count("months", wrong).unwrap_or(0).min(u64::from(MOST_MONTHS));
    match start {
        Some(Ok(start)) => (0..count as u32).map(|index| start.plus(index)).collect(),
        Some(Err(error)) => {
            wrong.push(object.wrong("start", What::NotAValue(error.to_string().into())));
            BTreeSet::new()
        }
        None => BTreeSet::new(),
    }
}

fn read_row(older: &mut OlderForecast, row: &Object) -> Result<(), Vec<Wrong>> {
    let mut wrong = Vec::new();
    let month = row.text("month", &mut wrong).map(|text| text.parse::<Month>());
    let workload = row.text("workload", &mut wrong).unwrap_or_default();
    let has_cost = row.get("cost_low_usd").is_some() && row.get("cost_high_usd").is_some();
    let cost = figure(row, &mut wrong);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    match month {
        Some(Ok(month)) if has_cost => older
            .add(month, &workload, &cost)
            .map_err(|_| vec![row.wrong("cost_low_usd", What::TooLargeToSum)]),
        Some(Err(error)) => {
            Err(vec![row.wrong("month", What::NotAValue(error.to_string().into()))])
        }
        _ => Err(vec![row.wrong_whole(What::NoCost)]),
    }
}

fn figure(row: &Object, wrong: &mut Vec<Wrong>) -> Figure<Decimal> {
    let mut amount = |key: &str| {
        let text = row.text(key, wrong)?;
        match parse_price(&text) {
            Ok(amount) => Some(amount),
            Err(error) => {
                wrong.push(row.wrong(key, What::NotAValue(error.to_string().into())));
                None
            }
        }
    };
    let (low, expected, high) =
        (amount("cost_low_usd"), amount("cost_expected_usd"), amount("cost_high_usd"));
    let reasons = Reasons::from(Budgeting::OlderRange);
    match (low, high) {
        (Some(low), Some(high)) if low == high => Figure::Exact(low),
        (Some(low), Some(high)) => Figure::Range { low, expected, high, reasons },
        (low, _) => Figure::unknown(low.unwrap_or_default(), Budgeting::OlderUnknown),
    }
}
