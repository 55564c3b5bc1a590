//! The words of a forecast: its title, the amount to request, how limits stand and what is open.

use std::collections::BTreeMap;

use super::lines::work;
use super::{Found, dollars};
use rust_decimal::Decimal;

use crate::budget::{
    AmountToRequest, Budget, Case, Forecast, LimitStatus, Made, Month, NotMade, Scope, whose,
};
use crate::catalog::price::Contract;
use crate::figure::Figure;
use crate::help::Sentence;
use crate::limit::LimitVerdict;
use crate::reason::Reason;
use crate::report::number;

pub(super) fn title(found: &Found) -> String {
    let Found { budget, lines, .. } = found;
    let what = match &budget.workloads[..] {
        [workload] => {
            let model = lines.iter().find_map(|line| line.first().route.as_ref());
            let work = work(budget, &workload.name, model.map(|route| route.model.as_str()));
            format!("{}, {work}", workload.name)
        }
        workloads => format!("{} workloads", workloads.len()),
    };
    format!("Budget of {}: {what}", period(budget))
}

fn period(budget: &Budget) -> String {
    match budget.months {
        0 | 1 => budget.start.to_string(),
        months => format!("{} to {}", budget.start, budget.start.plus(months - 1)),
    }
}

pub(super) fn months(months: u32) -> String {
    if months == 1 { "1 month".into() } else { format!("{months} months") }
}

/// What the whole budget costs, and the amount to request.
pub(super) fn amount(found: &Found) -> Vec<(String, String)> {
    let amount = found.amount;
    let over = months(found.budget.months);
    let cost = cost_in_words(&amount.cost, found.forecast.made());
    let mut facts = vec![
        ("Cost".into(), format!("{cost} for {over}")),
        ("Amount to request".into(), to_request(amount)),
    ];
    facts.extend(not_in_it(found).map(|images| ("Not in it".into(), images)));
    facts.extend(not_planned(&found.forecast.not_planned).map(|it| ("Not planned".into(), it)));
    facts
}

/// The amount to request, and how it came about.
fn to_request(amount: &AmountToRequest) -> String {
    let shown = match &amount.amount {
        Figure::Unknown { at_least, .. } if at_least.is_zero() => {
            return "unknown, since no part of the cost is known".into();
        }
        Figure::Unknown { at_least, .. } => {
            format!("at least {}", number::dollars(*at_least))
        }
        figure => number::dollars(figure.low()),
    };
    let margin = format!("a margin of {}", number::percent(amount.margin));
    let case = case_in_words(amount.case);
    let from = match (&amount.start, &amount.cost) {
        (Figure::Exact(cost), Figure::Exact(_)) => format!("{} and {margin}", dollars(*cost)),
        (Figure::Exact(value), _) => format!("{case} case {} and {margin}", dollars(*value)),
        (start, Figure::Range { .. }) if amount.without.is_empty() => format!(
            "{}, the low end where no value is expected, and {margin}",
            dollars(start.low())
        ),
        (start, _) => {
            format!("{case} case of what is known, {}, and {margin}", dollars(start.low()))
        }
    };
    format!("{shown} ({from})")
}

/// A cost by itself, or the word for what is not made or not planned.
pub(in crate::report) fn cost_in_words(cost: &Figure<Decimal>, made: Made) -> String {
    made.in_place_of(cost).map_or_else(|| number::dollar_figure_alone(cost), str::to_owned)
}

/// What is not made: in which months and why.
pub(super) fn not_made(not_made: &[NotMade]) -> Vec<Sentence> {
    let line =
        |it: &NotMade| it.why.said().of(&format!("{} in {}", it.workload, spans(&it.months)));
    not_made.iter().map(line).collect()
}

/// How many workloads without a volume in some month are named.
const MOST_NOT_PLANNED: usize = 6;

/// The months in which workloads have no volume.
pub(in crate::report) fn not_planned(all: &BTreeMap<String, Vec<Month>>) -> Option<String> {
    let named = all.iter().take(MOST_NOT_PLANNED);
    let mut words: Vec<String> =
        named.map(|(workload, months)| format!("{workload} in {}", spans(months))).collect();
    if all.len() > MOST_NOT_PLANNED {
        words.push(format!("and {} workloads more", all.len() - MOST_NOT_PLANNED));
    }
    (!words.is_empty()).then(|| words.join("; "))
}

/// The images that are wanted and not accepted, by workload.
fn not_in_it(found: &Found) -> Option<String> {
    let words = found.short.iter();
    let words =
        words.map(|(workload, images)| format!("{workload} {}", number::quantity_figure(images)));
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| format!("wanted images that are not made: {}", words.join(", ")))
}

fn case_in_words(case: Case) -> &'static str {
    match case {
        Case::Low => "the low",
        Case::Expected => "the expected",
        Case::High => "the high",
    }
}

