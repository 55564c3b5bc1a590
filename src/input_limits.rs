//! The most that is read of anything: each bound once, with the words in which it is refused and what to do.
//!
//! A bound is far above what a real input holds, and low enough that the largest one allowed is done with in seconds. What
//! is above it is refused in words that name it; nothing is cut off in silence.

use std::fmt;

use crate::unit::grouped;

/// The most of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputLimit {
    /// How many at most.
    pub most: u64,
    /// What is counted: "bytes of the header of an image".
    pub of: &'static str,
    /// What to do with an input that has more.
    pub help: &'static str,
}

impl InputLimit {
    /// Whether so many are too many.
    pub fn is_exceeded_by(&self, count: u64) -> bool {
        count > self.most
    }

    /// That so many are not too many.
    ///
    /// # Errors
    /// The limit, if they are.
    pub fn holds(&'static self, count: usize) -> Result<(), &'static InputLimit> {
        match u64::try_from(count).is_ok_and(|count| !self.is_exceeded_by(count)) {
            true => Ok(()),
            false => Err(self),
        }
    }

    /// Why an input is refused: "more than 50,000 lines of a Batch file".
    pub fn message(&self) -> String {
        format!("more than {} {}", grouped(self.most), self.of)
    }
}

/// The message with what to do: "more than 50,000 lines of a Batch file: split it".
impl fmt::Display for InputLimit {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}: {}", self.message(), self.help)
    }
}

/// What stands before the size of an image: maps of depth in the metadata of a photograph take a few megabytes.
pub const IMAGE_HEADER: InputLimit = InputLimit {
    most: 16 * 1024 * 1024,
    of: "bytes before the size of the image",
    help: "give its size as WIDTHxHEIGHT",
};

/// The scenarios of a budget: each is a forecast of its own.
pub const SCENARIOS: InputLimit =
    InputLimit { most: 1_000, of: "scenarios in a budget", help: "compare them in several files" };

/// The lines of a forecast: workloads times months.
pub const WORKLOAD_MONTHS: InputLimit = InputLimit {
    most: 1_000_000,
    of: "months of workloads in a budget",
    help: "plan fewer months, or split it into several files",
};

/// The rows of a spreadsheet of volumes, beside its header.
pub const VOLUME_ROWS: InputLimit = InputLimit {
    most: 10_000,
    of: "rows in a spreadsheet of volumes",
    help: "split it into several files",
};

/// The rows of the log of a pilot, beside its header.
pub const LOG_ROWS: InputLimit =
    InputLimit { most: 50_000, of: "rows in a log", help: "split it into several files" };

/// The columns of a row: as many as a sheet of Excel has (Microsoft, Excel specifications and limits).
pub const SHEET_COLUMNS: InputLimit = InputLimit {
    most: 16_384,
    of: "columns in a row",
    help: "give the file as a spreadsheet saves it: a column for each month",
};

/// The cells of a spreadsheet: 40 bytes each and their text.
pub const SHEET_CELLS: InputLimit = InputLimit {
    most: 4_000_000,
    of: "cells in a spreadsheet",
    help: "split it into several files",
};

/// The keys of one JSON object; a body or reply has a few dozen.
pub const JSON_KEYS: InputLimit = InputLimit {
    most: 1_000_000,
    of: "keys in one object",
    help: "give the body or reply as it was sent",
};
