//! Writing the report to standard output.

use std::io::{BufWriter, ErrorKind, IsTerminal, Write};

use super::exit::Failure;
use super::message;
use crate::report::{self, Format, Report};

/// The width of tables in a pipe or file.
const WIDTH_WITHOUT_TERMINAL: u16 = 100;

/// Writes a report as it comes. A reader that has closed the pipe has what it wanted: no error.
pub(super) fn write(report: &Report, format: Format) -> Result<(), Failure> {
    if format == Format::Csv {
        report.flags().lines().iter().for_each(|line| message::hint(line));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let written = report::write(report, format, width(), &mut out).and_then(|()| out.flush());
    // What a closed pipe does not take is dropped with the buffer, not written again.
    let _ = out.into_parts();
    told(written)
}

/// Writes text as a whole, as [`write`] does.
pub(super) fn write_text(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    told(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
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
