//! What holds where a budget says nothing, and the sentence that says so.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::month::Month;
use super::workload::Budget;
use crate::share::percent;

/// How many months a budget has.
pub const DEFAULT_MONTHS: u32 = 12;

/// The margin: 10%.
pub const DEFAULT_MARGIN: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// The month in which fiscal years begin.
pub const DEFAULT_FISCAL_YEAR_START: u32 = 1;

/// Every sentence of a default that can be said of a budget.
pub(super) fn all_assumed(budget: &Budget) -> BTreeSet<String> {
    let of_budget =
        [start_assumed(budget.start), months_assumed(), margin_assumed(), fiscal_years_assumed()];
    let names = budget.workloads.iter().map(|workload| workload.name.as_str());
    let of_workloads = names.flat_map(|name| [rates_assumed(name), growth_assumed(name)]);
    of_budget.into_iter().chain(of_workloads).collect()
}

/// Said where a budget names no first month.
pub fn start_assumed(start: Month) -> String {
    format!("the budget starts in {start}, the month after today")
}

/// Said where a budget does not name its length.
pub fn months_assumed() -> String {
    format!("the budget has {DEFAULT_MONTHS} months")
}

/// Said where a budget names no margin.
pub fn margin_assumed() -> String {
    format!("the margin is {}", percent(DEFAULT_MARGIN))
}

/// Said where a budget does not name the beginning of its fiscal years.
pub fn fiscal_years_assumed() -> String {
    "fiscal years are calendar years".to_owned()
}

/// Said of a workload without rates.
pub fn rates_assumed(workload: &str) -> String {
    format!("{workload}: every attempt delivers an image that is accepted")
}

/// Said of a workload with one number and no growth.
pub fn growth_assumed(workload: &str) -> String {
    format!("{workload}: the volume stays the same each month")
}
