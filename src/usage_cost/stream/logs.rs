//! Logs, one after the other → one ledger, with what was not priced.

use std::io::{self, Read};
use std::sync::Arc;

use super::blocks::{Blocks, LineEnds};
use super::delimited::DelimitedWorker;
use super::first_row::{self, FirstRow};
use super::found::{BlockFound, RejectedRow, RowTaken};
use super::json_lines::JsonWorker;
use super::reading::{LogError, LogReading};
use super::rejections::Rejections;
use super::run::{self, StreamError, Worker};
use super::told::{Shape, no_log};
use super::whole;
use crate::estimate::{EstimateError, Rejected};
use crate::input_limits::{BODY_BYTES, InputLimit, LOG_LINE};
use crate::problem::{Place, Problem, ProblemCode};
use crate::shape::{self, Other};
use crate::usage_cost::compared::Compared;
use crate::usage_cost::given::GivenUsed;
use crate::usage_cost::sides::Sides;
use crate::usage_cost::summary::{NotPriced, UsageCost, sum_up};
use crate::usage_log::delimited::Heading;
use crate::usage_log::export::Export;

/// A row that is not priced, with its place.
#[derive(Debug)]
pub struct RowRejected<'a> {
    /// The file.
    pub file: &'a str,
    /// The line, from 1.
    pub line: u64,
    /// The name of the column that is wrong first.
    pub column: Option<&'a str>,
    /// The place of its cell, from 1.
    pub cell: Option<usize>,
    /// Why.
    pub why: &'a Arc<Rejected>,
    /// Whether the log breaks off with it.
    pub is_cut_off: bool,
}

/// What listens while logs are read.
pub trait Listener {
    /// A row is not priced.
    ///
    /// # Errors
    /// What cannot be written.
    fn rejected(&mut self, row: &RowRejected) -> io::Result<()>;

    /// A row was priced, where each is asked for.
    ///
    /// # Errors
    /// What cannot be written.
    fn priced(&mut self, file: &str, row: &RowTaken) -> io::Result<()>;

    /// Something is wrong with a log as a whole, which is read all the same.
    fn wrong(&mut self, problem: Problem);

    /// So many more bytes and rows were read.
    fn read(&mut self, bytes: u64, rows: u64);
}

/// What was counted beside usage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadCounts {
    /// Files.
    pub files: u64,
    /// Those of them that are logs with columns of the user's own.
    pub with_columns: u64,
    /// Bytes, as they are when unpacked.
    pub bytes: u64,
    /// Rows, rejected ones among them.
    pub rows: u64,
    /// Rows whose size is another than was asked for.
    pub other_size: u64,
    /// Rows whose quality is another than was asked for.
    pub other_quality: u64,
    /// Rows whose request id stands before them, as far as that was looked for.
    pub repeated_ids: u64,
}

/// Logs as they are read.
pub struct Logs<'a> {
    reading: LogReading<'a>,
    sides: Sides<'a>,
    rejections: Rejections,
    counts: ReadCounts,
    without_usage: u64,
    /// Files that could not be read, or not to their end.
    files_not_read: u64,
    /// Columns that are not read, each once, in the order in which they come up.
    unread: Vec<String>,
    /// The exports of an owner's whole usage that were read.
    exports: Vec<Export>,
}

impl<'a> Logs<'a> {
    /// None yet.
    pub fn new(reading: LogReading<'a>) -> Logs<'a> {
        let sides = Sides::new(reading.terms, reading.with, reading.by);
        let (rejections, counts) = (Rejections::default(), ReadCounts::default());
        Logs {
            reading,
            sides,
            rejections,
            counts,
            without_usage: 0,
            files_not_read: 0,
            unread: Vec::new(),
            exports: Vec::new(),
        }
    }

    /// Reads a log, whatever its shape: what it begins with tells.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn read(
        &mut self,
        file: &str,
        start: &[u8],
        from: impl Read + Send,
        listener: &mut dyn Listener,
    ) -> Result<(), LogError> {
        self.counts.files += 1;
        let read = self.read_shape(file, start, from, listener);
        self.files_not_read += u64::from(matches!(read, Err(LogError::Wrong(_))));
        read
    }

    /// A file that could not be opened: what all of them cost is not known.
    pub fn not_opened(&mut self) {
        self.files_not_read += 1;
    }

