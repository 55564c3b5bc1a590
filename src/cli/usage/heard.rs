//! What is heard while logs are read: rejected rows, rated rows, and how far it is.

use std::io::{self, IsTerminal, Seek, SeekFrom};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::exit::Failure;
use crate::cli::rejected::Rejected;
use crate::cli::{message, save};
use crate::problem::{Place, Problem, ProblemCode};
use crate::report::usage_cost::UsageRows;
use crate::usage_cost::stream::{Listener, RowRejected, RowTaken};

/// How many bytes of rejected rows stay in memory; beyond that they wait in a temporary file.
const IN_MEMORY: usize = 4 << 20;
/// Files below so many bytes are read before a bar is seen.
const BYTES_WITH_A_BAR: u64 = 32 << 20;
/// How many rejected rows are said one by one.
const SAID: usize = 5;

/// What is heard of logs.
pub(in crate::cli) struct Heard {
    /// The rated rows, where each is asked for.
    pub rows: Option<UsageRows>,
    /// The first rejected rows, as they are said.
    pub problems: Rejected,
    rejects: Option<csv::Writer<tempfile::SpooledTempFile>>,
    bar: ProgressBar,
    read_rows: u64,
}

impl Heard {
    pub(in crate::cli) fn new(rows: Option<UsageRows>, keeps_rejected: bool) -> io::Result<Heard> {
        let rejects = match keeps_rejected {
            false => None,
            true => {
                let spool = tempfile::spooled_tempfile(IN_MEMORY);
                let mut out = csv::Writer::from_writer(spool);
                out.write_record(["file", "line", "column", "reason_codes", "reason"])?;
                Some(out)
            }
        };
        let bar = ProgressBar::hidden();
        Ok(Heard { rows, problems: Rejected::default(), rejects, bar, read_rows: 0 })
    }

    /// Begins a file of so many bytes.
    pub(super) fn begin(&mut self, name: &str, length: Option<u64>) {
        self.bar.finish_and_clear();
        self.bar = bar(name, length);
        self.read_rows = 0;
    }

    /// No more files come.
    pub(super) fn end(&mut self) {
        self.bar.finish_and_clear();
    }

    /// A file that is no log.
    pub(super) fn not_read(&mut self, problems: impl IntoIterator<Item = Problem>) {
        for problem in problems {
            self.keep_problem(&problem);
            self.problems.push(|| problem);
        }
    }

    /// The row of a file that is not read, among those of rejected rows.
    fn keep_problem(&mut self, problem: &Problem) {
        if let Some(out) = &mut self.rejects {
            let Problem { code, message, place, .. } = problem;
            // It goes to memory, or to a temporary file that was written before.
            drop(out.write_record([place.file.as_str(), "", "", code.as_str(), message]));
        }
    }

    /// Writes the rejected rows to a new file.
    pub(super) fn save_rejected(&mut self, path: &Path) -> Result<(), Failure> {
        let Some(out) = self.rejects.take() else { return Ok(()) };
        let mut spool = out.into_inner().map_err(|error| Failure::Write(error.into_error()))?;
        save::copy_new(path, |out| {
            spool.seek(SeekFrom::Start(0))?;
            io::copy(&mut spool, out).map(drop)
        })
    }
}

impl Listener for Heard {
    fn rejected(&mut self, row: &RowRejected) -> io::Result<()> {
        if let Some(out) = &mut self.rejects {
            let line = row.line.to_string();
            let column = row.column.unwrap_or_default();
            let codes = row.why.codes().join("; ");
            out.write_record([row.file, &line, column, &codes, &row.why.to_string()])?;
        }
        let line = usize::try_from(row.line).unwrap_or(usize::MAX);
        if self.problems.first.len() < SAID {
            let place = Place::point(row.file, line, row.cell.unwrap_or(1));
            let cut_off = if row.is_cut_off { "; the file breaks off there" } else { "" };
            let message = format!("the row is not priced: {}{cut_off}", row.why);
            let help =
                "correct it, or give what it lacks by a flag; the others are priced without it"
                    .into();
            self.problems.push(|| Problem {
                code: ProblemCode::RejectedLine,
                message,
                place,
                help,
            });
        } else {
            self.problems.more += 1;
        }
        Ok(())
    }

    fn priced(&mut self, file: &str, row: &RowTaken) -> io::Result<()> {
        self.rows.as_mut().map_or(Ok(()), |rows| rows.add(file, row))
    }

    fn wrong(&mut self, problem: Problem) {
        self.keep_problem(&problem);
        self.problems.push(|| problem);
    }

    fn read(&mut self, bytes: u64, rows: u64) {
        self.read_rows += rows;
        self.bar.inc(bytes);
        if !self.bar.is_hidden() {
            self.bar.set_message(format!("{} rows", crate::report::number::count(self.read_rows)));
        }
    }
}

/// A bar for those who wait at a terminal; nothing in a pipe.
fn bar(name: &str, length: Option<u64>) -> ProgressBar {
    let is_seen = io::stderr().is_terminal() && message::may_show_progress();
    let is_long = length.is_none_or(|length| length >= BYTES_WITH_A_BAR);
    if !is_seen || !is_long {
        return ProgressBar::hidden();
    }
    let (bar, template) = match length {
        Some(length) => (
            ProgressBar::new(length),
            "{prefix} {wide_bar} {bytes}/{total_bytes} {msg} {bytes_per_sec} {eta}",
        ),
        None => (ProgressBar::no_length(), "{prefix} {spinner} {bytes} {msg} {bytes_per_sec}"),
    };
    let bar = bar.with_prefix(crate::report::sheet::plain(name).into_owned());
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
