//! Rows of replies → a log. What stands in it stays as it is, letter by letter: a row that was planned is filled in where
//! it is empty, and all others are added at the end.

use std::collections::HashMap;
use std::sync::Arc;

use super::cells::Cells;
use super::columns::Field;
use super::heading::columns;
use super::of_reply::CellsOfReply;
use super::read::is_not_run;

use crate::errors::Errors;
use crate::input_limits::LOG_ROWS;
use crate::problem::{Place, Problem};
use crate::spreadsheet::{self, Row, separator};

/// A log with the rows of replies.
#[derive(Debug)]
pub struct Appended {
    /// The text.
    pub text: String,
    /// How many planned rows were filled in.
    pub filled: usize,
    /// How many rows were added.
    pub added: usize,
    /// The ids of requests that stood in it already, which were left out.
    pub known: Vec<String>,
}

/// The text of a log without a row.
pub fn empty() -> String {
    let names = Field::ALL.map(|field| field.name().into_owned());
    names.join(",") + "\n"
}

/// A log with the rows of these requests. A planned row of the same request is filled in; a request that was logged already
/// is left out. `cells` gives those of a request, whose planned row may name a route; none where it has no row.
///
/// # Errors
/// Why the text is no log.
pub fn append(
    file: &str,
    text: &Arc<str>,
    requests: &[&str],
    mut cells: impl FnMut(usize, Option<&str>) -> Option<CellsOfReply>,
) -> Result<Appended, Errors<Problem>> {
    let rows = spreadsheet::rows(text, &LOG_ROWS)
        .map_err(|limit| vec![limit.problem(Place::file(file))])?;
    let none = Row { number: 1, cells: Vec::new(), is_of_workbook: false };
    let (heading, rows) = rows.split_first().unwrap_or((&none, &[]));
    let (columns, _) = columns(file, text, heading)?;
    let fields: HashMap<usize, Field> = columns.iter().map(|(field, at)| (*at, *field)).collect();
    let width = heading.cells.len();
    let line = Line { fields: &fields, separator: char::from(separator(text)) };
    let mut known: HashMap<&str, Option<Planned>> = HashMap::new();
    for row in rows {
        let cells = Cells { file, text, columns: &columns, row, problems: Vec::new() };
        let planned = Planned { row, route: cells.text(Field::Route) };
        let planned = (row.cells.len() == width && is_not_run(&cells)).then_some(planned);
        let of_request = known.entry(cells.text(Field::RequestId)).or_insert(planned);
        // A request of which a row was run is not planned any more.
        *of_request = of_request.and(planned);
    }
    let mut filled: HashMap<usize, String> = HashMap::new();
    let mut added = Vec::new();
    let mut left_out = Vec::new();
    for (index, id) in requests.iter().copied().enumerate() {
        match known.insert(id, None) {
            None => added.extend(cells(index, None).map(|cells| line.of_reply(width, &cells))),
            Some(Some(Planned { row, route })) => {
                let cells = cells(index, Some(route).filter(|route| !route.is_empty()));
                filled.extend(cells.map(|cells| (row.number, line.filled(text, row, &cells))));
            }
            Some(None) => left_out.push(id.to_owned()),
        }
    }
    let (filled_in, count) = (with_rows(text, rows, &filled), added.len());
    let text = with_lines(filled_in, &added);
    Ok(Appended { text, filled: filled.len(), added: count, known: left_out })
}

/// A row that is planned and not run yet, and the route that it names.
#[derive(Clone, Copy)]
struct Planned<'a> {
    row: &'a Row<'a>,
    route: &'a str,
}

/// The text with other rows in the place of these.
fn with_rows(text: &str, rows: &[Row], others: &HashMap<usize, String>) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut copied = 0;
    for row in rows {
        let place = row.cells.first().zip(row.cells.last());
        if let (Some(other), Some((first, last))) = (others.get(&row.number), place) {
            whole += &text[copied..first.at.start];
            whole += other;
            copied = last.at.end;
        }
    }
    whole + &text[copied..]
}

