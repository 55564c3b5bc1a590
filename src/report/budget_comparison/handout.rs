//! What is handed on of a comparison of budgets: what costs least, and the costs beside each other.

use super::{ROUTE, SCENARIO, at_owners, blocks, sheet, words};
use chrono::NaiveDate;

use crate::budget::{Budget, Comparison, Scope, Unit, Variant};
use crate::catalog::evidence::Doubt;
use crate::report::block::Block;
use crate::report::chart::{Chart, Kind, Line};
use crate::report::forecast::not_made_sentence;
use crate::report::handout::{Answer, Part};
use crate::report::number;

/// How many bars are drawn.
const MOST_BARS: usize = 12;

/// The cost of the budget as it is, and what costs least.
pub(super) fn answer(comparison: &Comparison) -> Answer {
    let facts = words::answer(comparison);
    let text = |name: &str| facts.iter().find(|(known, _)| known == name).map(|(_, text)| text);
    let as_it_is = text("As it is").map(|text| format!("As it is: {text}."));
    let least = text("Costs least").map(|text| format!("Costs least: {text}."));
    let base = comparison.base.cost.as_ref().ok();
    let not_made = base.and_then(|found| not_made_sentence(&found.not_made));
    (None, not_made.into_iter().chain(as_it_is).chain(least).collect())
}

pub(super) fn parts(comparison: &Comparison, budget: &Budget, today: NaiveDate) -> Vec<Part> {
    let rest = blocks(comparison, budget, today).split_off(1);
    chart(comparison).into_iter().chain(Part::of("", rest)).collect()
}

/// The cost of the budget as it is and of those that cost least, or of its scenarios in their order.
fn chart(comparison: &Comparison) -> Option<Part> {
    let of_routes = comparison.variants.iter().any(|it| it.section.is_some());
    let mut priced: Vec<&Variant> =
        comparison.variants.iter().filter(|it| it.cost.is_ok()).collect();
    if of_routes {
        priced.retain(|it| it.section.is_some_and(|section| section.is_comparable()));
        priced.sort_by_key(|it| {
            it.cost.as_ref().ok().map(|it| (it.total.high().is_none(), it.total.high()))
        });
    }
    let more = priced.len().saturating_sub(MOST_BARS);
    priced.truncate(MOST_BARS);
    let bars = [&comparison.base]
        .into_iter()
        .chain(priced.iter().copied())
        .filter_map(|it| Some((name(it), Some(it.cost.as_ref().ok()?.total.clone()))));
    let bars: Vec<_> = bars.collect();
    let owners = at_owners::sheet(comparison);
    let what = match (owners.is_some(), of_routes, more) {
        (true, ..) => "Cost as it is and at each price owner".to_owned(),
        (_, false, _) => "Cost as it is and of each scenario".to_owned(),
        (_, true, 0) => "Cost as it is and on each comparable route".to_owned(),
        (_, true, _) => {
            format!("Cost as it is and on the {MOST_BARS} comparable routes that cost least")
        }
    };
    let table = owners.or_else(|| sheet(&priced, if of_routes { &ROUTE } else { &SCENARIO }))?;
    let lines = limit(comparison, bars.len()).into_iter().collect();
    let chart = Chart::of(Kind::Bars, what, bars).with_lines(lines);
    Some(Part::charted("Cost beside each other", chart, vec![Block::Sheet(table)]))
}

/// The name of a bar, that of a price owner for people, with why it may not be named the cheapest.
fn name(variant: &Variant) -> String {
    let known = variant.at_owner.as_ref().map_or(&variant.name, |at| &at.owner_name);
    let doubt = variant.cost.as_ref().ok().and_then(|it| it.doubt).map(Doubt::as_str);
    let why = match (variant.is_base, variant.is_the_product(), doubt) {
        (true, ..) => return "as it is".to_owned(),
        (_, false, _) => "not stated to make this",
        (_, true, Some(doubt)) => doubt,
        (_, true, None) => return known.clone(),
    };
    format!("{known} ({why})")
}

/// The limit of all months.
fn limit(comparison: &Comparison, bars: usize) -> Option<Line> {
    let limits = &comparison.base.cost.as_ref().ok()?.limits;
    let is_it = |it: &&crate::budget::LimitStatus| {
        it.scope == Scope::Budget && it.period.unit() == Unit::Whole
    };
    let amount = limits.iter().find(is_it)?.limit;
    let name = format!("limit of {} in total", number::dollars(amount));
    Some(Line { name, amounts: vec![Some(amount); bars] })
}
