//! What fits within a limit, in words.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::budget::Budget;
use crate::budget::afford::{Alternative, Answer, Fits, Plan, Question, Span};
use crate::catalog::Catalog;
use crate::catalog::readiness;
use crate::catalog::route::Honoured;
use crate::estimate::find_route;
use crate::figure::Figure;
use crate::money::quotient;
use crate::reason::Budgeting;
use crate::report::forecast::{at_acceptance, part_in_words};
use crate::report::number;

pub(super) fn title(budget: &Budget, question: &Question, today: NaiveDate) -> String {
    let months = match budget.months {
        1 => budget.start.to_string(),
        more => format!("{more} months from {}", budget.start),
    };
    let months = months + &part_in_words(budget.part_of);
    let limit = dollars(question.limit);
    match question.span {
        Span::Total => format!("What fits within {limit} in total: {months} (known {today})"),
        Span::Month => format!("What fits within {limit} a month: {months} (known {today})"),
    }
}

pub(super) fn facts(question: &Question, answer: &Answer) -> Vec<(String, String)> {
    let case = format!(
        "{}: the {} cost of the forecast has to keep to the limit",
        question.case.as_str(),
        question.case.as_str()
    );
    let wanted = answer
        .wanted
        .map_or_else(String::new, |wanted| format!(" for {} wanted images", number::count(wanted)));
    let as_written = match &answer.as_written {
        fits @ (Fits::Within(plan) | Fits::Over(plan)) => {
            format!("{}{wanted}: {}", cost(plan, question), standing(fits, question))
        }
        other => number_or_why(other, question),
    };
    let mut facts = vec![
        ("Case".into(), case),
        ("As written".into(), as_written),
        ("All by one factor".into(), all(question, answer)),
    ];
    facts.extend(at_acceptance(answer.at_acceptance.as_ref()));
    facts
}

fn all(question: &Question, answer: &Answer) -> String {
    let factor = |images: u64| {
        let wanted = Decimal::from(answer.wanted.filter(|wanted| *wanted > 0)?);
        quotient(Decimal::from(images), wanted).ok()
    };
    let text = number_or_why(&answer.all, question);
    match &answer.all {
        Fits::Most { images, .. } => match factor(*images) {
            Some(factor) => {
                format!("{text}; {} of what is wanted", number::percent_rounded(factor))
            }
            None => text,
        },
        _ => text,
    }
}

/// What fits, or why there is no number.
fn number_or_why(fits: &Fits, question: &Question) -> String {
    match fits {
        Fits::Most { images, with, next } => format!(
            "{} images for {}; with one more {}",
            number::count(*images),
            cost(with, question),
            number::dollars_beside(next.cost, question.limit)
        ),
        Fits::Nothing { none, one } => nothing(none, one, question),
        Fits::Any(plan) => format!("as many as can be counted, for {}", cost(plan, question)),
        Fits::Within(plan) | Fits::Over(plan) => cost(plan, question),
        Fits::Unknown(reasons) => {
            format!("unknown: {}", reasons.in_words())
        }
        Fits::NotOffered(why) => format!("not offered: {}", why.in_words()),
    }
}

fn cost(plan: &Plan, question: &Question) -> String {
    let cost = number::dollars_beside(plan.cost, question.limit);
    match question.span {
        Span::Total => cost,
        Span::Month => format!("{cost} in the month that costs most"),
    }
}

fn nothing(none: &Plan, one: &Plan, question: &Question) -> String {
    let above = |plan: &Plan| dollars(plan.cost - question.limit);
    match none.cost > question.limit {
        true => format!(
            "none: without any image it is {}, {} above the limit",
            cost(none, question),
            above(none)
        ),
        false => format!(
            "none: with one image it is {}, {} above the limit",
            cost(one, question),
            above(one)
        ),
    }
}

/// Whether the volume as it is keeps to the limit, and by how much.
pub(super) fn standing(fits: &Fits, question: &Question) -> String {
    match fits {
        Fits::Within(plan) => format!("within, {} left", dollars(question.limit - plan.cost)),
        Fits::Over(plan) => format!("over by {}", dollars(plan.cost - question.limit)),
        Fits::NotOffered(_) => "not offered".into(),
        _ => "unknown".into(),
    }
}

/// What comes nearest where nothing fits.
pub(super) fn nearest(question: &Question, answer: &Answer) -> Option<String> {
    let first = |alternative: &Alternative| match &alternative.fits {
        Fits::Nothing { none, one } => Some(none.cost.max(one.cost)),
        _ => None,
    };
    if answer.alternatives.iter().any(|alternative| alternative.fits.has_images()) {
        return None;
    }
    let known = answer.alternatives.iter().filter(|it| first(it).is_some());
    let nearest = known.min_by_key(|it| (it.doubt.is_some(), first(it)))?;
    let Fits::Nothing { none, one } = &nearest.fits else { return None };
    let unknown = answer.alternatives.iter().any(|it| matches!(it.fits, Fits::Unknown(_)));
    let nothing_fits = match (answer.all.has_images(), unknown) {
        (true, _) => "With the others as they are, nothing fits",
        (false, true) => "Nothing is shown to fit",
        (false, false) => "Nothing fits",
    };
    Some(format!(
        "{nothing_fits}. The nearest is {}: {}.",
        in_words(nearest),
        nothing(none, one, question)
    ))
}

