//! What else is to be known of what was tried: why some of it has no number, and what the routes leave open.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::budget::Budget;
use crate::budget::afford::{Answer, ChoiceChange, Fits};
use crate::catalog::Catalog;
use crate::catalog::readiness;
use crate::catalog::route::Honoured;
use crate::estimate::find_route;
use crate::report::number;

/// Why some choices have no number, each reason once.
pub(super) fn without_number(answer: &Answer) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut add = |line: String| {
        if !lines.contains(&line) {
            lines.push(line);
        }
    };
    for choice in &answer.choices {
        if let Fits::Unknown(why) = &choice.fits {
            add(format!("{} {}: {}", choice.workload, choice.change, why.in_words()));
        }
    }
    for alternative in answer.most.iter().flat_map(|most| &most.alternatives) {
        let why = match &alternative.fits {
            Fits::Unknown(why) | Fits::NotOffered(why) => why.in_words(),
            _ => continue,
        };
        let route = alternative.route.as_deref().unwrap_or("the maker's own route");
        add(format!("{} on {route}: {why}", alternative.workload));
    }
    lines
}

pub(super) fn notes(budget: &Budget, answer: &Answer, catalog: &Catalog) -> Vec<String> {
    let factor = Decimal::ONE + budget.margin;
    let mut notes = vec![format!(
        "the margin of {} is not added; to keep room for it, ask with the limit divided by {}",
        number::percent(budget.margin),
        factor.normalize()
    )];
    if !budget.limits.is_empty() {
        let text = "the limits of the file are not looked at here: `imgcost budget check` does";
        notes.push(text.into());
    }
    let has_images = answer.fewer.is_some() || answer.most.is_some();
    if has_images && budget.workloads.len() > 1 {
        let text = "by one factor: one more is the next image by the proportions of the budget";
        notes.push(text.into());
    }
    if has_images && budget.months > 1 {
        let text = "images are spread over the months in which they can be made, in the proportions of the volume";
        notes.push(text.into());
    }
    if budget.workloads.iter().any(|workload| workload.steps.len() > 1) {
        let text = "quality, size, route and model are those of the last step of a workload, and a Batch has all of them";
        notes.push(text.into());
    }
    if answer.most.is_none() {
        let text = "nothing beyond what is wanted is looked for, unless it is asked for";
        notes.push(text.into());
    }
    notes.extend(routes(answer, catalog));
    notes.extend(doubts(answer));
    // What is not made stands in the first lines.
    let findings = answer.findings.iter().filter(|finding| !finding.kind.is_not_made());
    notes.extend(findings.map(|finding| match finding.workload.is_empty() {
        true => finding.message(),
        false => format!("{}: {}", finding.workload, finding.message()),
    }));
    notes
}

/// Why the prices of what was tried may not be named the cheapest.
fn doubts(answer: &Answer) -> BTreeSet<String> {
    let choices = answer.choices.iter().filter_map(|it| {
        Some(format!("{} {}: its price {}", it.workload, it.change, it.doubt?.in_words()))
    });
    let most = answer.most.iter().flat_map(|most| &most.alternatives).filter_map(|it| {
        let route = it.route.as_deref().unwrap_or("the maker's own route");
        Some(format!("{route}: its price {}", it.doubt?.in_words()))
    });
    choices.chain(most).collect()
}

/// What is to be known of the routes tried: whether they keep what is asked for, and the stop rule.
fn routes(answer: &Answer, catalog: &Catalog) -> Vec<String> {
    let mut notes = Vec::new();
    let of_choices = answer.choices.iter().filter_map(|it| match &it.change {
        ChoiceChange::Route { to } => Some(to),
        _ => None,
    });
    let most = answer.most.iter().flat_map(|most| &most.alternatives);
    let names: BTreeSet<&String> =
        most.filter_map(|it| it.route.as_ref()).chain(of_choices).collect();
    for route in names.into_iter().filter_map(|name| find_route(catalog, name).ok()) {
        for (what, honoured) in [("quality", route.quality_honoured), ("size", route.size_honoured)]
        {
            if honoured == Honoured::NotStated {
                notes.push(format!(
                    "{}: whether the {what} asked for is kept is not stated",
                    route.id
                ));
            }
        }
        let missing = readiness::missing(&route);
        if !missing.is_empty() {
            let verdict = readiness::verdict(&missing);
            notes.push(format!("{}: not ready for production, {verdict}", route.id));
        }
    }
    notes
}
