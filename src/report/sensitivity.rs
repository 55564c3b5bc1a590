//! What moves a cost, for the first lines of an output and for programs.

use super::dictionary::terms;
use super::number;
use super::record::{Field, Recorded, Value};
use super::sheet::{Cell, Column, Sheet};
use crate::figure::Figure;
use crate::sensitivity::{Premise, Sensitivity};
use rust_decimal::Decimal;

/// How many a screen has room for; the others are on a page and in the object for programs.
pub(super) const ON_A_SCREEN: usize = 3;

/// A line for each of the first under one name: on what the cost holds, and what it would be otherwise.
pub(super) fn facts(all: &[Sensitivity]) -> Vec<(String, String)> {
    let names = std::iter::once("Holds").chain(std::iter::repeat(""));
    names.zip(all).take(ON_A_SCREEN).map(|(name, it)| (name.to_owned(), in_words(it))).collect()
}

/// "if every image is accepted; at 70%: $0.3015 (+$0.09045)"; of a range what fits a line: the range itself for an
/// acceptance, and else by how much it moves.
fn in_words(it: &Sensitivity) -> String {
    let cost = number::dollar_figure_alone(&it.cost);
    let moved = match (&it.change, &it.premise) {
        (Some(Figure::Exact(change)), _) => {
            format!("{cost} ({})", number::dollar_difference(*change))
        }
        (None, _) | (_, Premise::AllAccepted(_)) => cost,
        (Some(change), _) => {
            let ends = [Some(change.low()), change.high()].into_iter().flatten();
            let mut ends: Vec<String> = ends.map(number::dollar_difference).collect();
            ends.dedup();
            ends.join(" to ")
        }
    };
    format!("{}{}: {moved}", whose(&it.workloads), premise(&it.premise))
}

/// A row for each: on what the cost holds, what it would be otherwise, and by how much that is more.
pub(super) fn sheet(all: &[Sensitivity]) -> Sheet {
    let row = |it: &Sensitivity| {
        let change = it.change.clone().map_or(Cell::Missing("not known"), Cell::Money);
        vec![
            Cell::text(format!("{}{}", whose(&it.workloads), premise(&it.premise))),
            Cell::Money(it.cost.clone()),
            change,
        ]
    };
    Sheet {
        columns: vec![
            Column::text("Holds; tried instead"),
            Column::number("Cost otherwise"),
            Column::number("More by"),
        ],
        rows: all.iter().map(row).collect(),
        total: None,
    }
}

fn whose(workloads: &[String]) -> String {
    match workloads {
        [] => String::new(),
        [one] => format!("{one}: "),
        several => format!("{} workloads: ", several.len()),
    }
}

fn premise(premise: &Premise) -> String {
    let percent = |share: &Decimal| number::percent(*share);
    match premise {
        Premise::AllAccepted(share) => {
            format!("if every image is accepted; at {}", percent(share))
        }
        Premise::UnstatedChargesFree => "if failures are free; charged in full".into(),
        Premise::DefaultQuality { taken, tried } => format!("at quality {taken}; at {tried}"),
        Premise::DefaultSize { taken, tried } => format!("at size {taken}; at {tried}"),
        Premise::NoPrompt(tokens) => format!("without a prompt; with {tokens} tokens"),
        Premise::SameVolume(share) => {
            format!("without growth; at {} a month", percent(share))
        }
        Premise::PricesStay(share) => {
            format!("at the list price; {} higher", percent(share))
        }
        Premise::ImagePricesStay(share) => {
            format!("at the list price of images; {} higher", percent(share))
        }
    }
}

impl Recorded for &Sensitivity {
    const NAME: &'static str = "sensitivity";

    fn fields() -> Vec<Field<Self>> {
        let [cost, certainty, ..] = terms::COST.figure(|it: &Self| Some(&it.cost));
        vec![
            terms::PREMISE.of(|it: &&Sensitivity| it.premise.code().into()),
            terms::OTHERWISE.of(|it| it.premise.tried().into()),
            terms::WORKLOADS.of(|it| Value::List(it.workloads.clone())),
            cost,
            certainty,
            terms::COST_CHANGE.of(|it| of_change(it.change.as_ref())),
        ]
    }
}

fn of_change(change: Option<&Figure<Decimal>>) -> Value<'_> {
    change.map_or(Value::Blank, |it| Value::Cases([Some(it.low()), it.expected(), it.high()]))
}
