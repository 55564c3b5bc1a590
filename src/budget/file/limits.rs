//! Limits as written → [`Limit`]s: each amount in US dollars, by what it is for and whose cost it limits.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::amounts::{Rate, dollars};
use super::leaves::{Key, Pairs, RawMonths, ShareText};
use super::raw::{RawLimit, RawLimits};
use crate::budget::limit::{Limit, Scope};
use crate::budget::month::Month;
use crate::catalog::check::Checker;
use crate::catalog::raw::{Price, Spanned, Text};
use crate::catalog::yaml::span;
use crate::problem::ProblemCode;

/// What limits are read against.
pub(super) struct Known<'a> {
    /// The names of the workloads.
    pub workloads: Vec<&'a str>,
    /// The tags of workloads, seats and other costs, as `key:value`.
    pub tags: Vec<String>,
    /// Whether these are all: a spreadsheet that cannot be read may have others.
    pub is_whole: bool,
    /// The first and the last month of the budget, if both could be read.
    pub months: Option<[Month; 2]>,
    /// US dollars for one unit of the file's currency.
    pub rate: Rate,
}

/// Every limit, the whole budget's first. Those that name no shares for alerts have those of all.
pub(super) fn limits(check: &mut Checker, raw: &RawLimits, known: &Known) -> Option<Vec<Limit>> {
    let RawLimits { per_month, per_quarter, per_fiscal_year, total, months, alert_at, .. } = raw;
    let amounts = [per_month, per_quarter, per_fiscal_year, total];
    let of_all = limit(check, Scope::Budget, amounts, months, known);
    let shares = alert_at.as_ref().map_or(Some(Vec::new()), |raw| self::shares(check, raw));
    let alert_at = shares.clone().unwrap_or_default();
    let of_all = of_all.map(|limit| Limit { alert_at: alert_at.clone(), ..limit });
    let workloads = scoped(check, &raw.workloads, (known, &alert_at), |check, key| {
        let found = known.workloads.contains(&&*key.value);
        if !found && known.is_whole {
            check.unknown_name(key, "workload of this budget", &known.workloads);
        }
        found.then(|| Scope::Workload(key.value.to_string()))
    });
    let owners = scoped(check, &raw.owners, (known, &alert_at), |check, key| {
        check.text(key).map(Scope::Owner)
    });
    let tags = scoped(check, &raw.tags, (known, &alert_at), |check, key| {
        let found = known.tags.iter().any(|tag| **tag == *key.value);
        if !found && known.is_whole {
            let tags: Vec<&str> = known.tags.iter().map(String::as_str).collect();
            check.unknown_name(key, "tag of any workload, seats or cost, as KEY:VALUE", &tags);
        }
        let (name, value) = key.value.split_once(':')?;
        found.then(|| Scope::Tag(name.to_owned(), value.to_owned()))
    });
    let of_all = Some(of_all?).filter(has_amount);
    let parts = workloads?.into_iter().chain(owners?).chain(tags?);
    let all: Vec<Limit> = of_all.into_iter().chain(parts).collect();
    if let Some(first) = raw.alert_at.iter().flatten().next()
        && all.is_empty()
    {
        let message = "there is no limit of which a share could be reached";
        let help = "add a limit, such as `total`, or leave `alert_at` out";
        check.report(ProblemCode::Empty, span(first), message, help);
    }
    shares.map(|_| all)
}

/// Whether a limit has any amount.
fn has_amount(limit: &Limit) -> bool {
    *limit != Limit { alert_at: limit.alert_at.clone(), ..Limit::of(limit.scope.clone()) }
}

/// The shares of a limit of which it is to be known when they are reached.
fn shares(check: &mut Checker, raw: &[Text<ShareText>]) -> Option<Vec<Decimal>> {
    raw.iter().map(|raw| check.share(raw)).collect::<Vec<_>>().into_iter().collect()
}

fn scoped(
    check: &mut Checker,
    raw: &Pairs<Spanned<RawLimit>>,
    (known, of_all): (&Known, &[Decimal]),
    mut scope: impl FnMut(&mut Checker, &Key) -> Option<Scope>,
) -> Option<Vec<Limit>> {
    let limits = raw.0.iter().map(|(key, raw)| {
        let scope = scope(check, key);
        // The amounts are checked whatever the name.
        let RawLimit { per_month, per_quarter, per_fiscal_year, total, months, alert_at } =
            &raw.value;
        let amounts = [per_month, per_quarter, per_fiscal_year, total];
        let is_empty = amounts.iter().all(|it| it.is_none()) && months.0.is_empty();
        let limit = limit(check, Scope::Budget, amounts, months, known);
        let shares = alert_at.as_ref().map_or(Some(of_all.to_vec()), |raw| shares(check, raw));
        if raw.place().is_some() && is_empty {
            let help = "add per_month, per_quarter, per_fiscal_year, total or months";
            check.report(ProblemCode::Empty, span(key), "the limit has no amount", help);
        }
        Some(Limit { scope: scope?, alert_at: shares?, ..limit? })
    });
    limits.collect::<Vec<_>>().into_iter().collect()
}

/// A limit of a month, a quarter, a fiscal year and all months, each where it is stated.
fn limit(
    check: &mut Checker,
    scope: Scope,
    amounts: [&Option<Price>; 4],
    months: &RawMonths,
    known: &Known,
) -> Option<Limit> {
    let [per_month, per_quarter, per_fiscal_year, total] = amounts
        .map(|raw| raw.as_ref().map_or(Some(None), |it| dollars(check, it, known.rate).map(Some)));
    let months = of_months(check, months, known);
    Some(Limit {
        per_month: per_month?,
        per_quarter: per_quarter?,
        per_fiscal_year: per_fiscal_year?,
        total: total?,
        months: months?,
        ..Limit::of(scope)
    })
}

/// Amounts of months of their own, each of which is one of the budget.
fn of_months(
    check: &mut Checker,
    raw: &RawMonths,
    known: &Known,
) -> Option<BTreeMap<Month, Decimal>> {
    let read = raw.0.iter().map(|(key, amount)| {
        let (month, amount) = (check.month(key), dollars(check, amount, known.rate));
        let (month, [first, last]) = (month?, known.months?);
        if !(first..=last).contains(&month) {
            let message = format!("{month} is no month of the budget, {first} to {last}");
            let help = "correct the month, or `start` and `months` of the budget";
            check.report(ProblemCode::OutOfRange, span(key), message, help);
            return None;
        }
        Some((month, amount?))
    });
    read.collect::<Vec<_>>().into_iter().collect()
}
