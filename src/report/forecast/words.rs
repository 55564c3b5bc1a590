//! The words of a forecast: its title, the amount to request and what is open.

use std::collections::BTreeMap;

use super::limits::{alerts_in_words, limits_in_words, not_held, spans};
use super::lines::{prices_of, work};
use super::payees::paid;
use super::{Found, dollars};
use rust_decimal::Decimal;

use crate::budget::{
    AmountToRequest, AtAcceptance, Budget, Case, Forecast, Made, Month, NotMade, Paid, Period,
    PriceBasis, Unit, Volume, Workload, whose,
};
use crate::catalog::price::Contract;
use crate::figure::Figure;
use crate::help::Sentence;
use crate::reason::{Pricing, Reason, ReasonKind};
use crate::report::estimate::owner;
use crate::report::number::percent;
use crate::report::{number, sensitivity};
use crate::sensitivity::Sensitivity;

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
    format!("Budget of {}: {what}, as known on {}", period(budget), found.today)
}

/// The months of a budget, and what they are a part of.
pub(in crate::report) fn period(budget: &Budget) -> String {
    let part = part_in_words(budget.part_of);
    match budget.months {
        0 | 1 => format!("{}{part}", budget.start),
        _ => format!("{} to {}{part}", budget.start, budget.last()),
    }
}

/// What the months are a part of, where they are not all.
pub(in crate::report) fn part_in_words(part_of: Option<[Month; 2]>) -> String {
    let part = part_of.map(|[first, last]| format!(", part of {first} to {last}"));
    part.unwrap_or_default()
}

pub(super) fn months(months: u32) -> String {
    if months == 1 { "1 month".into() } else { format!("{months} months") }
}

/// The answer: what the budget costs, the amount to request, how its limits stand, and what moves it most.
pub(super) fn answer(found: &Found) -> Vec<(String, String)> {
    let amount = found.amount;
    let cost = total_in_words(&amount.cost, found.forecast.made());
    let over = months(found.budget.months);
    let mut facts = vec![
        ("Cost".into(), format!("{cost} for {over}")),
        ("Amount to request".into(), to_request(amount)),
    ];
    facts.extend(to_pay(found.cash, found.forecast.made()));
    let (limits, _) = limits(found);
    facts.extend(as_facts("Limits", limits));
    facts.extend(not_held(&found.budget.limits_not_held()));
    facts.extend(as_facts("Alerts", alerts_in_words(found.alerts).0));
    facts.extend(planned_with(found.budget).map(|rates| ("Planned with".into(), rates)));
    facts.extend(sensitivity::facts(held(found)));
    facts.extend(of_which(found).map(|split| ("Of which".into(), split)));
    facts.extend(not_in_it(found).map(|images| ("Not in it".into(), images)));
    facts.extend(not_planned(&found.forecast.not_planned).map(|it| ("Not planned".into(), it)));
    facts.extend(route(found));
    facts.extend(
        saves_most(found).filter(|_| is_crowded(found)).map(|it| ("Saves most".into(), it)),
    );
    facts
}

/// What leaves the account, where the terms of a purchase make that another amount than the cost.
pub(in crate::report) fn to_pay(
    cash: Option<&Figure<Decimal>>,
    made: Made,
) -> Option<(String, String)> {
    let cash = cash?;
    let paid = cost_in_words(cash, made);
    // What the cost leaves open as well is said with the cost.
    let of_purchase = |reason: &&Reason| {
        matches!(
            reason.kind(),
            ReasonKind::Pricing(Pricing::NoExchangeRate { .. } | Pricing::PurchaseFee(_))
        )
    };
    let open =
        cash.reasons().iter().filter(of_purchase).map(|reason| format!("; {}", reason.said().text));
    let open = open.collect::<String>();
    let words = format!("{paid}, by the terms of the purchase{open}");
    Some(("To pay".into(), words))
}