/// How every limit stands, one line each.
pub(super) fn limits(limits: &[LimitStatus], margin: Decimal) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = limits;
    while let Some(first) = rest.first() {
        let same = |it: &LimitStatus| {
            it.scope == first.scope && it.limit == first.limit && it.month.is_some()
        };
        let length = rest.iter().take_while(|it| same(it)).count();
        let (group, after) = rest.split_at(length.max(1));
        lines.push(match first.month {
            None => format!(
                "{}{} in all: {} ({})",
                scope(&first.scope),
                dollars(first.limit),
                first.verdict.in_words(),
                number::dollar_figure_alone(&first.cost)
            ),
            Some(_) => format!(
                "{}{} a month: {}",
                scope(&first.scope),
                dollars(first.limit),
                by_verdict(group)
            ),
        });
        rest = after;
    }
    let any = |verdict| limits.iter().any(|it| it.verdict == verdict);
    if any(LimitVerdict::MarginNotCovered) {
        let margin = number::percent(margin);
        lines.push(format!(
            "margin not covered: the high case and the margin of {margin} on it exceed the limit"
        ));
    }
    if any(LimitVerdict::Unknown) {
        lines.push("unknown: a part of the cost is, or of the images not made".into());
    }
    lines
}

fn scope(scope: &Scope) -> String {
    match scope {
        Scope::Budget => String::new(),
        scope => format!("{}, ", scope.in_words()),
    }
}

/// `over in 2027-03 to 2027-12; within in 2027-01 and 2027-02`, the worst first.
fn by_verdict(months: &[LimitStatus]) -> String {
    let worst_first = [
        LimitVerdict::Over,
        LimitVerdict::Unknown,
        LimitVerdict::MarginNotCovered,
        LimitVerdict::Within,
    ];
    let parts = worst_first.into_iter().filter_map(|verdict| {
        let these: Vec<Month> =
            months.iter().filter(|it| it.verdict == verdict).filter_map(|it| it.month).collect();
        let all = these.len() == months.len();
        let when = if all { "every month".into() } else { spans(&these) };
        (!these.is_empty()).then(|| format!("{} in {when}", verdict.in_words()))
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// Months in order, those that follow each other as one span.
pub(super) fn spans(months: &[Month]) -> String {
    let mut spans: Vec<(Month, Month)> = Vec::new();
    for month in months {
        match spans.last_mut() {
            Some((_, last)) if last.plus(1) == *month => *last = *month,
            _ => spans.push((*month, *month)),
        }
    }
    let words = spans.into_iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first} to {last}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What rests on the user's own tables: prices of a contract, corrections, terms in writing.
pub(super) fn yours(forecast: &Forecast) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for route in forecast.prices.iter().map(|used| &used.route) {
        let price = match route.contract {
            Contract::List => None,
            Contract::Ours => Some("the price is that of your own contract".to_owned()),
            Contract::Correction => Some("the price is your correction".to_owned()),
        };
        let attested = route.terms.charges.iter().filter(|(_, charge)| charge.attested);
        let events: Vec<&str> = attested.map(|(event, _)| event.as_str()).collect();
        let terms = (!events.is_empty())
            .then(|| format!("who pays for {} is as you have it in writing", events.join(", ")));
        for line in price.into_iter().chain(terms).map(|what| format!("{}: {what}", route.id)) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

pub(super) fn findings(found: &Found) -> Vec<Sentence> {
    let several = found.budget.workloads.len() > 1;
    let line = |finding: &crate::budget::Finding| {
        let whose = if several { format!("{}, ", finding.workload) } else { String::new() };
        finding.said().of(&format!("{whose}from {} on", finding.month))
    };
    // What is not made stands in the first lines.
    let others = found.forecast.findings.iter().filter(|finding| !finding.kind.is_not_made());
    others.map(line).collect()
}

/// Why costs are ranges: each reason once, with whose cost it is. Unknown ones stand under the amount.
pub(super) fn open(found: &Found) -> Vec<Sentence> {
    let mut by_reason: Vec<(&Reason, Vec<String>)> = Vec::new();
    for line in found.lines {
        let whose = whose(line.first());
        let known = line.rows.iter().filter(|row| row.cost.high().is_some());
        for reason in known.flat_map(|row| row.cost.reasons()) {
            match by_reason.iter_mut().find(|(known, _)| known.kind() == reason.kind()) {
                Some((_, all)) if all.contains(&whose) => {}
                Some((_, all)) => all.push(whose.clone()),
                None => by_reason.push((reason, vec![whose.clone()])),
            }
        }
    }
    let line = |(reason, whose): (&Reason, Vec<String>)| reason.said().of(&whose.join(", "));
    by_reason.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(month: &str, verdict: LimitVerdict) -> LimitStatus {
        LimitStatus {
            scope: Scope::Budget,
            month: month.parse().ok(),
            limit: Decimal::from(3000),
            cost: Figure::Exact(Decimal::ONE),
            verdict,
        }
    }

    #[test]
    fn months_of_one_verdict_are_one_span_and_the_worst_comes_first() {
        let months = [
            status("2027-01", LimitVerdict::Within),
            status("2027-02", LimitVerdict::MarginNotCovered),
            status("2027-03", LimitVerdict::Over),
            status("2027-04", LimitVerdict::Over),
        ];
        let line = "$3,000.00 a month: over in 2027-03 to 2027-04; margin not covered in 2027-02; within in 2027-01";
        let not_covered =
            "margin not covered: the high case and the margin of 10% on it exceed the limit";
        assert_eq!(limits(&months, Decimal::new(1, 1)), [line, not_covered]);
        let within =
            [status("2027-01", LimitVerdict::Within), status("2027-02", LimitVerdict::Within)];
        assert_eq!(
            limits(&within, Decimal::new(1, 1)),
            ["$3,000.00 a month: within in every month"]
        );
    }
}
