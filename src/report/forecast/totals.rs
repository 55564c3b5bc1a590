//! Totals by month, quarter, workload, price owner or tag; a sum across owners has its split beside it.

use std::io::{self, Write};

use super::words::cost_in_words;
use super::{added, cost_cells, cost_columns};
use crate::budget::{By, Made, Paid, Payee, Total};
use crate::catalog::owner::OwnerKind;
use crate::report::dictionary::{Term, terms};
use crate::report::record::{Columns, Field, Value};
use crate::report::sheet::{Block, Cell, Column, Sheet};

pub(super) fn blocks(by: &By, totals: &[Total]) -> Vec<Block> {
    let costs = cost_columns(totals.iter().map(|total| &total.cost));
    let across = totals.iter().any(|total| total.split.len() > 1);
    let mut columns = vec![
        Column::text("key", heading(by)),
        Column::number("accepted_images", "Accepted"),
        Column::number("attempts", "Attempts"),
    ];
    columns.extend(costs.iter().cloned());
    columns.extend(across.then(|| Column::text("split", "Of which")));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for total in totals {
        let mut cells = vec![
            Cell::text(name(by, total)),
            Cell::Quantity(total.accepted.clone()),
            Cell::Quantity(total.attempts.clone()),
        ];
        cells.extend(cost_cells(&total.cost, total.made, costs.len()));
        cells.extend(across.then(|| Cell::text(split(total))));
        rows.push(cells);
    }
    let mut sum = vec![
        Cell::text("total"),
        Cell::Quantity(added(totals.iter().map(|total| &total.accepted))),
        Cell::Quantity(added(totals.iter().map(|total| &total.attempts))),
    ];
    let made = Made::of_all(totals.iter().map(|total| total.made));
    sum.extend(cost_cells(&added(totals.iter().map(|total| &total.cost)), made, costs.len()));
    sum.resize(columns.len(), Cell::Empty);
    let total = (totals.len() > 1).then_some(sum);
    vec![Block::Sheet(Sheet { columns, rows, total })]
}

/// The split of a sum in words: `OpenAI (official) $1,234.50, other costs $90.00`.
fn split(total: &Total) -> String {
    let part = |(payee, paid): (&Payee, &Paid)| {
        format!("{} {}", payee.in_words(), cost_in_words(&paid.cost, paid.made))
    };
    total.split.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn heading(by: &By) -> String {
    match by {
        By::Month => "Month".into(),
        By::Quarter => "Quarter".into(),
        By::Workload => "Workload".into(),
        By::Owner => "Price owner".into(),
        By::Tag(key) => key.clone(),
    }
}

fn name(by: &By, total: &Total) -> String {
    let owner = total.split.keys().next().map(Payee::in_words);
    match (by, total.key.as_str()) {
        (By::Owner, _) => owner.unwrap_or_default(),
        (By::Workload, "") => "the whole budget".into(),
        (By::Tag(key), "") => format!("without {key}"),
        (_, key) => key.to_owned(),
    }
}

/// Writes the totals, a row each; the split by what the owners are to the model stands beside each sum.
pub(super) fn write_csv(by: &By, totals: &[Total], out: &mut dyn Write) -> io::Result<()> {
    Columns { fields: fields(by), with_ends: false }.write_csv(totals.iter(), out)
}

fn fields<'a>(by: &By) -> Vec<Field<&'a Total>> {
    let of_kind = |term: &'static Term, kind: &str| {
        Field::named(term, term.key.to_owned(), kind.to_owned(), cost_of_kind)
    };
    vec![
        key_field(by),
        Field::new(&terms::ACCEPTED, |it| Value::figure(&it.accepted)),
        Field::new(&terms::ATTEMPTS, |it| Value::figure(&it.attempts)),
        Field::new(&terms::COST, |it| Value::figure(&it.cost)),
        Field::new(&terms::CERTAINTY, |it| Value::text(Some(it.cost.certainty().as_str()))),
        Field::new(&terms::STATUS, |it| Value::text(Some(it.made.as_str()))),
        Field::new(&terms::REASON, |it| {
            Value::text(Some(it.cost.reasons().collect::<Vec<_>>().join("; ")))
        }),
        of_kind(&terms::OFFICIAL, OwnerKind::Official.as_str()),
        of_kind(&terms::PROVIDER, OwnerKind::Provider.as_str()),
        of_kind(&terms::WRAPPER, OwnerKind::Wrapper.as_str()),
        of_kind(&terms::OTHER_COSTS, ""),
        Field::new(&terms::OWNERS, |it| Value::text(Some(owners(it)))),
    ]
}

/// What the totals are gathered by.
fn key_field<'a>(by: &By) -> Field<&'a Total> {
    let term = match by {
        By::Month => &terms::MONTH,
        By::Quarter => &terms::QUARTER,
        By::Workload => &terms::WORKLOAD,
        By::Owner => &terms::OWNER,
        By::Tag(_) => &terms::TAG,
    };
    let key = match by {
        By::Tag(tag) => super::identity::tag_key(tag),
        _ => term.key.to_owned(),
    };
    Field::named(term, key, String::new(), |it, _| Value::text(Some(it.key.as_str())))
}

/// The cost of the owners of a kind; of other costs where the kind is empty.
fn cost_of_kind<'r>(total: &'r &Total, kind: &str) -> Value<'r> {
    let kind = OwnerKind::ALL.into_iter().find(|known| known.as_str() == kind);
    total.by_kind.get(&kind).map_or(Value::Blank, Value::figure)
}

fn owners(total: &Total) -> String {
    let owners = total.split.keys().filter_map(|payee| match payee {
        Payee::Owner { id, .. } => Some(id.as_str()),
        Payee::OtherCosts => None,
    });
    owners.collect::<Vec<_>>().join("; ")
}
