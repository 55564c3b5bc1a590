//! The most that is read of anything: each bound once, with the words in which it is refused and what to do.
//!
//! A bound is far above what a real input holds, and low enough that the largest one allowed is done with in seconds. What
//! is above it is refused in words that name it; nothing is cut off in silence. `docs/limits.md` lists them.

use std::fmt;

use crate::problem::{Place, Problem, ProblemCode};
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
    pub fn is_exceeded_by(&self, count: usize) -> bool {
        u64::try_from(count).is_ok_and(|count| count > self.most)
    }

    /// That so many are not too many.
    ///
    /// # Errors
    /// The limit, if they are.
    pub fn holds(&'static self, count: usize) -> Result<(), &'static InputLimit> {
        if self.is_exceeded_by(count) { Err(self) } else { Ok(()) }
    }

    /// Why an input is refused: "more than 50,000 lines of a Batch file".
    pub fn message(&self) -> String {
        format!("more than {} {}", grouped(self.most), self.of)
    }

    /// The problem of an input that has more.
    pub fn problem(&self, place: Place) -> Problem {
        let message = self.message();
        Problem { code: ProblemCode::TooLarge, message, place, help: self.help.into() }
    }
}

/// The message with what to do: "more than 50,000 lines of a Batch file: split it".
impl fmt::Display for InputLimit {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}: {}", self.message(), self.help)
    }
}

/// Names each limit once: as a constant, and in the list of all.
macro_rules! limits {
    ($($(#[$why:meta])* $name:ident: $most:expr, $of:literal, $help:literal;)*) => {
        $($(#[$why])*
        pub const $name: InputLimit = InputLimit { most: $most, of: $of, help: $help };)*

        /// All of them, in the order of `docs/limits.md`.
        pub const ALL: &[&InputLimit] = &[$(&$name),*];
    };
}

const MIB: u64 = 1024 * 1024;

limits! {
    /// The largest Batch file that OpenAI takes is 200 MB; replies with ten large images stay below it.
    BODY_BYTES: 256 * MIB, "bytes in a file of requests or replies", "split it";
    /// A body with large reference images; a budget names many.
    BUDGET_BODY_BYTES: 64 * MIB, "bytes in a request of a budget", "give its images as files";
    /// The keys of one JSON object; a body or reply has a few dozen.
    JSON_KEYS: 1_000_000, "keys in one object", "give the body or reply as it was sent";
    /// How deep the values of JSON lie in each other; a body or reply has a dozen levels.
    JSON_LEVELS: 100, "levels of lists and objects in each other", "give the body or reply as it was sent";
    /// What stands before the size of an image: maps of depth in the metadata of a photograph take a few megabytes.
    IMAGE_HEADER: 16 * MIB, "bytes before the size of the image", "give its size as WIDTHxHEIGHT";
    /// Room for a thousand workloads with a volume for each of sixty months.
    BUDGET_BYTES: 16_000_000, "bytes in a budget", "split it into several files";
    /// As many values as that takes.
    BUDGET_VALUES: 500_000, "values in a budget", "split it into several files";
    /// Ten years.
    BUDGET_MONTHS: 120, "months in a budget", "plan fewer";
    /// The lines of a forecast: workloads times months.
    WORKLOAD_MONTHS: 1_000_000, "months of workloads in a budget",
        "plan fewer months, or split it into several files";
    /// Each scenario is a forecast of its own.
    SCENARIOS: 1_000, "scenarios in a budget", "compare them in several files";
    /// What each run costs in each month is kept until the end, and these take 400 MB.
    RUN_MONTHS: 24_000_000, "runs times months in a simulation", "simulate fewer runs";
    /// As large as a budget.
    VOLUME_BYTES: 16_000_000, "bytes in a spreadsheet of volumes", "split it into several files";
    /// The rows beside the header.
    VOLUME_ROWS: 10_000, "rows in a spreadsheet of volumes", "split it into several files";
    /// What the parts of a workbook are when unpacked: four times a spreadsheet in text.
    WORKBOOK_BYTES: 64 * MIB, "bytes in a workbook when unpacked", "keep the sheet of volumes in it and nothing else";
    /// Sheets, styles and pictures.
    WORKBOOK_PARTS: 1_000, "parts in a workbook", "keep the sheet of volumes in it and nothing else";
    /// Of more, nobody reviewed the images.
    LOG_BYTES: 32 * MIB, "bytes in a log", "split it into several files";
    /// The rows beside the header.
    LOG_ROWS: 50_000, "rows in a log", "split it into several files";
    /// A row of a log of usage has a few hundred bytes.
    LOG_LINE: MIB, "bytes in a line of a log of usage", "split what it holds, or leave out the column of prompts";
    /// Bills are read row by row, and one has a few kilobytes.
    BILL_ROW_BYTES: MIB, "bytes in a row of a bill", "give the bill as it was exported: a row on each line";
    /// A mapping names a few dozen columns and words.
    MAPPING_BYTES: 100_000, "bytes in a mapping", "keep what names columns and words in it";
    /// As many values as that takes.
    MAPPING_VALUES: 5_000, "values in a mapping", "keep what names columns and words in it";
    /// As many as a sheet of Excel has (Microsoft, Excel specifications and limits).
    SHEET_COLUMNS: 16_384, "columns in a row",
        "give the file as a spreadsheet saves it: a column for each month";
    /// 40 bytes each and their text.
    SHEET_CELLS: 4_000_000, "cells in a spreadsheet", "split it into several files";
    /// No spreadsheet holds more in one (Microsoft, Excel specifications and limits).
    CELL_CHARACTERS: 32_767, "characters in a cell", "a hash can stand for a prompt";
    /// LiteLLM's map has 3.5 MB, models.dev's data 5 MB.
    PRICE_MAP_BYTES: 32 * MIB, "bytes in a price map", "keep the models in it that are compared";
    /// A page has a month at most, and a list of them a year of days by project, key and model.
    EXPORT_BYTES: 64 * MIB, "bytes in an export in JSON", "give its pages as several files, or each on a line";
    /// A table of every route of an owner.
    TABLE_BYTES: 1_000_000, "bytes in a table", "split the tables into one file per route";
    /// As many values as that takes.
    TABLE_VALUES: 50_000, "values in a table", "split the tables into one file per route";
    /// How deep lists and mappings of YAML may lie in each other.
    YAML_LEVELS: 32, "levels of lists and mappings in each other", "no key lies that deep";
    /// Counted each time that a link leads to them.
    FOLDER_ENTRIES: 10_000, "files and folders",
        "give the folder that holds the tables and nothing else";
    /// The path of an amendment has five parts.
    FOLDER_LEVELS: 16, "levels of folders in each other",
        "give the folder that holds the tables and nothing else";
    /// All tables of a folder or archive together.
    CATALOG_BYTES: 50_000_000, "bytes of tables together",
        "give the folder that holds the tables and nothing else";
    /// Everything in an archive: its tables and what else is packed.
    UNPACKED_BYTES: 100_000_000, "bytes when unpacked",
        "give an archive with a whole catalogue and nothing else";
    /// Settings, with room for a rate of every currency.
    CONFIG_BYTES: 100_000, "bytes of settings", "keep nothing but settings in it";
    /// As many values as that takes.
    CONFIG_VALUES: 2_000, "values in settings", "keep nothing but settings in it";
}
