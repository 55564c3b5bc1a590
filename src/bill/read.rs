//! A file → the lines of its bill: what it is, is told by how it begins.

use std::io::{BufRead, Cursor, Read};
use std::sync::Arc;

use super::azure::Azure;
use super::cells::Cells;
use super::collected::{Collected, PaidElsewhere};
use super::focus::Focus;
use super::format::{BillFormat, of_header};
use super::header::Header;
use super::line::BillLine;
use super::mapped::Mapped;
use super::mapping::Mapping;
use super::openai_dashboard::Dashboard;
use super::openrouter::Activity;
use super::records::Records;
use super::row::{Row, RowReader};
use super::texts::{Matcher, Texts};
use super::{fal, openai, openrouter_api, pages};
use crate::catalog::Catalog;
use crate::errors::Errors;
use crate::help::Help;
use crate::input_limits::BILL_ROW_BYTES;
use crate::json::Json;
use crate::problem::{Place, Problem, ProblemCode};
use crate::spreadsheet::of_header as separator_of;

/// The bill of one file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReadBill {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// What it is.
    pub format: BillFormat,
    /// Its lines, those that are alike put together.
    pub lines: Vec<BillLine>,
    /// What was paid to others on the user's own keys.
    pub elsewhere: Vec<PaidElsewhere>,
    /// How many rows were read.
    pub rows: u64,
    /// How many of them were rejected.
    pub rejected: u64,
    /// How many days had no charges.
    pub empty: u64,
    /// How many rows have costs beside the one of the row, of which it is not stated whether that has them.
    pub beside: u64,
    /// Columns that are not read.
    pub ignored: Vec<String>,
    /// Whether its last page says that more follow.
    pub goes_on: bool,
}

/// How bills are read: with which tables, which rules for texts, and which mapping.
pub struct Reader<'a> {
    matcher: Matcher<'a>,
    mapping: Option<&'a Mapping>,
}

