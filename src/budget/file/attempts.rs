//! How attempts turn out: rates as written → [`AttemptRates`].

use std::ops::Range;

use rust_decimal::Decimal;

use super::leaves::ShareText;
use super::raw::RawAttempts;
use crate::attempts::{AttemptRates, Failures, MOST_ATTEMPTS, RatesError};
use crate::catalog::check::Checker;
use crate::catalog::raw::{Price, Spanned, Text};
use crate::catalog::yaml::span;
use crate::errors::Errors;
use crate::problem::ProblemCode;

/// The rates of the step that makes the accepted image.
pub(super) fn rates(check: &mut Checker, raw: &Spanned<RawAttempts>) -> Option<AttemptRates> {
    raw.place()?;
    let failures = failures(check, &raw.value);
    let acceptance = optional_share(check, raw.value.acceptance.as_ref());
    let attempts = match &raw.value.attempts {
        None => Some(None),
        Some(raw) => check.attempts(raw).map(Some),
    };
    let maximum = match &raw.value.maximum {
        None => Some(None),
        Some(raw) => check.count(raw, 1, MOST_ATTEMPTS.into()).map(Some),
    };
    if let (Some(_), Some(second)) = (&raw.value.acceptance, &raw.value.attempts) {
        report_two_ways(check, second);
        return None;
    }
    let (failures, acceptance, attempts, maximum) = (failures?, acceptance?, attempts?, maximum?);
    let found = match attempts {
        Some(attempts) => AttemptRates::with_attempts(attempts, failures),
        None => AttemptRates::with_acceptance(acceptance.unwrap_or(Decimal::ONE), failures),
    };
    let found = found.and_then(|rates| match maximum {
        Some(maximum) => rates.giving_up_after(maximum).map_err(|error| Errors(vec![error])),
        None => Ok(rates),
    });
    found.map_err(|errors| report(check, raw, &errors)).ok()
}

/// Reports attempts that stand beside an acceptance.
pub(super) fn report_two_ways(check: &mut Checker, attempts: &Price) {
    let message = "`acceptance` and `attempts` say the same in two ways";
    let help = "keep `acceptance`, or the number of attempts for each accepted image";
    check.report(ProblemCode::EitherOr, span(attempts), message, help);
}

/// The rates of a step before the last: every image that is delivered counts.
pub(super) fn of_drafts(last: &AttemptRates) -> Option<AttemptRates> {
    AttemptRates::with_acceptance(Decimal::ONE, last.failures()).ok()
}

pub(super) fn optional_share(
    check: &mut Checker,
    raw: Option<&Text<ShareText>>,
) -> Option<Option<Decimal>> {
    raw.map_or(Some(None), |raw| check.share(raw).map(Some))
}

fn failures(check: &mut Checker, raw: &RawAttempts) -> Option<Failures> {
    let [failure, block, timeout] = [&raw.failure_rate, &raw.block_rate, &raw.timeout_rate]
        .map(|raw| optional_share(check, raw.as_ref()));
    Some(Failures {
        failure_rate: failure?.unwrap_or_default(),
        block_rate: block?.unwrap_or_default(),
        timeout_rate: timeout?.unwrap_or_default(),
    })
}

fn report(check: &mut Checker, raw: &Spanned<RawAttempts>, errors: &[RatesError]) {
    for error in errors {
        let (at, help) = place(raw, error);
        check.report(ProblemCode::BadShare, at, error.to_string(), help);
    }
}

/// The key that an error is about, and what to do.
fn place(raw: &Spanned<RawAttempts>, error: &RatesError) -> (Range<usize>, &'static str) {
    let RawAttempts { acceptance, attempts, failure_rate, block_rate, timeout_rate, .. } =
        &raw.value;
    let found = match error {
        RatesError::NothingAccepted => acceptance.as_ref().map(span),
        RatesError::TooFewAttempts { .. } => attempts.as_ref().map(span),
        RatesError::NothingDelivered(_) => {
            [failure_rate, block_rate, timeout_rate].into_iter().flatten().map(span).next()
        }
        RatesError::NotAShare { .. } | RatesError::NotAMaximum(_) => None,
    };
    let help = match error {
        RatesError::NothingAccepted => "write the share that passes review, above 0%",
        RatesError::TooFewAttempts { .. } => "write more attempts, or give `acceptance`",
        RatesError::NothingDelivered(_) => {
            "the shares are disjoint: together they are less than 100%"
        }
        RatesError::NotAShare { .. } | RatesError::NotAMaximum(_) => "correct the rate",
    };
    (found.unwrap_or_else(|| span(raw)), help)
}