/// The rates that were given for the one step of one workload; those of several stand with each in the file.
fn planned_with(budget: &Budget) -> Option<String> {
    let [Workload { steps, volume, .. }] = &budget.workloads[..] else { return None };
    let [step] = &steps[..] else { return None };
    let accepted = step.rates.acceptance().filter(|share| *share != Decimal::ONE);
    let accepted =
        accepted.map(|share| format!("{} of what is delivered accepted", percent(share)));
    let failed = Some(step.rates.failures().sum()).filter(|share| !share.is_zero());
    let failed = failed.map(|share| format!("{} of the attempts without an image", percent(share)));
    let growth = match volume {
        Volume::Growing { growth, .. } if growth.is_sign_negative() => {
            Some(format!("{} fewer images each month", percent(growth.abs())))
        }
        Volume::Growing { growth, .. } if !growth.is_zero() => {
            Some(format!("{} more images each month", percent(*growth)))
        }
        _ => None,
    };
    let season = volume.season().map(|season| format!("images {season}"));
    let all: Vec<String> = [accepted, failed, growth, season].into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// What moves the cost most; where a screen is crowded, or tables have a row for each quarter or name workloads, less of
/// it.
fn held<'a>(found: &Found<'a>) -> &'a [Sensitivity] {
    let most = match found.budget.workloads.len() {
        _ if is_crowded(found) => 1,
        0 | 1 => sensitivity::ON_A_SCREEN,
        _ if found.budget.months > 12 => 1,
        _ => 2,
    };
    found.sensitivities.get(..most).unwrap_or(found.sensitivities)
}

/// What was taken for granted of the acceptance, and what another one would cost.
pub(in crate::report) fn at_acceptance(tried: Option<&AtAcceptance>) -> Option<(String, String)> {
    let tried = tried?;
    let whose = match &tried.workloads[..] {
        all if all.len() == tried.of => String::new(),
        [one] => format!("{one}: "),
        several => format!("{} of {} workloads: ", several.len(), tried.of),
    };
    let cost = number::dollar_figure_alone(&tried.cost);
    let share = number::percent(tried.acceptance);
    let words = format!("{whose}if every image is accepted; at {share}: {cost}");
    Some(("Holds".into(), words))
}

/// A sum across price owners, by who is paid.
fn of_which(found: &Found) -> Option<String> {
    let paid = paid(found.whole, found.whole);
    let part =
        |(whom, paid): &(String, Paid)| format!("{whom} {}", cost_in_words(&paid.cost, paid.made));
    (paid.len() > 1).then(|| paid.iter().map(part).collect::<Vec<_>>().join("; "))
}

/// The largest lever.
fn saves_most(found: &Found) -> Option<String> {
    let lever = found.levers.first()?;
    let whose = match found.budget.workloads.len() {
        1 => String::new(),
        _ => format!("{}, ", lever.workload),
    };
    Some(format!(
        "{whose}{}: {}",
        lever.change_in_words(),
        number::dollar_figure_alone(&lever.saving)
    ))
}

/// Whether so much must be said that a screen has no room for months and levers.
pub(super) fn is_crowded(found: &Found) -> bool {
    let not_made = found.forecast.not_made().len().min(1) * 6;
    let without = found.amount.without.len().min(1) * 4;
    let (limits, _) = limits(found);
    not_made + without + limits.len() + found.forecast.findings.len().min(2) * 2 > 7
}

/// Where the images of the only workload are made, and by which prices.
fn route(found: &Found) -> Vec<(String, String)> {
    let [line] = found.lines else { return weakest(found) };
    let Some(route) = &line.first().route else { return Vec::new() };
    let prices = prices_of(line).map(|prices| ("Prices".into(), prices));
    let route = ("Route".into(), format!("{}, {}", route.id, owner(route)));
    std::iter::once(route).chain(prices).collect()
}

/// What the prices of several workloads rest on, where that is weaker than an owner's list of today.
fn weakest(found: &Found) -> Vec<(String, String)> {
    let basis = found.forecast.price_basis().filter(|basis| *basis > PriceBasis::Assumed);
    basis.map(|basis| ("Prices".into(), basis.in_words().into())).into_iter().collect()
}

