//! Writing the report: to standard output, or to a file as a whole.

use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::exit::Failure;
use super::gate::Gate;
use super::message::About;
use super::{advice, config, made_of, message, save};
use crate::help::View;
use crate::report::flags::WithoutEffect;
use crate::report::{self, Format, Open, Page, Report};

/// The width of tables in a pipe or file.
const WIDTH_WITHOUT_TERMINAL: u16 = 100;

/// How many bytes are written at once: a row for each of 50,000 lines makes hundreds of megabytes.
const AT_ONCE: usize = 1 << 16;

/// How and where to print.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// Format
    ///
    /// By default that of the suffix of --output, else table.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Show everything: every row, column and note
    ///
    /// Without it, a table or Markdown shows the answer and counts the rest in its last line.
    #[arg(long)]
    all: bool,
    /// Show the notes, assumptions and reasons as well
    #[arg(long, conflicts_with = "all")]
    notes: bool,
    #[command(flatten)]
    file: FileArgs,
}

/// Where to print.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct FileArgs {
    /// File to write in place of standard output
    ///
    /// It is written as a whole or not at all, and replaced only with --force.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file of --output if it exists
    #[arg(long, requires = "output")]
    force: bool,
}

impl FileArgs {
    /// The file, where one is named.
    pub(super) fn path(&self) -> Option<&Path> {
        self.output.as_deref()
    }
}

impl OutputArgs {
    /// Whether everything is shown.
    pub(super) fn shows_all(&self) -> bool {
        self.all
    }

    /// The format asked for, else that of the file's suffix.
    pub(super) fn format(&self) -> Result<Format, Failure> {
        match (self.format, &self.file.output) {
            (Some(format), _) => Ok(format),
            (None, Some(path)) => format_of(path),
            (None, None) => Ok(Format::Table),
        }
    }

    /// The views that are asked for and show nothing more.
    fn idle_views(
        &self,
        report: &Report,
        (format, closed): (Format, &Page),
        rows: bool,
    ) -> Vec<WithoutEffect> {
        let asked = [
            ("--all", self.all, View::All),
            ("--notes", self.notes, View::Notes),
            ("--rows", rows, View::Rows),
        ];
        let idle = asked.into_iter().filter(|(_, given, view)| {
            *given && !report::would_show_more(report, format, closed, *view)
        });
        let why = match format {
            Format::Json | Format::Csv | Format::Xlsx => {
                format!("{} has everything", format.as_str())
            }
            Format::Svg => "svg has the first chart alone".to_owned(),
            _ => "all that it opens is shown without it".to_owned(),
        };
        let idle = idle.map(|(flag, ..)| WithoutEffect { flag: flag.to_owned(), why: why.clone() });
        idle.collect()
    }
}

impl FileArgs {
    /// The columns that a table may take there.
    fn width(&self) -> u16 {
        if self.output.is_some() { WIDTH_WITHOUT_TERMINAL } else { width() }
    }
}

/// The format that a suffix stands for.
fn format_of(path: &Path) -> Result<Format, Failure> {
    let suffix = path.extension().map(|suffix| suffix.to_string_lossy().to_ascii_lowercase());
    match suffix.as_deref() {
        None | Some("txt") => Ok(Format::Table),
        Some("csv") => Ok(Format::Csv),
        Some("json") => Ok(Format::Json),
        Some("md" | "markdown") => Ok(Format::Markdown),
        Some("html" | "htm") => Ok(Format::Html),
        Some("svg") => Ok(Format::Svg),
        Some("xlsx") => Ok(Format::Xlsx),
        Some(other) => {
            let known = Format::value_variants().iter().filter_map(Format::to_possible_value);
            let known: Vec<String> = known.map(|format| format.get_name().to_owned()).collect();
            Err(Failure::usage(
                format!("no format has the suffix .{other} of {}", path.display()),
                format!(
                    "name the file .csv, .html, .json, .md, .svg, .txt or .xlsx, or give --format {}",
                    known.join("|")
                ),
            ))
        }
    }
}

