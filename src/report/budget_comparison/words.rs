//! The words of a comparison of budgets: what it is of, what is open and what would cost least.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::change_in_words;
use crate::budget::{BreakEven, Budget, Comparison, Variant, VariantCost};
use crate::catalog::funding::Every;
use crate::figure::Figure;
use crate::help::Sentence;
use crate::report::forecast::{cost_in_words, not_planned};
use crate::report::number;

pub(super) fn title(budget: &Budget, comparison: &Comparison) -> String {
    let last = budget.start.plus(budget.months.saturating_sub(1));
    let months = match budget.months {
        0 | 1 => budget.start.to_string(),
        _ => format!("{} to {last}", budget.start),
    };
    let with = match (comparison.variants.len(), is_of_routes(comparison)) {
        (0, _) => "without a scenario".to_owned(),
        (1, false) => "compared with 1 scenario".to_owned(),
        (many, false) => format!("compared with {many} scenarios"),
        (1, true) => "compared on 1 route".to_owned(),
        (many, true) => format!("compared on {many} routes"),
    };
    let what = match &budget.workloads[..] {
        [workload] => workload.name.clone(),
        workloads => format!("{} workloads", workloads.len()),
    };
    format!("Budget of {months} ({what}), {with}")
}

fn is_of_routes(comparison: &Comparison) -> bool {
    comparison.variants.iter().any(|variant| variant.section.is_some())
}

pub(super) fn answer(comparison: &Comparison) -> Vec<(String, String)> {
    let Ok(found) = &comparison.base.cost else { return Vec::new() };
    let images = number::quantity_figure(&found.accepted);
    let cost = cost_in_words(&found.total, found.made);
    let mut facts = vec![("As it is".into(), format!("{cost} for {images} accepted images"))];
    if let Some(cash) = &found.cash {
        let cash = cost_in_words(cash, found.made);
        facts
            .push(("To pay".into(), format!("{cash} in cash, each month's credit bought at once")));
    }
    facts.extend(least(comparison));
    facts.extend(not_planned(&comparison.not_planned).map(|it| ("Not planned".into(), it)));
    facts
}

/// The variants without a number, each with its reason.
pub(super) fn refused(comparison: &Comparison) -> Vec<String> {
    let why = |variant: &Variant| {
        let why = variant.cost.as_ref().err()?;
        Some(format!("{}: {}", variant.name, why.in_words()))
    };
    comparison.variants.iter().filter_map(why).collect()
}

