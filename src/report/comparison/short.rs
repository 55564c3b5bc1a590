//! The short form of a comparison: the official row, the cheapest one, a few more, and one line for each kind of the rest.

use std::collections::BTreeSet;

use super::words::MOST_WORKS;
use super::{View, columns_of, list, position, said, sheet, show_list_price, with_axes};
use crate::catalog::evidence::fresh_days;
use crate::catalog::funding::Funding;
use crate::comparison::{Answer, Comparison, Ranking, RouteEstimate, answers};
use crate::help::Sentence;
use crate::help::View as Opens;
use crate::note::Note;
use crate::report::block::Block;
use crate::report::block::Counted;
use crate::report::dictionary::terms;
use crate::report::number;
use crate::report::sheet::{Cell, Column};

/// What the ratio to the official route is, where it stands.
const RATIO: &str =
    "× official: the cost over that of the model maker's own route; 0.61 is 39% less.";

/// The most rows beside the official and the cheapest one where no other number is asked for.
const MORE: usize = 8;

/// The rows of the short table: of each piece of work the official one, the cheapest that may be named, and the next
/// that may be. Where a piece of work has few rows that can be compared, these are all of them.
pub(super) fn shown(comparison: &Comparison, top: Option<usize>) -> Vec<&RouteEstimate> {
    let answers = answers(comparison);
    let of_each = (MORE + 2) / answers.len().max(1);
    let more = top.unwrap_or(of_each.saturating_sub(2));
    let works = answers.iter().take(MOST_WORKS);
    works.flat_map(|answer| of_work(comparison, answer, more)).collect()
}

fn of_work<'a>(
    comparison: &'a Comparison,
    answer: &Answer<'a>,
    more: usize,
) -> Vec<&'a RouteEstimate> {
    let rows = || comparison.rows.iter().filter(|row| row.work == *answer.work);
    let comparable = rows().filter(|row| row.section.is_comparable()).count();
    let is_shown = |row: &&RouteEstimate| match row.ranking(comparison.aged_on) {
        Ranking::Ranked => true,
        _ => row.section.is_comparable() && comparable <= more + 2,
    };
    let mut first: Vec<&RouteEstimate> = Vec::new();
    for row in [answer.official, answer.cheapest].into_iter().flatten() {
        if !first.iter().any(|known| std::ptr::eq(*known, row)) {
            first.push(row);
        }
    }
    let is_first = |row: &&RouteEstimate| first.iter().any(|known| std::ptr::eq(*known, *row));
    let mut others: Vec<&RouteEstimate> =
        rows().filter(is_shown).filter(|row| !is_first(row)).collect();
    others.sort_by(|a, b| comparison.order.compare(a, b));
    others.truncate(more);
    first.into_iter().chain(others).collect()
}

/// The short table and what stands beside it.
pub(super) fn blocks(comparison: &Comparison, shown: &[&RouteEstimate], view: &View) -> Vec<Block> {
    let mut blocks = Vec::new();
    let legend = legend(shown, view);
    if !shown.is_empty() {
        blocks.push(Block::Sheet(table(comparison, shown, &legend, view)));
        let has_ratio = position(&view.columns, &terms::RATIO_TO_OFFICIAL).is_some();
        blocks.extend(has_ratio.then(|| Block::Text(RATIO.to_owned())));
        blocks.extend(other_cash(shown, view).map(Block::Text));
    }
    let item = |(index, note): (usize, &&Note)| note.said().of(&mark(index));
    let (first, rest) = legend.split_at(legend.len().min(MOST_NOTES));
    blocks.extend(Block::open("Notes:", first.iter().enumerate().map(item)));
    blocks.extend(list("Not in the table:", beside(comparison, shown)));
    blocks.extend(list("Retired:", said::retired(comparison)));
    blocks.extend(said::left_out(comparison));
    if view.explain {
        blocks.extend(said::explanations(shown));
    }
    let open = said::few_open(shown, comparison.works.len());
    let all: Vec<&RouteEstimate> = comparison.rows.iter().collect();
    let others: Vec<&RouteEstimate> =
        all.into_iter().filter(|row| !shown.iter().any(|it| std::ptr::eq(*it, *row))).collect();
    blocks.extend(open);
    let of_others = said::notes(&others, view);
    let rest = rest.iter().enumerate().map(|(index, note)| item((index + MOST_NOTES, note)));
    let notes: Vec<Sentence> = rest.chain(of_others).collect();
    blocks.extend(Block::notes("Further notes:", ("note", "notes"), notes));
    let reasons = said::open(&others);
    if let Some(Block::Open(title, reasons)) = reasons {
        let what = Counted::new(reasons.len(), ("reason", "reasons"));
        let inside = vec![Block::Open(title, reasons)];
        blocks.push(Block::folded(what, Opens::Notes, inside));
    }
    blocks
}

