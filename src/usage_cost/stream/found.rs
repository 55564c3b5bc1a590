//! What a worker found in a block, to be put in order.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::blocks::{Block, line_breaks};
use crate::catalog::conditions::Processing;
use crate::estimate::Rejected;
use crate::figure::Figure;
use crate::problem::{Problem, ProblemCode};
use crate::unit::grouped;
use crate::usage_log::delimited::CellWrong;
use crate::usage_log::row::UsageRow;

/// What was found in a block; lines are counted from 0 at its start.
#[derive(Debug, Default)]
pub(super) struct BlockFound {
    pub number: u64,
    /// How many lines it has.
    pub lines: u64,
    /// How many bytes.
    pub bytes: u64,
    /// How many of its lines are rows.
    pub rows: u64,
    pub rejected: Vec<RejectedRow>,
    /// The rows that were taken, where each is asked for.
    pub taken: Vec<RowTaken>,
    /// Parts of exports without usage.
    pub without_usage: u64,
    /// Rows whose size, and whose quality, is another than was asked for.
    pub delivered_otherwise: [u64; 2],
    /// Rows with a request id that stands in the same block before.
    pub repeated_ids: u64,
    pub is_cut_off: bool,
    /// What is wrong with the log as a whole, which is read all the same.
    pub problems: Vec<Problem>,
    /// Why nothing could be read behind it, in words, where that is not the end of the log.
    pub broken: Option<String>,
}

/// A row that is not taken.
#[derive(Debug)]
pub(super) struct RejectedRow {
    pub line: u64,
    /// The place of the cell that is wrong first, from 0.
    pub cell: Option<usize>,
    pub why: Arc<Rejected>,
}

/// A row that was taken, and what it costs.
#[derive(Debug, Clone)]
pub struct RowTaken {
    /// Its line.
    pub line: u64,
    /// What it says.
    pub row: UsageRow,
    /// What it costs.
    pub cost: RowPrice,
}

/// What a row costs, by which owner's prices.
#[derive(Debug, Clone)]
pub struct RowPrice {
    /// The day whose prices hold.
    pub day: NaiveDate,
    /// How it was processed.
    pub processing: Processing,
    /// The id of the model.
    pub model: Arc<str>,
    /// The id of the route.
    pub route: Arc<str>,
    /// What it costs.
    pub cost: Figure<Decimal>,
    /// Whether its tokens are counted by the rule of its model.
    pub is_estimated: bool,
}

impl BlockFound {
    pub(super) fn of(block: &Block) -> BlockFound {
        let line_of_its_own = u64::from(block.too_long.is_some() || block.is_cut_off);
        BlockFound {
            number: block.number,
            lines: line_breaks(&block.bytes) + line_of_its_own,
            bytes: block.too_long.unwrap_or(block.bytes.len() as u64),
            rows: u64::from(block.too_long.is_some()),
            rejected: Vec::new(),
            taken: Vec::new(),
            without_usage: 0,
            delivered_otherwise: [0; 2],
            repeated_ids: 0,
            is_cut_off: block.is_cut_off,
            problems: Vec::new(),
            broken: block.broken.as_ref().map(|broken| broken.error.to_string()),
        }
        .with_cut_off_line(block)
    }

    /// The line within which a log breaks off is a row that is not taken.
    fn with_cut_off_line(mut self, block: &Block) -> BlockFound {
        if block.broken.as_ref().is_some_and(|broken| broken.within_line) {
            let what = "the file breaks off within this row".to_owned();
            let why = Arc::new(Rejected::Unreadable(vec![(ProblemCode::Unreadable, what)]));
            self.rejected.push(RejectedRow { line: self.lines, cell: None, why });
            self.rows += 1;
            self.lines += 1;
        }
        self
    }

    /// Counts what a row says beside its usage.
    pub(super) fn meet_row(&mut self, row: &UsageRow) {
        let (asked, labels) = (&row.asked, &row.labels);
        let pairs = [(&asked.size, &labels.size), (&asked.quality, &labels.quality)];
        for ((asked, delivered), count) in pairs.into_iter().zip(&mut self.delivered_otherwise) {
            *count += u64::from(asked.is_some() && delivered.is_some() && asked != delivered);
        }
    }
}

impl RejectedRow {
    pub(super) fn refused(line: u64, why: Arc<Rejected>) -> RejectedRow {
        RejectedRow { line, cell: None, why }
    }

    pub(super) fn of_cells(line: u64, wrong: Vec<CellWrong>) -> RejectedRow {
        let cell = wrong.iter().find_map(|wrong| wrong.at);
        let all = wrong.into_iter().map(|wrong| (wrong.code, wrong.message)).collect();
        RejectedRow { line, cell, why: Arc::new(Rejected::Unreadable(all)) }
    }

    pub(super) fn too_long(length: u64) -> RejectedRow {
        let message = format!("the line has {} bytes, which is more than is read", grouped(length));
        let why = Arc::new(Rejected::Unreadable(vec![(ProblemCode::TooLarge, message)]));
        RejectedRow { line: 0, cell: None, why }
    }
}
