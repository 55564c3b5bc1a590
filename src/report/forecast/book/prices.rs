//! The rates that the plan is priced with, each once, with who says so.

use super::plan::Plan;
use super::{HEADER, above};
use crate::budget::CallLine;
use crate::report::workbook::{BookCell, BookSheet, Kind, Role};

pub(super) const SHEET: &str = "Prices used";

/// The columns of the rate and of what its unit is worth, from 0.
pub(super) const RATE: u16 = 4;
pub(super) const PER: u16 = 5;
pub(super) const USD_EACH: u16 = 7;

pub(super) fn sheet<'a>(plan: &Plan<'a>) -> BookSheet<'a> {
    let headings = [
        "Price owner",
        "Route",
        "Version",
        "Charged for",
        "Rate",
        "Per",
        "Unit",
        "US dollars a unit",
        "Source",
        "Dated",
        "Confidence",
        "Link",
    ];
    let text = "Each rate that a cost follows from, once. Blue cells on yellow may be changed: every call that is \
                charged at the rate follows.";
    let mut rows = above(SHEET, text, headings.map(str::to_owned).to_vec());
    rows.extend(plan.rates.iter().map(|line| row(line)));
    BookSheet::new(SHEET, &[20, 38, 22, 20, 13, 11, 10, 13, 52, 12, 11, 60], rows).headed(HEADER, 2)
}

fn row(line: &CallLine) -> Vec<BookCell> {
    let price = &line.unit_price;
    let source = &price.evidence;
    let link = source.locators.addresses().first();
    let usd_each = BookCell::number(line.usd_each, Kind::SmallUsd);
    vec![
        BookCell::text(line.route.owner_name.clone()),
        BookCell::text(line.route.id.to_string()),
        BookCell::text(line.version.clone()),
        BookCell::text(line.meter.label()),
        BookCell::number(price.price, Kind::SmallUsd).with_role(Role::Input),
        BookCell::number(price.per.count().into(), Kind::Count),
        BookCell::text(price.unit.name()),
        if price.unit.is_usd() { usd_each } else { usd_each.with_role(Role::Input) },
        BookCell::wrapped(source.source.clone()),
        source.seen.map_or_else(|| BookCell::text("undated"), |day| BookCell::day(day, Kind::Day)),
        BookCell::text(source.confidence.as_str()),
        link.map_or_else(|| BookCell::text("not recorded"), |it| BookCell::link(it.as_str())),
    ]
}
