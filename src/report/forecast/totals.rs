//! Totals by one key or several; a sum across owners has its split beside it.

use std::io::{self, Write};
use std::rc::Rc;

use schemars::JsonSchema;
use serde::Serialize;

use super::identity::tag_key;
use super::parts::{OfCost, of_cost};
use super::payees::paid;
use super::words::fiscal_years;
use super::{cost_cell, cost_cells, cost_columns};
use crate::budget::{Budget, By, Made, Paid, Payee, PriceBasis, Total};
use crate::catalog::Catalog;
use crate::catalog::owner::OwnerKind;
use crate::figure::Figure;
use crate::help::View;
use crate::report::block::Block;
use crate::report::dictionary::{Term, terms};
use crate::report::record::{Columns, Each, Field, Record, Recorded, Value};
use crate::report::sheet::{Cell, Column, Sheet};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// `whole` is what the totals come to.
pub(super) fn blocks(
    budget: &Budget,
    (by, totals): (&[By], &[Total]),
    whole: &Total,
) -> Vec<Block> {
    let costs = cost_columns(totals.iter().map(|total| &total.cost));
    let across = totals.iter().any(|total| total.split.len() > 1);
    let parts = if across { paid(whole, whole) } else { Vec::new() };
    let mut columns: Vec<Column> = by.iter().map(|by| Column::text(heading(by))).collect();
    columns.push(Column::number("Accepted").ranked(4));
    columns.push(Column::number("Attempts").ranked(5));
    columns.extend(costs.iter().cloned());
    let of_part = |(word, _): &(String, Paid)| Column::number(word.replace(" (", "\n(")).ranked(3);
    columns.extend(parts.iter().map(of_part));
    let cells = |mut cells: Vec<Cell>, total: &Total| -> Vec<Cell> {
        cells.push(Cell::Quantity(total.accepted.clone()));
        cells.push(Cell::Quantity(total.attempts.clone()));
        cells.extend(cost_cells(&total.cost, total.made, costs.len()));
        if across {
            let parts = paid(total, whole).into_iter();
            cells.extend(parts.map(|(_, paid)| cost_cell(&paid.cost, paid.made)));
        }
        cells
    };
    let names = |total: &Total| {
        let keys = by.iter().zip(&total.keys);
        keys.map(|(by, key)| Cell::text(name(by, key, total))).collect()
    };
    let rows: Vec<Vec<Cell>> = totals.iter().map(|total| cells(names(total), total)).collect();
    let total = (totals.len() > 1).then(|| {
        let mut first = vec![Cell::Empty; by.len()];
        first[0] = Cell::text("total");
        cells(first, whole)
    });
    let sheet = Sheet { columns, rows, total };
    let said =
        by.iter().any(|by| matches!(by, By::Quarter | By::Year)).then(|| fiscal_years(budget));
    let mut blocks: Vec<Block> = said.flatten().map(Block::Text).into_iter().collect();
    blocks.push(sheet.first(MOST_TOTALS, ("more total", "more totals"), View::All));
    blocks
}

/// How many totals are shown at once.
const MOST_TOTALS: usize = 12;

fn heading(by: &By) -> String {
    match by {
        By::Month => "Month".into(),
        By::Quarter => "Quarter".into(),
        By::Year => "Year".into(),
        By::Workload => "Workload".into(),
        By::Owner => "Price owner".into(),
        By::Model => "Model".into(),
        By::Route => "Route".into(),
        By::Tag(key) => key.clone(),
    }
}

fn name(by: &By, key: &str, total: &Total) -> String {
    let owner = total.split.keys().next().map(Payee::in_words);
    match (by, key) {
        (By::Owner, _) => owner.unwrap_or_default(),
        (By::Workload, "") => "the whole budget".into(),
        (By::Model, "") if total.split.keys().any(|payee| *payee != Payee::OtherCosts) => {
            "seats and other costs".into()
        }
        (By::Model | By::Route, "") => "other costs".into(),
        (By::Tag(key), "") => format!("without {key}"),
        (_, key) => key.to_owned(),
    }
}

/// Writes the totals, a row each; the split by what the owners are to the model stands beside each sum.
pub(super) fn write_csv(
    (by, totals): (&[By], &[Total]),
    place: (&Catalog, Option<NaiveDate>),
    out: &mut dyn Write,
) -> io::Result<()> {
    let columns = Columns { fields: fields(by), with_ends: false };
    columns.made_of(place).write_csv(totals.iter(), out)
}

