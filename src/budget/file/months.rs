//! The months of a budget: those that its file says, else those of its spreadsheet, else a year from next month on.

use chrono::NaiveDate;

use super::raw::RawBudget;
use crate::budget::Assumption;
use crate::budget::defaults::DEFAULT_MONTHS;
use crate::budget::month::Month;
use crate::budget::volumes::SaidMonths;
use crate::budget::workload::MOST_MONTHS;
use crate::catalog::check::Checker;

/// What the file says itself; nothing where that cannot be read.
pub(super) fn said(check: &mut Checker, raw: &RawBudget) -> Option<SaidMonths> {
    let start = raw.start.as_ref().map_or(Some(None), |raw| check.month(raw).map(Some));
    let months = raw.months.as_ref().map_or(Some(None), |raw| {
        let months = check.count(raw, 1, MOST_MONTHS.into());
        months.and_then(|months| u32::try_from(months).ok()).map(Some)
    });
    Some(SaidMonths { start: start?, months: months? })
}

/// The first month and the number of months of a budget without a spreadsheet.
pub(super) fn by_default(
    said: SaidMonths,
    today: NaiveDate,
    assumed: &mut Vec<Assumption>,
) -> (Month, u32) {
    let start = said.start.unwrap_or_else(|| {
        let next = Month::of(today).plus(1);
        assumed.push(Assumption::Start(next));
        next
    });
    let months = said.months.unwrap_or_else(|| {
        assumed.push(Assumption::Months);
        DEFAULT_MONTHS
    });
    (start, months)
}
