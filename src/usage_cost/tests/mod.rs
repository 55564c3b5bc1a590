//! What logs cost: worked examples with the arithmetic visible, and laws over rows that nobody tuned.

mod examples;
mod laws;

use std::io;

use chrono::NaiveDate;

use super::stream::{Listener, LogReading, Logs, RowRejected, RowTaken};
use super::{Dimension, LogTerms, UsageCost};
use crate::catalog::Catalog;
use crate::estimate::{ReplyContext, Terms};
use crate::problem::Problem;
use crate::usage_log::delimited::ColumnNames;
use crate::usage_log::zone::Zone;

/// Hears everything.
#[derive(Default)]
pub(super) struct Heard {
    pub rejected: Vec<(u64, String)>,
    pub priced: Vec<RowTaken>,
    pub problems: Vec<Problem>,
}

impl Listener for Heard {
    fn rejected(&mut self, row: &RowRejected) -> io::Result<()> {
        self.rejected.push((row.line, row.why.to_string()));
        Ok(())
    }

    fn priced(&mut self, _: &str, row: &RowTaken) -> io::Result<()> {
        self.priced.push(row.clone());
        Ok(())
    }

    fn wrong(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn read(&mut self, _: u64, _: u64) {}
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The terms of today, where nothing is given for rows.
pub(super) fn terms(catalog: &Catalog) -> LogTerms<'_> {
    LogTerms {
        catalog,
        terms: Terms::on(day("2026-11-21")),
        model: None,
        day: None,
        processing: None,
        absent_is_none: Vec::new(),
        replies: ReplyContext::default(),
        elsewhere: None,
        priced_on: None,
    }
}

/// What a log costs.
pub(super) fn cost(
    log: &str,
    terms: &LogTerms,
    by: &[Dimension],
    (threads, each_row): (usize, bool),
) -> (UsageCost, Heard) {
    let names = ColumnNames::default();
    let reading =
        LogReading { terms, with: None, by, names: &names, zone: Zone::UTC, threads, each_row };
    let mut logs = Logs::new(reading);
    let mut heard = Heard::default();
    let start = &log.as_bytes()[..log.len().min(1 << 16)];
    logs.read("log", start, log.as_bytes(), &mut heard).expect("a log");
    (logs.into_cost().expect("sums are kept").0, heard)
}

/// The cost of a log in a word, such as `0.1653` or `≥ 0.1653`.
pub(super) fn total(log: &str) -> String {
    let catalog = Catalog::shipped();
    let (found, _) = cost(log, &terms(&catalog), &Dimension::USUAL, (1, false));
    match found.total.exact() {
        Some(total) => total.normalize().to_string(),
        None => format!("≥ {}", found.total.low().normalize()),
    }
}
