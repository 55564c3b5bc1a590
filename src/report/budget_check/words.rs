//! The words of a check: the verdict, what each finding says, and what to do.

use chrono::NaiveDate;

use crate::budget::check::{
    BaselineChange, Check, CheckFinding, Counted, Detail, MaxIncrease, Peak,
};
use crate::budget::{Change, LimitStatus, Month, Unit};
use crate::catalog::evidence::{Evidence, NotFresh};
use crate::catalog::readiness;
use crate::figure::Figure;
use crate::limit::LimitVerdict;
use crate::report::budget_comparison::change_in_words;
use crate::report::forecast::{
    as_facts, at_acceptance, each, in_period, limits_in_words, not_held, not_planned,
    part_in_words, to_pay, total_in_words,
};
use crate::report::number;

pub(super) fn verdict(check: &Check) -> String {
    let failing = check.failures().count();
    let warning = check.findings.len() - failing;
    let count = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    };
    let found = [(failing, "failure"), (warning, "warning")];
    let found = found.into_iter().filter(|(number, _)| *number > 0);
    let found: Vec<String> = found.map(|(number, what)| count(number, what)).collect();
    let verdict = if failing > 0 { "failed" } else { "passed" };
    match found.is_empty() {
        true => format!("Budget check {verdict}: nothing found"),
        false => format!("Budget check {verdict}: {}", found.join(", ")),
    }
}

pub(super) fn facts(check: &Check, today: NaiveDate) -> Vec<(String, String)> {
    let cost = total_in_words(&check.total, check.made);
    let part = part_in_words(check.part_of);
    let mut facts = vec![(
        "Budget".into(),
        format!("{cost} for {}{part}, as known on {today}", span(check.months)),
    )];
    facts.extend(to_pay(check.cash.as_ref(), check.made));
    let (limits, _) = limits_in_words(&check.limits, None);
    facts.extend(as_facts("Limits", limits));
    facts.extend(not_held(&check.not_held));
    facts.extend(at_acceptance(check.at_acceptance.as_ref()));
    facts.extend(not_planned(&check.not_planned).map(|it| ("Not planned".into(), it)));
    if let Some(baseline) = &check.baseline {
        facts.extend(baseline_facts(baseline));
    }
    facts
}

fn span((first, last): (Month, Month)) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

fn baseline_facts(baseline: &BaselineChange) -> Vec<(String, String)> {
    let Some(months) = baseline.months else {
        return vec![("Baseline".into(), "no month in common with the budget".into())];
    };
    let [from, to] = [&baseline.from, &baseline.to].map(number::dollar_figure_alone);
    let change = change_in_words(&baseline.change);
    let mut facts =
        vec![("Baseline".into(), format!("{from} for {}, now {to}: {change}", span(months)))];
    match &baseline.causes {
        Some(causes) => {
            let parts = [
                ("volume", Some(&causes.volume)),
                ("mix", causes.mix.as_ref()),
                ("attempts", Some(&causes.attempts)),
                ("tokens", Some(&causes.tokens)),
            ];
            let in_words = |(name, change): (&str, Option<&Change>)| {
                change.map(|change| format!("{name} {}", change_in_words(change)))
            };
            let usage: Vec<String> = parts.into_iter().filter_map(in_words).collect();
            facts.push(("By usage".into(), usage.join("; ")));
            let price = change_in_words(&causes.price);
            facts.push(("By price".into(), format!("{price}, other costs included")));
        }
        None => facts.push((
            "By usage, by price".into(),
            "cannot be told apart: an older forecast holds results only".into(),
        )),
    }
    facts
}

pub(super) fn result(check: &Check, finding: &CheckFinding) -> &'static str {
    if check.fails(finding) { "fails" } else { "warns" }
}

