//! The records of a CSV one by one, as they come from a file of any length: no more than one is held.

use std::io::{self, BufRead, Read};
use std::ops::Range;

use crate::input_limits::{BILL_ROW_BYTES, LOG_ROWS};
use crate::problem::{LONGEST_EXCERPT, Place, Problem, ProblemCode};
use crate::spreadsheet::rows_from;

/// A record, with the number of the line on which it begins.
#[derive(Debug)]
pub(super) struct Record {
    pub line: usize,
    pub text: String,
    /// What each cell says, and where it stands in the text.
    pub cells: Vec<(String, Range<usize>)>,
}

impl Record {
    /// The place of a cell; of the record where there is no such cell.
    pub(super) fn place(&self, file: &str, cell: Option<usize>) -> Place {
        let at = cell.and_then(|cell| self.cells.get(cell)).map_or(0..0, |(_, at)| at.clone());
        if self.text.len() <= LONGEST_EXCERPT {
            return Place::in_line(file, self.line, &self.text, at);
        }
        let before = self.text.get(..at.start).unwrap_or_default();
        let line = self.line + before.matches('\n').count();
        let of_line = before.rsplit('\n').next().unwrap_or_default();
        Place::point(file, line, of_line.chars().count() + 1)
    }

    /// Whether no cell says anything.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|(value, _)| value.trim().is_empty())
    }
}

/// The records of a file.
pub(super) struct Records<'a, R> {
    file: &'a str,
    input: R,
    separator: u8,
    /// The number of the next line.
    line: usize,
    /// Whether nothing more can be read.
    has_ended: bool,
}

/// Where the reading of a record is with regard to quotes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    CellStart,
    Plain,
    Quoted,
    /// After a quote within quotes: the end of them, or the first of two.
    Quote,
}

impl At {
    fn after(self, byte: u8, separator: u8) -> At {
        match (self, byte) {
            (At::CellStart, b'"') | (At::Quote, b'"') => At::Quoted,
            (At::Quoted, b'"') => At::Quote,
            (At::Quoted, _) => At::Quoted,
            (_, byte) if byte == separator || byte == b'\n' => At::CellStart,
            _ => At::Plain,
        }
    }
}

impl<'a, R: BufRead> Records<'a, R> {
    /// The records of what begins with the first line of a file.
    pub(super) fn new(file: &'a str, input: R, separator: u8, first_line: usize) -> Self {
        Records { file, input, separator, line: first_line, has_ended: false }
    }

    /// The next record that is not blank, or why there is none; after what cannot be read any further nothing comes.
    pub(super) fn next(&mut self) -> Option<Result<Record, NotARecord>> {
        while !self.has_ended {
            let line = self.line;
            let mut bytes = Vec::new();
            match self.fill(&mut bytes) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(problem) => {
                    self.has_ended = true;
                    return Some(Err(NotARecord { problem: *problem }));
                }
            }
            let text = match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(_) => {
                    let what = "this row is not UTF-8".to_owned();
                    let help = "save the file as CSV in UTF-8";
                    let problem = self.problem(ProblemCode::Unreadable, line, what, help);
                    return Some(Err(NotARecord { problem }));
                }
            };
            let line_of = text.trim_end_matches(['\r', '\n']);
            if !line_of.contains(['"', '\r', '\n']) {
                let cells = plain_cells(line_of, self.separator);
                let record = Record { line, cells, text: trimmed(text) };
                if record.is_blank() {
                    continue;
                }
                return Some(Ok(record));
            }
            let cells = match rows_from(&text, 0, self.separator, &LOG_ROWS) {
                Ok(rows) if rows.len() > 1 => {
                    let what = "several rows on one line, with carriage returns alone between them";
                    let help = "save the file again, with a line break after each row";
                    let problem = self.problem(ProblemCode::UnevenRow, line, what.to_owned(), help);
                    return Some(Err(NotARecord { problem }));
                }
                Ok(rows) => rows.into_iter().next().map(|row| row.cells).unwrap_or_default(),
                Err(limit) => {
                    let problem = limit.problem(Place::point(self.file, line, 1));
                    return Some(Err(NotARecord { problem }));
                }
            };
            let cells = cells.into_iter().map(|it| (it.value.into_owned(), it.at)).collect();
            let record = Record { line, text: trimmed(text), cells };
            if !record.is_blank() {
                return Some(Ok(record));
            }
        }
        None
    }

    /// The bytes of the next record with what ends it; whether there are any.
    fn fill(&mut self, bytes: &mut Vec<u8>) -> Result<bool, Box<Problem>> {
        let (begun, mut at) = (self.line, At::CellStart);
        loop {
            let from = bytes.len();
            let most = BILL_ROW_BYTES.most - from as u64 + 1;
            let read = (&mut self.input).take(most).read_until(b'\n', bytes);
            if read.map_err(|error| Box::new(self.unreadable(&error)))? == 0 {
                if at == At::Quoted {
                    return Err(Box::new(self.open_quote(begun)));
                }
                return Ok(from > 0);
            }
            if BILL_ROW_BYTES.is_exceeded_by(bytes.len()) {
                return Err(Box::new(match at {
                    At::Quoted => self.open_quote(begun),
                    _ => BILL_ROW_BYTES.problem(Place::point(self.file, begun, 1)),
                }));
            }
            let separator = self.separator;
            at = bytes[from..].iter().fold(at, |at, byte| at.after(*byte, separator));
            self.line += 1;
            if at != At::Quoted {
                return Ok(true);
            }
        }
    }

    fn unreadable(&self, error: &io::Error) -> Problem {
        let what = format!("the file cannot be read any further: {error}");
        self.problem(ProblemCode::Unreadable, self.line, what, "check the file")
    }

    fn open_quote(&self, line: usize) -> Problem {
        let what =
            "a quote that begins in this row is never closed, and takes in everything below it";
        self.problem(
            ProblemCode::UnevenRow,
            line,
            what.to_owned(),
            "close it, or save the file again",
        )
    }

    fn problem(
        &self,
        code: ProblemCode,
        line: usize,
        message: String,
        help: &'static str,
    ) -> Problem {
        Problem { code, message, place: Place::point(self.file, line, 1), help: help.into() }
    }
}

