//! The user's own answers as written → [`Assumptions`].

use super::raw::{RawAssume, RawAssumedRate};
use super::words::AsRate;
use crate::budget::workload::Assumptions;
use crate::catalog::check::Checker;
use crate::catalog::conditions::Processing;
use crate::catalog::yaml::span;
use crate::problem::ProblemCode;
use crate::rating::{AssumedPrice, AssumedRate};

pub(super) fn assume(check: &mut Checker, raw: &RawAssume) -> Option<Assumptions> {
    let [failed, blocked, timeout] = [&raw.failed, &raw.blocked, &raw.timeout]
        .map(|raw| raw.as_ref().map_or(Some(None), |word| check.word(word).map(Some)));
    let text_output_tokens = check.optional_count(raw.text_output_tokens.as_ref());
    let rates = raw.rates.iter().map(|raw| rate(check, raw)).collect::<Vec<_>>();
    Some(Assumptions {
        failed: failed?,
        blocked: blocked?,
        timeout: timeout?,
        text_output_tokens: text_output_tokens?,
        rates: rates.into_iter().collect::<Option<_>>()?,
    })
}

/// A rate: that of standard processing, or a price for so many units.
fn rate(check: &mut Checker, raw: &RawAssumedRate) -> Option<AssumedRate> {
    let meter = check.word(&raw.meter);
    let processing = raw.processing.as_ref();
    let processing = processing.map_or(Some(Processing::Standard), |raw| check.word(raw));
    let price = match (&raw.as_rate, &raw.price, &raw.per) {
        (Some(word), None, None) => {
            if processing == Some(Processing::Standard) {
                let message = "the rate of standard processing cannot be taken to be itself";
                let help = "add `processing: batch`, or give a `price` with its `per`";
                check.report(ProblemCode::EitherOr, span(word), message, help);
                return None;
            }
            check.word(word).map(|AsRate::Standard| AssumedPrice::AsStandard)
        }
        (None, Some(price), Some(per)) => {
            let (price, per) = (check.price(price), check.word(per));
            price.zip(per).map(|(price, per)| AssumedPrice::Of(price, per))
        }
        _ => {
            let message = "an assumed rate says what it is in one way";
            let help =
                "write `as: standard`, or a `price` in US dollars with its `per`: 1, 1K or 1M";
            check.report(ProblemCode::EitherOr, span(&raw.meter), message, help);
            None
        }
    };
    Some(AssumedRate { meter: meter?, processing: processing?, price: price? })
}
