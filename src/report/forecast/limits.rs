//! How limits stand, in words: the worst first, when shares of them are reached, and which of them a part does not hold.

use rust_decimal::Decimal;

use super::dollars;
use crate::budget::{Alert, LimitStatus, Month, NotHeld, Period, Reached, Scope, Unit};
use crate::limit::LimitVerdict;
use crate::report::number::{self, percent};

/// How many limits are named at once.
const MOST_LIMITS: usize = 4;

/// How the limits stand, one line each: those for the first lines, the worst first where there are more; and then all.
pub(in crate::report) fn limits_in_words(
    limits: &[LimitStatus],
    margin: Option<Decimal>,
) -> (Vec<String>, Vec<String>) {
    let mut lines = limit_lines(limits);
    let words = |lines: &[(LimitVerdict, String)]| {
        let lines = lines.iter().map(|(_, line)| line.clone());
        lines.chain(explained(limits, margin)).collect::<Vec<String>>()
    };
    if lines.len() <= MOST_LIMITS {
        return (words(&lines), Vec::new());
    }
    let all = words(&lines);
    lines.sort_by_key(|(worst, _)| std::cmp::Reverse(*worst));
    (words(&lines[..MOST_LIMITS]), all)
}

/// A line for each amount of each limit, with its worst verdict.
fn limit_lines(limits: &[LimitStatus]) -> Vec<(LimitVerdict, String)> {
    let same =
        |a: &LimitStatus, b: &LimitStatus| a.scope == b.scope && a.period.unit() == b.period.unit();
    let mut lines = Vec::new();
    for of_unit in limits.chunk_by(same) {
        let mut by_amount: Vec<(Decimal, Vec<&LimitStatus>)> = Vec::new();
        for status in of_unit {
            match by_amount.iter_mut().find(|(amount, _)| *amount == status.limit) {
                Some((_, all)) => all.push(status),
                None => by_amount.push((status.limit, vec![status])),
            }
        }
        let is_only = by_amount.len() == 1;
        lines.extend(by_amount.into_iter().map(|(_, group)| limit_line(&group, is_only)));
    }
    lines
}

/// The line of periods with one limit, of which there is one at least; whether no others are limited otherwise.
fn limit_line(group: &[&LimitStatus], is_only: bool) -> (LimitVerdict, String) {
    let first = group[0];
    let worst = group.iter().map(|it| it.verdict).max().unwrap_or(first.verdict);
    let limit = format!("{}{}", scope(&first.scope), dollars(first.limit));
    let line = match (group, first.period.unit()) {
        ([_], Unit::Whole | Unit::Year | Unit::Quarter) => {
            format!("{limit} {}: {}", in_period(first.period), first.verdict.in_words())
        }
        (_, unit) => format!("{limit} {}: {}", each(unit), by_verdict(group, is_only)),
    };
    (worst, line)
}

/// `in total`, `in 2027-Q1`, `in FY2027 (2026-04 to 2027-03)`.
pub(in crate::report) fn in_period(period: Period) -> String {
    format!("in {}", period_in_words(period))
}

/// The name of a period; of a fiscal year that is no calendar year with its months.
fn period_in_words(period: Period) -> String {
    match period {
        Period::Year(year) => year.in_words(),
        other => other.to_string(),
    }
}

/// What each of several limits is for.
pub(in crate::report) fn each(unit: Unit) -> &'static str {
    match unit {
        Unit::Month => "a month",
        Unit::Quarter => "a quarter",
        Unit::Year => "a fiscal year",
        Unit::Whole => "in total",
    }
}

/// How many limits with shares to reach are named at once.
const MOST_ALERTS: usize = 3;

