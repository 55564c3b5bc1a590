//! Blocks of a log with a JSON object on each line → sums.

use super::blocks::Block;
use super::found::{BlockFound, RejectedRow};
use super::run::Worker;
use super::taking;
use super::template::Templates;
use crate::problem::ProblemCode;
use crate::shape::{self, Form};
use crate::usage_cost::not_taken::NotTaken;
use crate::usage_cost::sides::Sides;
use crate::usage_log::row::UsageRow;
use crate::usage_log::zone::Zone;

/// What a worker does with the blocks of a log of objects.
pub(super) struct JsonWorker<'a> {
    pub sides: Sides<'a>,
    file: &'a str,
    /// Keys that bill nothing, as the user says, and the zone in which days begin.
    how: (&'a [String], Zone),
    each_row: bool,
    templates: Templates,
}

impl<'a> JsonWorker<'a> {
    pub(super) fn new(
        sides: Sides<'a>,
        (file, ignored_keys, zone): (&'a str, &'a [String], Zone),
        each_row: bool,
    ) -> JsonWorker<'a> {
        let templates = Templates::default();
        JsonWorker { sides, file, how: (ignored_keys, zone), each_row, templates }
    }

    fn take_line(
        &mut self,
        line: &[u8],
        number: u64,
        found: &mut BlockFound,
    ) -> Result<(), NotTaken> {
        if !self.each_row && self.add_alike(line)? {
            found.rows += 1;
            return Ok(());
        }
        let Ok(text) = std::str::from_utf8(line) else {
            let what = (ProblemCode::Unreadable, "the line is not UTF-8 text".to_owned());
            found.rejected.push(RejectedRow::unreadable(number, vec![what]));
            return Ok(());
        };
        if text.trim().is_empty() {
            return Ok(());
        }
        found.rows += 1;
        let row = match shape::values(self.file, text, Form::One) {
            Ok(mut values) => match values.next() {
                Some(value) => taking::row(self.file, value, self.how),
                None => return Ok(()),
            },
            Err(problem) => Err(vec![*problem]),
        };
        if let (Ok(row), false) = (&row, self.each_row) {
            self.templates.keep(text, row);
        }
        taking::take(&mut self.sides, (number, row), self.each_row, found)
    }

    /// Adds a reply that is written as one before it; whether it is one.
    fn add_alike(&mut self, line: &[u8]) -> Result<bool, NotTaken> {
        let Some(alike) = self.templates.find(line) else { return Ok(false) };
        let opened = match alike.opened.get(&alike.day) {
            Some(opened) => *opened,
            None => {
                let row = UsageRow { day: Some(alike.day), ..alike.row.clone() };
                let Ok(opened) = self.sides.open(&row) else { return Ok(false) };
                alike.opened.insert(alike.day, opened);
                opened
            }
        };
        self.sides.add(opened, &alike.counts)
    }
}

impl Worker for JsonWorker<'_> {
    fn take(&mut self, block: &Block) -> Result<BlockFound, NotTaken> {
        let mut found = BlockFound::of(block);
        if let Some(length) = block.too_long {
            found.rejected.push(RejectedRow::too_long(length));
            return Ok(found);
        }
        for (number, line) in block.bytes.split(|byte| *byte == b'\n').enumerate() {
            self.take_line(line, number as u64, &mut found)?;
        }
        Ok(found)
    }
}
