//! What used images cost for programs.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::compared::ComparedOutput;
use super::rows::{WrittenUsageRow, WrittenUsageRows};
use super::{UsageFound, compared, groups};
use crate::estimate::RejectedLines;
use crate::report::envelope::{Output, Said, said};
use crate::report::estimate::TotalCost;
use crate::report::record::{Each, Record};
use crate::usage_cost::UsageGroup;

/// What used images cost.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct UsageCostOutput<'a> {
    /// How many rows were read.
    pub read: u64,
    /// How many rows are priced.
    pub rated: u64,
    /// How many rows are rejected.
    pub rejected: u64,
    /// Parts of exports without usage, such as days.
    pub without_usage: u64,
    /// The first day; null without a row.
    pub first_day: Option<String>,
    /// The last day; null without a row.
    pub last_day: Option<String>,
    /// The time zone in which days begin.
    pub time_zone: String,
    /// What all of it cost.
    pub total: Record<TotalCost<'a>>,
    /// The rows summed up.
    pub summary: Each<'a, Record<&'a UsageGroup>>,
    /// The same usage at other prices; left out where that is not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<ComparedOutput<'a>>,
    /// Why rows are rejected, each reason once.
    pub reasons: Each<'a, Record<&'a RejectedLines>>,
    /// Rows that leave out a count of cached tokens, which is taken to be none.
    pub rows_without_cached_count: u64,
    /// Rows whose size is another than was asked for.
    pub rows_in_another_size: u64,
    /// Rows whose quality is another than was asked for.
    pub rows_in_another_quality: u64,
    /// Rows with a request id that stands before them, as far as that was looked for; they are counted.
    pub repeated_request_ids: u64,
    /// Columns that are not read.
    pub columns_not_read: &'a [String],
    /// What was assumed, each once.
    pub assumptions: Vec<Said>,
    /// What is to be said, each once.
    pub notes: Vec<Said>,
    /// A row for each row of the logs that was priced, where that is asked for.
    pub rows: Each<'a, WrittenUsageRow>,
}

impl Output for UsageCostOutput<'_> {
    const NAME: &'static str = "usage_cost";
    const COMMAND: &'static str = "usage cost";
}

pub(super) fn output<'a>(
    found: UsageFound<'a>,
    rows: Option<&'a WrittenUsageRows>,
) -> UsageCostOutput<'a> {
    let UsageFound { cost, counts, zone, unread, with } = found;
    let day = |day: chrono::NaiveDate| day.to_string();
    UsageCostOutput {
        read: counts.rows,
        rated: cost.whole.tally.rows,
        rejected: cost.rejected_rows(),
        without_usage: cost.without_usage,
        first_day: cost.days.map(|(first, _)| day(first)),
        last_day: cost.days.map(|(_, last)| day(last)),
        time_zone: zone.to_string(),
        total: Record::of(TotalCost {
            cost: Cow::Borrowed(&cost.total),
            basis: (!cost.cells.is_empty()).then_some(cost.whole.price_basis),
        }),
        summary: Each::with(groups::fields(&cost.by), || cost.groups.iter()),
        compared: with.map(compared::output),
        reasons: Each::row(|| cost.rejected.iter()),
        rows_without_cached_count: cost.rows_without_cached,
        rows_in_another_size: counts.other_size,
        rows_in_another_quality: counts.other_quality,
        repeated_request_ids: counts.repeated_ids,
        columns_not_read: unread,
        assumptions: said(&cost.assumptions),
        notes: said(&cost.notes),
        rows: Each::of(move || rows.map(WrittenUsageRows::each).into_iter().flatten()),
    }
}