/// Writes a report as it comes.
pub(super) fn write(report: Report, to: &OutputArgs) -> Result<(), Failure> {
    write_with_rows(report, to, false)
}

/// Writes a report as it comes, if asked with the rows behind its summary.
pub(super) fn write_with_rows(report: Report, to: &OutputArgs, rows: bool) -> Result<(), Failure> {
    let format = to.format()?;
    if format == Format::Xlsx && to.file.output.is_none() && std::io::stdout().is_terminal() {
        let help = "name a file with --output forecast.xlsx, or send it on with > or |";
        return Err(Failure::usage("a workbook is no text for a terminal", help));
    }
    let page = Page { help: advice::of_help, ..Page::new(to.file.width()) };
    let idle = to.idle_views(&report, (format, &page), rows);
    let report = idle.into_iter().fold(report, Report::with_idle_flag);
    let settings = config::to_say();
    if let (Format::Csv, Some(settings)) = (format, &settings) {
        message::hint(About::Settings, &settings.in_words());
    }
    let report = match format {
        Format::Table | Format::Csv => report,
        _ => report.made_of(made_of::to_say()).called(made_of::call()),
    };
    let report = report.with_configuration(settings);
    if format == Format::Svg && !report::has_chart(&report) {
        return Err(without_chart());
    }
    if format == Format::Csv {
        report.flags().lines().iter().for_each(|line| message::finding(About::WithoutEffect, line));
    }
    let page = page.opened(Open { all: to.all, notes: to.notes, rows });
    written(&to.file, |out| {
        report::write(&report, format, &page, out)?;
        // A page goes from hand to hand without the call that made it.
        match format {
            Format::Markdown => report::write_made_of(&report, out),
            _ => Ok(()),
        }
    })
}

/// What can be done where there is nothing to draw.
fn without_chart() -> Failure {
    let help = "take --format html, which has its tables; compare, estimate and every command on a budget have charts";
    Failure::usage("there is no chart of this", help)
}

/// Writes the map of another tool, as [`write`] does a report.
pub(super) fn write_map(text: &str, to: &OutputArgs) -> Result<(), Failure> {
    write_text(text, &to.file)
}

/// Writes text, as [`write`] does a report.
pub(super) fn write_text(text: &str, to: &FileArgs) -> Result<(), Failure> {
    written(to, |out| out.write_all(text.as_bytes()))
}

/// Writes bytes that are no text to the file.
pub(super) fn write_bytes(bytes: &[u8], to: &FileArgs) -> Result<(), Failure> {
    written(to, |out| out.write_all(bytes))
}

/// What is written goes to the file once it is whole, else to standard output. A reader that has closed the pipe
/// has what it wanted: no error.
fn written(
    to: &FileArgs,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    if let Some(path) = &to.output {
        save::whole(path, to.force, write)?;
        message::hint(About::Written, &format!("{} is written", path.display()));
        return Ok(());
    }
    let stdout = std::io::stdout().lock();
    match stdout.is_terminal() {
        true => told(written_to(Gate::new(stdout), write)),
        false => told(written_to(stdout, write)),
    }
}

fn written_to(
    out: impl Write,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(AT_ONCE, out);
    let written = write(&mut out).and_then(|()| out.flush());
    // What a closed pipe does not take is dropped with the buffer, not written again.
    let _ = out.into_parts();
    written
}

fn told(written: std::io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Write(error)),
        _ => Ok(()),
    }
}

/// The columns of the terminal; without one, those that `COLUMNS` names.
fn width() -> u16 {
    if std::io::stdout().is_terminal()
        && let Some((width, _)) = terminal_size::terminal_size()
    {
        return width.0;
    }
    let named = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    named.filter(|columns| *columns > 0).unwrap_or(WIDTH_WITHOUT_TERMINAL)
}
