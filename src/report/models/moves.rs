//! What a move to another model does to the bill, as sheets.

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::help::View;
use crate::models::{LabelMove, LeftOut, Move, NotCompared, Profile};
use crate::report::block::{Block, Counted};
use crate::report::number;
use crate::report::sheet::{Cell, Column, Sheet};

/// A sentence, a sheet and its reading for each move; models with the same figures share them.
pub(super) fn blocks(profile: &Profile) -> Vec<Block> {
    if profile.moves.is_empty() && !profile.entry.model.rules.is_empty() {
        let text = "No move to compare: no newer model has the same token formula.";
        return vec![Block::Text(text.into())];
    }
    let of_group = |(index, group): (usize, Vec<&Move>)| {
        let blocks = vec![
            Block::Text(heading(profile, &group)),
            Block::Sheet(sheet(group[0])),
            Block::Text(reading(group[0])),
        ];
        let what = Counted::new(group.len(), ("more move", "more moves"));
        match index {
            0 => blocks,
            _ => vec![Block::folded(what, View::All, blocks)],
        }
    };
    groups(&profile.moves).into_iter().enumerate().flat_map(of_group).collect()
}

/// Moves with the same figures, in the order of their first one.
fn groups(moves: &[Move]) -> Vec<Vec<&Move>> {
    let mut groups: Vec<Vec<&Move>> = Vec::new();
    for one in moves {
        let same = |group: &&mut Vec<&Move>| {
            let first = group[0];
            let key = |one: &Move| (one.size, one.named_by_maker, one.same_formula);
            key(first) == key(one) && first.labels == one.labels && first.left_out == one.left_out
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

fn heading(profile: &Profile, group: &[&Move]) -> String {
    let names: Vec<&str> = group.iter().map(|one| one.to.id.as_str()).collect();
    let maker = &profile.entry.model.maker;
    let first = group[0];
    let why = if first.named_by_maker {
        format!("named by {maker} as replacement")
    } else if first.reasons.is_empty() {
        "newer, with the same token formula".into()
    } else {
        "newer, seen at multiples of the same token formula".into()
    };
    format!("Move to {} ({why}), output of one {} image:", names.join(" or "), first.size)
}

fn sheet(one: &Move) -> Sheet {
    let mut columns = vec![
        Column::text("Label"),
        Column::number("Tokens now"),
        Column::number("Tokens then"),
        Column::number("× tokens"),
    ];
    if !same_rates(one) {
        columns.push(Column::number("× cost"));
    }
    if one.same_formula {
        columns.push(Column::text("Like for like"));
    }
    Sheet { rows: one.labels.iter().map(|row| label_row(one, row)).collect(), columns, total: None }
}

fn label_row(one: &Move, row: &LabelMove) -> Vec<Cell> {
    let tokens = |tokens: &Option<Figure<u64>>| {
        tokens.clone().map_or_else(|| Cell::text("no label"), Cell::Count)
    };
    let mut cells = vec![
        Cell::text(&row.label),
        tokens(&row.old),
        tokens(&row.new),
        ratio_cell(row, &row.token_ratio),
    ];
    if !same_rates(one) {
        cells.push(ratio_cell(row, &row.cost_ratio));
    }
    if one.same_formula {
        cells.push(Cell::text(like_for_like(row)));
    }
    cells
}

/// Whether both models bill an output token alike, so that the cost changes as the tokens do.
fn same_rates(one: &Move) -> bool {
    one.labels.iter().all(|row| row.token_ratio == row.cost_ratio)
}

/// A multiple; empty where one of the models has no such label.
fn ratio_cell(row: &LabelMove, ratio: &Option<Figure<Decimal>>) -> Cell {
    match ratio {
        _ if row.old.is_none() || row.new.is_none() => Cell::Empty,
        Some(Figure::Exact(ratio)) => Cell::Ratio(Figure::Exact(*ratio)),
        Some(Figure::Range { low, high, .. }) => {
            Cell::text(format!("{}–{}", number::ratio(*low), number::ratio(*high)))
        }
        Some(Figure::Unknown { .. }) | None => Cell::text("unknown"),
    }
}

fn like_for_like(row: &LabelMove) -> String {
    match &row.like_for_like {
        Some(same) if same.exact => same.label.clone(),
        Some(same) => format!("in range of {}", same.label),
        None if row.old.is_some() => "none".into(),
        None => String::new(),
    }
}

/// What the sheet says, in sentences.
fn reading(one: &Move) -> String {
    let mut sentences = vec![if one.same_formula { kept_tokens(one) } else { other_rule() }];
    if same_rates(one) {
        sentences
            .push("The cost of the output changes as its tokens do: the rates are equal.".into());
    }
    if !one.reasons.is_empty() {
        sentences.push(format!("The tokens are a range: {}.", one.reasons.in_words()));
    }
    sentences.extend(one.left_out.iter().map(LeftOut::to_string));
    sentences.join(" ")
}

fn other_rule() -> String {
    "The two models count by different rules: no label is like for like, and equal tokens are not an \
     equal picture."
        .into()
}

/// Which label to ask for to keep the tokens: "low stays low, medium becomes high".
fn kept_tokens(one: &Move) -> String {
    let kept = |row: &LabelMove| {
        row.old.as_ref()?;
        let label = &row.label;
        Some(match &row.like_for_like {
            Some(same) if same.exact && same.label == *label => format!("{label} stays {label}"),
            Some(same) if same.exact => format!("{label} becomes {}", same.label),
            Some(same) => format!("{label} lies in the range of {}", same.label),
            None => format!("{label} has no counterpart"),
        })
    };
    let kept: Vec<String> = one.labels.iter().filter_map(kept).collect();
    format!("To keep the tokens: {}.", kept.join(", "))
}

/// What is to be said of all comparisons.
pub(super) fn notes(profile: &Profile) -> Vec<String> {
    let mut notes: Vec<String> = profile.not_compared.iter().map(NotCompared::to_string).collect();
    if profile.moves.iter().any(|one| one.same_formula) {
        let text = "like for like means equally many tokens; that the pictures are equally good is not stated";
        notes.push(text.into());
    }
    if !profile.moves.is_empty() {
        let day = profile.as_of;
        notes.push(format!(
            "costs are compared by the maker's own rates of {day} for output tokens (of its last day for a \
             model that is shut down); prompt and reference images come on top"
        ));
    }
    notes
}
