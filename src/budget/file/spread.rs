//! How sure the rates and open terms are: `spread` as written → [`Spread`].

use rust_decimal::Decimal;

use super::attempts::optional_share;
use super::raw::{RawRateSpread, RawSpread, RawWeights};
use crate::attempts::AttemptRates;
use crate::budget::spread::{MOST_TRIALS, Misfit, RateSpread, Spread, Weights};
use crate::catalog::check::{Checker, optional};
use crate::catalog::raw::Spanned;
use crate::catalog::terms::ChargeRule;
use crate::catalog::yaml::span;
use crate::problem::ProblemCode;
use crate::share::percent;

/// The spread of a workload; `rates` are those of its last step, about which it is.
pub(super) fn spread(
    check: &mut Checker,
    raw: &RawSpread,
    rates: Option<&AttemptRates>,
) -> Option<Spread> {
    let rates = rates.copied().unwrap_or(AttemptRates::ONE_ATTEMPT);
    let failures = rates.failures();
    let stated = [
        (&raw.acceptance, rates.acceptance()),
        (&raw.failure_rate, Some(failures.failure_rate)),
        (&raw.block_rate, Some(failures.block_rate)),
        (&raw.timeout_rate, Some(failures.timeout_rate)),
    ];
    let [acceptance, failure_rate, block_rate, timeout_rate] =
        stated.map(|(raw, stated)| optional(raw.as_ref(), |raw| rate(check, raw, stated)));
    let [failed, blocked, timeout] = [&raw.failed, &raw.blocked, &raw.timeout]
        .map(|raw| raw.as_ref().map_or(Some(Weights::new()), |raw| weights(check, raw)));
    Some(Spread {
        acceptance: acceptance?,
        failure_rate: failure_rate?,
        block_rate: block_rate?,
        timeout_rate: timeout_rate?,
        failed: failed?,
        blocked: blocked?,
        timeout: timeout?,
    })
}

fn rate(
    check: &mut Checker,
    raw: &Spanned<RawRateSpread>,
    stated: Option<Decimal>,
) -> Option<RateSpread> {
    let at = raw.place()?;
    let RawRateSpread { of, low, high } = &raw.value;
    let (low, high) = (optional_share(check, low.as_ref()), optional_share(check, high.as_ref()));
    let of = optional(of.as_ref(), |raw| check.count(raw, 1, MOST_TRIALS));
    let (of, low, high) = (of?, low?, high?);
    let spread = match (of, low, high) {
        (Some(of), None, None) => RateSpread::Sample { of },
        (None, Some(low), Some(high)) if low > high => {
            let message = "the least is above the most";
            check.report(ProblemCode::OutOfRange, at, message, "swap low and high");
            return None;
        }
        (None, Some(low), Some(high)) => RateSpread::Range { low, high },
        _ => {
            let message = "a spread is a sample, or the least and the most";
            let help =
                "write {of: 40} for a share seen in 40 trials, or {low: \"60%\", high: \"80%\"}";
            check.report(ProblemCode::EitherOr, at, message, help);
            return None;
        }
    };
    match spread.misfit(stated) {
        None => return Some(spread),
        Some(Misfit::NotStated) => {
            let message = "the acceptance has a spread, and `attempts` states none";
            let help = "state `acceptance` in place of the number of attempts";
            check.report(ProblemCode::EitherOr, at, message, help);
        }
        Some(Misfit::Outside { stated, .. }) => {
            let message = format!("the stated share, {}, is not from low to high", percent(stated));
            let help = "put the likeliest share under `attempts`, between low and high";
            check.report(ProblemCode::OutOfRange, at, message, help);
        }
    }
    None
}

fn weights(check: &mut Checker, raw: &Spanned<RawWeights>) -> Option<Weights> {
    raw.place()?;
    let RawWeights { free, input_meters, all_meters } = &raw.value;
    let charges = [ChargeRule::Free, ChargeRule::InputMeters, ChargeRule::AllMeters];
    let shares = [free, input_meters, all_meters].map(|raw| optional_share(check, raw.as_ref()));
    let mut weights = Weights::new();
    for (rule, share) in charges.into_iter().zip(shares) {
        if let Some(share) = share? {
            weights.insert(rule, share);
        }
    }
    let sum: Decimal = weights.values().sum();
    if sum != Decimal::ONE {
        let message = format!("the shares add up to {}", percent(sum));
        let help = "let free, input_meters and all_meters add up to 100%";
        check.report(ProblemCode::OutOfRange, span(raw), message, help);
        return None;
    }
    Some(weights)
}