/// Rows of a forecast together.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct TotalOutput<'a> {
    /// What they cost together.
    #[serde(flatten)]
    pub total: Record<&'a Total>,
    /// The cost by who is paid.
    pub split: Each<'a, Record<(&'a Payee, &'a Paid)>>,
}

/// Totals for programs, with the same fields as in the file.
pub(super) fn output<'a>(by: &[By], totals: &'a [Total]) -> Each<'a, TotalOutput<'a>> {
    let fields: Rc<[_]> = fields(by).into();
    Each::of(move || {
        let fields = Rc::clone(&fields);
        totals.iter().map(move |total| TotalOutput {
            total: Record::new(&fields, total),
            split: Each::row(|| total.split.iter()),
        })
    })
}

impl Recorded for &Total {
    const NAME: &'static str = "total";

    fn fields() -> Vec<Field<Self>> {
        let all = [
            By::Month,
            By::Quarter,
            By::Year,
            By::Workload,
            By::Owner,
            By::Model,
            By::Route,
            By::Tag(String::new()),
        ];
        let keys = all.iter().map(|by| key_field((0, by)).where_asked());
        keys.chain(sums()).chain(so_far().map(Field::where_asked)).collect()
    }
}

fn fields<'a>(by: &[By]) -> Vec<Field<&'a Total>> {
    let in_time = matches!(by, [only] if only.unit().is_some());
    let keys = by.iter().enumerate().map(key_field);
    keys.chain(sums()).chain(so_far().filter(|_| in_time)).collect()
}

/// The cost from the first month on, which only periods have.
fn so_far<'a>() -> impl Iterator<Item = Field<&'a Total>> {
    let so_far = terms::CUMULATIVE.of(|it: &&Total| it.cumulative.as_ref().into());
    std::iter::once(so_far)
}

fn sums<'a>() -> Vec<Field<&'a Total>> {
    let of_kind = |term: &'static Term, kind: &str| {
        Field::named(term, term.key.to_owned(), kind.to_owned(), cost_of_kind)
    };
    let mut fields = vec![
        terms::ACCEPTED.of(|it: &&Total| Value::figure(&it.accepted)),
        terms::ATTEMPTS.of(|it| Value::figure(&it.attempts)),
    ];
    fields.extend(of_cost());
    fields.extend([
        of_kind(&terms::OFFICIAL, OwnerKind::Official.as_str()),
        of_kind(&terms::PROVIDER, OwnerKind::Provider.as_str()),
        of_kind(&terms::WRAPPER, OwnerKind::Wrapper.as_str()),
        of_kind(&terms::OTHER_COSTS, ""),
        terms::OWNERS.of(|it| Value::List(owners(it))),
    ]);
    fields
}

impl OfCost for &Total {
    fn cost(&self) -> (&Figure<Decimal>, Made, Option<PriceBasis>) {
        (&self.cost, self.made, self.price_basis)
    }
}

/// What the totals are gathered by: one of the keys, by its place among them.
fn key_field<'a>((place, by): (usize, &By)) -> Field<&'a Total> {
    let term = match by {
        By::Month => &terms::MONTH,
        By::Quarter => &terms::QUARTER,
        By::Year => &terms::YEAR,
        By::Workload => &terms::WORKLOAD,
        By::Owner => &terms::OWNER,
        By::Model => &terms::MODEL,
        By::Route => &terms::ROUTE,
        By::Tag(_) => &terms::TAG,
    };
    let key = match by {
        By::Tag(tag) if !tag.is_empty() => tag_key(tag),
        _ => term.key.to_owned(),
    };
    Field::named(term, key, place.to_string(), |it, place| {
        let key = place.parse().ok().and_then(|place: usize| it.keys.get(place));
        key.map_or("", String::as_str).into()
    })
}

/// The cost of the owners of a kind; of other costs where the kind is empty.
fn cost_of_kind<'r>(total: &'r &Total, kind: &str) -> Value<'r> {
    let kind = OwnerKind::ALL.into_iter().find(|known| known.as_str() == kind);
    total.by_kind.get(&kind).map_or(Value::Blank, |paid| Value::figure(&paid.cost))
}

fn owners(total: &Total) -> Vec<String> {
    let owners = total.split.keys().filter_map(|payee| match payee {
        Payee::Owner { id, .. } => Some(id.clone()),
        Payee::OtherCosts => None,
    });
    owners.collect()
}
