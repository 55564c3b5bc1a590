//! What is handed on of a simulation: the spread of the cost, and the months with their tenth and their ninetieth percentile.

use chrono::NaiveDate;

use super::{blocks, monthly_limit, months, words};
use crate::budget::simulate::{CostDistribution, Percentiles, Simulation};
use crate::budget::{Budget, Made};
use crate::figure::Figure;
use crate::reason::{Budgeting, Reasons};
use crate::report::block::Block;
use crate::report::chart::{Chart, Kind, Line};
use crate::report::forecast::not_made_sentence;
use crate::report::handout::{Answer, Part};
use crate::report::number;

/// The spread of the total, and the amounts that are safe.
pub(super) fn answer(simulation: &Simulation) -> Answer {
    let facts = simulation.distributions.first().map(|it| words::answer(simulation, 0, it));
    let said = ["Cost", "Safe in"];
    let sentences = facts.into_iter().flatten().filter(|(name, _)| said.contains(&name.as_str()));
    let sentences = sentences.map(|(name, text)| format!("{name}: {text}."));
    let not_made = not_made_sentence(&simulation.not_made);
    let end = words::end(simulation, 0);
    (None, not_made.into_iter().chain(end).chain(sentences).collect())
}

pub(super) fn parts(budget: &Budget, simulation: &Simulation, today: NaiveDate) -> Vec<Part> {
    let charts = simulation.distributions.iter().enumerate();
    let charts = charts.map(|(place, it)| charted(budget, simulation, (place, it)));
    let rest = blocks(budget, simulation, today).split_off(1);
    charts.chain(Part::of("", rest)).collect()
}

fn charted(
    budget: &Budget,
    simulation: &Simulation,
    (place, distribution): (usize, &CostDistribution),
) -> Part {
    let heading = words::end(simulation, place).unwrap_or_default();
    let categories = distribution
        .months
        .iter()
        .zip(&simulation.made)
        .map(|((month, found), made)| (month.to_string(), spread(found, *made)));
    let title = "Cost by month: 8 of 10 runs lie between the ends (P10 to P90)";
    let count = distribution.months.len();
    let line = monthly_limit(budget).map(|limit| Line {
        name: format!("limit of {} a month", number::dollars(limit)),
        amounts: vec![Some(limit); count],
    });
    let chart = Chart::of(Kind::Columns, title, categories).with_lines(line.into_iter().collect());
    let table = months(budget, simulation, distribution);
    Part::charted(heading.trim_end_matches(':'), chart, vec![Block::Sheet(table)])
}

/// The spread of a month: from its tenth to its ninetieth percentile, and half of the runs below the one between.
fn spread(found: &Percentiles, made: Made) -> Option<Figure<rust_decimal::Decimal>> {
    match made {
        Made::Nothing | Made::NotPlanned => None,
        Made::Part => Some(Figure::unknown(found.p10, Budgeting::PartNotMade)),
        Made::All if found.p10 == found.p90 => Some(Figure::Exact(found.p50)),
        Made::All => Some(Figure::range(found.p10, Some(found.p50), found.p90, Reasons::default())),
    }
}
