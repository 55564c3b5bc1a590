//! Amounts of money in US dollars, whatever the currency of the file.

use rust_decimal::Decimal;

use super::leaves::Pairs;
use super::raw::RawBudget;
use super::{Rates, RatesOf};
use crate::catalog::check::Checker;
use crate::catalog::raw::Price;
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
    let said = states_amounts(raw).then(|| {
        let rate = rate.in_words(&code);
        format!("limits and other costs are stated in {code} and converted once: {rate}")
    });
    Some((fx, Rate(rate), said))
}

/// The day and the source of the exchange rates of a file, which it may say of rates that it states.
pub(super) fn rates_of(check: &mut Checker, raw: &RawBudget) -> RatesOf {
    let places = [raw.fx_day.as_ref().map(span), raw.fx_source.as_ref().map(span)];
    if let Some(at) = places.into_iter().flatten().next().filter(|_| raw.fx.0.is_empty()) {
        let message =
            "`fx_day` and `fx_source` say whose rates stand under `fx`, and there is none";
        check.report(
            ProblemCode::MissingKey,
            at,
            message,
            "add the rates under fx, or leave it out",
        );
    }
    RatesOf {
        day: raw.fx_day.as_ref().and_then(|raw| check.date(raw)),
        source: raw.fx_source.as_ref().and_then(|raw| check.text(raw)),
    }
}

/// What is said of the rates of a file, whatever they convert.
pub(super) fn said_of_rates(RatesOf { day, source }: &RatesOf) -> Option<String> {
    let by = source.as_ref().map(|source| format!("stated by {source}"));
    let of = day.map(|day| format!("of {day}"));
    let parts: Vec<String> = of.into_iter().chain(by).collect();
    (!parts.is_empty()).then(|| format!("the exchange rates under `fx` are {}", parts.join(", ")))
}

/// The currency in which a file states amounts; `None` where it states none, or states them in US dollars.
pub(super) fn currency_of_amounts(raw: &RawBudget) -> Option<String> {
    let code = raw.currency.as_ref()?.value.trim();
    (code != "USD" && states_amounts(raw)).then(|| code.to_owned())
}

/// Whether a file states amounts of money.
fn states_amounts(raw: &RawBudget) -> bool {
    let of_workloads = raw.own_workloads().iter().any(|it| !it.other_costs.is_empty());
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
pub(super) fn dollars(check: &mut Checker, raw: &Price, rate: Rate) -> Option<Decimal> {
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
