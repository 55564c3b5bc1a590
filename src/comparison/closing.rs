//! The closing words: which comparable route is the cheapest, and what is given up by it.

use std::collections::BTreeSet;

use super::{Comparison, RouteEstimate, Section, Work};
use crate::catalog::owner::OwnerKind;
use crate::catalog::readiness;
use crate::figure::{Certainty, Figure};
use rust_decimal::Decimal;

/// A sentence for each piece of work.
pub fn closing_words(
    comparison: &Comparison,
    amount: impl Fn(&RouteEstimate) -> String,
    cash: impl Fn(&Figure<Decimal>) -> String,
) -> Vec<String> {
    let several = comparison.works.len() > 1;
    let about =
        |work: &Work| if several { format!("{}: ", work.in_words()) } else { String::new() };
    let words =
        |work: &Work| format!("{}{}", about(work), sentence(comparison, work, &amount, &cash));
    comparison.works.iter().map(words).collect()
}

fn sentence(
    comparison: &Comparison,
    work: &Work,
    amount: &impl Fn(&RouteEstimate) -> String,
    cash: &impl Fn(&Figure<Decimal>) -> String,
) -> String {
    let mut ranked: Vec<(Decimal, &RouteEstimate)> = comparison
        .rows
        .iter()
        .filter(|row| row.work == *work && row.section.is_comparable() && !row.corrected)
        .filter_map(|row| Some((row.cost()?.high()?, row)))
        .collect();
    ranked.sort_by(|a, b| (a.0, &a.1.route.id).cmp(&(b.0, &b.1.route.id)));
    let known = ranked.iter().position(|(_, row)| row.is_the_product());
    let known = known.map(|first| makers_own_at_the_same_cost(&ranked, first));
    let cheaper: Vec<&(Decimal, &RouteEstimate)> = ranked[..known.unwrap_or(ranked.len())]
        .iter()
        .filter(|(_, row)| !row.is_the_product())
        .collect();
    let mut sentences = vec![match known {
        Some(index) => cheapest(ranked[index].1, amount),
        None => "No route is comparable: none is known to honour the request at a price that is fully known.".into(),
    }];
    if let Some(index) = known {
        sentences.extend(same_price(&ranked, index));
        sentences.extend(less_cash(&ranked, index, cash));
    }
    if !cheaper.is_empty() {
        let named = cheaper
            .iter()
            .take(3)
            .map(|(_, row)| format!("{} {}", row.route.owner_name, amount(row)));
        let more = cheaper.len().saturating_sub(3);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        sentences.push(format!(
            "{}, but whether they make the size and quality asked for is not stated: {}{more}.",
            if known.is_some() { "Priced lower" } else { "Priced" },
            named.collect::<Vec<_>>().join(", ")
        ));
    }
    sentences.join(" ")
}

/// Other routes that cost the same, to a thousandth.
fn same_price(ranked: &[(Decimal, &RouteEstimate)], chosen: usize) -> Option<String> {
    let limit = ranked[chosen].0.checked_mul(Decimal::new(1_001, 3))?;
    let others = ranked.iter().enumerate().filter(|(index, (cost, row))| {
        let near = *cost <= limit
            && cost
                .checked_mul(Decimal::new(1_001, 3))
                .is_some_and(|most| most >= ranked[chosen].0);
        *index != chosen && near && row.is_the_product()
    });
    let owner = &ranked[chosen].1.route.owner_name;
    let name = |row: &RouteEstimate| match &row.route.owner_name {
        same if same == owner => format!("{same} ({})", row.route.id),
        other => other.clone(),
    };
    let names: Vec<String> = others.map(|(_, (_, row))| name(row)).collect();
    (!names.is_empty()).then(|| format!("At the same price: {}.", names.join(", ")))
}

/// The comparable route that takes the least cash for the volume, if that is another one.
fn less_cash(
    ranked: &[(Decimal, &RouteEstimate)],
    chosen: usize,
    cash: &impl Fn(&Figure<Decimal>) -> String,
) -> Option<String> {
    let paid = |row: &RouteEstimate| -> Option<Figure<Decimal>> {
        let estimate = row.outcome.as_ref().ok()?;
        let volume = estimate.attempts.volume.as_ref()?;
        Some(estimate.purchase.as_ref().map_or(&volume.total, |purchase| &purchase.cash).clone())
    };
    let chosen_cash = paid(ranked[chosen].1)?.high()?;
    let comparable = ranked.iter().filter(|(_, row)| row.is_the_product());
    // Cash without a known most is not ranked: a fee of unknown rate may make it any amount.
    let known = comparable.filter_map(|(_, row)| {
        let figure = paid(row)?;
        Some((figure.high()?, figure, *row))
    });
    let (most, figure, row) = known.min_by_key(|(most, ..)| *most)?;
    (most < chosen_cash).then(|| {
        let (owner, id) = (&row.route.owner_name, &row.route.id);
        format!("In cash for the volume, {owner} ({id}) takes less: {}.", cash(&figure))
    })
}

/// The model maker's own route, where it costs at most a thousandth more than the cheapest: that is
/// rounding in a table, and no reason to go elsewhere.
fn makers_own_at_the_same_cost(ranked: &[(Decimal, &RouteEstimate)], cheapest: usize) -> usize {
    let Some(limit) = ranked[cheapest].0.checked_mul(Decimal::new(1_001, 3)) else {
        return cheapest;
    };
    let makers =
        ranked.iter().position(|(cost, row)| row.section == Section::Official && *cost <= limit);
    makers.unwrap_or(cheapest)
}

fn cheapest(row: &RouteEstimate, amount: &impl Fn(&RouteEstimate) -> String) -> String {
    let (owner, id, cost) = (&row.route.owner_name, &row.route.id, amount(row));
    let up_to = match row.cost().map(Figure::certainty) {
        Some(Certainty::Range) => " (by the most that it can cost)",
        _ => "",
    };
    let given_up = match given_up(row) {
        words if words.is_empty() => "nothing that the tables know of is given up".to_owned(),
        words => format!("given up or not known: {}", words.join("; ")),
    };
    format!(
        "The cheapest comparable route is {owner} ({id}) at {cost} an accepted image{up_to}; {given_up}."
    )
}

/// What a buyer of this route does without, as against a route that states everything.
fn given_up(row: &RouteEstimate) -> Vec<String> {
    let route = &row.route;
    let mut words = Vec::new();
    if route.id.kind != OwnerKind::Official {
        words.push("it is not the model maker's own contract".to_owned());
    }
    let missing = readiness::missing(route);
    if !missing.is_empty() {
        words.push(format!("not stated: {}", missing.join(", ")));
    }
    words.extend(route.risks.iter().cloned().collect::<BTreeSet<_>>());
    words
}
