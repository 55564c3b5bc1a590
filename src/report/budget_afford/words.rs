//! What fits within a limit, in words.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::budget::Budget;
use crate::budget::afford::{Answer, Fits, FitsBy, Mix, Plan, Question, Span};
use crate::figure::Figure;
use crate::money::quotient;
use crate::report::forecast::{at_acceptance, part_in_words};
use crate::report::number;
use crate::report::sheet::Cell;

pub(super) fn title(budget: &Budget, question: &Question, today: NaiveDate) -> String {
    let months = match budget.months {
        1 => budget.start.to_string(),
        more => format!("{more} months from {}", budget.start),
    };
    let months = months + &part_in_words(budget.part_of);
    let aside = number::dollars_aside(&Figure::Exact(question.limit));
    let limit = dollars(question.limit) + &aside;
    match question.span {
        Span::Total => format!("What fits within {limit} in total: {months} (known {today})"),
        Span::Month => format!("What fits within {limit} a month: {months} (known {today})"),
    }
}

/// The answer in a sentence.
pub(super) fn answer(question: &Question, answer: &Answer) -> String {
    let rest = "the rest as planned";
    match answer.fits_by() {
        FitsBy::AsWritten => match &answer.as_written {
            Fits::Within(plan) => format!("All that is wanted fits: {}.", left(plan, question)),
            other => number_or_why(other, question),
        },
        FitsBy::Change => match answer.first_choice() {
            Some(choice) => {
                let what = format!("{} {}", choice.workload, choice.change);
                format!("{what}, {rest}: fits{}.", with_what_is_left(&choice.fits, question))
            }
            None => String::new(),
        },
        FitsBy::Mix => match &answer.mix {
            Some(mix) => {
                let what = changes(mix);
                format!("{what}, {rest}: fits{}.", with_what_is_left(&mix.fits, question))
            }
            None => String::new(),
        },
        FitsBy::Fewer => format!(
            "What is wanted does not fit; fewer images do: {}.",
            answer.fewer.as_ref().map_or(String::new(), |it| by_one_factor(question, answer, it))
        ),
        FitsBy::Most => "What is wanted does not fit; of some workload by itself images do.".into(),
        FitsBy::Nothing => "Nothing fits.".into(),
        FitsBy::Unknown => "It is not known whether anything fits.".into(),
    }
}

/// What is changed in a mix, each workload once: "banners at medium in a Batch and posters at low".
fn changes(mix: &Mix) -> String {
    let mut each: Vec<(&str, String)> = Vec::new();
    for (workload, change) in &mix.changes {
        match each.iter_mut().find(|(name, _)| name == workload) {
            Some((_, words)) => words.push_str(&format!(" {change}")),
            None => each.push((workload, format!("{workload} {change}"))),
        }
    }
    enumerated(&each.into_iter().map(|(_, words)| words).collect::<Vec<_>>())
}

fn enumerated(parts: &[String]) -> String {
    match parts {
        [first @ .., second_last, last] => {
            let first: String = first.iter().map(|part| format!("{part}, ")).collect();
            format!("{first}{second_last} and {last}")
        }
        parts => parts.concat(),
    }
}

fn with_what_is_left(fits: &Fits, question: &Question) -> String {
    match fits {
        Fits::Within(plan) => format!(" with {}", left(plan, question)),
        _ => String::new(),
    }
}

fn left(plan: &Plan, question: &Question) -> String {
    let cost = cost(plan, question);
    format!("{} left ({cost})", dollars(question.limit - plan.cost))
}

/// How many changes that are not enough are named.
const FEW_CHANGES: usize = 4;

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
    let mut facts = vec![("Case".into(), case), ("As written".into(), as_written)];
    let short = answer.mix.as_ref().filter(|mix| !matches!(mix.fits, Fits::Within(_)));
    facts.extend(short.map(|mix| {
        let standing = standing(&mix.fits, question);
        let what = match mix.changes.len() {
            few if few <= FEW_CHANGES => changes(mix),
            many => format!("{many} changes"),
        };
        ("A mix".into(), format!("{what}: {standing}"))
    }));
    facts.extend(answer.fewer.as_ref().map(|fewer| {
        let of = match &question.workload {
            Some(workload) => format!("Fewer {workload}"),
            None => "Fewer of all".to_owned(),
        };
        (of, by_one_factor(question, answer, fewer))
    }));
    facts.extend(at_acceptance(answer.at_acceptance.as_ref()));
    facts
}

/// The images of a number of workloads by one factor, with their share of what is wanted.
pub(super) fn by_one_factor(question: &Question, answer: &Answer, fits: &Fits) -> String {
    let share = |images: u64| {
        let wanted = Decimal::from(answer.wanted.filter(|wanted| *wanted > 0)?);
        quotient(Decimal::from(images), wanted).ok()
    };
    let text = number_or_why(fits, question);
    let share = match fits {
        Fits::Most { images, .. } if question.workload.is_none() => share(*images),
        _ => None,
    };
    match share {
        Some(share) => format!("{text}; {} of what is wanted", number::percent_rounded(share)),
        None => text,
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

pub(super) fn nothing(none: &Plan, one: &Plan, question: &Question) -> String {
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

pub(super) fn costs(fits: &Fits, question: &Question) -> [Cell; 2] {
    let money = |plan: Option<&Plan>| {
        plan.map_or(Cell::Empty, |plan| {
            Cell::text(number::dollars_beside(plan.cost, question.limit))
        })
    };
    let (plan, next) = fits.plans();
    [money(plan), money(next)]
}

pub(super) fn dollars(amount: Decimal) -> String {
    number::dollars(amount)
}