/// Whose terms of purchase make the cash another amount than the price shown, where no column has the cash.
fn other_cash(shown: &[&RouteEstimate], view: &View) -> Option<String> {
    if position(&view.columns, &terms::VOLUME_CASH).is_some() {
        return None;
    }
    let buys = |row: &&&RouteEstimate| {
        row.outcome.is_ok() && row.route.funding.as_ref().is_some_and(Funding::changes_the_cash)
    };
    let owners: BTreeSet<&str> =
        shown.iter().filter(buys).map(|row| row.route.owner_name.as_str()).collect();
    let owners: Vec<&str> = owners.into_iter().collect();
    (!owners.is_empty()).then(|| {
        let owners = owners.join(", ");
        format!("To pay: another amount than this, by the terms of the purchase: {owners}.")
    })
}

/// The most notes on shown rows that are spelled out below the table.
const MOST_NOTES: usize = 3;

/// The notes on the rows, each once, in the order of its first row.
fn legend<'a>(shown: &[&'a RouteEstimate], view: &View) -> Vec<&'a Note> {
    let mut notes: Vec<&Note> = Vec::new();
    for note in shown.iter().flat_map(|row| said::of_row(row, view)) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// `a`, `b` … and numbers where the letters are used up.
fn mark(index: usize) -> String {
    match u8::try_from(index).ok().filter(|index| *index < 26) {
        Some(letter) => char::from(b'a' + letter).to_string(),
        None => (index + 1).to_string(),
    }
}

fn table(
    comparison: &Comparison,
    shown: &[&RouteEstimate],
    legend: &[&Note],
    view: &View,
) -> crate::report::sheet::Sheet {
    let mut columns = with_axes(comparison, &view.columns);
    if !view.as_named && position(&columns, &terms::OWNER_KIND).is_none() {
        let at = 1.min(columns.len());
        columns.splice(at..at, columns_of(&[&terms::OWNER_KIND]));
    }
    if shown.iter().any(|row| row.by_list.is_some()) {
        show_list_price(&mut columns);
    }
    let mut sheet = sheet(comparison, shown, &columns, view);
    if !legend.is_empty() {
        sheet.columns.push(Column::ids("Note"));
        for (cells, row) in sheet.rows.iter_mut().zip(shown) {
            let of_row: Vec<&Note> = said::of_row(row, view).collect();
            let marks = legend.iter().enumerate().filter(|(_, note)| of_row.contains(note));
            let marks: Vec<String> = marks.map(|(index, _)| mark(index)).collect();
            cells.push(Cell::text(marks.join(" ")));
        }
    }
    sheet
}

/// What stands beside the table: a line for each kind, counted, with the lowest where that says something.
fn beside(comparison: &Comparison, shown: &[&RouteEstimate]) -> Vec<String> {
    let mut kinds: Vec<(&'static str, Vec<&RouteEstimate>)> = Vec::new();
    let mut rows: Vec<&RouteEstimate> = comparison.rows.iter().collect();
    rows.sort_by_key(|row| row.ranking(comparison.aged_on));
    for row in rows {
        if shown.iter().any(|it| std::ptr::eq(*it, row)) {
            continue;
        }
        let Some(words) = in_words(row.ranking(comparison.aged_on)) else { continue };
        match kinds.iter_mut().find(|(known, _)| *known == words) {
            Some((_, rows)) => rows.push(row),
            None => kinds.push((words, vec![row])),
        }
    }
    kinds.iter().map(|(words, rows)| line(words, rows)).collect()
}

fn line(words: &str, rows: &[&RouteEstimate]) -> String {
    let known = rows.iter().filter_map(|row| Some((row.cost()?.high()?, *row)));
    let lowest = known.min_by_key(|(cost, _)| *cost).map(|(_, row)| row);
    let from = lowest.and_then(|row| {
        let cost = number::dollar_range(row.cost()?);
        let from = if rows.len() == 1 { "" } else { "from " };
        Some(format!(", {from}{cost} ({})", row.route.owner_name))
    });
    format!("{} {words}{}", rows.len(), from.unwrap_or_default())
}

/// Why rows stand beside the table; nothing of those that are named elsewhere.
fn in_words(ranking: Ranking) -> Option<&'static str> {
    Some(match ranking {
        Ranking::Ranked => "more like these",
        Ranking::InDoubt(_) => concat!("undated or older than ", fresh_days!(), " days"),
        Ranking::NotStated => "not stated to make this size and quality",
        Ranking::CostOpen => "at a cost that is not known in full",
        Ranking::Corrected => "that you correct",
        Ranking::NotTheSameProduct => "not the same product: size or quality is not honoured",
        Ranking::Quoted => "on weak evidence",
        Ranking::NotPriced => "without a price for this",
        Ranking::Subscription => "sold by subscription alone, no price for API work",
        Ranking::Retired => return None,
    })
}