    fn read_shape(
        &mut self,
        file: &str,
        start: &[u8],
        from: impl Read + Send,
        listener: &mut dyn Listener,
    ) -> Result<(), LogError> {
        match Shape::of(start) {
            Shape::Columns => match no_log(start) {
                Some(other) => Err(other_problem(file, &other)),
                None => self.read_columns(file, from, listener),
            },
            Shape::JsonLines => self.read_json_lines(file, from, listener),
            Shape::Whole => self.read_whole(file, from, listener),
        }
    }

    fn read_columns(
        &mut self,
        file: &str,
        from: impl Read + Send,
        listener: &mut dyn Listener,
    ) -> Result<(), LogError> {
        let mut blocks = Blocks::new(from, LineEnds::Quoted, most(&LOG_LINE));
        let first = first_row::take(file, &mut blocks, self.reading.names);
        let FirstRow { heading, comma, lines } = first.map_err(LogError::Wrong)?;
        self.counts.with_columns += 1;
        for column in &heading.unread {
            if !self.unread.contains(column) {
                self.unread.push(column.clone());
            }
        }
        let how = (&heading, self.reading.zone, comma);
        let each_row = self.reading.each_row;
        let mut workers = self.workers(file, |sides| DelimitedWorker::new(sides, how, each_row));
        self.run(blocks, &mut workers, (file, lines + 1, Some(&heading)), listener)?;
        workers.into_iter().try_for_each(|worker| self.merge(worker.sides))
    }

    fn read_json_lines(
        &mut self,
        file: &str,
        from: impl Read + Send,
        listener: &mut dyn Listener,
    ) -> Result<(), LogError> {
        let blocks = Blocks::new(from, LineEnds::Plain, most(&BODY_BYTES));
        let terms = self.reading.terms;
        let ignored = &terms.replies.ignored_keys[..];
        let (each_row, zone) = (self.reading.each_row, self.reading.zone);
        let worker = |sides| JsonWorker::new(sides, (file, ignored, zone), each_row);
        let mut workers = self.workers(file, worker);
        self.run(blocks, &mut workers, (file, 1, None), listener)?;
        workers.into_iter().try_for_each(|worker| self.merge(worker.sides))
    }

    /// Reads what is to be seen as a whole: an export, an object over several lines, a list, a saved stream.
    fn read_whole(
        &mut self,
        file: &str,
        from: impl Read,
        listener: &mut dyn Listener,
    ) -> Result<(), LogError> {
        let mut bytes = Vec::new();
        let read = from.take(BODY_BYTES.most + 1).read_to_end(&mut bytes);
        read.map_err(|error| broken(file, &error.to_string()))
            .map_err(|it| LogError::Wrong(vec![it].into()))?;
        if BODY_BYTES.is_exceeded_by(bytes.len()) {
            return Err(LogError::Wrong(vec![BODY_BYTES.problem(Place::file(file))].into()));
        }
        let length = bytes.len() as u64;
        let text = shape::text(bytes).map_err(|other| other_problem(file, &other))?;
        let export = Export::of_text(&text);
        if let Some(export) = export {
            self.refuse_counted_twice(file, export)?;
        }
        let mut sides = self.sides_of(file);
        let mut found = whole::take((file, &text), export, &mut sides, &self.reading)?;
        found.bytes = length;
        let mut order = InOrder { file, listener, heading: None, line: 0 };
        let write = |error| LogError::Stream(StreamError::Write(error));
        order.take(found, self).map_err(write)?;
        self.merge(sides)
    }

    /// OpenAI counts the same images in its usage by tokens and in that by images: one of them is all of it.
    fn refuse_counted_twice(&mut self, file: &str, export: Export) -> Result<(), LogError> {
        let other = match export {
            Export::OpenAiImages => Export::OpenAiCompletions,
            Export::OpenAiCompletions => Export::OpenAiImages,
            _ => return Ok(()),
        };
        if !self.exports.contains(&other) {
            self.exports.push(export);
            return Ok(());
        }
        let message = "this export counts the same images as the one of tokens: both together count them twice";
        let help =
            "price one of them: that of tokens is exact, that of images a check of their number";
        let place = Place::file(file);
        let (code, message) = (ProblemCode::EitherOr, message.to_owned());
        Err(LogError::Wrong(vec![Problem { code, message, place, help: help.into() }].into()))
    }

    fn workers<W>(&self, file: &str, worker: impl Fn(Sides<'a>) -> W) -> Vec<W> {
        (0..self.reading.threads.max(1)).map(|_| worker(self.sides_of(file))).collect()
    }

    fn sides_of(&self, file: &str) -> Sides<'a> {
        let LogReading { terms, with, by, .. } = self.reading;
        let mut sides = Sides::new(terms, with, by);
        sides.begin(file);
        sides
    }

