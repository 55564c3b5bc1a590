//! The clock of the machine: the day that holds where no flag names one.

use chrono::{NaiveDate, Utc};

use super::message;
use super::message::About;
use crate::catalog::Catalog;
use crate::catalog::evidence::FRESH_DAYS;
use crate::report::number::count;

/// The day of the machine, UTC.
pub(super) fn today() -> NaiveDate {
    Utc::now().date_naive()
}

/// Says it where the machine's day lies before the tables were pinned, or long after: "today" may then not be the day
/// whose prices are meant.
pub(super) fn say_if_far(catalog: &Catalog) {
    // Tables that are wrong are told by what needs them.
    let Some(pinned) = catalog.pinned() else { return };
    let today = today();
    match u64::try_from((today - pinned).num_days()) {
        Err(_) => message::finding(About::Clock, &before(today, pinned)),
        Ok(0..=FRESH_DAYS) => (),
        Ok(days) => message::hint(About::Clock, &long_after(pinned, days)),
    }
}

fn before(today: NaiveDate, pinned: NaiveDate) -> String {
    format!(
        "the clock of this machine says {today}, and the price tables are of {pinned}: set the clock, or name the day \
         with --as-of"
    )
}

fn long_after(pinned: NaiveDate, days: u64) -> String {
    format!(
        "the price tables are of {pinned}, {} days ago: prices may have changed since; a later imgcost, or --pricing \
         with a later catalogue, knows them",
        count(days)
    )
}
