//! The bill of several files.

use std::sync::Arc;

use chrono::NaiveDate;

use super::collected::PaidElsewhere;
use super::format::BillFormat;
use super::line::BillLine;
use super::read::ReadBill;
use super::restated::{self, Restated};
use crate::money::AmountTooLarge;

/// The bill of several files, of which a later one restates the days of earlier ones.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Bill {
    /// The lines that count, in order of their days and whose they are.
    pub lines: Vec<BillLine>,
    /// The files, in the order in which they were given.
    pub files: Vec<BillFile>,
    /// Days that later files state again.
    pub restated: Vec<Restated>,
}

/// A file of a bill.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BillFile {
    /// As the user named it.
    pub file: Arc<str>,
    /// What it is.
    pub format: BillFormat,
    /// How many rows were read.
    pub rows: u64,
    /// How many of them were rejected.
    pub rejected: u64,
    /// How many days had no charges.
    pub empty: u64,
    /// How many rows have costs beside the one of the row, of which it is not stated whether that has them.
    pub beside: u64,
    /// What was paid to others on the user's own keys.
    pub elsewhere: Vec<PaidElsewhere>,
    /// Columns that are not read.
    pub ignored: Vec<String>,
    /// Whether its last page says that more follow: the bill is not whole without them.
    pub goes_on: bool,
}

impl Bill {
    /// Adds a file, whose days count in place of those of the files before.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept exact.
    pub fn add(&mut self, read: ReadBill) -> Result<(), AmountTooLarge> {
        let ReadBill {
            file,
            format,
            lines,
            elsewhere,
            rows,
            rejected,
            empty,
            beside,
            ignored,
            goes_on,
        } = read;
        self.restated.extend(restated::replace(&mut self.lines, &lines, &file)?);
        self.lines.extend(lines);
        self.lines.sort_by(|a, b| a.what.cmp(&b.what));
        self.files.push(BillFile {
            file,
            format,
            rows,
            rejected,
            empty,
            beside,
            elsewhere,
            ignored,
            goes_on,
        });
        Ok(())
    }

    /// The first day and the last one; `None` without a line.
    pub fn period(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.lines.iter().map(|line| line.day).min()?;
        let last = self.lines.iter().filter_map(|line| line.until.pred_opt()).max()?;
        Some((first, last))
    }

    /// The owners, in order, each once.
    pub fn owners(&self) -> Vec<&str> {
        let mut owners: Vec<&str> = self.lines.iter().map(|line| &*line.owner).collect();
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    /// How many lines have a text that no rule knows.
    pub fn unmatched(&self) -> usize {
        self.lines.iter().filter(|line| line.is_unmatched).count()
    }

    /// How many rows were read, and how many of them were rejected.
    pub fn rows(&self) -> (u64, u64) {
        self.files
            .iter()
            .fold((0, 0), |(rows, rejected), it| (rows + it.rows, rejected + it.rejected))
    }
}
