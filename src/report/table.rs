//! Tables for a terminal. Numbers are never wrapped; text is wrapped to the width.

use std::borrow::Cow;

use comfy_table::LineStyle;
use comfy_table::{
    Cell as TableCell, CellAlignment, ColumnConstraint, ContentArrangement, Table, TableStyle,
    Width,
};

use super::Page;
use super::block::Block;
use super::block::Counted;
use super::cells::{cell_text, roundings};
use super::fold::Hidden;
use super::number::Rounding;
use super::sheet::{Cell, Sheet, plain, said};
use crate::figure::Figure;
use crate::help::View;

/// The narrowest width that is respected; below it, lines run over rather than break words apart.
const NARROWEST: u16 = 40;
/// The width past which text is not spread: longer lines are hard to read.
const WIDEST_TEXT: u16 = 110;

const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// The text, and what it does not show.
pub(super) fn render(blocks: Vec<Block>, page: &Page) -> (String, Hidden) {
    let mut hidden = Hidden::default();
    let blocks = hidden.shown(blocks, page.open);
    let mut texts: Vec<String> =
        blocks.iter().map(|block| block_text(block, page, &mut hidden)).collect();
    if let Some(last) = hidden.sentence().map(Block::Advice) {
        texts.push(block_text(&last, page, &mut hidden));
    }
    (texts.join("\n"), hidden)
}

fn block_text(block: &Block, page: &Page, hidden: &mut Hidden) -> String {
    let width = page.width.max(NARROWEST);
    match block {
        Block::Title(title) | Block::Text(title) => wrapped(&said(title), width, ""),
        Block::Facts(facts) => facts_text(facts, width),
        Block::Advice(sentence) => wrapped(&said(&page.advice(sentence)), width, ""),
        Block::List(title, items) => list_text(title, items, width),
        Block::Open(title, open) => list_text(title, &page.in_words(open), width),
        Block::Sheet(sheet) => sheet_text(sheet, width, page.open.all, hidden),
        // Not wrapped: what is copied must stay whole.
        Block::Code(text) => text.lines().map(|line| plain(line) + "\n").collect(),
        // Only what is shown is written.
        Block::Folded(_) => String::new(),
    }
}

fn list_text(title: &str, items: &[String], width: u16) -> String {
    let items = items.iter().map(|item| wrapped(&format!("- {}", said(item)), width, "  "));
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
        .map(|(name, value)| wrapped(&format!("{name:longest$}  {}", said(value)), width, &indent))
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

const FITS: [Fit; 2] =
    [Fit { gap: 1, wrap: false, break_ids: false }, Fit { gap: 1, wrap: true, break_ids: false }];

/// Of columns of which none may give way.
const TIGHT: [Fit; 2] =
    [Fit { gap: 1, wrap: true, break_ids: true }, Fit { gap: 0, wrap: true, break_ids: true }];

/// The table in the first way that keeps to the width, or in the closest one: with all its columns, then without
/// those that may give way, a rank after the other.
fn sheet_text(sheet: &Sheet, width: u16, all: bool, hidden: &mut Hidden) -> String {
    let keeps = |text: &str| {
        text.lines().all(|line| textwrap::core::display_width(line) <= usize::from(width))
    };
    let mut ranks: Vec<u8> =
        sheet.columns.iter().map(|column| column.rank).filter(|rank| *rank > 0 && !all).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let fewer = ranks.iter().rev().map(|rank| sheet.below_rank(*rank));
    let mut kept = Cow::Borrowed(sheet);
    let mut text = String::new();
    let sheets = std::iter::once(kept.clone()).chain(fewer.map(Cow::Owned));
    let mut ways = sheets.flat_map(|sheet| FITS.map(|fit| (sheet.clone(), fit)));
    let fits = ways.any(|(sheet, fit)| {
        text = table_text(&sheet, width, fit);
        kept = sheet;
        keeps(&text)
    });
    if !fits {
        for fit in TIGHT {
            text = table_text(&kept, width, fit);
            if keeps(&text) {
                break;
            }
        }
    }
    let gone = sheet.columns.len() - kept.columns.len();
    hidden.add(Counted::new(gone, ("column", "columns")), View::All);
    text
}

fn table_text(sheet: &Sheet, width: u16, fit: Fit) -> String {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    let roundings = roundings(sheet);
    let decimals: Vec<usize> =
        (0..roundings.len()).map(|at| most_decimals(sheet, at, roundings[at])).collect();
    let head = sheet.columns.iter().map(|column| heading(&column.title, column.numeric));
    table.set_header(head.collect::<Vec<_>>());
    for row in sheet.rows.iter().chain(&sheet.total) {
        let cells = row.iter().zip(&sheet.columns).zip(roundings.iter().zip(&decimals));
        let cells = cells.map(|((cell, column), (rounding, decimals))| {
            let mut text = cell_text(cell, *rounding);
            if let Some(own) = decimals_of(cell, &text) {
                text += &" ".repeat(decimals - own);
            }
            let broken = fit.break_ids && !column.whole;
            heading(&if broken { broken_ids(&text) } else { text }, column.numeric)
        });
        table.add_row(cells.collect::<Vec<_>>());
    }
    for (index, column) in sheet.columns.iter().enumerate() {
        let least = least_width(sheet, index, roundings[index], fit);
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

/// How many digits after the point the amounts of a column have at most: their points stand below each other.
fn most_decimals(sheet: &Sheet, index: usize, rounding: Rounding) -> usize {
    let cells = sheet.rows.iter().chain(&sheet.total).filter_map(|row| row.get(index));
    cells.filter_map(|cell| decimals_of(cell, &cell_text(cell, rounding))).max().unwrap_or(0)
}

/// The digits after the point of one amount; the ends of a range have a point each.
fn decimals_of(cell: &Cell, text: &str) -> Option<usize> {
    match cell {
        Cell::Money(Figure::Exact(_) | Figure::Unknown { .. }) => {
            text.rsplit_once('.').map(|(_, digits)| digits.len())
        }
        _ => None,
    }
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
fn least_width(sheet: &Sheet, index: usize, rounding: Rounding, fit: Fit) -> u16 {
    const MOST: usize = 30;
    let words = |text: &str| if fit.break_ids { broken_ids(text) } else { text.to_owned() };
    let column = &sheet.columns[index];
    let longest = |text: &str| {
        words(text).split([' ', '\n']).map(|word| word.chars().count()).max().unwrap_or(0)
    };
    let cells = sheet.rows.iter().chain(&sheet.total).filter_map(|row| row.get(index));
    let longest_cell = cells.map(|cell| longest(&cell_text(cell, rounding))).max().unwrap_or(0);
    longest_cell.max(longest(&column.title)).min(MOST) as u16
}

fn heading(text: &str, numeric: bool) -> TableCell {
    let alignment = if numeric { CellAlignment::Right } else { CellAlignment::Left };
    TableCell::new(text).set_alignment(alignment)
}
