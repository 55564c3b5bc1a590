//! Billing events of fal, one a request.
//!
//! `output_units` counts in the unit of its endpoint (an image, a megapixel, a second, a dollar), which an event does not
//! name: nothing of it is measured, and it is named as what bills. `cost_estimate_nano_usd` is what fal estimates, after its
//! agreed price and discount, until it is invoiced; credits and taxes stand in no event.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::record::{EXPORTED, Record};
use crate::money::multiply;
use crate::problem::ProblemCode;
use crate::reason;
use crate::usage_log::moment::Moment;
use crate::usage_log::reply::{Reply, Stated};
use crate::usage_log::row::{Labels, Measured, UsageRow};

/// What an event says that it cost.
const COST: &str = "cost_estimate_nano_usd";
/// So many decimal places are a nanodollar.
const NANO_PLACES: u32 = 9;

/// An event.
pub(super) fn row(record: &mut Record) -> Option<UsageRow> {
    let day = record.day("timestamp", Moment::of_text);
    let recorded = cost(record);
    let unread = record.unread_named("output_units").into_iter().collect();
    let tokens = Stated::Missing(reason::Reply::NoUsage);
    let measured = Measured::Reply(Arc::new(Reply { unread, ..Reply::of_tokens(tokens) }));
    let labels = Labels { model: record.word("endpoint_id"), ..Labels::default() };
    let request_id = record.word("request_id");
    Some(UsageRow { day, labels, recorded, measured, request_id, ..UsageRow::of_request() })
}

fn cost(record: &mut Record) -> Option<Decimal> {
    let nanodollars = record.amount(COST)?;
    let cost = multiply(nanodollars, Decimal::new(1, NANO_PLACES)).ok();
    if cost.is_none() {
        record.report(ProblemCode::BadNumber, COST, "has more than 28 digits in dollars", EXPORTED);
    }
    cost
}
