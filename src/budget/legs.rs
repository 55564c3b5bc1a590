//! The way of a wanted image over its routes: how many attempts each takes, and how many it serves.

use num_traits::{One, Zero};

use super::workload::{Fallback, FallbackWhen};
use crate::attempts::AttemptRates;
use crate::fraction::{self, Fraction};

/// One route's part in a wanted image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leg {
    /// Attempts for each image that comes to this route.
    pub attempts: Fraction,
    /// Accepted images for each image that comes to this route.
    pub accepted: Fraction,
}

/// The first route's part, and the share of wanted images that go on to the fallback route.
///
/// An attempt on the first route ends accepted with p, or in an event that sends the image on with b;
/// else it is tried again, up to the maximum: 1 ÷ (p + b) attempts, p ÷ (p + b) accepted, b ÷ (p + b) sent
/// on, each times 1 − (1 − p − b)^k where there is a maximum of k.
pub(super) fn first(rates: &AttemptRates, fallback: Option<&Fallback>) -> (Leg, Fraction) {
    let accepted = rates.accepted_per_attempt();
    let sent_on = fallback.map_or_else(Fraction::zero, |fallback| sent_on(rates, fallback));
    let ended = &accepted + &sent_on;
    let within = match rates.maximum() {
        None => Fraction::one(),
        Some(maximum) => Fraction::one() - fraction::power(&(Fraction::one() - &ended), maximum),
    };
    let of_ended = |share: Fraction| share / &ended * &within;
    let leg = Leg { attempts: of_ended(Fraction::one()), accepted: of_ended(accepted) };
    (leg, of_ended(sent_on))
}

/// The part of a route that serves an image to the end.
pub(super) fn last(rates: &AttemptRates) -> Leg {
    Leg { attempts: rates.attempts_per_wanted(), accepted: rates.accepted_per_wanted() }
}

/// The share of attempts on the first route that send the image on.
fn sent_on(rates: &AttemptRates, fallback: &Fallback) -> Fraction {
    let failures = rates.failures();
    let shares = [
        (FallbackWhen::Failed, failures.failure_rate),
        (FallbackWhen::Blocked, failures.block_rate),
        (FallbackWhen::Timeout, failures.timeout_rate),
    ];
    let sent = shares.into_iter().filter(|(when, _)| fallback.when.contains(when));
    sent.map(|(_, share)| fraction::from_decimal(share)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempts::Failures;
    use rust_decimal::Decimal;

    fn rates() -> AttemptRates {
        let failures = Failures { block_rate: Decimal::new(10, 2), ..Failures::NONE };
        AttemptRates::with_acceptance(Decimal::new(8, 1), failures).expect("rates")
    }

    fn fallback(when: FallbackWhen) -> Fallback {
        Fallback { route: "other".into(), when: [when].into() }
    }

    fn decimal(fraction: &Fraction) -> Decimal {
        fraction::to_decimal(fraction).expect("fits")
    }

    #[test]
    fn a_blocked_image_goes_on_and_a_rejected_one_is_tried_again() {
        // p = 0.9 × 0.8 = 0.72, b = 0.1: 1 ÷ 0.82 attempts, 0.72 ÷ 0.82 accepted, 0.1 ÷ 0.82 sent on.
        let (leg, sent_on) = first(&rates(), Some(&fallback(FallbackWhen::Blocked)));
        assert_eq!(decimal(&leg.attempts), Decimal::new(1_219_512_195_122, 12));
        assert_eq!(&leg.accepted + &sent_on, Fraction::one(), "every image is made in the end");
        assert_eq!(decimal(&sent_on), Decimal::new(121_951_219_512, 12));
    }

    #[test]
    fn without_a_fallback_the_first_route_is_the_last() {
        let (leg, sent_on) = first(&rates(), None);
        assert_eq!((leg, sent_on), (last(&rates()), Fraction::zero()));
        let (leg, _) = first(&rates(), Some(&fallback(FallbackWhen::OverLimit)));
        assert_eq!(leg, last(&rates()), "a limit is no event of an attempt");
    }
}