    fn run<W: Worker>(
        &mut self,
        blocks: Blocks<impl Read + Send>,
        workers: &mut [W],
        (file, line, heading): (&str, u64, Option<&Heading>),
        listener: &mut dyn Listener,
    ) -> Result<(), LogError> {
        let mut order = InOrder { file, listener, heading, line };
        let mut deliver = |found: BlockFound| order.take(found, self);
        run::run(blocks, workers, &mut deliver).map_err(LogError::Stream)
    }

    fn merge(&mut self, sides: Sides) -> Result<(), LogError> {
        self.sides.merge(sides).map_err(|error| {
            LogError::Stream(StreamError::NotTaken(EstimateError::from(error).into()))
        })
    }

    /// What was counted so far.
    pub fn counts(&self) -> ReadCounts {
        self.counts
    }

    /// What of the given is used by rows that do not say it themselves.
    pub fn used(&self) -> &GivenUsed {
        self.sides.here.used()
    }

    /// The columns that are not read.
    pub fn unread_columns(&self) -> &[String] {
        &self.unread
    }

    /// Prices what was read, and sums it up.
    ///
    /// # Errors
    /// The problems of price tables, or a sum that cannot be kept exact.
    pub fn into_cost(self) -> Result<(UsageCost, Option<Compared>), EstimateError> {
        let Logs { reading, sides, rejections, without_usage, files_not_read, .. } = self;
        let Sides { here, there } = sides;
        let not_priced =
            NotPriced { rejected: rejections.into_lines(), without_usage, files_not_read };
        let cost = sum_up(here, reading.terms, reading.by, not_priced)?;
        let compared = match there.zip(reading.with) {
            Some((there, terms)) => Some(Compared::of(&cost, there, terms)?),
            None => None,
        };
        Ok((cost, compared))
    }
}

/// Puts what was found in blocks in order: lines get their numbers, and listeners hear of them.
struct InOrder<'a, 'l> {
    file: &'a str,
    listener: &'l mut dyn Listener,
    /// Of a log with columns.
    heading: Option<&'a Heading>,
    /// The number of the first line of the next block.
    line: u64,
}

impl InOrder<'_, '_> {
    fn take(&mut self, found: BlockFound, logs: &mut Logs) -> io::Result<()> {
        let last = found.lines.saturating_sub(1);
        for RejectedRow { line, cell, why } in &found.rejected {
            let is_cut_off = found.is_cut_off && *line == last;
            let number = self.line + line;
            logs.rejections.add(self.file, number, why);
            let column = self.heading.zip(*cell).map(|(heading, cell)| heading.name_at(cell));
            let cell = cell.map(|cell| cell + 1);
            let row = RowRejected { file: self.file, line: number, column, cell, why, is_cut_off };
            self.listener.rejected(&row)?;
        }
        for row in &found.taken {
            let line = self.line + row.line;
            self.listener.priced(self.file, &RowTaken { line, ..row.clone() })?;
        }
        self.line += found.lines;
        let counts = &mut logs.counts;
        counts.rows += found.rows;
        counts.bytes += found.bytes;
        counts.other_size += found.delivered_otherwise[0];
        counts.other_quality += found.delivered_otherwise[1];
        counts.repeated_ids += found.repeated_ids;
        logs.without_usage += found.without_usage;
        logs.files_not_read += u64::from(found.broken.is_some());
        let broken = found.broken.map(|error| broken(self.file, &error));
        found.problems.into_iter().chain(broken).for_each(|it| self.listener.wrong(it));
        self.listener.read(found.bytes, found.rows);
        Ok(())
    }
}

fn most(limit: &InputLimit) -> usize {
    usize::try_from(limit.most).unwrap_or(usize::MAX)
}

/// A log that could not be read to its end: what stands before is priced.
fn broken(file: &str, error: &str) -> Problem {
    let message = format!("the file could be read up to here, and no further: {error}");
    let help = "what stands before is priced; give the file as a whole".into();
    Problem { code: ProblemCode::Unreadable, message, place: Place::file(file), help }
}

fn other_problem(file: &str, other: &Other) -> LogError {
    let (message, place) = (other.to_string(), Place::file(file));
    let problem = Problem { code: ProblemCode::BadValue, message, place, help: other.help() };
    LogError::Wrong(vec![problem].into())
}
