//! A simulation as a report: the spread by month and in all, the risk of each limit, where it comes from.

mod chart;
mod output;
mod words;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use output::{SimulatedRow, SimulationOutput};

use super::document::Report;
use super::forecast::{cost_cell, not_made_block, not_planned};
use super::number;
use super::record::{Columns, Recorded};
use super::sheet::{Block, Cell, Column, Sheet};
use crate::budget::Assumption;
use crate::budget::simulate::{CostDistribution, LimitSpan, Percentiles, Simulation, Source};
use crate::budget::{Budget, Made, Scope};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::help::Sentence;
use crate::reason::Budgeting;

/// A simulation as a report.
pub fn report<'a>(
    budget: &'a Budget,
    simulation: &'a Simulation,
    (catalog, today): (&'a Catalog, NaiveDate),
) -> Report<'a> {
    let columns = Columns { fields: SimulatedRow::fields(), with_ends: false };
    Report::streamed(
        (catalog, Some(today)),
        || blocks(budget, simulation),
        move |out| columns.write_csv(output::rows(budget, simulation), out),
        || output::output(budget, simulation),
    )
}

fn blocks(budget: &Budget, simulation: &Simulation) -> Vec<Block> {
    let mut blocks = vec![Block::Title(words::title(budget, simulation))];
    blocks.extend(not_made_block(&simulation.not_made));
    let idle = not_planned(&simulation.not_planned);
    blocks.extend(idle.map(|it| Block::Facts(vec![("Not planned".into(), it)])));
    for (place, distribution) in simulation.distributions.iter().enumerate() {
        blocks.extend(words::end(simulation, place).map(Block::Text));
        blocks.push(Block::Sheet(months(budget, simulation, distribution)));
        blocks.push(Block::Facts(vec![(
            "Mean in all".into(),
            words::mean(simulation, distribution),
        )]));
        if !distribution.limits.is_empty() {
            blocks.push(Block::Sheet(limits(distribution)));
        }
        if !distribution.sources.is_empty() {
            blocks.push(Block::Text("Where the spread of the total comes from:".into()));
            blocks.push(Block::Sheet(sources(simulation, distribution)));
        }
    }
    let said = |all: Vec<String>| all.into_iter().map(Sentence::from).collect();
    let lists: [(&str, Vec<Sentence>); 5] = [
        ("Open, so that both ends are shown:", said(simulation.open.clone())),
        ("Drawn:", said(simulation.stated.drawn.clone())),
        ("Taken as certain, since no spread is stated:", said(simulation.stated.certain.clone())),
        ("Assumed:", simulation.assumptions.iter().map(Assumption::said).collect()),
        ("Notes:", said(words::notes(simulation))),
    ];
    blocks.extend(lists.into_iter().filter_map(|(title, items)| Block::open(title, items)));
    blocks
}

fn months(budget: &Budget, simulation: &Simulation, distribution: &CostDistribution) -> Sheet {
    let limit = monthly_limit(budget);
    // One scale for both ends of what is open.
    let months = simulation.distributions.iter().flat_map(|distribution| &distribution.months);
    let scale = chart::scale(months.map(|(_, month)| month), limit);
    let legend = match limit {
        Some(_) => "P10 --o-- P90, limit !",
        None => "P10 --o-- P90",
    };
    let columns = vec![
        Column::text("Month"),
        Column::number("P10"),
        Column::number("P50"),
        Column::number("P90"),
        Column::ids(legend),
    ];
    let row = |name: String, found: &Percentiles, made: Made, chart: Cell| {
        let mut cells = vec![Cell::text(name)];
        cells.extend([found.p10, found.p50, found.p90].map(|amount| cost(amount, made)));
        cells.push(chart);
        cells
    };
    let rows = distribution.months.iter().zip(&simulation.made).map(|((month, found), made)| {
        let chart = match made {
            Made::Nothing | Made::NotPlanned => Cell::Empty,
            Made::Part | Made::All => Cell::text(chart::line(found, limit, scale)),
        };
        row(month.to_string(), found, *made, chart)
    });
    let total = row("in all".into(), &distribution.total, simulation.made_in_all(), Cell::Empty);
    Sheet { columns, rows: rows.collect(), total: Some(total) }
}

/// What the whole budget may cost a month, if that is limited.
fn monthly_limit(budget: &Budget) -> Option<Decimal> {
    let limits = budget.limits.iter().filter(|limit| limit.scope == Scope::Budget);
    limits.filter_map(|limit| limit.per_month).min()
}

/// For people, of the months only the one that is exceeded most often.
fn limits(distribution: &CostDistribution) -> Sheet {
    let columns = vec![
        Column::text("Limit"),
        Column::text("Of"),
        Column::number("US dollars"),
        Column::number("Exceeded in"),
    ];
    let mut rows = Vec::new();
    let mut worst: Option<&crate::budget::simulate::LimitRisk> = None;
    for risk in &distribution.limits {
        if let LimitSpan::Month(_) = risk.span {
            worst = worst.filter(|worst| worst.exceeded >= risk.exceeded).or(Some(risk));
            continue;
        }
        // Where no run or every run is above it, no month stands out.
        let worst =
            worst.take().filter(|worst| !worst.exceeded.is_zero() && worst.exceeded < Decimal::ONE);
        for risk in worst.into_iter().chain([risk]) {
            rows.push(vec![
                Cell::text(risk.scope.in_words()),
                Cell::text(words::span(risk.span)),
                money(risk.limit),
                Cell::text(words::exceeded(risk)),
            ]);
        }
    }
    Sheet { columns, rows, total: None }
}

fn sources(simulation: &Simulation, distribution: &CostDistribution) -> Sheet {
    let columns = vec![Column::text("Source"), Column::number("Variance alone")];
    let row = |found: &crate::budget::simulate::SpreadShare| {
        let at_an_end = found.source == Source::Terms && simulation.distributions.len() > 1;
        let share = match at_an_end {
            true => "both ends are shown".into(),
            false => number::percent_whole(found.share),
        };
        vec![Cell::text(found.source.as_str()), Cell::text(share)]
    };
    Sheet { columns, rows: distribution.sources.iter().map(row).collect(), total: None }
}

/// An amount of the runs: the least that it can be where something planned is not made.
fn cost(amount: Decimal, made: Made) -> Cell {
    let figure = match made.is_short() {
        true => Figure::unknown(amount, Budgeting::PartNotMade),
        false => Figure::Exact(amount),
    };
    cost_cell(&figure, made)
}

fn money(amount: Decimal) -> Cell {
    Cell::Money(Figure::Exact(amount))
}