/// Why there is no record.
#[derive(Debug)]
pub(super) struct NotARecord {
    pub problem: Problem,
}

/// The cells of a record without quotes, as nearly all are: to build the parser for each takes most of the time of reading.
fn plain_cells(line: &str, separator: u8) -> Vec<(String, Range<usize>)> {
    let mut from = 0;
    let cells = line.split(char::from(separator)).map(|cell| {
        let at = from..from + cell.len();
        from = at.end + 1;
        (cell.to_owned(), at)
    });
    cells.collect()
}

/// A record without what ends it.
fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end_matches(['\r', '\n']).len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Result<Record, NotARecord>> {
        let mut records = Records::new("f.csv", text.as_bytes(), b',', 1);
        std::iter::from_fn(|| records.next()).collect()
    }

    fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
        let record = |it: Result<Record, NotARecord>| {
            let it = it.expect("a record");
            (it.line, it.cells.into_iter().map(|(value, _)| value).collect())
        };
        records(text).into_iter().map(record).collect()
    }

    #[test]
    fn a_record_ends_where_its_quotes_are_closed() {
        let found = cells("a,b\r\n\"one\ntwo\",3\n\n4,5\" wide\n\"say \"\"no\"\"\",\"\"\n");
        let of = |line: usize, cells: [&str; 2]| (line, cells.map(str::to_owned).to_vec());
        let expected = [
            of(1, ["a", "b"]),
            of(2, ["one\ntwo", "3"]),
            of(5, ["4", "5\" wide"]),
            of(6, ["say \"no\"", ""]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told_where_it_begins() {
        let found = records("a\n1\n\"2\n3\n4\n");
        let last = found.last().expect("some").as_ref().expect_err("never closed");
        assert!(last.problem.shown_place() == "f.csv:3:1", "{}", last.problem);
        assert_eq!(found.len(), 3, "what stands before it is read");
    }

    #[test]
    fn a_row_of_other_bytes_is_refused_by_itself() {
        let mut records = Records::new("f.csv", &b"a\n\xff\n2\n"[..], b',', 1);
        let found: Vec<_> = std::iter::from_fn(|| records.next()).collect();
        let wrong = found[1].as_ref().expect_err("no UTF-8");
        assert!(wrong.problem.shown_place() == "f.csv:2:1");
        assert_eq!(found[2].as_ref().expect("read").cells[0].0, "2");
    }

    /// A row of more than a megabyte is not held; of memory no more than that is taken for a file without line breaks.
    #[test]
    fn a_row_without_end_is_refused() {
        let found = records(&format!("a\n{}\n", "x".repeat(2_000_000)));
        let last = found.last().expect("some").as_ref().expect_err("too long");
        assert!(last.problem.message.contains("bytes in a row"), "{}", last.problem);
    }

    /// A row with a quote goes through the parser, and one without does not: the cells are the same.
    #[test]
    fn a_row_without_quotes_has_the_cells_of_the_parser() {
        for row in ["a,b,c", "a,,", ",", "é, x ,", "one"] {
            let rows = rows_from(row, 0, b',', &LOG_ROWS).expect("a row");
            let parsed: Vec<_> =
                rows[0].cells.iter().map(|it| (it.value.to_string(), it.at.clone())).collect();
            assert_eq!(plain_cells(row, b','), parsed, "{row}");
        }
    }

    #[test]
    fn the_place_of_a_cell_is_its_line_and_column() {
        let found = records("a,b\né,\"x\",7\n");
        let record = found[1].as_ref().expect("a record");
        assert_eq!(record.place("f.csv", Some(2)).line_and_column(), Some((2, 7)));
        assert_eq!(record.place("f.csv", None).line_and_column(), Some((2, 1)));
    }
}
