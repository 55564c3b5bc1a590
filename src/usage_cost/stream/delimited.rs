//! Blocks of a log with columns → sums. A row that says all that its price depends on is cut at its commas and added up by
//! its bytes; any other one goes the way of every reader, cell by cell.

use std::collections::HashSet;

use memchr::{memchr, memchr_iter};
use rust_decimal::Decimal;

use super::blocks::Block;
use super::found::{BlockFound, RejectedRow};
use super::row_bytes::{Cells, Columns, Day, MOST_CUT, PLACES, cut, units};
use super::run::Worker;
use super::taking;
use crate::money::AmountTooLarge;
use crate::problem::ProblemCode;
use crate::usage_cost::cell::Recorded;
use crate::usage_cost::ledger::{Kept, Opened};
use crate::usage_cost::memo::Memo;
use crate::usage_cost::not_taken::NotTaken;
use crate::usage_cost::sides::Sides;
use crate::usage_log::delimited::{CellWrong, Heading};
use crate::usage_log::zone::Zone;

/// Where a row goes.
#[derive(Debug, Clone, Copy)]
enum Goes {
    /// To this cell, and to that of the other side, if it can be added up before it is priced.
    To(Opened, Option<Opened>),
    /// To where each row is looked at by itself.
    Slowly,
}

/// What a worker does with the blocks of a log with columns.
pub(super) struct DelimitedWorker<'a> {
    pub sides: Sides<'a>,
    heading: &'a Heading,
    zone: Zone,
    /// What stands between the cells.
    comma: u8,
    columns: Columns,
    /// The labels that decide where a row goes.
    kept: Kept,
    memo: Memo<Goes>,
    /// What rows of a cell recorded, in units of 10^-12 dollars, until the block is done.
    recorded: Vec<(u64, i128)>,
    ids: HashSet<u64, foldhash::fast::FixedState>,
    hasher: foldhash::fast::FixedState,
    each_row: bool,
}

impl Worker for DelimitedWorker<'_> {
    fn take(&mut self, block: &Block) -> Result<BlockFound, NotTaken> {
        let mut found = BlockFound::of(block);
        if let Some(length) = block.too_long {
            found.rejected.push(RejectedRow::too_long(length));
            return Ok(found);
        }
        let bytes = &block.bytes[..];
        let has_quotes = memchr(b'"', bytes).is_some();
        match has_quotes {
            false => self.plain_lines(bytes, &mut found)?,
            true => self.quoted_lines(bytes, &mut found)?,
        }
        self.ids.clear();
        self.flush_recorded().map_err(NotTaken::too_large)?;
        Ok(found)
    }
}

impl<'a> DelimitedWorker<'a> {
    pub(super) fn new(
        sides: Sides<'a>,
        (heading, zone, comma): (&'a Heading, Zone, u8),
        each_row: bool,
    ) -> DelimitedWorker<'a> {
        let kept = sides.here.kept();
        DelimitedWorker {
            sides,
            kept,
            heading,
            zone,
            comma,
            columns: Columns::of(heading, kept),
            memo: Memo::default(),
            recorded: Vec::new(),
            ids: HashSet::default(),
            hasher: foldhash::fast::FixedState::default(),
            each_row,
        }
    }

    fn plain_lines(&mut self, bytes: &[u8], found: &mut BlockFound) -> Result<(), NotTaken> {
        let mut start = 0;
        let ends =
            memchr_iter(b'\n', bytes).chain((bytes.last() != Some(&b'\n')).then_some(bytes.len()));
        for (number, end) in ends.enumerate() {
            let line = &bytes[start..end];
            start = end + 1;
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() {
                continue;
            }
            found.rows += 1;
            if self.each_row || !self.add_by_bytes(line, found)? {
                self.take_by_cells(line, number as u64, found)?;
            }
        }
        Ok(())
    }

