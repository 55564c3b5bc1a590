//! Size × quality of one route as a report.

use chrono::NaiveDate;

use super::output;
use crate::catalog::Catalog;
use crate::comparison::{Comparison, Row, Work};
use crate::figure::Figure;
use crate::reason::Pricing;
use crate::report::csv;
use crate::report::sheet::{Block, Cell, Column, Report, Sheet};
use rust_decimal::Decimal;

/// The costs of one route, a row a size and a column a quality.
pub fn report<'a>(comparison: &'a Comparison, catalog: &'a Catalog, explain: bool) -> Report<'a> {
    Report::streamed(
        (catalog, Some(comparison.as_of)),
        || blocks(comparison),
        |out| csv::write(&sheet(comparison), out),
        move || output::output(comparison, catalog, explain),
    )
}

fn sheet(comparison: &Comparison) -> Sheet {
    let sizes = distinct(comparison, |work| work.size.clone());
    let qualities = distinct(comparison, |work| work.quality.clone());
    let mut columns = vec![Column::text("size", "Size")];
    columns.extend(qualities.iter().map(|quality| match quality {
        Some(quality) => Column::number(format!("{quality}_usd"), quality.clone()),
        None => Column::number("usd", "Per image"),
    }));
    let cell = |size: &Option<String>, quality: &Option<String>| {
        let mut rows = comparison.rows.iter();
        let row = rows.find(|row| row.work.size == *size && row.work.quality == *quality);
        row.map_or(Cell::Empty, cost)
    };
    let rows = sizes.iter().map(|size| {
        let costs = qualities.iter().map(|quality| cell(size, quality));
        let size = size.as_deref().unwrap_or("any");
        std::iter::once(Cell::text(size)).chain(costs).collect()
    });
    Sheet { columns, rows: rows.collect(), total: None }
}

fn blocks(comparison: &Comparison) -> Vec<Block> {
    let mut blocks =
        vec![Block::Title(title(comparison, comparison.as_of)), Block::Sheet(sheet(comparison))];
    blocks.extend(super::list("Not exact, because:", super::open_rows(comparison, true)));
    blocks.extend(super::list("Assumed:", super::assumptions(comparison)));
    blocks
}

fn title(comparison: &Comparison, as_of: NaiveDate) -> String {
    let Some(row) = comparison.rows.first() else { return "no route".into() };
    let route = &row.route;
    format!(
        "{} ({}, {}): cost per accepted image, prices of {as_of}",
        route.id,
        route.owner_name,
        route.id.kind.as_str()
    )
}

fn cost(row: &Row) -> Cell {
    let unpriced = || Figure::unknown(Decimal::ZERO, Pricing::NotPriced);
    Cell::Money(row.cost().cloned().unwrap_or_else(unpriced))
}

/// The values of an axis; `None` where the model is not asked for one.
fn distinct(comparison: &Comparison, of: impl Fn(&Work) -> Option<String>) -> Vec<Option<String>> {
    let mut values = Vec::new();
    for value in comparison.works.iter().map(of) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}