impl<'a> Reader<'a> {
    /// A reader with these tables, and the mapping of a user where there is one.
    ///
    /// # Errors
    /// What is wrong with the rules that come with the program.
    pub fn new(
        catalog: &'a Catalog,
        mapping: Option<&'a Mapping>,
    ) -> Result<Reader<'a>, Errors<Problem>> {
        let shipped = Texts::shipped()?;
        let texts = mapping.map_or(shipped.clone(), |mapping| mapping.texts.before(&shipped));
        Ok(Reader { matcher: Matcher::new(texts, catalog), mapping })
    }

    /// Reads a bill. A row that is wrong is rejected with all of its problems, and counted.
    ///
    /// # Errors
    /// What keeps the file from being read at all.
    pub fn read(
        &self,
        file: &str,
        mut input: impl BufRead,
        reject: &mut dyn FnMut(Problem),
    ) -> Result<ReadBill, Errors<Problem>> {
        let (first, line) = first_line(file, &mut input)?;
        let begins_json = matches!(first.trim_ascii_start().first(), Some(b'{' | b'['));
        let skipped = line - 1;
        let input = Cursor::new(first).chain(input);
        let name: Arc<str> = file.into();
        match begins_json {
            true => self.read_json(&name, input, skipped, reject),
            false => self.read_csv(&name, input, line, reject),
        }
    }

    fn read_json(
        &self,
        file: &Arc<str>,
        input: impl BufRead,
        skipped: usize,
        reject: &mut dyn FnMut(Problem),
    ) -> Result<ReadBill, Errors<Problem>> {
        // Blank lines before it are counted.
        let text = "\n".repeat(skipped) + &pages::text(file, input)?;
        let pages = pages::pages(file, &text)?;
        let mut into = Collected::new(&self.matcher);
        let mut format = None;
        for page in &pages {
            let object = page.object();
            let found = match () {
                () if fal::is_page(&object) => BillFormat::FalBillingEvents,
                () if openrouter_api::is_page(&object) => BillFormat::OpenRouterActivityApi,
                () => match openai::is_page(&object) {
                    Ok(true) => BillFormat::OpenAiCosts,
                    Ok(false) => return Err(vec![no_bill(file, NO_PAGE, PAGES)].into()),
                    Err(why) => return Err(vec![no_bill(file, why, GIVE_COSTS)].into()),
                },
            };
            let first = *format.get_or_insert(found);
            if first != found {
                let what = "this file has pages of two kinds of bills";
                return Err(vec![no_bill(file, what, "give each in a file of its own")].into());
            }
            let problems = match found {
                BillFormat::FalBillingEvents => fal::read(file, page, &mut into),
                BillFormat::OpenRouterActivityApi => openrouter_api::read(file, page, &mut into),
                _ => openai::read(file, page, &mut into),
            };
            problems.into_iter().for_each(&mut *reject);
        }
        let Some(format) = format else {
            return Err(vec![no_bill(file, "this file has no page of a bill", PAGES)].into());
        };
        let last = pages.last().map(|page| page.object());
        let goes_on = last.is_some_and(|it| it.get("has_more") == Some(&Json::Bool(true)));
        Ok(ReadBill { goes_on, ..finished(file, format, into, (0, Vec::new())) })
    }

    fn read_csv(
        &self,
        file: &Arc<str>,
        mut input: impl BufRead,
        line: usize,
        reject: &mut dyn FnMut(Problem),
    ) -> Result<ReadBill, Errors<Problem>> {
        let start = input.fill_buf().unwrap_or_default();
        let header_line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let separator = separator_of(&String::from_utf8_lossy(header_line));
        let mut records = Records::new(file, input, separator, line);
        let header = match records.next() {
            Some(Ok(record)) => Header::of(record),
            Some(Err(wrong)) => return Err(vec![wrong.problem].into()),
            None => return Err(vec![empty(file)].into()),
        };
        let (format, reader, ignored) = self.of_header(file, &header)?;
        let mut into = Collected::new(&self.matcher);
        let mut beside = 0;
        while let Some(next) = records.next() {
            into.rows += 1;
            let record = match next {
                Ok(record) => record,
                Err(wrong) => {
                    into.rejected += 1;
                    reject(wrong.problem);
                    continue;
                }
            };
            let mut cells = Cells { file, header: &header, record: &record, problems: Vec::new() };
            let row = row(&mut cells, &*reader);
            let is_right = cells.problems.is_empty();
            match row.filter(|_| is_right).map(|row| add(&mut into, row, &mut beside)) {
                Some(Ok(())) => {}
                Some(Err(error)) => {
                    let what = error.to_string();
                    cells.report(None, ProblemCode::Overflow, &what, "correct the number");
                }
                // No row is left out in silence.
                None if is_right => {
                    let what = "this row says something that cannot be read";
                    cells.report(None, ProblemCode::BadValue, what, "correct the row");
                }
                None => {}
            }
            if !cells.problems.is_empty() {
                into.rejected += 1;
                cells.problems.into_iter().for_each(&mut *reject);
            }
        }
        Ok(finished(file, format, into, (beside, ignored)))
    }

    /// What a CSV is, and what reads its rows. A mapping goes before what the header tells.
    fn of_header(&self, file: &str, header: &Header) -> Result<Told<'_>, Errors<Problem>> {
        fn told<'t, T: RowReader + 't>(
            format: BillFormat,
            (reader, ignored): (T, Vec<String>),
        ) -> Told<'t> {
            (format, Box::new(reader), ignored)
        }
        if let Some(mapping) = self.mapping {
            let found = Mapped::of(file, header, (mapping, &self.matcher))?;
            return Ok(told(BillFormat::Mapped, found));
        }
        let problem = |what: &str, help: Help| {
            let problem = header.problem(file, None, ProblemCode::BadValue, what, String::new());
            Errors(vec![Problem { help, ..problem }])
        };
        let format = of_header(header).map_err(|why| problem(why, GIVE_COSTS.into()))?;
        Ok(match format {
            Some(it @ BillFormat::Focus) => told(it, Focus::of(file, header, &self.matcher)?),
            Some(it @ BillFormat::OpenRouterActivity) => told(it, Activity::of(file, header)?),
            Some(it @ BillFormat::OpenAiDashboard) => told(it, Dashboard::of(file, header)?),
            Some(it @ BillFormat::AzureCostDetails) => told(it, Azure::of(file, header)?),
            _ => return Err(problem(NO_HEADER, Help::GiveMapping)),
        })
    }
}

