//! Markdown for documents and pull requests. Text from files is escaped and stays text.

use super::Page;
use super::block::Block;
use super::cells::{cell_text, roundings};
use super::fold::Hidden;
use super::sheet::{Sheet, plain, said};

/// The text, and what it does not show.
pub(super) fn render(blocks: Vec<Block>, page: &Page) -> (String, Hidden) {
    let mut hidden = Hidden::default();
    let mut blocks = hidden.shown(blocks, page.open);
    blocks.extend(hidden.sentence().map(Block::Advice));
    let texts: Vec<String> = blocks.iter().map(|block| block_text(block, page)).collect();
    (texts.join("\n"), hidden)
}

fn block_text(block: &Block, page: &Page) -> String {
    match block {
        Block::Title(title) => format!("## {}\n", escaped(title)),
        Block::Text(text) => format!("{}\n", escaped(text)),
        Block::Facts(facts) => facts
            .iter()
            .map(|(name, value)| match name.is_empty() {
                // It goes on with the fact above.
                true => format!("  - {}\n", escaped(value)),
                false => format!("- **{}:** {}\n", escaped(name), escaped(value)),
            })
            .collect(),
        Block::Advice(sentence) => format!("{}\n", escaped(&page.advice(sentence))),
        Block::List(title, items) => list_text(title, items),
        Block::Open(title, open) => list_text(title, &page.in_words(open)),
        Block::Sheet(sheet) => sheet_text(sheet),
        Block::Code(text) => fenced(text),
        // Only what is shown is written.
        Block::Folded(_) => String::new(),
    }
}

fn list_text(title: &str, items: &[String]) -> String {
    let items: String = items.iter().map(|item| format!("- {}\n", escaped(item))).collect();
    format!("**{}**\n\n{items}", escaped(title))
}

/// A block of code behind a fence that is longer than any in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let lines: String = text.lines().map(|line| plain(line) + "\n").collect();
    format!("{fence}\n{lines}{fence}\n")
}

fn sheet_text(sheet: &Sheet) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = row(sheet.columns.iter().map(|column| escaped(&column.title)).collect());
    let rule =
        row(sheet.columns.iter().map(|c| if c.numeric { "---:" } else { "---" }.into()).collect());
    let roundings = roundings(sheet);
    let body = sheet.rows.iter().chain(&sheet.total).map(|cells| {
        row(cells
            .iter()
            .zip(&roundings)
            .map(|(cell, rounding)| escaped(&cell_text(cell, *rounding)))
            .collect())
    });
    format!("{head}{rule}{}", body.collect::<String>())
}

/// Text that Markdown shows as it is, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in said(text).chars() {
        match c {
            '\n' => out.push(' '),
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '\\' | '~' | '$' | '@' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