    /// Rows of which some are quoted: the `csv` crate cuts those.
    fn quoted_lines(&mut self, bytes: &[u8], found: &mut BlockFound) -> Result<(), NotTaken> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.comma)
            .from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) | Err(_) => return Ok(()),
            }
            found.rows += 1;
            let line = record.position().map_or(0, |at| line_of(bytes, at));
            let cells: Result<Vec<&str>, _> = record.iter().map(std::str::from_utf8).collect();
            self.take_cells(cells.ok(), line, found)?;
        }
    }

    fn take_by_cells(
        &mut self,
        line: &[u8],
        number: u64,
        found: &mut BlockFound,
    ) -> Result<(), NotTaken> {
        let text = std::str::from_utf8(line).ok();
        let cells = text.map(|text| text.split(self.comma as char).collect());
        self.take_cells(cells, number, found)
    }

    fn take_cells(
        &mut self,
        cells: Option<Vec<&str>>,
        number: u64,
        found: &mut BlockFound,
    ) -> Result<(), NotTaken> {
        let Some(cells) = cells else {
            let message = "the row is not UTF-8 text".to_owned();
            let wrong = CellWrong { at: None, code: ProblemCode::Unreadable, message };
            found.rejected.push(RejectedRow::of_cells(number, vec![wrong]));
            return Ok(());
        };
        let row = match self.heading.row(&cells, self.zone) {
            Ok(row) => row,
            Err(wrong) => {
                found.rejected.push(RejectedRow::of_cells(number, wrong));
                return Ok(());
            }
        };
        let is_again = row.request_id.as_deref().map(|id| self.is_again(id.as_bytes()));
        found.repeated_ids += u64::from(is_again == Some(true));
        taking::take(&mut self.sides, (number, Ok(row)), self.each_row, found)
    }

    /// Adds a row by its bytes; whether it could be.
    fn add_by_bytes(&mut self, line: &[u8], found: &mut BlockFound) -> Result<bool, NotTaken> {
        let mut ends = [0; MOST_CUT];
        let width = cut(line, self.comma, &mut ends);
        if width != self.heading.width || width > MOST_CUT {
            return Ok(false);
        }
        let cells = Cells { line, ends: &ends };
        let Some(number) = self.find(&cells, line) else { return Ok(false) };
        let Goes::To(here, there) = *self.memo.at(number) else { return Ok(false) };
        let Some(counts) = self.columns.counts_of(&cells) else { return Ok(false) };
        let cell = here.cell;
        let recorded = match self.columns.recorded.map(|at| cells.at(at)) {
            None | Some(b"") => None,
            Some(text) => match units(text) {
                Some(units) => Some(units),
                None => return Ok(false),
            },
        };
        if !self.sides.add((here, there), &counts)? {
            return Ok(false);
        }
        if let Some(units) = recorded {
            self.record(cell, units).map_err(NotTaken::too_large)?;
        }
        if let Some(id) = self.columns.request_id.map(|at| cells.at(at)).filter(|id| !id.is_empty())
        {
            found.repeated_ids += u64::from(self.is_again(id));
        }
        for (pair, count) in self.columns.pairs.iter().zip(&mut found.delivered_otherwise) {
            let Some((delivered, asked)) = *pair else { continue };
            let (delivered, asked) = (cells.at(delivered), cells.at(asked));
            *count += u64::from(!delivered.is_empty() && !asked.is_empty() && delivered != asked);
        }
        Ok(true)
    }

    /// Where a row goes: by its key, or found by its cells where that is new.
    fn find(&mut self, cells: &Cells, line: &[u8]) -> Option<usize> {
        self.memo.begin();
        let day = match self.columns.time {
            Some(at) => Day::of(cells.at(at), self.zone)?,
            None => Day::NONE,
        };
        self.memo.push(&day.0);
        for at in &self.columns.keys {
            self.memo.push(cells.at(*at));
        }
        if let Some(number) = self.memo.find() {
            return Some(number);
        }
        let text = std::str::from_utf8(line).ok()?;
        let all: Vec<&str> = text.split(self.comma as char).collect();
        let row = self.heading.row(&all, self.zone).ok()?;
        let goes = match self.sides.open(&row) {
            Ok((here, there)) => {
                let all = std::iter::once(here).chain(there);
                if all.into_iter().any(|opened| self.kept.widen(opened.needs)) {
                    // What was found so far went by less than what decides.
                    self.columns = Columns::of(self.heading, self.kept);
                    self.memo = Memo::default();
                    return None;
                }
                Goes::To(here, there)
            }
            Err(_) => Goes::Slowly,
        };
        Some(self.memo.keep(goes))
    }

    fn is_again(&mut self, id: &[u8]) -> bool {
        use std::hash::BuildHasher;
        !self.ids.insert(self.hasher.hash_one(id))
    }

    fn record(&mut self, cell: usize, units: i128) -> Result<(), AmountTooLarge> {
        if self.recorded.len() <= cell {
            self.recorded.resize(cell + 1, (0, 0));
        }
        let (rows, sum) = &mut self.recorded[cell];
        *rows += 1;
        *sum = sum.checked_add(units).ok_or(AmountTooLarge)?;
        Ok(())
    }

    fn flush_recorded(&mut self) -> Result<(), AmountTooLarge> {
        for (cell, (rows, units)) in self.recorded.drain(..).enumerate() {
            if rows > 0 {
                let cost = Decimal::try_from_i128_with_scale(units, PLACES as u32);
                let cost = cost.map_err(|_| AmountTooLarge)?;
                self.sides.here.add_recorded(cell, Recorded { rows, cost })?;
            }
        }
        Ok(())
    }
}

/// The line on which a record begins, from 0: it is read from behind the one before, and blank lines are no records.
fn line_of(bytes: &[u8], at: &csv::Position) -> u64 {
    let from = usize::try_from(at.byte()).ok().and_then(|start| bytes.get(start..));
    let blank = from.unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    at.line() - 1 + blank.filter(|byte| **byte == b'\n').count() as u64
}