/// What a CSV is, what reads its rows, and its columns that are not read.
type Told<'t> = (BillFormat, Box<dyn RowReader + 't>, Vec<String>);

/// A row with as many cells as the header has, read.
fn row(cells: &mut Cells, reader: &dyn RowReader) -> Option<Row> {
    let (found, expected) = (cells.record.cells.len(), cells.header.names.len());
    let more_is_blank =
        || cells.record.cells[expected..].iter().all(|(it, _)| it.trim().is_empty());
    if found < expected || found > expected && !more_is_blank() {
        let what = format!("this row has {found} cells, and the header has {expected}");
        let help = "correct the row: text with a separator or a quote in it stands in quotes";
        cells.report(None, ProblemCode::UnevenRow, &what, help);
        return None;
    }
    reader.row(cells)
}

fn add(
    into: &mut Collected,
    row: Row,
    beside: &mut u64,
) -> Result<(), crate::money::AmountTooLarge> {
    match row {
        Row::Empty => {
            into.empty += 1;
            into.rows -= 1;
            Ok(())
        }
        Row::Line(line) => into.add(*line),
        Row::Beside { line, elsewhere, has_beside } => {
            *beside += u64::from(has_beside);
            into.add(*line)?;
            elsewhere.map_or(Ok(()), |(whose, amount)| into.add_elsewhere(whose, amount))
        }
    }
}

fn finished(
    file: &Arc<str>,
    format: BillFormat,
    into: Collected,
    (beside, ignored): (u64, Vec<String>),
) -> ReadBill {
    let elsewhere = into.elsewhere();
    let (rows, rejected, empty) = (into.rows, into.rejected, into.empty);
    let mut lines = into.lines;
    lines.sort_by(|a, b| a.what.cmp(&b.what));
    let file = Arc::clone(file);
    let goes_on = false;
    ReadBill { file, format, lines, elsewhere, rows, rejected, empty, beside, ignored, goes_on }
}

/// The first line that is not blank, without a byte order mark, and its number.
fn first_line(file: &str, input: &mut impl BufRead) -> Result<(Vec<u8>, usize), Errors<Problem>> {
    for number in 1.. {
        let mut line = Vec::new();
        let read = input.by_ref().take(BILL_ROW_BYTES.most + 1).read_until(b'\n', &mut line);
        let read = read.map_err(|error| {
            let what = format!("the file cannot be read: {error}");
            vec![no_bill(file, &what, "check the file")]
        })?;
        if read == 0 {
            return Err(vec![empty(file)].into());
        }
        if number == 1 {
            if let Some((what, help)) =
                OTHERS.iter().find(|(begins, ..)| line.starts_with(begins)).map(|it| (it.1, it.2))
            {
                return Err(vec![no_bill(file, what, help)].into());
            }
            if line.starts_with(b"\xEF\xBB\xBF") {
                line.drain(..3);
            }
        }
        if !line.trim_ascii().is_empty() {
            return Ok((line, number));
        }
    }
    Err(vec![empty(file)].into())
}

/// How other files begin that stand in the place of a bill.
const OTHERS: [(&[u8], &str, &str); 4] = [
    (b"\xFF\xFE", "this file is UTF-16", "save it as CSV in UTF-8"),
    (b"\xFE\xFF", "this file is UTF-16", "save it as CSV in UTF-8"),
    (b"PK\x03\x04", "this is a packed file or a workbook", "save the sheet as CSV, or unpack it"),
    (b"\x1F\x8B", "this file is packed by gzip", "unpack it"),
];

const NO_HEADER: &str = "no bill that is known has these columns";
const NO_PAGE: &str = "this JSON is no bill that is known";
const PAGES: &str =
    "give pages of OpenAI's costs, OpenRouter's activity or fal's billing events, or a CSV";
const GIVE_COSTS: &str = "export the costs of the same days";

fn no_bill(file: &str, what: &str, help: &str) -> Problem {
    Problem {
        code: ProblemCode::BadValue,
        message: what.to_owned(),
        place: Place::file(file),
        help: help.to_owned().into(),
    }
}

fn empty(file: &str) -> Problem {
    let message = "the file is empty".to_owned();
    let help = "give a bill as it was exported".into();
    Problem { code: ProblemCode::Empty, message, place: Place::file(file), help }
}
