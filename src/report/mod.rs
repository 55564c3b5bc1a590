//! Reports: what a command found, as sheets for people and as records for files, written in any format.
//!
//! A command builds a [`Report`] and touches no format; a format writes any report and knows no
//! command. [`number`] is the one place that rounds.

mod cells;
pub mod budget_check;
pub mod budget_comparison;
pub mod budget_afford;
pub mod budget_simulation;
pub mod comparison;
mod csv;
pub mod dictionary;
pub mod envelope;
pub mod estimate;
pub mod estimate_file;
mod evidence;
pub mod flags;
pub mod forecast;
mod markdown;
pub mod models;
pub mod number;
pub mod price_checks;
pub mod price_changes;
pub mod pilot;
pub mod problems;
pub mod record;
pub mod routes;
pub mod sheet;
pub mod sizes;
#[cfg(feature = "cli")]
mod table;

use std::io::{self, Write};

use crate::help::{Help, HelpWords, Sentence};
pub use sheet::{Block, Cell, Column, Report, Sheet};

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// For reading on a terminal.
    #[cfg(feature = "cli")]
    Table,
    /// For programs: one JSON object with a stable schema.
    Json,
    /// For spreadsheets: raw numbers at full precision, a row per line, no totals.
    Csv,
    /// For documents and pull requests.
    Markdown,
}

impl Format {
    /// Every format.
    pub const ALL: &[Format] = &[
        #[cfg(feature = "cli")]
        Format::Table,
        Format::Json,
        Format::Csv,
        Format::Markdown,
    ];

    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            #[cfg(feature = "cli")]
            Format::Table => "table",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
        }
    }
}

/// What a report for people is written for; files for programs are the same everywhere.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The number of columns that a table may take.
    pub width: u16,
    /// How it is worded what a reader can do.
    pub help: HelpWords,
}

impl Page {
    fn advice(&self, sentence: &Sentence) -> String {
        sentence.in_words(self.help) + "."
    }

    fn in_words(&self, open: &[Sentence]) -> Vec<String> {
        open.iter().map(|sentence| sentence.in_words(self.help)).collect()
    }
}

/// Writes a report.
///
/// # Errors
/// What cannot be written.
pub fn write(report: &Report, format: Format, page: &Page, out: &mut dyn Write) -> io::Result<()> {
    match format {
        #[cfg(feature = "cli")]
        Format::Table => out.write_all(table::render(&report.blocks(), page).as_bytes()),
        Format::Json => report.write_json(out),
        Format::Csv => report.write_csv(out),
        Format::Markdown => out.write_all(markdown::render(&report.blocks(), page).as_bytes()),
    }
}

/// A report as one text, as [`write()`] writes it, with neutral words.
pub fn render(report: &Report, format: Format, width: u16) -> String {
    let mut text = Vec::new();
    // Memory takes all that is written into it.
    let page = Page { width, help: Help::to_string };
    let _ = write(report, format, &page, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}
