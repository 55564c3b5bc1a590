//! Amounts of money: limits and other costs, in US dollars whatever the currency of the file.

use rust_decimal::Decimal;

use super::Rates;
use super::leaves::{Key, Pairs};
use super::raw::{RawBudget, RawLimit, RawLimits, RawOtherCost};
use crate::budget::workload::{CostPer, Limit, OtherCost, Scope};
use crate::catalog::check::Checker;
use crate::catalog::raw::{Price, Spanned};
use crate::catalog::yaml::span;
use crate::exchange::{ExchangeRate, FxRates, is_currency, of_pair};
use crate::money::{self, MAX_PRICE, MAX_PRICE_PLACES};
use crate::problem::ProblemCode;

/// What one unit of the file's currency is worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate(ExchangeRate);

impl Rate {
    /// US dollars themselves.
    pub(super) const DOLLAR: Rate = Rate(ExchangeRate::DollarsForOne(Decimal::ONE));
}

/// The exchange rates, the file's among those that are known beside it, and the one of the file's own currency with a
/// sentence on it.
pub(super) fn rates(
    check: &mut Checker,
    raw: &RawBudget,
    known: Rates,
) -> Option<(FxRates, Rate, Option<String>)> {
    let fx = fx(check, &raw.fx).map(|of_file| {
        let mut fx = known.after.clone();
        fx.extend(of_file);
        fx.extend(known.before.clone());
        fx
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
        let help = format!("add it under fx: `{code}/USD: \"…\"`, in US dollars for 1 {code}");
        check.report(ProblemCode::MissingKey, span(currency), message, help);
        return None;
    };
    let said = match states_amounts(raw) {
        true => format!(
            "limits and other costs are stated in {code} and converted once: {}",
            rate.in_words(&code)
        ),
        false => format!(
            "`currency: {code}` is without effect: the file states no limit and no other cost"
        ),
    };
    Some((fx, Rate(rate), Some(said)))
}

/// The currency in which a file states amounts; `None` where it states none, or states them in US dollars.
pub(super) fn currency_of_amounts(raw: &RawBudget) -> Option<String> {
    let code = raw.currency.as_ref()?.value.trim();
    (code != "USD" && states_amounts(raw)).then(|| code.to_owned())
}

/// Whether a file states amounts of money.
fn states_amounts(raw: &RawBudget) -> bool {
    let of_workloads = raw.workloads.value.iter().any(|it| !it.other_costs.is_empty());
    raw.limits.is_some() || of_workloads || !raw.other_costs.is_empty()
}

/// The exchange rates by the code of the foreign currency, each stated once.
pub(crate) fn fx(check: &mut Checker, pairs: &Pairs<Price>) -> Option<FxRates> {
    let mut rates = FxRates::new();
    let mut whole = true;
    for (pair, number) in &pairs.0 {
        let Some(stated) = check.price(number) else {
            whole = false;
            continue;
        };
        let found = of_pair(&pair.value, &stated.to_string());
        let wrong = match found.map(|(code, rate)| (rates.insert(code, rate), pair)) {
            Ok((None, _)) => continue,
            Ok((Some(_), _)) => "a rate that is stated already, the other way round".to_owned(),
            Err(why) => why.to_string(),
        };
        let message = format!("`{}: {stated}` is {wrong}", pair.value);
        let help = "write it as EUR/USD: \"1.08\", the US dollars for 1 EUR";
        check.report(ProblemCode::BadNumber, span(pair), message, help);
        whole = false;
    }
    whole.then_some(rates)
}

/// An amount in US dollars, exactly or not at all.
fn dollars(check: &mut Checker, raw: &Price, rate: Rate) -> Option<Decimal> {
    let amount = check.price(raw)?;
    let [dollars, units] = rate.0.quotient();
    let fits = rate.0.dollars(amount).ok().filter(|it| {
        let is_exact = money::multiply(*it, units) == money::multiply(amount, dollars);
        is_exact && *it <= MAX_PRICE && it.scale() <= MAX_PRICE_PLACES
    });
    if fits.is_none() {
        let message = format!(
            "{amount} × {dollars} ÷ {units} US dollars is above {MAX_PRICE}, or has more than \
             {MAX_PRICE_PLACES} decimal places",
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
    raw: &Pairs<Spanned<RawLimit>>,
    rate: Rate,
    mut scope: impl FnMut(&mut Checker, &Key) -> Option<Scope>,
) -> Option<Vec<Limit>> {
    let limits = raw.0.iter().map(|(key, raw)| {
        let scope = scope(check, key);
        // The amounts are checked whatever the name.
        let RawLimit { per_month, total } = &raw.value;
        let limit = limit(check, Scope::Budget, per_month, total, rate);
        if raw.place().is_some() && per_month.is_none() && total.is_none() {
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