/// Each sentence once, with the variants that it is of.
fn gathered<'a, T: Ord + Into<Sentence>>(
    variants: &[&'a Variant],
    sentences: impl Fn(&'a VariantCost) -> Vec<T>,
) -> Vec<Sentence> {
    let mut by_sentence: BTreeMap<T, Vec<&str>> = BTreeMap::new();
    for variant in variants {
        let Ok(found) = &variant.cost else { continue };
        for sentence in sentences(found) {
            by_sentence.entry(sentence).or_default().push(&variant.name);
        }
    }
    by_sentence.into_iter().map(|(it, names)| it.into().of(&names.join(", "))).collect()
}

pub(super) fn not_told_apart(variants: &[&Variant]) -> Vec<Sentence> {
    gathered(variants, |found| found.causes.notes.clone())
}

pub(super) fn findings(variants: &[&Variant]) -> Vec<Sentence> {
    gathered(variants, |found| {
        let sentence =
            |it: &crate::budget::Finding| it.said().of(&format!("{}, {}", it.workload, it.month));
        found.findings.iter().map(sentence).collect()
    })
}

pub(super) fn open(variants: &[&Variant]) -> Vec<Sentence> {
    gathered(variants, |found| found.causes.difference.reasons().said())
}

pub(super) fn break_even(variants: &[&Variant]) -> Vec<Sentence> {
    gathered(variants, |found| {
        let words = match found.break_even {
            None => return Vec::new(),
            Some(BreakEven::Never) => "at no volume, fees included".to_owned(),
            Some(BreakEven::From(1)) => "from the first image on, fees included".to_owned(),
            Some(BreakEven::From(images)) => format!(
                "from {} accepted images a month on, fees included, each month's credit bought at once",
                number::count(images)
            ),
        };
        vec![words]
    })
}

pub(super) fn subscriptions(comparison: &Comparison) -> Vec<String> {
    let words = |it: &crate::budget::Subscribed| {
        let every = match it.subscription.every {
            Every::Month => "a month",
            Every::Year => "a year",
        };
        let price = number::dollar_figure_alone(&Figure::Exact(it.subscription.price));
        let equal = match it.images {
            Some(images) => format!(
                "as much as {} accepted images of the budget as it is",
                number::count(images)
            ),
            None => "with no exact equal in images".into(),
        };
        format!("{}, {}: {price} {every}, {equal}", it.route.owner_name, it.subscription.name)
    };
    comparison.subscriptions.iter().map(words).collect()
}

/// What costs least for as many images, if that is known, and what may cost less.
fn least(comparison: &Comparison) -> Vec<(String, String)> {
    let Ok(base) = &comparison.base.cost else { return Vec::new() };
    let makes_as_many = |it: &&Variant| {
        it.section.is_none_or(|section| section.is_comparable())
            && it.cost.as_ref().is_ok_and(|it| it.accepted.low() >= base.accepted.low())
    };
    let most = |it: &Variant| it.cost.as_ref().ok().and_then(|it| it.total.high());
    let mut ranked: Vec<(Decimal, &Variant)> = comparison
        .variants
        .iter()
        .filter(makes_as_many)
        .filter_map(|it| Some((most(it)?, it)))
        .collect();
    ranked.sort_by_key(|(most, _)| *most);
    let fact = |text: String| ("Costs least".to_owned(), text);
    let Some(now) = base.total.high() else {
        let why = if base.made.is_short() { "made" } else { "known" };
        return vec![fact(format!("not known: the budget as it is is not fully {why}"))];
    };
    let least = ranked.iter().find(|(_, it)| it.is_the_product());
    let Some((cost, variant)) = least else {
        return vec![fact("not known: no cost is fully known".into())];
    };
    // Within a thousandth it is rounding in a table, and no reason to go elsewhere.
    let saving = saves(variant, *cost, now).filter(|_| {
        cost.checked_mul(Decimal::new(1_001, 3))
            .is_some_and(|and_a_thousandth| and_a_thousandth < now)
    });
    let lower = ranked.iter().take_while(|(lower, _)| lower < cost && *lower < now);
    let as_it_is = "the budget as it is: nothing that is known to make as many images of the size and quality asked \
                    for costs less";
    let mut facts = vec![fact(saving.unwrap_or_else(|| as_it_is.into()))];
    let unsure = unsure(lower.filter(|(_, it)| !it.is_the_product()));
    facts.extend(unsure.map(|text| ("Perhaps less".to_owned(), text)));
    facts
}

/// Those that are priced lower, and may make something else.
fn unsure<'a>(lower: impl Iterator<Item = &'a (Decimal, &'a Variant)>) -> Option<String> {
    let named: Vec<String> = lower
        .filter_map(|(_, it)| {
            let cost = number::dollar_figure_alone(&it.cost.as_ref().ok()?.total);
            Some(format!("{} {cost}", it.name))
        })
        .collect();
    let more = match named.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let first = named.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    (!named.is_empty()).then(|| format!("{first}{more}; {UNSURE}"))
}

const UNSURE: &str = "whether they make the size and quality asked for is not stated";
/// How many of them are named.
const MOST_NAMED: usize = 3;

fn saves(variant: &Variant, cost: Decimal, now: Decimal) -> Option<String> {
    let found = variant.cost.as_ref().ok()?;
    let owner =
        variant.route.as_ref().map_or_else(String::new, |route| format!(" ({})", route.owner_name));
    let share = crate::money::quotient(cost - now, now).map(number::change).unwrap_or_default();
    Some(format!(
        "{}{owner}: {} for as many images, {} ({share} at the most)",
        variant.name,
        number::dollar_figure_alone(&found.total),
        change_in_words(&found.causes.difference),
    ))
}
