//! Tables for a terminal. Numbers are never wrapped; text is wrapped to the width.

use comfy_table::LineStyle;
use comfy_table::{
    Cell as TableCell, CellAlignment, ColumnConstraint, ContentArrangement, Table, TableStyle,
    Width,
};

use super::Page;
use super::cells::{cell_text, column_places};
use super::sheet::{Block, Sheet, plain};

/// The narrowest width that is respected; below it, lines run over rather than break words apart.
const NARROWEST: u16 = 40;
/// The width past which text is not spread: longer lines are hard to read.
const WIDEST_TEXT: u16 = 110;

const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

pub(super) fn render(blocks: &[Block], page: &Page) -> String {
    blocks.iter().map(|block| block_text(block, page)).collect::<Vec<_>>().join("\n")
}

fn block_text(block: &Block, page: &Page) -> String {
    let width = page.width.max(NARROWEST);
    match block {
        Block::Title(title) | Block::Text(title) => wrapped(&plain(title), width, ""),
        Block::Facts(facts) => facts_text(facts, width),
        Block::Advice(sentence) => wrapped(&plain(&page.advice(sentence)), width, ""),
        Block::List(title, items) => list_text(title, items, width),
        Block::Open(title, open) => list_text(title, &page.in_words(open), width),
        Block::Sheet(sheet) => sheet_text(sheet, width),
        // Not wrapped: what is copied must stay whole.
        Block::Code(text) => text.lines().map(|line| plain(line) + "\n").collect(),
    }
}

fn list_text(title: &str, items: &[String], width: u16) -> String {
    let items = items.iter().map(|item| wrapped(&format!("- {}", plain(item)), width, "  "));
    format!("{title}\n{}", items.collect::<String>())
}

fn wrapped(text: &str, width: u16, indent: &str) -> String {
    let options = textwrap::Options::new(usize::from(width.min(WIDEST_TEXT)))
        .subsequent_indent(indent)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(text, options) + "\n"
}

fn facts_text(facts: &[(String, String)], width: u16) -> String {
    let longest = facts.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let indent = " ".repeat(longest + 2);
    facts
        .iter()
        .map(|(name, value)| wrapped(&format!("{name:longest$}  {}", plain(value)), width, &indent))
        .collect()
}

/// How close the columns of a table stand, from the most comfortable way on.
#[derive(Clone, Copy)]
struct Fit {
    /// Padding right of each column, beside the one space that the rule below the heading adds.
    gap: u16,
    /// Whether text is wrapped.
    wrap: bool,
    /// Whether long ids go on in a second line.
    break_ids: bool,
}

const FITS: [Fit; 4] = [
    Fit { gap: 1, wrap: false, break_ids: false },
    Fit { gap: 1, wrap: true, break_ids: false },
    Fit { gap: 1, wrap: true, break_ids: true },
    Fit { gap: 0, wrap: true, break_ids: true },
];

/// The table in the first way that keeps to the width, or in the closest one.
fn sheet_text(sheet: &Sheet, width: u16) -> String {
    let keeps = |text: &str| {
        text.lines().all(|line| textwrap::core::display_width(line) <= usize::from(width))
    };
    let mut text = String::new();
    for fit in FITS {
        text = table_text(sheet, width, fit);
        if keeps(&text) {
            break;
        }
    }
    text
}

fn table_text(sheet: &Sheet, width: u16, fit: Fit) -> String {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    let places = column_places(sheet);
    let head = sheet.columns.iter().map(|column| heading(&column.title, column.numeric));
    table.set_header(head.collect::<Vec<_>>());
    for row in sheet.rows.iter().chain(&sheet.total) {
        let cells = row.iter().zip(&sheet.columns).zip(&places);
        let cells = cells.map(|((cell, column), places)| {
            let text = cell_text(cell, *places);
            let broken = fit.break_ids && !column.whole;
            heading(&if broken { broken_ids(&text) } else { text }, column.numeric)
        });
        table.add_row(cells.collect::<Vec<_>>());
    }
    for (index, column) in sheet.columns.iter().enumerate() {
        let least = least_width(sheet, index, places[index], fit);
        if let Some(table_column) = table.column_mut(index) {
            table_column.set_padding((0, fit.gap));
            // What is whole is never wrapped, and no word is broken, even where the table then runs over.
            table_column.set_constraint(match column.whole || !fit.wrap {
                true => ColumnConstraint::ContentWidth,
                false => ColumnConstraint::LowerBoundary(Width::Fixed(least + fit.gap)),
            });
        }
    }
    table.trim_fmt() + "\n"
}

/// The longest word that stays on one line; a longer id goes on after one of its hyphens.
const LONGEST_WORD: usize = 16;

/// Text whose long ids are broken after hyphens, of which none is lost.
fn broken_ids(text: &str) -> String {
    let options = textwrap::Options::new(LONGEST_WORD)
        .word_separator(textwrap::WordSeparator::Custom(after_hyphen_or_slash))
        .word_splitter(textwrap::WordSplitter::HyphenSplitter)
        .break_words(false);
    let word = |word: &str| textwrap::fill(word, &options);
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The parts of an id, each with the `-` or `/` that ends it.
fn after_hyphen_or_slash(id: &str) -> Box<dyn Iterator<Item = textwrap::core::Word<'_>> + '_> {
    Box::new(id.split_inclusive(['-', '/']).map(textwrap::core::Word::from))
}

/// The longest word of a text column, heading included, up to a bound.
fn least_width(sheet: &Sheet, index: usize, places: u32, fit: Fit) -> u16 {
    const MOST: usize = 30;
    let words = |text: &str| if fit.break_ids { broken_ids(text) } else { text.to_owned() };
    let column = &sheet.columns[index];
    let longest = |text: &str| {
        words(text).split([' ', '\n']).map(|word| word.chars().count()).max().unwrap_or(0)
    };
    let cells = sheet.rows.iter().chain(&sheet.total).filter_map(|row| row.get(index));
    let longest_cell = cells.map(|cell| longest(&cell_text(cell, places))).max().unwrap_or(0);
    longest_cell.max(longest(&column.title)).min(MOST) as u16
}

fn heading(text: &str, numeric: bool) -> TableCell {
    let alignment = if numeric { CellAlignment::Right } else { CellAlignment::Left };
    TableCell::new(text).set_alignment(alignment)
}
