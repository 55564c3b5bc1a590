//! The first row of a log with columns, and what stands between its cells.

use std::io::Read;

use memchr::memchr;

use super::blocks::Blocks;
use crate::errors::Errors;
use crate::problem::{Place, Problem, ProblemCode};
use crate::usage_log::delimited::{ColumnNames, Heading};

/// What may stand between cells.
const BETWEEN: [u8; 3] = *b",\t;";

/// The first row, taken off the blocks.
pub(super) struct FirstRow {
    pub heading: Heading,
    /// What stands between cells.
    pub comma: u8,
    /// How many lines it takes.
    pub lines: u64,
}

/// Reads the first row; what follows stays in the blocks.
pub(super) fn take<R: Read>(
    file: &str,
    blocks: &mut Blocks<R>,
    names: &ColumnNames,
) -> Result<FirstRow, Errors<Problem>> {
    let Some(block) = blocks.next(Vec::new()) else {
        return Err(wrong(file, ProblemCode::Empty, "the file is empty"));
    };
    let mut bytes = block.bytes;
    let mut lines = 0;
    let mut said = None;
    if bytes.starts_with(b"sep=") {
        said = bytes.get(4).copied().filter(|byte| BETWEEN.contains(byte));
        let end = memchr(b'\n', &bytes).map_or(bytes.len(), |at| at + 1);
        bytes.drain(..end);
        lines += 1;
    }
    let end = end_of_row(&bytes);
    let rest = bytes.split_off(end);
    lines += super::blocks::line_breaks(&bytes);
    blocks.put_back(rest, block.broken);
    let Ok(line) = std::str::from_utf8(&bytes) else {
        return Err(wrong(file, ProblemCode::Unreadable, "the first row is not UTF-8 text"));
    };
    let comma = said.unwrap_or_else(|| most_frequent(&bytes));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).delimiter(comma).from_reader(&bytes[..]);
    let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
    let cells: Vec<&str> = record.iter().collect();
    let heading = Heading::read((file, line.trim_end()), &cells, names)?;
    Ok(FirstRow { heading, comma, lines })
}

/// Behind the first line break that does not stand between quotes.
fn end_of_row(bytes: &[u8]) -> usize {
    let mut is_quoted = false;
    let ends = bytes.iter().position(|byte| {
        is_quoted ^= *byte == b'"';
        *byte == b'\n' && !is_quoted
    });
    ends.map_or(bytes.len(), |at| at + 1)
}

fn most_frequent(row: &[u8]) -> u8 {
    let count = |byte: &u8| row.iter().filter(|it| *it == byte).count();
    // Where none stands there, the comma: a log may have one column.
    BETWEEN.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

fn wrong(file: &str, code: ProblemCode, message: &str) -> Errors<Problem> {
    let help =
        "give a log of usage: a first row that names its columns, and a row for each request";
    let (message, place) = (message.to_owned(), Place::file(file));
    vec![Problem { code, message, place, help: help.into() }].into()
}