/// For each workload the best quality at the volume as wanted, or the nearest.
pub(super) fn best(question: &Question, answer: &Answer) -> Vec<String> {
    let line = |found: &crate::budget::afford::Qualities| {
        let name = &found.workload;
        if let Some(best) = found.best() {
            return format!("{name}: {best}");
        }
        let over = found.labels.iter().filter_map(|(label, fits)| match fits {
            Fits::Over(plan) => Some((plan.cost, label)),
            _ => None,
        });
        // Of equally dear labels the best one.
        match over.rev().min_by_key(|(cost, _)| *cost) {
            Some((cost, label)) => {
                let above = dollars(cost - question.limit);
                format!("{name}: none fits; the nearest is {label}, over by {above}")
            }
            None if found.labels.iter().all(|(_, fits)| matches!(fits, Fits::NotOffered(_))) => {
                format!("{name}: no quality is offered")
            }
            None => format!("{name}: not known"),
        }
    };
    answer.qualities.iter().map(line).collect()
}

/// Why some alternatives have no number, each reason once.
pub(super) fn without_number(answer: &Answer) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for alternative in &answer.alternatives {
        let why = match &alternative.fits {
            Fits::Unknown(why) | Fits::NotOffered(why) => why.in_words(),
            _ => continue,
        };
        let route = alternative.route.as_deref().unwrap_or("the maker's own route");
        let line = format!("{} on {route}: {why}", alternative.workload);
        if !lines.contains(&line) {
            lines.push(line);
        }
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
    if budget.workloads.len() > 1 {
        let text = "all by one factor: one more is the next image by the proportions of the budget";
        notes.push(text.into());
    }
    if budget.months > 1 {
        let text = "images are spread over the months in which they can be made, in the proportions of the volume";
        notes.push(text.into());
    }
    if budget.workloads.iter().any(|workload| workload.steps.len() > 1) {
        notes.push("quality, size and route are those of the last step of a workload".into());
    }
    notes.extend(routes(answer, catalog));
    let doubts: BTreeSet<String> = answer.alternatives.iter().filter_map(in_doubt).collect();
    notes.extend(doubts);
    // What is not made stands in the first lines.
    let findings = answer.findings.iter().filter(|finding| !finding.kind.is_not_made());
    notes.extend(findings.map(|finding| match finding.workload.is_empty() {
        true => finding.message(),
        false => format!("{}: {}", finding.workload, finding.message()),
    }));
    notes
}

/// Why the price of a route may not be named the cheapest.
fn in_doubt(alternative: &Alternative) -> Option<String> {
    let why = alternative.doubt?.in_words();
    let route = alternative.route.as_deref().unwrap_or("the maker's own route");
    Some(format!("{route}: its price {why}"))
}

/// What is to be known of the routes tried: whether they keep what is asked for, and the stop rule.
fn routes(answer: &Answer, catalog: &Catalog) -> Vec<String> {
    let mut notes = Vec::new();
    let names: BTreeSet<&String> =
        answer.alternatives.iter().filter_map(|it| it.route.as_ref()).collect();
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

/// The images that are accepted in the end, where they are fewer than those wanted.
pub(super) fn given_up(fits: &Fits) -> Option<String> {
    let Fits::Most { images, with, .. } = fits else { return None };
    let wanted = Decimal::from(*images);
    let fewer = with.accepted.low() < wanted;
    let accepted = with.accepted.exact()?;
    fewer.then(|| number::rounded(accepted, 1))
}

/// The fewest and the most images of a month.
pub(super) fn by_month(plan: &Plan) -> String {
    let least = plan.images.values().min().copied().unwrap_or(0);
    let most = plan.images.values().max().copied().unwrap_or(0);
    let figure = match least == most {
        true => Figure::Exact(least),
        false => Figure::range(least, None, most, Budgeting::VolumeRange),
    };
    number::count_figure(&figure)
}

fn in_words(alternative: &Alternative) -> String {
    let labels = [&alternative.quality, &alternative.size].into_iter().flatten().cloned();
    let route = alternative.route.iter().map(|route| format!("on {route}"));
    let parts: Vec<String> =
        [alternative.workload.clone()].into_iter().chain(labels).chain(route).collect();
    parts.join(" ")
}

fn dollars(amount: Decimal) -> String {
    number::dollars(amount)
}
