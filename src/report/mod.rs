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
pub mod record;
pub mod routes;
pub mod sheet;
pub mod sizes;
#[cfg(feature = "cli")]
mod table;

use std::io::{self, Write};

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

/// Writes a report. `width` is the number of columns that a table may take; other formats have none.
///
/// # Errors
/// What cannot be written.
pub fn write(report: &Report, format: Format, width: u16, out: &mut dyn Write) -> io::Result<()> {
    #[cfg(not(feature = "cli"))]
    let _ = width;
    match format {
        #[cfg(feature = "cli")]
        Format::Table => out.write_all(table::render(report, width).as_bytes()),
        Format::Json => report.write_json(out),
        Format::Csv => report.write_csv(out),
        Format::Markdown => out.write_all(markdown::render(report).as_bytes()),
    }
}

/// A report as one text, as [`write()`] writes it.
pub fn render(report: &Report, format: Format, width: u16) -> String {
    let mut text = Vec::new();
    // Memory takes all that is written into it.
    let _ = write(report, format, width, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}
