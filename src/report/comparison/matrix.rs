//! Size × quality of one route: a row for each size, and a column for each quality.

use std::io;

use chrono::NaiveDate;

use super::columns::{reason, unpriced};
use super::output;
use crate::catalog::Catalog;
use crate::catalog::route::Route;
use crate::comparison::{Comparison, RouteEstimate, Work};
use crate::figure::{Certainty, Figure};
use crate::report::block::Block;
use crate::report::dictionary::terms;
use crate::report::document::Report;
use crate::report::estimate::{OfRoute, of_route};
use crate::report::number;
use crate::report::record::{Columns, Field, Value};
use crate::report::sheet::{Cell, Column, Sheet};

/// The costs of one route, a row a size and a column a quality.
pub fn report<'a>(comparison: &'a Comparison, catalog: &'a Catalog, explain: bool) -> Report<'a> {
    Report::streamed(
        (catalog, Some(comparison.as_of)),
        || blocks(comparison),
        |out| write_csv(comparison, catalog, out),
        move || output::output(comparison, catalog, explain),
    )
}

/// A size with its costs.
struct OfSize<'a> {
    size: Option<&'a str>,
    rows: Vec<&'a RouteEstimate>,
    as_of: NaiveDate,
    catalog_digest: &'a str,
}

impl OfSize<'_> {
    fn all<'a>(comparison: &'a Comparison, catalog: &'a Catalog) -> Vec<OfSize<'a>> {
        let of_size = |size: Option<&'a str>| OfSize {
            size,
            rows: comparison.rows.iter().filter(|row| row.work.size.as_deref() == size).collect(),
            as_of: comparison.as_of,
            catalog_digest: catalog.digest(),
        };
        distinct(comparison, |work| work.size.as_deref()).into_iter().map(of_size).collect()
    }

    fn at(&self, quality: Option<&str>) -> Option<&RouteEstimate> {
        self.rows.iter().find(|row| row.work.quality.as_deref() == quality).copied()
    }

    fn cost_of(&self, quality: &str) -> Value<'_> {
        self.cost(Some(quality))
    }

    fn cost(&self, quality: Option<&str>) -> Value<'_> {
        self.at(quality).and_then(RouteEstimate::cost).into()
    }

    /// That of the least certain of its costs.
    fn certainty(&self) -> Option<&'static str> {
        let of_row =
            |row: &&RouteEstimate| row.cost().map_or(Certainty::Unknown, |cost| cost.certainty());
        self.rows.iter().map(of_row).max().map(Certainty::as_str)
    }

    /// Why costs are not exact, each reason once.
    fn reasons(&self) -> String {
        let mut reasons: Vec<String> = Vec::new();
        for reason in self.rows.iter().map(|row| reason(row)).filter(|it| !it.is_empty()) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons.join("; ")
    }
}

impl OfRoute for OfSize<'_> {
    fn route(&self) -> Option<&Route> {
        self.rows.first().map(|row| &*row.route)
    }
}

fn fields<'a>(comparison: &Comparison) -> Vec<Field<OfSize<'a>>> {
    let mut fields: Vec<Field<OfSize<'a>>> = vec![terms::SIZE.of(|it| it.size.into())];
    fields.extend(qualities(comparison).into_iter().map(|quality| match quality {
        Some(quality) => {
            let key = terms::COST_OF_QUALITY.key.replace("QUALITY", quality);
            Field::named(&terms::COST_OF_QUALITY, key, quality.to_owned(), OfSize::cost_of)
        }
        None => terms::PER_ACCEPTED_IMAGE.of(|it: &OfSize| it.cost(None)),
    }));
    fields.extend([
        terms::CERTAINTY.of(|it: &OfSize| it.certainty().into()),
        terms::REASON.of(|it| it.reasons().into()),
    ]);
    fields.extend(of_route());
    fields.extend([
        terms::AS_OF.of(|it: &OfSize| it.as_of.to_string().into()),
        terms::CATALOG_DIGEST.of(|it| it.catalog_digest.into()),
    ]);
    fields
}

