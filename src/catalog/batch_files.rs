//! What the Batch API of an owner takes as one file: a file that breaks a rule is refused as a whole.

use super::check::{Checker, all};
use super::dated::{Dated, Period};
use super::evidence::Evidence;
use super::raw::{RawBatchFiles, Spanned};
use super::read_period::RawDays;
use super::yaml::span;

/// The rules of certain days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchFiles {
    /// The days on which they hold.
    pub period: Period,
    /// The most lines.
    pub max_lines: u64,
    /// The most bytes.
    pub max_bytes: u64,
    /// Whether all lines go to one endpoint.
    pub one_endpoint: bool,
    /// Whether no two lines may have the same `custom_id`.
    pub unique_ids: bool,
    /// Who says so.
    pub evidence: Evidence,
}

impl Dated for BatchFiles {
    fn period(&self) -> Period {
        self.period
    }

    fn period_mut(&mut self) -> &mut Period {
        &mut self.period
    }
}

/// No file is larger or longer.
const MOST: u64 = 1_000_000_000_000;

pub(super) fn batch_files(
    check: &mut Checker,
    raw: &[Spanned<RawBatchFiles>],
) -> Option<Vec<BatchFiles>> {
    let versions: Option<Vec<_>> = all(raw.iter().map(|raw| version(check, raw)).collect());
    if let Some(versions) = &versions {
        check.order(versions.iter().zip(raw.iter().map(span)));
    }
    versions
}

fn version(check: &mut Checker, spanned: &Spanned<RawBatchFiles>) -> Option<BatchFiles> {
    let at = spanned.place()?;
    let raw = &spanned.value;
    let evidence = check.evidence(&raw.evidence);
    let seen = evidence.as_ref().map(|evidence| evidence.seen);
    let (from, until) = (raw.from.as_ref(), raw.until.as_ref());
    let period = check.period(&RawDays { from, until, ..RawDays::default() }, seen, at);
    let max_lines = check.count(&raw.max_lines, 1, MOST);
    let max_bytes = check.count(&raw.max_bytes, 1, MOST);
    let one_endpoint = check.flag(&raw.one_endpoint);
    let unique_ids = check.flag(&raw.unique_ids);
    Some(BatchFiles {
        period: period?,
        max_lines: max_lines?,
        max_bytes: max_bytes?,
        one_endpoint: one_endpoint?,
        unique_ids: unique_ids?,
        evidence: evidence?,
    })
}
