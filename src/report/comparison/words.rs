//! The answer to a comparison in words: the cheapest route, on what condition, and what is lower and not named.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::catalog::owner::OwnerKind;
use crate::catalog::readiness;
use crate::comparison::{self, Answer, Comparison, RouteEstimate};
use crate::figure::{Certainty, Figure};
use crate::report::block::Block;
use crate::report::estimate::at_lower_acceptance;
use crate::report::number;
use crate::report::sensitivity;

use super::said;

/// The most pieces of work that are shown without being asked for.
pub(super) const MOST_WORKS: usize = 6;

/// The answers, of one piece of work in full, of several in a line each; and what was assumed.
pub(super) fn answers(comparison: &Comparison) -> Vec<Block> {
    let answers = comparison::answers(comparison);
    let mut facts: Vec<(String, String)> = match &answers[..] {
        [one] => in_full(one),
        several => several.iter().map(|it| (it.work.in_words(), in_a_line(it))).collect(),
    };
    let more =
        facts.split_off(facts.len().min(if answers.len() == 1 { facts.len() } else { MOST_WORKS }));
    let assumptions = said::assumptions(comparison);
    if !assumptions.is_empty() {
        facts.push((
            "Assumed".to_owned(),
            assumptions.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        ));
    }
    let mut blocks = vec![Block::Facts(facts)];
    if !more.is_empty() {
        let what = crate::report::Counted::new(more.len(), ("more answer", "more answers"));
        blocks.push(Block::folded(what, crate::help::View::All, vec![Block::Facts(more)]));
    }
    blocks
}

fn cost(row: &RouteEstimate) -> String {
    row.cost().map(number::dollar_figure_alone).unwrap_or_default()
}

/// The row with its cost; in a line of its own with the cost at a lower acceptance, where none was given.
fn named(row: &RouteEstimate, alone: bool) -> String {
    let by_most = match row.cost().map(Figure::certainty) {
        Some(Certainty::Range) => ", by the most that it can cost",
        _ => "",
    };
    let fewer = row.outcome.as_ref().ok().filter(|_| alone).and_then(|it| at_lower_acceptance(it));
    let fewer = fewer.map_or_else(String::new, |words| format!(" ({words})"));
    let (owner, id) = (&row.route.owner_name, &row.route.id);
    format!("{} an accepted image{by_most}{fewer}: {owner} ({id})", cost(row))
}

const NONE: &str = "no route can be named: none is known to make what is asked for at a dated price that is known in full";

fn in_a_line(answer: &Answer) -> String {
    match answer.cheapest {
        None => "none can be named at a dated price that is known in full".to_owned(),
        Some(row) => format!("cheapest {}", named(row, true)),
    }
}

/// The answer as a sentence: the cheapest that may be named, or why there is none.
pub(super) fn in_a_sentence(answer: &Answer) -> String {
    match answer.cheapest {
        None => format!("{}: {NONE}.", answer.work.in_words()),
        Some(row) => format!("{}: cheapest {}.", answer.work.in_words(), named(row, true)),
    }
}

fn in_full(answer: &Answer) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> = Vec::new();
    let fact = |name: &str, text: String| (name.to_owned(), text);
    match answer.cheapest {
        None => facts.push(fact("Cheapest", NONE.to_owned())),
        Some(row) => {
            facts.push(fact("Cheapest", named(row, false)));
            facts.extend(row.outcome.iter().flat_map(|it| sensitivity::facts(&it.sensitivities)));
            if !answer.same.is_empty() {
                facts.push(fact("Same price", same_price(row, &answer.same)));
            }
            facts.extend(
                answer.less_cash.map(|(row, cash)| fact("Less cash", less_cash(row, cash))),
            );
            facts.push(fact("You lose", lost(row)));
        }
    }
    let lower = [
        (&answer.lower_in_doubt, "undated or old"),
        (&answer.lower_not_stated, "not stated to make this size and quality"),
    ];
    for (rows, why) in lower {
        if let Some(words) = counted(rows) {
            let than = if answer.cheapest.is_some() { "Lower, but" } else { "Priced, but" };
            facts.push(fact(than, format!("{why}: {words}")));
        }
    }
    facts
}

/// Who takes less cash for the volume; people who are paid for looking at images are paid besides.
fn less_cash(row: &RouteEstimate, cash: &Figure<Decimal>) -> String {
    let (owner, id) = (&row.route.owner_name, &row.route.id);
    let cash = number::dollar_figure_alone(cash);
    let review = row.outcome.as_ref().ok().and_then(|it| it.attempts.review?.of_volume);
    let review = review.map_or_else(String::new, |review| {
        let review = number::dollar_figure_alone(&Figure::Exact(review));
        format!("; the review of {review} comes on top")
    });
    format!("for the volume, {owner} ({id}) takes {cash}, by the terms of the purchase{review}")
}

/// How many there are, and the lowest of them: "3 (from $0.008: AtlasCloud)".
fn counted(rows: &[&RouteEstimate]) -> Option<String> {
    let first = rows.first()?;
    let from = if rows.len() == 1 { "" } else { "from " };
    let cost = first.cost().map(number::dollar_range).unwrap_or_default();
    Some(format!("{} ({from}{cost}: {})", rows.len(), first.route.owner_name))
}

fn same_price(row: &RouteEstimate, others: &[&RouteEstimate]) -> String {
    let owner = &row.route.owner_name;
    let name = |row: &&RouteEstimate| match &row.route.owner_name {
        same if same == owner => format!("{same} ({})", row.route.id),
        other => other.clone(),
    };
    others.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What a buyer of this route does without, as against a route that states everything.
fn lost(row: &RouteEstimate) -> String {
    let route = &row.route;
    let mut words = Vec::new();
    if route.id.kind != OwnerKind::Official {
        words.push("it is not the model maker's own contract".to_owned());
    }
    let missing = readiness::missing(route);
    if !missing.is_empty() {
        words.push(format!("not stated: {}", readiness::in_words(&missing).join(", ")));
    }
    words.extend(route.risks.iter().cloned().collect::<BTreeSet<_>>());
    match words.is_empty() {
        true => "nothing that the tables know of".to_owned(),
        false => words.join("; "),
    }
}
