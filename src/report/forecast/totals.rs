//! Totals by month, quarter, workload, price owner or tag; a sum across owners has its split beside it.

use super::rows::{COST, columns, cost, ends, numbers};
use super::{added, cost_cells, cost_columns};
use crate::budget::{By, Payee, Total};
use crate::catalog::owner::OwnerKind;
use crate::report::number;
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
        cells.extend(cost_cells(&total.cost, costs.len()));
        cells.extend(across.then(|| Cell::text(split(total))));
        rows.push(cells);
    }
    let mut sum = vec![
        Cell::text("total"),
        Cell::Quantity(added(totals.iter().map(|total| &total.accepted))),
        Cell::Quantity(added(totals.iter().map(|total| &total.attempts))),
    ];
    sum.extend(cost_cells(&added(totals.iter().map(|total| &total.cost)), costs.len()));
    sum.resize(columns.len(), Cell::Empty);
    let total = (totals.len() > 1).then_some(sum);
    vec![Block::Sheet(Sheet { columns, rows, total })]
}

/// The split of a sum in words: `OpenAI (official) $1,234.50, other costs $90.00`.
fn split(total: &Total) -> String {
    let part = |(payee, cost): (&Payee, _)| {
        format!("{} {}", payee.in_words(), number::dollar_figure_alone(cost))
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

/// The columns of the split in files, and whose cost each holds.
const KINDS: [(&str, Option<OwnerKind>); 4] = [
    ("official_usd", Some(OwnerKind::Official)),
    ("provider_usd", Some(OwnerKind::Provider)),
    ("wrapper_usd", Some(OwnerKind::Wrapper)),
    ("other_costs_usd", None),
];

pub(super) fn file(by: &By, totals: &[Total]) -> Sheet {
    let key = match by {
        By::Tag(key) => super::rows::tag_key(key),
        by => by.in_words(),
    };
    let mut keys = vec![key];
    keys.extend(ends("accepted_images"));
    keys.extend(ends("attempts"));
    keys.extend(COST.map(str::to_owned));
    keys.extend(KINDS.iter().flat_map(|(name, _)| ends(name)));
    keys.push("owners".into());
    let rows = totals.iter().map(|total| {
        let mut cells = vec![Cell::text(total.key.clone())];
        cells.extend(numbers(&total.accepted));
        cells.extend(numbers(&total.attempts));
        cells.extend(cost(&total.cost));
        for (_, kind) in KINDS {
            let of_kind = total.split.iter().filter(|(payee, _)| match payee {
                Payee::Owner { kind: own, .. } => Some(*own) == kind,
                Payee::OtherCosts => kind.is_none(),
            });
            cells.extend(numbers(&added(of_kind.map(|(_, cost)| cost))));
        }
        let owners = total.split.keys().filter_map(|payee| match payee {
            Payee::Owner { id, .. } => Some(id.as_str()),
            Payee::OtherCosts => None,
        });
        cells.push(Cell::text(owners.collect::<Vec<_>>().join("; ")));
        cells
    });
    Sheet { rows: rows.collect(), columns: columns(keys), total: None }
}
