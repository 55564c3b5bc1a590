//! Markdown as a summary for a pull request: the answer, one table, and the rest folded. Text from files is escaped and
//! stays text, by entities: what shows Markdown as it is written then shows no backslash.

use super::Page;
use super::block::Block;
use super::cells::{cell_text, roundings};
use super::document::Report;
use super::fold::Hidden;
use super::handout::Summary;
use super::sheet::{Sheet, plain, said};

/// The text, and what it does not show.
pub(super) fn render(report: &Report, page: &Page) -> (String, Hidden) {
    let summary = report.summary();
    let mut hidden = Hidden::default();
    let blocks = hidden.shown(report.blocks(), page.open);
    // The title and what stands under it are the summary's.
    let rest: Vec<Block> = blocks.into_iter().skip(1 + summary.notes.len()).collect();
    let (first, mut folded) = parted(rest, summary.answer.is_empty());
    folded.extend(hidden.sentence().map(Block::Advice));
    let mut texts = opening(&summary);
    texts.extend(first.iter().map(|block| block_text(block, page)));
    if !folded.is_empty() {
        texts.push("<details><summary>Details</summary>\n".to_owned());
        texts.extend(folded.iter().map(|block| block_text(block, page)));
        texts.push("</details>\n".to_owned());
    }
    (texts.join("\n"), hidden)
}

/// What it was made of, in Markdown.
pub(super) fn colophon(report: &Report) -> String {
    let call = Some(report.call()).filter(|call| !call.is_empty());
    let call = call.map(|call| format!("\n{}\n", escaped(&format!("Command: {call}"))));
    format!("{}\n{}", escaped(&report.colophon()), call.unwrap_or_default())
}

fn opening(summary: &Summary) -> Vec<String> {
    let mut texts = vec![format!("## {}\n", escaped(&summary.title))];
    texts.extend(summary.notes.iter().map(|note| format!("{}\n", escaped(note))));
    let ask = summary.ask.iter();
    texts.extend(ask.map(|(name, figure)| format!("**{}: {}**\n", escaped(name), escaped(figure))));
    if !summary.answer.is_empty() {
        texts.push(format!("{}\n", escaped(&summary.answer.join(" "))));
    }
    texts
}

/// The first table with its title, before it the first facts where they are the answer; and the rest.
fn parted(blocks: Vec<Block>, with_facts: bool) -> (Vec<Block>, Vec<Block>) {
    let is = |kind: fn(&Block) -> bool| blocks.iter().position(kind);
    let facts = is(|block| matches!(block, Block::Facts(_))).filter(|_| with_facts);
    let table = is(|block| matches!(block, Block::Sheet(_)));
    let title = table.and_then(|at| at.checked_sub(1));
    let title = title.filter(|at| matches!(blocks[*at], Block::Text(_)));
    let first = [facts, title, table];
    let (first, rest): (Vec<_>, Vec<_>) =
        blocks.into_iter().enumerate().partition(|(at, _)| first.contains(&Some(*at)));
    let blocks = |all: Vec<(usize, Block)>| all.into_iter().map(|(_, block)| block).collect();
    (blocks(first), blocks(rest))
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
    let text = said(text);
    let mut out = String::with_capacity(text.len());
    let mut before = START;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        match entity(before, c, next) {
            Some(entity) => out += entity,
            None if c == '\n' => out.push(' '),
            None => out.push(c),
        }
        before = c;
    }
    out
}

/// In place of what stands before the first character.
const START: char = '\n';

/// What stands for a character that would mean something between these two.
fn entity(before: char, c: char, next: char) -> Option<&'static str> {
    Some(match c {
        '|' => "&#124;",
        '*' => "&#42;",
        '`' => "&#96;",
        // Words between brackets are a link, or a box to tick, by what stands around them.
        '[' if before == START => "&#91;",
        ']' if matches!(next, '(' | '[' | ':') => "&#93;",
        '<' => "&lt;",
        '>' => "&gt;",
        '#' => "&#35;",
        '~' => "&#126;",
        '@' if !before.is_alphanumeric() => "&#64;",
        '\\' => "&#92;",
        '&' if next.is_alphanumeric() || next == '#' => "&amp;",
        // Within a word it is no emphasis, and before a digit no formula.
        '_' if !(before.is_alphanumeric() && next.is_alphanumeric()) => "&#95;",
        '$' if !next.is_ascii_digit() => "&#36;",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn marks_are_entities_and_amounts_stay_as_they_are() {
        assert_eq!(escaped("from $3,300.00 on"), "from $3,300.00 on");
        assert_eq!(escaped("prompt_tokens, _it_"), "prompt_tokens, &#95;it&#95;");
        assert_eq!(escaped("a|b\\c <b> $x$"), "a&#124;b&#92;c &lt;b&gt; &#36;x&#36;");
        assert_eq!(escaped("[x](y) [2026]"), "&#91;x&#93;(y) [2026]");
        assert_eq!(escaped("a [x](y), me@b, @b"), "a [x&#93;(y), me@b, &#64;b");
        assert_eq!(escaped("R&D, R & D, &lt;"), "R&amp;D, R & D, &amp;lt;");
    }
}
