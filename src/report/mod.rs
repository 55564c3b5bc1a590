//! Reports: what a command found, as neutral sheets, written in any format.
//!
//! A command builds a [`Report`] and touches no format; a format writes any report and knows no
//! command. [`number`] is the one place that rounds.

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
mod table;

pub use sheet::{Block, Cell, Column, Report, Sheet};

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For reading on a terminal.
    Table,
    /// For programs: one JSON object with a stable schema.
    Json,
    /// For spreadsheets: raw numbers at full precision, a row per line, no totals.
    Csv,
    /// For documents and pull requests.
    Markdown,
}

/// Writes a report. `width` is the number of columns of the terminal, for [`Format::Table`].
pub fn render(report: &Report, format: Format, width: u16) -> String {
    match format {
        Format::Table => table::render(report, width),
        Format::Json => json::render(report),
        Format::Csv => csv::render(report),
        Format::Markdown => markdown::render(report),
    }
}
