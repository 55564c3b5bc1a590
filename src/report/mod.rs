//! Reports: what a command found, as sheets for people and as records for files, written in any format.
//!
//! A command builds a [`Report`] and touches no format; a format writes any report and knows no
//! command. [`number`] is the one place that rounds.

pub mod bill;
mod block;
mod cells;
pub mod chart;
pub mod budget_check;
pub mod budget_comparison;
pub mod budget_afford;
pub mod budget_simulation;
pub mod comparison;
pub mod configuration;
mod csv;
pub mod currency;
pub mod dictionary;
mod document;
pub mod envelope;
pub mod estimate;
pub mod estimate_file;
mod evidence;
pub mod flags;
pub mod fold;
pub mod forecast;
mod handout;
mod json;
mod markdown;
pub mod models;
pub mod number;
pub mod outputs;
#[cfg(feature = "cli")]
mod page;
pub mod price_checks;
pub mod price_maps;
pub mod made_of;
pub mod price_changes;
pub mod pilot;
pub mod problems;
pub mod rate_card;
pub mod record;
pub mod routes;
mod sensitivity;
mod sources;
pub mod sheet;
pub mod sizes;
#[cfg(feature = "cli")]
mod table;
pub mod usage_cost;
#[cfg(feature = "cli")]
mod workbook;

use std::io::{self, Write};

use crate::help::{Help, HelpWords, Sentence, View};
pub use block::{Block, Counted, Fold};
pub use document::Report;
pub use fold::Open;
pub use handout::{Answer, Part, Summary};
pub use sheet::{Cell, Column, Sheet};

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
    /// For forwarding: one page with charts, which needs no network.
    #[cfg(feature = "cli")]
    Html,
    /// For a slide: the first chart.
    #[cfg(feature = "cli")]
    Svg,
    /// For finance: a workbook, of a forecast one that recalculates.
    #[cfg(feature = "cli")]
    Xlsx,
}

impl Format {
    /// Every format.
    pub const ALL: &[Format] = &[
        #[cfg(feature = "cli")]
        Format::Table,
        Format::Json,
        Format::Csv,
        Format::Markdown,
        #[cfg(feature = "cli")]
        Format::Html,
        #[cfg(feature = "cli")]
        Format::Svg,
        #[cfg(feature = "cli")]
        Format::Xlsx,
    ];

    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            #[cfg(feature = "cli")]
            Format::Table => "table",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
            #[cfg(feature = "cli")]
            Format::Html => "html",
            #[cfg(feature = "cli")]
            Format::Svg => "svg",
            #[cfg(feature = "cli")]
            Format::Xlsx => "xlsx",
        }
    }

    /// Whether it holds rows and objects for programs, and not what people read.
    pub fn is_for_programs(self) -> bool {
        matches!(self, Format::Json | Format::Csv)
    }
}

/// What a report for people is written for; files for programs are the same everywhere.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Page {
    /// The number of columns that a table may take.
    pub width: u16,
    /// How it is worded what a reader can do.
    pub help: HelpWords,
    /// What is shown beside the answer.
    pub open: Open,
}

impl Page {
    /// A page of so many columns, in words that name no flag, with the answer alone.
    pub fn new(width: u16) -> Page {
        Page { width, help: Help::to_string, open: Open::default() }
    }

    /// The page with these views open.
    #[must_use]
    pub fn opened(self, open: Open) -> Page {
        Page { open, ..self }
    }

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
/// What cannot be written, such as the chart of a report that has none.
pub fn write(report: &Report, format: Format, page: &Page, out: &mut dyn Write) -> io::Result<()> {
    currency::showing(report.currency(), || match format {
        #[cfg(feature = "cli")]
        Format::Xlsx => report.write_book(page, out),
        Format::Json => report.write_json(out),
        Format::Csv => report.write_csv(out),
        #[cfg(feature = "cli")]
        Format::Table => out.write_all(table::render(report.blocks(), page).0.as_bytes()),
        Format::Markdown => out.write_all(markdown::render(report, page).0.as_bytes()),
        #[cfg(feature = "cli")]
        Format::Html => out.write_all(page::render(report, page).0.as_bytes()),
        #[cfg(feature = "cli")]
        Format::Svg => {
            let (title, parts) = (report.summary().title, report.parts());
            let chart = handout::first_chart(&parts);
            let chart = chart.ok_or_else(|| io::Error::other("it has no chart"))?;
            out.write_all(chart::slide(chart, &title, &report.colophon()).as_bytes())
        }
    })
}

/// Writes behind a summary in Markdown what it was made of.
///
/// # Errors
/// What cannot be written.
pub fn write_made_of(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "\n{}", markdown::colophon(report))
}

/// Whether a view would show more of the report than the page does. A file for programs has everything.
pub fn would_show_more(report: &Report, format: Format, page: &Page, view: View) -> bool {
    currency::showing(report.currency(), || match format {
        Format::Json | Format::Csv => false,
        #[cfg(feature = "cli")]
        Format::Xlsx => false,
        #[cfg(feature = "cli")]
        Format::Table => table::render(report.blocks(), page).1.has(view),
        Format::Markdown => markdown::render(report, page).1.has(view),
        #[cfg(feature = "cli")]
        Format::Html => page::render(report, page).1.has(view),
        #[cfg(feature = "cli")]
        Format::Svg => false,
    })
}

/// Whether a report has a chart.
pub fn has_chart(report: &Report) -> bool {
    handout::first_chart(&report.parts()).is_some()
}

/// A report as one text, as [`write()`] writes it.
pub fn render(report: &Report, format: Format, page: &Page) -> String {
    let mut text = Vec::new();
    // Memory takes all that is written into it.
    let _ = write(report, format, page, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}
