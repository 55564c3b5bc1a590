//! Reports: what a command found, as neutral sheets, written in any format.
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
pub mod estimate;
pub mod estimate_file;
pub mod forecast;
mod json;
mod markdown;
pub mod models;
pub mod number;
pub mod price_checks;
pub mod price_changes;
pub mod pilot;
pub mod routes;
pub mod sheet;
pub mod sizes;
#[cfg(feature = "cli")]
mod table;

pub use sheet::{Block, Cell, Column, Report, Sheet};

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
pub fn render(report: &Report, format: Format, width: u16) -> String {
    #[cfg(not(feature = "cli"))]
    let _ = width;
    match format {
        #[cfg(feature = "cli")]
        Format::Table => table::render(report, width),
        Format::Json => json::render(report),
        Format::Csv => csv::render(report),
        Format::Markdown => markdown::render(report),
    }
}
