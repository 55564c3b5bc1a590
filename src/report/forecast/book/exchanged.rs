//! What is asked for and what it costs in the currency of the report, at a rate that stands in a cell of its own.

use rust_decimal::Decimal;

use super::ends::of;
use super::plan::Plan;
use crate::budget::Case;
use crate::exchange::ExchangeRate;
use crate::report::currency::ReportCurrency;
use crate::report::workbook::{BookCell, Kind, Role, fixed};

/// The name of the cell that has the rate.
pub(super) const RATE: &str = "exchange_rate";

/// The rate, and below it each amount of dollars of these rows in the currency.
pub(super) fn rows(
    plan: &Plan,
    currency: &ReportCurrency,
    [ask, low, high]: [u32; 3],
) -> Vec<Vec<BookCell>> {
    let code = &currency.code;
    let (rate, what, sign) = match currency.rate {
        ExchangeRate::DollarsForOne(rate) => (rate, format!("US dollars for 1 {code}"), '/'),
        ExchangeRate::ForOneDollar(rate) => (rate, format!("{code} for 1 US dollar"), '*'),
    };
    let said = currency.in_words();
    let mut rows = vec![vec![
        BookCell::text(what),
        BookCell::number(rate, Kind::SmallUsd).with_role(Role::Input),
        BookCell::wrapped(format!("{said} May be changed.")),
    ]];
    let amounts = [
        ("Amount to request", ask, of(&plan.found.amount.amount, Case::Low)),
        ("Cost, low", low, of(&plan.found.whole.cost, Case::Low)),
        ("Cost, high", high, of(&plan.found.whole.cost, Case::High)),
    ];
    rows.extend(amounts.map(|(name, row, dollars)| {
        let cell = fixed(row, 1);
        let comes_to = dollars.and_then(|it: Decimal| currency.rate.units(it).ok());
        let formula = format!("IF({cell}=\"\",\"\",{cell}{sign}{RATE})");
        vec![
            BookCell::text(format!("{name}, {code}")),
            BookCell::formula(formula, comes_to, Kind::Usd),
        ]
    }));
    rows
}
