//! The words of a comparison of budgets: what it is of, what is open and what would cost least.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{change_in_words, owner_words};
use crate::budget::{BreakEven, Budget, Comparison, LimitStatus, Raised, Variant, VariantCost};
use crate::catalog::price::PriceUnit;
use crate::help::Sentence;
use crate::report::forecast::{
    at_acceptance, limits_in_words, not_planned, period, to_pay, total_in_words,
};
use crate::report::number;

pub(super) fn title(budget: &Budget, comparison: &Comparison, today: NaiveDate) -> String {
    let months = period(budget);
    let with = match (comparison.variants.len(), is_of_routes(comparison)) {
        (many, _) if comparison.variants.iter().any(|it| it.at_owner.is_some()) => match many {
            1 => "compared at 1 price owner".to_owned(),
            many => format!("compared at {many} price owners"),
        },
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
    format!("Budget of {months} ({what}), {with}, as known on {today}")
}

fn is_of_routes(comparison: &Comparison) -> bool {
    comparison.variants.iter().any(|variant| variant.section.is_some())
}

pub(super) fn answer(comparison: &Comparison) -> Vec<(String, String)> {
    let Ok(found) = &comparison.base.cost else { return Vec::new() };
    let images = number::quantity_figure(&found.accepted);
    let cost = total_in_words(&found.total, found.made);
    let mut facts = vec![("As it is".into(), format!("{cost} for {images} accepted images"))];
    let to_pay = to_pay(found.cash.as_ref(), found.made);
    let by_month = |words| format!("{words}; each month's credit bought at once");
    facts.extend(to_pay.map(|(name, words)| (name, by_month(words))));
    facts.extend(at_acceptance(comparison.at_acceptance.as_ref()));
    facts.extend(least(comparison));
    facts.extend(not_planned(&comparison.not_planned).map(|it| ("Not planned".into(), it)));
    facts
}

/// The variants without a number, each with its reason.
pub(super) fn refused(comparison: &Comparison) -> Vec<String> {
    let why = |variant: &Variant| {
        let why = variant.cost.as_ref().err()?;
        let nothing = variant.at_owner.as_ref().filter(|at| !at.has_any());
        let why = nothing.map_or_else(|| why.in_words(), owner_words::why_nothing);
        Some(format!("{}: {why}", variant.name))
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

/// A difference as a share, with its sign: `+3.1%`.
pub(super) fn share(share: Decimal) -> String {
    let sign = if share.is_sign_negative() && !share.is_zero() { "-" } else { "+" };
    match share.is_zero() {
        true => "0%".into(),
        false => format!("{sign}{}", number::percent_rounded(share.abs())),
    }
}

/// The worst of the limits, and how many stand so.
pub(super) fn worst_limit(limits: &[LimitStatus]) -> String {
    let Some(worst) = limits.iter().map(|it| it.verdict).max() else { return String::new() };
    let many = limits.iter().filter(|it| it.verdict == worst).count();
    match many {
        all if all == limits.len() => worst.in_words().to_owned(),
        many => format!("{}\n({many} of {})", worst.in_words(), limits.len()),
    }
}

/// How each limit stands with each scenario.
pub(super) fn limits(variants: &[&Variant]) -> Vec<String> {
    let of_variant = |variant: &&Variant| {
        let limits = variant.cost.as_ref().map_or(&[][..], |found| &found.limits);
        let (first, all) = limits_in_words(limits, None);
        let lines = if all.is_empty() { first } else { all };
        let name = variant.name.clone();
        lines.into_iter().map(move |line| format!("{name}: {line}")).collect::<Vec<_>>()
    };
    variants.iter().flat_map(of_variant).collect()
}

/// The workloads that a scenario makes dearer.
pub(super) fn raised(variants: &[&Variant]) -> Vec<Sentence> {
    let of_variant = |variant: &&Variant| {
        let raised = variant.cost.as_ref().map_or(&[][..], |found| &found.raised);
        let line =
            |it: &Raised| format!("{}: {} {}", variant.name, it.workload, change_in_words(&it.by));
        raised.iter().map(line).map(Sentence::from).collect::<Vec<_>>()
    };
    variants.iter().flat_map(of_variant).collect()
}

pub(super) fn not_told_apart(variants: &[&Variant]) -> Vec<Sentence> {
    gathered(variants, |found| {
        found.causes.not_told_apart.iter().map(ToString::to_string).collect()
    })
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
        let every = it.subscription.every.in_words();
        let currency = PriceUnit::Currency(it.subscription.currency.clone());
        let price = number::native(it.subscription.price, &currency);
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

/// What costs least for as many images, if that is known, and what is lower and may not be named.
fn least(comparison: &Comparison) -> Vec<(String, String)> {
    let Ok(base) = &comparison.base.cost else { return Vec::new() };
    let fact = |text: String| ("Costs least".to_owned(), text);
    let Some(found) = comparison.cheapest() else {
        let why = if base.made.is_short() { "made" } else { "known" };
        return vec![fact(format!("not known: the budget as it is is not fully {why}"))];
    };
    let mut facts = vec![fact(match found.named {
        None => "not known: no price is dated and known in full".into(),
        Some(named) => saves(named, base).unwrap_or_else(|| AS_IT_IS.into()),
    })];
    let lower = [
        (&found.lower_in_doubt, "undated, old or on weak evidence"),
        (&found.lower_not_stated, "not stated to make the size and quality asked for"),
    ];
    let lower = lower.into_iter().filter_map(|(variants, why)| {
        Some(("Lower, but".to_owned(), format!("{why}: {}", lowest(variants)?)))
    });
    facts.extend(lower);
    facts
}

const AS_IT_IS: &str = "the budget as it is: nothing that is known to make as many images of the size and quality asked \
                        for costs less";

/// How many are lower, and the first of them with its cost.
fn lowest(variants: &[&Variant]) -> Option<String> {
    let first = variants.first()?;
    let cost = number::dollar_figure_alone(&first.cost.as_ref().ok()?.total);
    let from = if variants.len() == 1 { "" } else { "from " };
    Some(format!("{} ({from}{cost}: {})", variants.len(), first.name))
}

/// What a variant saves; none of the budget as it is.
fn saves(variant: &Variant, base: &VariantCost) -> Option<String> {
    let found = variant.cost.as_ref().ok().filter(|_| !variant.is_base)?;
    let (cost, now) = (found.total.high()?, base.total.high()?);
    let owner =
        variant.route.as_ref().map_or_else(String::new, |route| format!(" ({})", route.owner_name));
    let share = crate::money::quotient(cost - now, now).map(number::change).unwrap_or_default();
    let name = variant.at_owner.as_ref().map_or(&variant.name, |at| &at.owner_name);
    let moved = variant.at_owner.as_ref().map_or_else(String::new, |at| {
        let (moved, stayed) = at.moved_and_stayed();
        format!(", {moved} of {} workloads moved", moved + stayed)
    });
    Some(format!(
        "{name}{owner}{moved}: {} for as many images, {} ({share} at the most)",
        number::dollar_figure_alone(&found.total),
        change_in_words(&found.causes.difference),
    ))
}