/// The amount to request by itself; nothing where no part of it is known.
pub(super) fn asked(amount: &AmountToRequest) -> Option<String> {
    match &amount.amount {
        Figure::Unknown { at_least, .. } if at_least.is_zero() => None,
        Figure::Unknown { at_least, .. } => Some(format!("at least {}", dollars(*at_least))),
        figure => Some(dollars(figure.low())),
    }
}

/// The amount to request, and how it came about.
pub(super) fn to_request(amount: &AmountToRequest) -> String {
    let Some(shown) = asked(amount) else {
        return "unknown, since no part of the cost is known".into();
    };
    if let (Some(share), Some(runs)) = (amount.probability, amount.runs) {
        let runs = number::count(runs);
        return format!(
            "{shown}{} (safe in {} of {runs} runs, without a margin)",
            number::dollars_aside(&amount.amount),
            number::percent(share)
        );
    }
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
    let exceeded = exceeded(amount).map(|share| format!("; {share}")).unwrap_or_default();
    let aside = number::dollars_aside(&amount.amount);
    format!("{shown}{aside} ({from}{exceeded})")
}

/// In how many runs the amount is exceeded, where some do; that none does is a zero in the output for programs.
fn exceeded(amount: &AmountToRequest) -> Option<String> {
    let runs = number::count(amount.runs?);
    match amount.exceeded? {
        none if none.is_zero() => None,
        all if all == Decimal::ONE => Some(format!("each of {runs} runs exceeds it")),
        share => Some(format!("{} of {runs} runs exceed it", number::percent_rounded(share))),
    }
}

/// A cost by itself, or the word for what is not made or not planned.
pub(in crate::report) fn cost_in_words(cost: &Figure<Decimal>, made: Made) -> String {
    made.in_place_of(cost).map_or_else(|| number::dollar_figure_alone(cost), str::to_owned)
}

/// A total by itself, in US dollars beside the currency of the report where that is another.
pub(in crate::report) fn total_in_words(cost: &Figure<Decimal>, made: Made) -> String {
    format!("{}{}", cost_in_words(cost, made), number::dollars_aside(cost))
}

/// What is not made: in which months and why.
pub(in crate::report) fn not_made(not_made: &[NotMade]) -> Vec<Sentence> {
    let line =
        |it: &NotMade| it.why.said().of(&format!("{} in {}", it.workload, spans(&it.months)));
    not_made.iter().map(line).collect()
}

/// The workloads of which something is not made, each with its months.
pub(super) fn not_made_names(not_made: &[NotMade]) -> Option<String> {
    const MOST: usize = 3;
    let name = |it: &NotMade| format!("{} in {}", it.workload, spans(&it.months));
    let mut names: Vec<String> = not_made.iter().take(MOST).map(name).collect();
    if not_made.len() > MOST {
        names.push(format!("{} more workloads", not_made.len() - MOST));
    }
    (!names.is_empty()).then(|| names.join(", "))
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

/// The same of a forecast.
pub(super) fn limits(found: &Found) -> (Vec<String>, Vec<String>) {
    limits_in_words(found.limits, Some(found.budget.margin))
}

/// Lines as facts, of which the first has the name.
pub(in crate::report) fn as_facts(name: &str, lines: Vec<String>) -> Vec<(String, String)> {
    let names = std::iter::once(name).chain(std::iter::repeat(""));
    names.zip(lines).map(|(name, line)| (name.to_owned(), line)).collect()
}

/// What quarters and years are of, where fiscal years are no calendar years.
pub(super) fn fiscal_years(budget: &Budget) -> Option<String> {
    let first = budget.period(Unit::Year, budget.start);
    match first {
        Period::Year(year) if !year.is_calendar() => Some(format!(
            "Fiscal years have the name of the year in which they end: {}.",
            year.in_words()
        )),
        _ => None,
    }
}

/// What the quarters of a table are of.
pub(super) fn quarters(budget: &Budget) -> String {
    match budget.period(Unit::Year, budget.start) {
        Period::Year(year) if !year.is_calendar() => {
            format!("By quarter of fiscal years, such as {}:", year.in_words())
        }
        _ => "By quarter:".into(),
    }
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