/// The text with further lines, ended as its own are.
fn with_lines(mut text: String, lines: &[String]) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if !lines.is_empty() && !text.ends_with('\n') {
        text += end;
    }
    for line in lines {
        text += line;
        text += end;
    }
    text
}

/// How a row is written.
struct Line<'a> {
    fields: &'a HashMap<usize, Field>,
    separator: char,
}

impl Line<'_> {
    fn of_reply(&self, width: usize, reply: &CellsOfReply) -> String {
        let cells = (0..width).map(|at| self.cell(at, reply));
        cells.collect::<Vec<_>>().join(&self.separator.to_string())
    }

    /// A row of the log, where it is empty with what the reply says.
    fn filled(&self, text: &str, row: &Row, reply: &CellsOfReply) -> String {
        let cells = row.cells.iter().enumerate().map(|(at, cell)| match cell.value.trim() {
            "" => self.cell(at, reply),
            _ => text[cell.at.clone()].to_owned(),
        });
        cells.collect::<Vec<_>>().join(&self.separator.to_string())
    }

    fn cell(&self, at: usize, reply: &CellsOfReply) -> String {
        let value = self.fields.get(&at).and_then(|field| reply.get(field));
        let value = value.map_or("", String::as_str);
        match value.contains(['"', '\n', '\r', self.separator]) {
            true => format!("\"{}\"", value.replace('"', "\"\"")),
            false => value.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Meter;

    fn reply(id: &str) -> CellsOfReply {
        CellsOfReply::from([
            (Field::RequestId, id.to_owned()),
            (Field::Timestamp, "2026-11-20".to_owned()),
            (Field::Quality, "high".to_owned()),
            (Field::Count(Meter::ImageOutput), "1056".to_owned()),
        ])
    }

    fn log(rows: &str) -> Arc<str> {
        // As many columns as a log must have, and one that is the person's own.
        let needed = Field::ALL.into_iter().filter(|field| !field.is_optional());
        let names: Vec<String> = needed.map(|field| field.name().into_owned()).collect();
        format!("{},mine\r\n{rows}", names.join(",")).into()
    }

    /// A row with these cells under these columns, and with `kept` in the person's own.
    fn row(text: &str, cells: &[(&str, &str)], kept: &str) -> String {
        let heading = text.lines().next().unwrap_or_default();
        let cell = |name: &str| match name {
            "mine" => kept,
            name => cells.iter().find(|(of, _)| *of == name).map_or("", |(_, value)| value),
        };
        heading.split(',').map(cell).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn a_planned_row_is_filled_in_and_all_else_stays_letter_by_letter() {
        let heading = log("");
        let planned =
            row(&heading, &[("request_id", "a"), ("quality", "low")], "\"my, \"\"note\"\"\"");
        let run = row(
            &heading,
            &[("request_id", "b"), ("timestamp", "2026-11-01"), ("verdict", "rejected")],
            "x",
        );
        let text = log(&format!("{planned}\r\n{run}"));
        let ids = ["a", "b", "c"];
        let cells = |index: usize, _: Option<&str>| Some(reply(ids[index]));
        let found = append("log.csv", &text, &ids, cells).expect("a log");
        assert_eq!((found.filled, found.added, &found.known[..]), (1, 1, &["b".to_owned()][..]));
        let of_reply =
            [("request_id", "a"), ("timestamp", "2026-11-20"), ("image_output_tokens", "1056")];
        let filled = [&of_reply[..], &[("quality", "low")]].concat();
        let new = [("request_id", "c"), ("quality", "high")];
        let new = [&new[..], &of_reply[1..]].concat();
        let expected = [
            heading.trim_end().to_owned(),
            row(&heading, &filled, "\"my, \"\"note\"\"\""),
            run,
            row(&heading, &new, ""),
        ];
        assert_eq!(found.text, expected.map(|line| line + "\r\n").concat());
        let again = append("log.csv", &found.text.as_str().into(), &ids, cells);
        let again = again.expect("a log");
        assert_eq!((again.filled, again.added, again.text), (0, 0, found.text), "nothing twice");
    }
}