/// When shares of limits are reached, a line for each limit of a period: those for the first lines, and then all.
pub(in crate::report) fn alerts_in_words(alerts: &[Alert]) -> (Vec<String>, Vec<String>) {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for alert in alerts {
        let of = match alert.period {
            Period::Month(_) => each(Unit::Month).to_owned(),
            period => in_period(period),
        };
        let amount = match (alert.period, alert.reached) {
            // Months may have limits of their own.
            (Period::Month(_), _) => String::new(),
            _ => format!("{} ", dollars(alert.limit)),
        };
        let limit = format!("{}{amount}{of}", scope(&alert.scope));
        let share = percent(alert.share);
        let reached = match alert.reached {
            Reached::In(month) => format!("{share} in {month}"),
            Reached::Never => format!("{share} not reached"),
            Reached::Unknown(month) => format!("{share} unknown from {month} on"),
        };
        match lines.iter_mut().find(|(known, _)| *known == limit) {
            Some((_, all)) => all.push(reached),
            None => lines.push((limit, vec![reached])),
        }
    }
    let words =
        |(limit, reached): &(String, Vec<String>)| format!("{limit}: {}", reached.join(", "));
    let first = lines.iter().take(MOST_ALERTS).map(words).collect();
    let all =
        if lines.len() > MOST_ALERTS { lines.iter().map(words).collect() } else { Vec::new() };
    (first, all)
}

/// How many limits that are not held are named.
const MOST_NOT_HELD: usize = 4;

/// Limits of more months than a part of a budget has.
pub(in crate::report) fn not_held(all: &[NotHeld]) -> Option<(String, String)> {
    let words = |it: &NotHeld| {
        format!("{}{} {}", scope(&it.scope), dollars(it.limit), in_period(it.period))
    };
    let mut named: Vec<String> = all.iter().take(MOST_NOT_HELD).map(words).collect();
    if all.len() > MOST_NOT_HELD {
        named.push(format!("and {} more", all.len() - MOST_NOT_HELD));
    }
    let why = "the part has not all of these months";
    (!named.is_empty()).then(|| ("Not held".to_owned(), format!("{}: {why}", named.join("; "))))
}

/// What verdicts that are neither within nor over come from.
fn explained(limits: &[LimitStatus], margin: Option<Decimal>) -> impl Iterator<Item = String> {
    let any = |verdict| limits.iter().any(|it| it.verdict == verdict);
    let margin = any(LimitVerdict::MarginNotCovered).then(|| {
        let margin = margin.map_or_else(String::new, |it| format!(" of {}", number::percent(it)));
        format!("margin not covered: within, but over with the margin{margin}")
    });
    let unknown =
        any(LimitVerdict::Unknown).then(|| "unknown: a part of the cost is not known".to_owned());
    margin.into_iter().chain(unknown)
}

fn scope(scope: &Scope) -> String {
    match scope {
        Scope::Budget => String::new(),
        scope => format!("{}, ", scope.in_words()),
    }
}

/// `over in 2027-03 to 2027-12; within in 2027-01 and 2027-02`, the worst first.
fn by_verdict(group: &[&LimitStatus], is_only: bool) -> String {
    let worst_first = [
        LimitVerdict::Over,
        LimitVerdict::Unknown,
        LimitVerdict::MarginNotCovered,
        LimitVerdict::Within,
    ];
    let parts = worst_first.into_iter().filter_map(|verdict| {
        let these: Vec<Period> =
            group.iter().filter(|it| it.verdict == verdict).map(|it| it.period).collect();
        let all = is_only && these.len() == group.len();
        let when = match these.first().map(|period| period.unit()) {
            None => return None,
            Some(Unit::Month) if all => "every month".into(),
            Some(Unit::Quarter) if all => "every quarter".into(),
            Some(Unit::Year) if all => "every fiscal year".into(),
            Some(Unit::Month) => {
                spans(&these.iter().filter_map(|it| it.month()).collect::<Vec<_>>())
            }
            Some(_) => these.iter().map(|it| period_in_words(*it)).collect::<Vec<_>>().join(", "),
        };
        Some(format!("{} in {when}", verdict.in_words()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Figure;

    fn status(month: &str, verdict: LimitVerdict) -> LimitStatus {
        LimitStatus {
            scope: Scope::Budget,
            period: Period::Month(month.parse().expect("a month")),
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
        assert_eq!(limit_lines(&months), [(LimitVerdict::Over, line.to_owned())]);
        let not_covered = "margin not covered: within, but over with the margin of 10%".to_owned();
        let explained: Vec<_> = explained(&months, Some(Decimal::new(1, 1))).collect();
        assert_eq!(explained, [not_covered]);
        let within =
            [status("2027-01", LimitVerdict::Within), status("2027-02", LimitVerdict::Within)];
        let expected =
            (LimitVerdict::Within, "$3,000.00 a month: within in every month".to_owned());
        assert_eq!(limit_lines(&within), [expected]);
    }
}