fn write_csv(
    comparison: &Comparison,
    catalog: &Catalog,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let columns = Columns { fields: fields(comparison), with_ends: false };
    columns.write_csv(OfSize::all(comparison, catalog).into_iter(), out)
}

fn sheet(comparison: &Comparison) -> Sheet {
    let qualities = qualities(comparison);
    let mut columns = vec![Column::of(&terms::SIZE)];
    columns.extend(qualities.iter().map(|quality| match quality {
        Some(quality) => Column::of(&terms::COST_OF_QUALITY).titled((*quality).to_owned()),
        None => Column::of(&terms::PER_ACCEPTED_IMAGE),
    }));
    let cost = |size: Option<&str>, quality: Option<&str>| {
        let is_it = |row: &&RouteEstimate| {
            (row.work.size.as_deref(), row.work.quality.as_deref()) == (size, quality)
        };
        let money = |row: &RouteEstimate| Cell::Money(row.cost().cloned().unwrap_or_else(unpriced));
        comparison.rows.iter().find(is_it).map_or(Cell::Empty, money)
    };
    let rows = distinct(comparison, |work| work.size.as_deref()).into_iter().map(|size| {
        let costs = qualities.iter().map(|quality| cost(size, *quality));
        std::iter::once(Cell::text(size.unwrap_or("any"))).chain(costs).collect()
    });
    Sheet { rows: rows.collect(), columns, total: None }
}

fn blocks(comparison: &Comparison) -> Vec<Block> {
    let mut blocks = vec![Block::Title(title(comparison, comparison.as_of))];
    blocks.extend(ends(comparison));
    blocks.push(Block::Sheet(sheet(comparison)));
    blocks.extend(super::said::open(&comparison.rows.iter().collect::<Vec<_>>()));
    blocks.extend(Block::open("Assumed:", super::said::assumptions(comparison)));
    blocks
}

/// The cheapest and the dearest of it, and what they cost at a lower acceptance, where none was given.
fn ends(comparison: &Comparison) -> Option<Block> {
    let known = || {
        let most = |row: &RouteEstimate| row.cost().and_then(Figure::high);
        comparison.rows.iter().filter_map(move |row| Some((most(row)?, row)))
    };
    let (cheapest, dearest) = (known().min_by_key(|it| it.0)?.1, known().max_by_key(|it| it.0)?.1);
    let words = |row: &RouteEstimate| {
        let Work { size, quality, .. } = &row.work;
        let asked: Vec<&str> = [size, quality].into_iter().flatten().map(String::as_str).collect();
        let cost = row.cost().map(number::dollar_figure_alone).unwrap_or_default();
        format!("{cost}: {}", asked.join(" "))
    };
    let fewer = |row: &RouteEstimate| row.outcome.as_ref().ok()?.attempts.if_fewer_accepted.clone();
    let mut facts =
        vec![("Cheapest".to_owned(), words(cheapest)), ("Dearest".to_owned(), words(dearest))];
    if let Some((least, most)) = fewer(cheapest).zip(fewer(dearest)) {
        let [low, high] =
            [&least, &most].map(|it| number::dollar_figure_alone(&it.per_accepted_image));
        let share = number::percent(least.acceptance);
        let words = format!("if every image is accepted; at {share}: {low} to {high}");
        facts.push(("Holds".to_owned(), words));
    }
    Some(Block::Facts(facts))
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

/// The qualities; `None` where the model is not asked for one.
fn qualities(comparison: &Comparison) -> Vec<Option<&str>> {
    distinct(comparison, |work| work.quality.as_deref())
}

/// The values of an axis, each once.
fn distinct(comparison: &Comparison, of: fn(&Work) -> Option<&str>) -> Vec<Option<&str>> {
    let mut values = Vec::new();
    for value in comparison.works.iter().map(of) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}
