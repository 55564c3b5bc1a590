//! fal's billing events: an event for each request, whose cost in thousand-millionths of a dollar is an estimate until it is
//! invoiced.

use std::sync::Arc;

use chrono::Days;
use rust_decimal::Decimal;

use super::collected::{Collected, NewLine};
use super::days::DayForm;
use super::line::BillPlace;
use super::number::Written;
use super::openai::amount_of;
use super::pages::{Page, problems};
use crate::json::{Object, What, Wrong};
use crate::money::multiply;
use crate::problem::Problem;

const OWNER: &str = "fal";

/// Dollars of one of what costs are counted in: 1 / 1,000,000,000.
const NANO: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// Whether a page has billing events.
pub(super) fn is_page(page: &Object) -> bool {
    page.has("billing_events")
}

/// Reads a page; all that is wrong in an event is said, and the others are read.
pub(super) fn read(file: &Arc<str>, page: &Page, into: &mut Collected) -> Vec<Problem> {
    let (mut wrong, object) = (Vec::new(), page.object());
    for event in object.objects("billing_events", &mut wrong).unwrap_or_default() {
        into.rows += 1;
        let before = wrong.len();
        let place = BillPlace { file: Arc::clone(file), line: into.rows as usize };
        let found = line(place, &event, &mut wrong).filter(|_| wrong.len() == before);
        let added = found.map(|line| into.add(line));
        if let Some(Err(error)) = &added {
            wrong.push(event.wrong_whole(What::Else(error.to_string().into())));
        }
        into.rejected += u64::from(!matches!(added, Some(Ok(()))));
    }
    problems(file, &page.spot, &wrong)
}

/// An event: units × unit price is the cost at the user's own prices, from which a discount is taken.
fn line(place: BillPlace, event: &Object, wrong: &mut Vec<Wrong>) -> Option<NewLine> {
    let time = event.text("timestamp", wrong);
    let day = time.as_deref().and_then(|text| DayForm::YearFirst.day(text));
    if day.is_none() {
        wrong.push(event.missing("timestamp", What::NotATime));
    }
    let cost = amount_of(event, "cost_estimate_nano_usd", wrong);
    if cost.is_none() && !event.has("cost_estimate_nano_usd") {
        wrong.push(event.missing("cost_estimate_nano_usd", What::Missing));
    }
    let [units, price] =
        ["output_units", "unit_price"].map(|key| amount_of(event, key, wrong).map(|it| it.value));
    let text = event.text("endpoint_id", wrong).map(Arc::from);
    let (day, cost) = (day?, cost?);
    let too_large = |wrong: &mut Vec<Wrong>, key: &str| {
        wrong.push(event.wrong(key, What::Else("is too large to be kept exactly".into())));
    };
    let Ok(billed) = multiply(cost.value, NANO) else {
        too_large(wrong, "cost_estimate_nano_usd");
        return None;
    };
    let agreed = units.zip(price).map(|(units, price)| multiply(units, price));
    if let Some(Err(_)) = agreed {
        too_large(wrong, "output_units");
    }
    let until = day.checked_add_days(Days::new(1))?;
    // The estimate is in whole thousand-millionths.
    let billed = Written { value: billed, rounding: Decimal::new(5, 10) };
    let mut line = NewLine::of((day, until), (OWNER.into(), "USD".into()), billed, place);
    line.quantity = units;
    line.agreed_cost = agreed.and_then(Result::ok);
    line.what.is_estimate = true;
    line.what.text = text;
    Some(line)
}
