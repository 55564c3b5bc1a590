//! A small reader of the pages: their tables with the values in full, and that every tag is closed where it was opened.

use crate::common::dec;
use rust_decimal::Decimal;

/// A table: its name, its headings and its rows; the last row may be the total.
#[derive(Debug, Default)]
pub struct Table {
    pub name: String,
    pub headings: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    pub total: Option<Vec<Cell>>,
}

/// A cell: what is read, and what it is in full where it is a figure.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    pub text: String,
    /// The value, or the low end, or what it is at least.
    pub low: Option<Decimal>,
    /// The value or the high end.
    pub high: Option<Decimal>,
}

/// A part of a page: a tag with its attributes, the end of one, or text.
#[derive(Debug, PartialEq)]
pub enum Piece<'a> {
    Start(&'a str, &'a str),
    End(&'a str),
    Text(&'a str),
}

const VOID: [&str; 4] = ["meta", "link", "br", "!DOCTYPE"];

/// The parts of a page in order.
///
/// # Panics
/// Where a tag is not closed, or closed elsewhere.
pub fn pieces(page: &str) -> Vec<Piece<'_>> {
    let (mut all, mut open) = (Vec::new(), Vec::new());
    let mut parts = page.split('<');
    assert_eq!(parts.next(), Some(""), "a page begins with a tag");
    for part in parts {
        let (tag, text) = part.split_once('>').expect("a tag ends");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "</{name}>");
            all.push(Piece::End(name));
        } else {
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            if !VOID.contains(&name) {
                open.push(name);
            }
            all.push(Piece::Start(name, attributes));
        }
        all.push(Piece::Text(text));
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    all
}

/// The value of an attribute, which stands between quotes.
pub fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = attributes.split_once(&format!("{name}=\""))?;
    rest.split('"').next()
}

/// Text as it is read.
pub fn plain(text: &str) -> String {
    let marks = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
    ];
    let text = marks.iter().fold(text.to_owned(), |text, (mark, c)| text.replace(mark, c));
    text.replace("&#38;", "&").replace("&amp;", "&")
}

/// The tables of a page in order.
pub fn tables(page: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut name = String::new();
    let (mut row, mut within): (Option<Vec<Cell>>, &str) = (None, "");
    for piece in pieces(page) {
        match piece {
            Piece::Start("div", attributes) if attributes.contains("role=\"group\"") => {
                name = plain(attribute(attributes, "aria-label").expect("a named table"));
            }
            Piece::Start("table", _) => {
                tables.push(Table { name: std::mem::take(&mut name), ..Table::default() });
            }
            Piece::Start(part @ ("thead" | "tbody" | "tfoot"), _) => within = part,
            Piece::Start("tr", _) => row = Some(Vec::new()),
            Piece::Start("th" | "td", _) => {
                row.as_mut().expect("a row").push(Cell::default());
            }
            Piece::Start("data", attributes) => {
                let value = attribute(attributes, "value").map(dec);
                let high = match attributes.contains("data-at-least") {
                    true => None,
                    false => attribute(attributes, "data-high").map(dec).or(value),
                };
                let cell = row.as_mut().and_then(|row| row.last_mut()).expect("a cell");
                (cell.low, cell.high) = (value, high);
            }
            Piece::Text(text) => {
                if let Some(cell) = row.as_mut().and_then(|row| row.last_mut()) {
                    cell.text += &plain(text);
                }
            }
            Piece::End("tr") => {
                let (table, cells) = (tables.last_mut().expect("a table"), row.take());
                let cells = cells.expect("a row");
                match within {
                    "thead" => table.headings = cells.into_iter().map(|it| it.text).collect(),
                    "tfoot" => table.total = Some(cells),
                    _ => table.rows.push(cells),
                }
            }
            _ => {}
        }
    }
    tables
}
