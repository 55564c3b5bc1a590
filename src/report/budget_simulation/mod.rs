//! A simulation as a report: the spread by month and in all, the risk of each limit, where it comes from.

mod chart;
mod handout;
mod output;
mod words;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use output::{SimulatedRow, SimulationOutput};

use super::block::Block;
use super::block::Counted;
use super::document::Report;
use super::forecast::{amounts, assumed, cost_cell, not_held, not_made_line, why_not_made};
use super::number;
use super::record::{Columns, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::budget::simulate::{CostDistribution, Input, Percentiles, Simulation, Source};
use crate::budget::{Budget, Made, Scope};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::help::{Sentence, View};
use crate::reason::{Budgeting, not_stated};

/// A simulation as a report.
pub fn report<'a>(
    budget: &'a Budget,
    simulation: &'a Simulation,
    (catalog, today): (&'a Catalog, NaiveDate),
) -> Report<'a> {
    let columns = Columns { fields: SimulatedRow::fields(), with_ends: false }
        .made_of((catalog, Some(today)));
    Report::streamed(
        (catalog, Some(today)),
        move || blocks(budget, simulation, today),
        move |out| columns.write_csv(output::rows(budget, simulation), out),
        || output::output(budget, simulation),
    )
    .handed_on(|| handout::answer(simulation), move || handout::parts(budget, simulation, today))
}

fn blocks(budget: &Budget, simulation: &Simulation, today: NaiveDate) -> Vec<Block> {
    let mut blocks = vec![Block::Title(words::title(budget, simulation, today))];
    blocks.extend(not_made_line(&simulation.not_made));
    let several = simulation.distributions.len() > 1;
    let shown = if several { MOST_MONTHS_OF_TWO } else { MOST_MONTHS };
    let most_open = if several { MOST_OPEN_OF_TWO } else { MOST_OPEN };
    for (place, distribution) in simulation.distributions.iter().enumerate() {
        blocks.extend(words::end(simulation, place).map(Block::Text));
        let mut answer = words::answer(simulation, place, distribution);
        answer.extend(not_held(&budget.limits_not_held()));
        blocks.push(Block::Facts(answer));
        let months = months(budget, simulation, distribution);
        blocks.push(months.first(shown, ("month", "months"), View::All));
        if !distribution.sources.is_empty() {
            let title =
                Block::Text("Where the spread of the total comes from, each source alone:".into());
            let sheet = Block::Sheet(sources(simulation, distribution));
            let what = Counted::new(
                distribution.sources.len(),
                ("source of the spread", "sources of the spread"),
            );
            match several {
                true => blocks.push(Block::folded(what, View::All, vec![title, sheet])),
                false => blocks.extend([title, sheet]),
            }
        }
    }
    blocks.extend(why_not_made(&simulation.not_made));
    let open = simulation.open.iter().map(|it| it.said().to_string().into()).collect();
    let words = ("term not stated", "terms not stated");
    let title = concat!("Terms ", not_stated!(), ", so that both ends are shown:");
    blocks.extend(Block::first_open(title, open, most_open, words, View::Notes));
    let certain =
        simulation.stated.certain.iter().map(Input::with_its_spread).map(Sentence::from).collect();
    let title = "Taken as certain, since no spread is stated:";
    blocks.extend(Block::first_open(
        title,
        certain,
        most_open,
        ("value taken as certain", "values taken as certain"),
        View::Notes,
    ));
    blocks.extend(assumed(&simulation.assumptions));
    let lists = [
        (
            "Drawn:",
            ("value drawn", "values drawn"),
            simulation.stated.drawn.iter().map(Input::to_string).collect(),
        ),
        ("Notes:", ("note", "notes"), words::notes(simulation)),
    ];
    blocks.extend(
        lists.into_iter().filter_map(|(title, words, all)| Block::notes(title, words, all)),
    );
    blocks
}

/// How many months are shown at once; of two ends of what is open, of each.
const MOST_MONTHS: usize = 12;
const MOST_MONTHS_OF_TWO: usize = 3;
/// How many terms and values of a kind are named at once; beside two ends of what is open, of each kind.
const MOST_OPEN: usize = 3;
const MOST_OPEN_OF_TWO: usize = 1;

fn months(budget: &Budget, simulation: &Simulation, distribution: &CostDistribution) -> Sheet {
    let limit = monthly_limit(budget);
    // One scale for both ends of what is open.
    let months = simulation.distributions.iter().flat_map(|distribution| &distribution.months);
    let scale = chart::scale(months.map(|(_, month)| month), limit);
    let legend = match limit {
        Some(_) => "P10 --o-- P90, limit !",
        None => "P10 --o-- P90",
    };
    // Beside large amounts the chart has room only where they are whole dollars.
    let most = Figure::Exact(distribution.total.p90);
    let [p10, p50, p90] = ["P10", "P50", "P90"].map(|title| amounts(title, &[&most]));
    let columns = vec![Column::text("Month"), p10, p50, p90, Column::ids(legend)];
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
    let total = row("total".into(), &distribution.total, simulation.made_in_all(), Cell::Empty);
    Sheet { columns, rows: rows.collect(), total: Some(total) }
}

/// What the whole budget may cost a month, if that is limited.
fn monthly_limit(budget: &Budget) -> Option<Decimal> {
    let limits = budget.limits.iter().filter(|limit| limit.scope == Scope::Budget);
    limits.filter_map(|limit| limit.per_month).min()
}

fn sources(simulation: &Simulation, distribution: &CostDistribution) -> Sheet {
    let columns = vec![Column::text("Source"), Column::number("Share of the spread")];
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