/// What a finding says.
pub(super) fn detail(finding: &CheckFinding, check: &Check) -> String {
    match &finding.detail {
        Detail::Open(why) => why.sentence(),
        Detail::Readiness(missing) => readiness::verdict(missing),
        Detail::Source(evidence, why) => not_fresh(evidence, *why),
        Detail::Quoted => {
            "the price rests on one secondary source, or on sources that contradict each other"
                .into()
        }
        Detail::Capacity(open) => open.to_string(),
        Detail::Limit(status, months) => limit(status, *months),
        Detail::Peak(peak) => peak_in_words(peak),
        Detail::Increase => check.baseline.as_ref().map(increase).unwrap_or_default(),
    }
}

fn not_fresh(evidence: &Evidence, why: NotFresh) -> String {
    let source = &evidence.source;
    match why {
        NotFresh::Undated => format!("undated, so that its age is unknown: {source}"),
        NotFresh::Old(days) => format!("{days} days old ({}): {source}", evidence.seen_in_words()),
    }
}

fn limit(status: &LimitStatus, months: usize) -> String {
    let each = match status.period.month() {
        Some(_) => each(Unit::Month).to_owned(),
        None => in_period(status.period),
    };
    let limit = number::dollars(status.limit);
    let cost = number::dollar_figure_alone(&status.cost);
    let why = match status.verdict {
        LimitVerdict::MarginNotCovered => ", over with the margin on its high case",
        LimitVerdict::Over | LimitVerdict::Unknown | LimitVerdict::Within => "",
    };
    let more = match months {
        1 => String::new(),
        many => format!(", the first of {many}"),
    };
    format!("{limit} {each}: {} ({cost}{why}){more}", status.verdict.in_words())
}

fn peak_in_words(peak: &Peak) -> String {
    let counted = peak.counted.as_str();
    let per_minute = number::quantity_figure(&peak.per_minute);
    let (tier, allowed) = (&peak.tier, number::count(peak.allowed));
    let enough = match &peak.enough {
        Some(enough) => format!("tier {enough} would be enough"),
        None => "no tier is known to be enough".into(),
    };
    let of = match peak.counted {
        Counted::Images => "",
        Counted::Tokens => " of all kinds",
    };
    format!(
        "{per_minute} {counted}{of} in the busiest minute; tier {tier} allows {allowed}; {enough}"
    )
}

fn increase(baseline: &BaselineChange) -> String {
    let allowed = match baseline.allowed {
        MaxIncrease::Share(share) if share.is_zero() => "none".to_owned(),
        MaxIncrease::Share(share) => number::percent(share),
        MaxIncrease::Amount(amount) => number::dollar_figure_alone(&Figure::Exact(amount)),
    };
    let change = change_in_words(&baseline.change);
    match baseline.is_too_much {
        None => {
            let why = baseline.change.reasons().in_words();
            format!("the change from the baseline cannot be told: {why}")
        }
        Some(_) => {
            let share = share_of(baseline).map(|share| format!(", {share}")).unwrap_or_default();
            format!("above the increase that is allowed ({allowed}): {change}{share}")
        }
    }
}

/// The change of the high case in percent of the baseline.
fn share_of(baseline: &BaselineChange) -> Option<String> {
    let (change, before) = (baseline.change.cases()[2]?, baseline.from.high()?);
    let share = crate::money::quotient(change, before).ok()?;
    Some(format!("{} in the high case", number::change(share)))
}

pub(super) fn not_told_apart(check: &Check) -> Vec<String> {
    let causes = check.baseline.as_ref().and_then(|baseline| baseline.causes.as_ref());
    causes.iter().flat_map(|it| &it.not_told_apart).map(ToString::to_string).collect()
}

/// What to do about each class that was found.
pub(super) fn remedies(check: &Check) -> Vec<String> {
    let remedy = |class: crate::budget::check::Class| {
        format!("{}: {}", class.as_str().replace('_', " "), class.remedy())
    };
    super::classes(check).into_iter().map(remedy).collect()
}
