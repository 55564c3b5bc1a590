//! What a row says, read by its bytes: where its cells stand, its day, its counts and what it recorded. What is not written
//! plainly is left to the reader that goes cell by cell.

use chrono::NaiveDate;
use memchr::{memchr, memchr_iter};

use crate::usage_cost::ledger::Kept;
use crate::usage_cost::rule::RowCounts;
use crate::usage_log::delimited::{Column, Heading};
use crate::usage_log::row::COUNTED;
use crate::usage_log::zone::Zone;

/// The most columns of a row that is cut by hand.
pub(super) const MOST_CUT: usize = 64;
/// The most digits of a count that always fits.
const MOST_DIGITS: usize = 19;
/// Decimal places of recorded costs that are added up as whole numbers.
pub(super) const PLACES: usize = 12;

/// Where the columns stand that are read by their bytes.
pub(super) struct Columns {
    pub time: Option<usize>,
    /// What decides where a row goes, besides its time.
    pub keys: Vec<usize>,
    counts: [Option<usize>; COUNTED.len()],
    totals: [Option<usize>; 4],
    images: Option<usize>,
    accepted: Option<usize>,
    requests: Option<usize>,
    pub recorded: Option<usize>,
    pub request_id: Option<usize>,
    /// Delivered and asked for.
    pub pairs: [Option<(usize, usize)>; 2],
}

impl Columns {
    pub(super) fn of(heading: &Heading, kept: Kept) -> Columns {
        let at = |column| heading.at(column);
        let keys = [
            (Column::Model, true),
            (Column::Route, true),
            (Column::Project, kept.project),
            (Column::Tag, kept.tag),
            (Column::Status, kept.status),
            (Column::Size, kept.size),
            (Column::AskedSize, kept.size),
            (Column::Quality, kept.quality),
            (Column::AskedQuality, kept.quality),
            (Column::Processing, true),
            (Column::Batch, true),
        ];
        let keys = keys.into_iter().filter(|(_, is_kept)| *is_kept);
        let totals = [Column::Input, Column::CachedInput, Column::Output, Column::Total];
        Columns {
            time: at(Column::Time),
            keys: keys.filter_map(|(column, _)| at(column)).collect(),
            counts: std::array::from_fn(|index| at(Column::Count(index))),
            totals: totals.map(at),
            images: at(Column::Images),
            accepted: at(Column::Accepted),
            requests: at(Column::Requests),
            recorded: at(Column::Recorded),
            request_id: at(Column::RequestId),
            pairs: [
                at(Column::Size).zip(at(Column::AskedSize)),
                at(Column::Quality).zip(at(Column::AskedQuality)),
            ],
        }
    }
}

/// The cells of a row, as bytes.
pub(super) struct Cells<'a> {
    pub line: &'a [u8],
    pub ends: &'a [u32; MOST_CUT],
}

impl<'a> Cells<'a> {
    pub(super) fn at(&self, index: usize) -> &'a [u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize + 1 };
        &self.line[start..self.ends[index] as usize]
    }
}

impl Columns {
    /// What a row counts; `None` where a cell is no plain number, or totals do not add up as counts without cached ones do.
    pub(super) fn counts_of(&self, cells: &Cells) -> Option<RowCounts> {
        let mut row = RowCounts { requests: 1, ..RowCounts::default() };
        for (index, at) in self.counts.iter().enumerate() {
            let Some(at) = *at else { continue };
            let text = cells.at(at);
            if !text.is_empty() {
                row.counts[index] = digits(text)?;
                row.said |= 1 << index;
            }
        }
        let optional = |at: Option<usize>| match at.map(|at| cells.at(at)) {
            None | Some(b"") => Some(None),
            Some(text) => digits(text).map(Some),
        };
        row.images = optional(self.images)?;
        row.accepted = optional(self.accepted)?;
        row.requests = optional(self.requests)?.unwrap_or(1);
        let exceeds =
            row.accepted.zip(row.images).is_some_and(|(accepted, images)| accepted > images);
        if exceeds || row.said == 0 {
            return None;
        }
        let parts: [&[usize]; 4] = [&[0, 1, 2, 3], &[1, 3], &[4, 5], &[0, 1, 2, 3, 4, 5]];
        for (at, parts) in self.totals.iter().zip(parts) {
            if let Some(total) = optional(*at)? {
                let sum = parts.iter().try_fold(0_u64, |sum, at| sum.checked_add(row.counts[*at]));
                (sum == Some(total)).then_some(())?;
            }
        }
        Some(row)
    }
}

/// A day as it is written, or none.
pub(super) struct Day(pub [u8; 10]);

impl Day {
    pub(super) const NONE: Day = Day([0; 10]);

    /// The day of a time that is written in full and in UTC, or of a day; of anything else by the zone. `None` if it is
    /// none.
    pub(super) fn of(text: &[u8], zone: Zone) -> Option<Day> {
        if text.len() == 10 || zone.is_utc() && is_full_utc(text) {
            return text[..10].try_into().ok().map(Day);
        }
        if text.is_empty() {
            return Some(Day::NONE);
        }
        let day: NaiveDate = zone.day_of(std::str::from_utf8(text).ok()?)?;
        day.to_string().as_bytes().try_into().ok().map(Day)
    }
}

/// Whether a time is written as `2026-11-30T08:15:00Z`, with or without parts of a second and the Z.
fn is_full_utc(text: &[u8]) -> bool {
    let two = |at: usize, most: u8| {
        let (tens, ones) = (text[at].wrapping_sub(b'0'), text[at + 1].wrapping_sub(b'0'));
        tens < 10 && ones < 10 && tens * 10 + ones <= most
    };
    let text = text.strip_suffix(b"Z").unwrap_or(text);
    text.len() >= 19
        && matches!(text[10], b'T' | b' ')
        && text[13] == b':'
        && text[16] == b':'
        && two(11, 23)
        && two(14, 59)
        && two(17, 59)
        && (text.len() == 19
            || text[19] == b'.'
                && (21..=29).contains(&text.len())
                && text[20..].iter().all(u8::is_ascii_digit))
}

/// Cuts a line at its commas; how many cells there are. Beyond what is kept they are only counted.
pub(super) fn cut(line: &[u8], comma: u8, ends: &mut [u32; MOST_CUT]) -> usize {
    let mut width = 0;
    for at in memchr_iter(comma, line) {
        if let Some(end) = ends.get_mut(width) {
            *end = at as u32;
        }
        width += 1;
    }
    if let Some(end) = ends.get_mut(width) {
        *end = line.len() as u32;
    }
    width + 1
}

fn digits(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > MOST_DIGITS {
        return None;
    }
    text.iter().try_fold(0_u64, |sum, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| sum * 10 + u64::from(digit))
    })
}

/// An amount in units of 10^-12, where it has no more places than that.
pub(super) fn units(text: &[u8]) -> Option<i128> {
    let point = memchr(b'.', text).unwrap_or(text.len());
    let (whole, rest) = (&text[..point], text.get(point + 1..).unwrap_or_default());
    if rest.len() > PLACES || point < text.len() && rest.is_empty() {
        return None;
    }
    let parts = if rest.is_empty() { 0 } else { digits(rest)? };
    let shift = 10_i128.pow((PLACES - rest.len()) as u32);
    Some(i128::from(digits(whole)?) * 10_i128.pow(PLACES as u32) + i128::from(parts) * shift)
}
