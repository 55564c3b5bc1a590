//! Amounts of money: limits and other costs, in US dollars whatever the currency of the file.

use rust_decimal::Decimal;

use super::leaves::{Key, Pairs};
use super::raw::{RawBudget, RawLimit, RawLimits, RawOtherCost};
use crate::budget::workload::{CostPer, Limit, OtherCost, Scope};
use crate::catalog::check::Checker;
use crate::catalog::raw::Price;
use crate::catalog::yaml::span;
use crate::money::{self, MAX_PRICE, MAX_PRICE_PLACES};
use crate::problem::ProblemCode;
use crate::rating::FxRates;

/// US dollars for one unit of the file's currency.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate(Decimal);

impl Rate {
    /// US dollars themselves.
    pub(super) const DOLLAR: Rate = Rate(Decimal::ONE);
}

/// The exchange rates, and the one of the file's own currency with a sentence on it.
pub(super) fn rates(
    check: &mut Checker,
    raw: &RawBudget,
) -> Option<(FxRates, Rate, Option<String>)> {
    let fx = check.pairs(&raw.fx, |check, key, rate| {
        let is_code = is_currency(&key.value) && &*key.value != "USD";
        if !is_code {
            let message = format!("`{}` is not the code of a foreign currency", key.value);
            let help = "write three capital letters, such as EUR";
            check.report(ProblemCode::UnknownWord, span(key), message, help);
        }
        let value = check.price(rate)?;
        if value.is_zero() {
            let help = "write the US dollars that one unit is worth";
            check.report(ProblemCode::OutOfRange, span(rate), "an exchange rate of 0", help);
        }
        (is_code && !value.is_zero()).then_some(value)
    });
    let Some(currency) = &raw.currency else { return Some((fx?, Rate::DOLLAR, None)) };
    let code = check.text(currency)?;
    if !is_currency(&code) {
        let message = format!("`{code}` is not the code of a currency");
        let help = "write three capital letters, such as USD or EUR";
        check.report(ProblemCode::UnknownWord, span(currency), message, help);
        return None;
    }
    if code == "USD" {
        return Some((fx?, Rate::DOLLAR, None));
    }
    let fx = fx?;
    let Some(rate) = fx.get(&code).copied() else {
        let message = format!("there is no exchange rate for {code}");
        let help = format!("add it under fx: `{code}: \"…\"`, in US dollars for 1 {code}");
        check.report(ProblemCode::MissingKey, span(currency), message, help);
        return None;
    };
    let said = format!(
        "limits and other costs are stated in {code} and converted once, at {rate} US dollars for 1 {code}"
    );
    Some((fx, Rate(rate), Some(said)))
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// An amount in US dollars, exactly or not at all.
fn dollars(check: &mut Checker, raw: &Price, rate: Rate) -> Option<Decimal> {
    let amount = check.price(raw)?;
    let converted = money::multiply(amount, rate.0).ok();
    let fits = converted.filter(|it| *it <= MAX_PRICE && it.scale() <= MAX_PRICE_PLACES);
    if fits.is_none() {
        let message = format!(
            "{amount} × {rate} US dollars is above {MAX_PRICE}, or has more than {MAX_PRICE_PLACES} decimal places",
            rate = rate.0
        );
        let help = "use a smaller amount, or fewer decimal places in it and in the exchange rate";
        check.report(ProblemCode::Overflow, span(raw), message, help);
    }
    fits
}

/// Names that limits may speak of.
pub(super) struct Known<'a> {
    /// The workloads.
    pub workloads: Vec<&'a str>,
    /// Their tags, as `key:value`.
    pub tags: Vec<String>,
}

/// Every limit, the whole budget's first.
pub(super) fn limits(
    check: &mut Checker,
    raw: &RawLimits,
    rate: Rate,
    known: &Known,
) -> Option<Vec<Limit>> {
    let of_all = limit(check, Scope::Budget, &raw.per_month, &raw.total, rate);
    let workloads = scoped(check, &raw.workloads, rate, |check, key| {
        let found = known.workloads.contains(&&*key.value);
        if !found {
            check.unknown_name(key, "workload of this budget", &known.workloads);
        }
        found.then(|| Scope::Workload(key.value.to_string()))
    });
    let owners = scoped(check, &raw.owners, rate, |check, key| check.text(key).map(Scope::Owner));
    let tags = scoped(check, &raw.tags, rate, |check, key| {
        let found = known.tags.iter().any(|tag| **tag == *key.value);
        if !found {
            let tags: Vec<&str> = known.tags.iter().map(String::as_str).collect();
            check.unknown_name(key, "tag of any workload, as KEY:VALUE", &tags);
        }
        let (name, value) = key.value.split_once(':')?;
        found.then(|| Scope::Tag(name.to_owned(), value.to_owned()))
    });
    let mut all: Vec<Limit> = of_all?.into_iter().collect();
    all.extend(workloads?.into_iter().chain(owners?).chain(tags?));
    Some(all)
}

fn scoped(
    check: &mut Checker,
    raw: &Pairs<RawLimit>,
    rate: Rate,
    mut scope: impl FnMut(&mut Checker, &Key) -> Option<Scope>,
) -> Option<Vec<Limit>> {
    let limits = raw.0.iter().map(|(key, raw)| {
        let scope = scope(check, key);
        // The amounts are checked whatever the name.
        let limit = limit(check, Scope::Budget, &raw.per_month, &raw.total, rate);
        if raw.per_month.is_none() && raw.total.is_none() {
            let help = "add per_month or total";
            check.report(ProblemCode::Empty, span(key), "the limit has no amount", help);
        }
        Some(Limit { scope: scope?, ..limit?? })
    });
    limits.collect::<Vec<_>>().into_iter().collect()
}

fn limit(
    check: &mut Checker,
    scope: Scope,
    per_month: &Option<Price>,
    total: &Option<Price>,
    rate: Rate,
) -> Option<Option<Limit>> {
    let [per_month, total] = [per_month, total]
        .map(|raw| raw.as_ref().map_or(Some(None), |raw| dollars(check, raw, rate).map(Some)));
    let (per_month, total) = (per_month?, total?);
    Some((per_month.is_some() || total.is_some()).then_some(Limit { scope, per_month, total }))
}

/// Other costs; those of a whole budget come each month.
pub(super) fn other_costs(
    check: &mut Checker,
    raw: &[RawOtherCost],
    rate: Rate,
    monthly_only: bool,
) -> Option<Vec<OtherCost>> {
    let costs = raw.iter().map(|raw| {
        let name = check.text(&raw.name);
        let amount = dollars(check, &raw.amount, rate);
        let per = check.word(&raw.per);
        if monthly_only && per.is_some_and(|per| per != CostPer::Month) {
            let message = "a cost of the whole budget comes each month";
            let help = "write `per: month`, or move it to the workload that it comes with";
            check.report(ProblemCode::UnknownWord, span(&raw.per), message, help);
            return None;
        }
        Some(OtherCost { name: name?, amount: amount?, per: per? })
    });
    costs.collect::<Vec<_>>().into_iter().collect()
}
