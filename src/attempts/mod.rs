//! Attempts, failures and terms → the cost per accepted image.
//!
//! One attempt is one image asked for. Failed and blocked attempts are disjoint shares of all
//! attempts; of the images delivered, a share is accepted, and every delivered image is billed whether
//! a reviewer accepts it or not. Who pays for a failed or blocked attempt is a term of the route.
//!
//! A conversation of several turns is one attempt: it asks for one image, its last, and the images on
//! the way to it are paid for and not accepted.

mod failed;

use rust_decimal::Decimal;

use crate::catalog::terms::Terms;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};

/// How attempts turn out, as the user expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptRates {
    /// How many attempts an accepted image takes.
    yield_: Yield,
    /// The share of attempts that fail or time out.
    failure_rate: Decimal,
    /// The share of attempts that moderation blocks.
    block_rate: Decimal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Yield {
    /// The share of delivered images that is accepted.
    Acceptance(Decimal),
    /// Attempts for each accepted image.
    Attempts(Decimal),
}

/// Rates that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RatesError {
    /// A share outside 0 to 100%.
    #[error("{what} is {value}, and a share is from 0% to 100%")]
    NotAShare {
        /// Which rate.
        what: &'static str,
        /// The value given.
        value: Decimal,
    },
    /// Nothing would ever be accepted.
    #[error("an acceptance of 0% never gives an image")]
    NothingAccepted,
    /// Nothing would ever be delivered.
    #[error("failed and blocked attempts together are {}% of all: no image would be delivered", (*.0 * Decimal::ONE_HUNDRED).normalize())]
    NothingDelivered(Decimal),
    /// Fewer attempts than one image needs.
    #[error(
        "{attempts} attempts for an accepted image are too few: with these failures it takes at least {least}"
    )]
    TooFewAttempts {
        /// The attempts given.
        attempts: Decimal,
        /// The fewest possible.
        least: Decimal,
    },
}

impl AttemptRates {
    /// One attempt for each image, nothing failed, nothing rejected.
    pub const ONE_ATTEMPT: AttemptRates = AttemptRates {
        yield_: Yield::Acceptance(Decimal::ONE),
        failure_rate: Decimal::ZERO,
        block_rate: Decimal::ZERO,
    };

    /// Rates from the share of delivered images that is accepted. All are shares from 0 to 1.
    ///
    /// # Errors
    /// Every rate that cannot be.
    pub fn with_acceptance(
        acceptance: Decimal,
        failure_rate: Decimal,
        block_rate: Decimal,
    ) -> Result<AttemptRates, Vec<RatesError>> {
        let mut errors = share_errors(failure_rate, block_rate);
        errors.extend(share_error("the acceptance", acceptance));
        if acceptance.is_zero() {
            errors.push(RatesError::NothingAccepted);
        }
        let rates =
            AttemptRates { yield_: Yield::Acceptance(acceptance), failure_rate, block_rate };
        if errors.is_empty() { Ok(rates) } else { Err(errors) }
    }

    /// Rates from the number of attempts that an accepted image takes, failed ones included.
    ///
    /// # Errors
    /// Every rate that cannot be.
    pub fn with_attempts(
        attempts: Decimal,
        failure_rate: Decimal,
        block_rate: Decimal,
    ) -> Result<AttemptRates, Vec<RatesError>> {
        let mut errors = share_errors(failure_rate, block_rate);
        let delivered = Decimal::ONE - failure_rate - block_rate;
        let enough = money::multiply(attempts, delivered).is_ok_and(|share| share >= Decimal::ONE);
        if errors.is_empty() && !enough {
            let least = money::quotient(Decimal::ONE, delivered).unwrap_or(Decimal::ONE);
            errors.push(RatesError::TooFewAttempts { attempts, least });
        }
        let rates = AttemptRates { yield_: Yield::Attempts(attempts), failure_rate, block_rate };
        if errors.is_empty() { Ok(rates) } else { Err(errors) }
    }

    /// The share of attempts that fail or time out.
    pub fn failure_rate(&self) -> Decimal {
        self.failure_rate
    }

    /// The share of attempts that moderation blocks.
    pub fn block_rate(&self) -> Decimal {
        self.block_rate
    }

    /// The share of delivered images that is accepted, if it was given as such.
    pub fn acceptance(&self) -> Option<Decimal> {
        match self.yield_ {
            Yield::Acceptance(share) => Some(share),
            Yield::Attempts(_) => None,
        }
    }

    /// The share of attempts that deliver an image.
    fn delivered(&self) -> Decimal {
        Decimal::ONE - self.failure_rate - self.block_rate
    }

    /// Attempts for each accepted image, as a fraction: dividing comes last.
    fn attempts_per_accepted(&self) -> Result<(Decimal, Decimal), AmountTooLarge> {
        Ok(match self.yield_ {
            Yield::Acceptance(share) => (Decimal::ONE, money::multiply(self.delivered(), share)?),
            Yield::Attempts(attempts) => (attempts, Decimal::ONE),
        })
    }
}

fn share_error(what: &'static str, value: Decimal) -> Option<RatesError> {
    let inside = (Decimal::ZERO..=Decimal::ONE).contains(&value);
    (!inside).then_some(RatesError::NotAShare { what, value })
}

fn share_errors(failure_rate: Decimal, block_rate: Decimal) -> Vec<RatesError> {
    let mut errors: Vec<RatesError> =
        share_error("the failure rate", failure_rate).into_iter().collect();
    errors.extend(share_error("the block rate", block_rate));
    if errors.is_empty() && failure_rate + block_rate >= Decimal::ONE {
        errors.push(RatesError::NothingDelivered(failure_rate + block_rate));
    }
    errors
}

/// What one request costs when every image in it is delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestCost {
    /// All of it.
    pub whole: CallCost,
    /// The images that it asks for; of a conversation, the last one.
    pub images: u32,
    /// The turns of a conversation of several; `None` for a single call.
    pub turns: Option<TurnCosts>,
}

/// What is charged for a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallCost {
    /// All of it.
    pub total: Figure<Decimal>,
    /// The part for what is sent.
    pub input: Figure<Decimal>,
}

/// The turns of a conversation, as far as it matters at which of them it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnCosts {
    /// The first turn.
    pub first: CallCost,
    /// All turns but the last, which have delivered their images when the last one fails.
    pub before_last: Figure<Decimal>,
    /// The last turn.
    pub last: CallCost,
}

/// The cost of attempts and of accepted images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptCost {
    /// The rates it was computed with.
    pub rates: AttemptRates,
    /// Attempts for each accepted image.
    pub attempts_per_accepted: Decimal,
    /// An average attempt, failed ones included.
    pub per_attempt: Figure<Decimal>,
    /// An image that passed review.
    pub per_accepted_image: Figure<Decimal>,
    /// What a tenth more attempts would add to an accepted image.
    pub tenth_more_attempts: Figure<Decimal>,
    /// The wanted volume, if one was given.
    pub volume: Option<VolumeCost>,
}

/// The cost of a number of accepted images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeCost {
    /// How many accepted images.
    pub accepted_images: u64,
    /// How many attempts are expected for them.
    pub attempts: Decimal,
    /// What they cost together.
    pub total: Figure<Decimal>,
}

/// From the cost of a request to the cost per accepted image.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn cost(
    request: &RequestCost,
    rates: AttemptRates,
    terms: &Terms,
    accepted_images: Option<u64>,
) -> Result<AttemptCost, AmountTooLarge> {
    let per_request = failed::average_request(request, rates, terms)?;
    let images = Decimal::from(request.images);
    let (attempts, share) = rates.attempts_per_accepted()?;
    let divisor = money::multiply(images, share)?;
    let accepted = |count: Decimal| {
        let factor = money::multiply(count, attempts)?;
        per_request.try_map(|amount| money::quotient(money::multiply(amount, factor)?, divisor))
    };
    let volume = match accepted_images {
        None => None,
        Some(count) => Some(VolumeCost {
            accepted_images: count,
            attempts: money::quotient(money::times(count, attempts)?, share)?,
            total: accepted(Decimal::from(count))?,
        }),
    };
    Ok(AttemptCost {
        rates,
        attempts_per_accepted: money::quotient(attempts, share)?,
        per_attempt: per_request.try_map(|amount| money::quotient(amount, images))?,
        per_accepted_image: accepted(Decimal::ONE)?,
        tenth_more_attempts: accepted(Decimal::new(1, 1))?,
        volume,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::terms::{ChargeRule, Event, EventCharge};

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    fn request(total: &str, images: u32) -> RequestCost {
        RequestCost { whole: call(total), images, turns: None }
    }

    /// A call of which one cent is for what is sent.
    fn call(total: &str) -> CallCost {
        CallCost { total: Figure::Exact(dec(total)), input: Figure::Exact(dec("0.01")) }
    }

    fn failures(rule: ChargeRule) -> Terms {
        let charge = |event| (event, EventCharge { rule, evidence: None, attested: false });
        let charges = [Event::ServerError, Event::Timeout].map(charge).into_iter().collect();
        Terms { charges, ..Terms::default() }
    }

    #[test]
    fn rejected_images_are_paid_for() {
        // $0.21 an image, 70% accepted: 0.21 ÷ 0.7 = 0.30 an accepted image.
        let rates = AttemptRates::with_acceptance(dec("0.7"), dec("0"), dec("0")).expect("rates");
        let cost = cost(&request("0.42", 2), rates, &Terms::default(), Some(1000)).expect("fits");
        assert_eq!(cost.per_accepted_image, Figure::Exact(dec("0.3")));
        assert_eq!(cost.per_attempt, Figure::Exact(dec("0.21")));
        assert_eq!(cost.volume.expect("asked for").total, Figure::Exact(dec("300")));
    }

    #[test]
    fn a_failure_charge_that_is_not_stated_gives_a_range() {
        // 20% fail: free 0.8 × 0.20 ÷ 0.8 = 0.20; charged (0.8 × 0.20 + 0.2 × 0.20) ÷ 0.8 = 0.25.
        let rates = AttemptRates::with_acceptance(dec("1"), dec("0.2"), dec("0")).expect("rates");
        let open = cost(&request("0.20", 1), rates, &Terms::default(), None).expect("fits");
        assert_eq!(
            (open.per_accepted_image.low(), open.per_accepted_image.high()),
            (dec("0.2"), Some(dec("0.25")))
        );
        assert_eq!(open.per_accepted_image.expected(), None);
        let of = |rule| {
            cost(&request("0.20", 1), rates, &failures(rule), None)
                .expect("fits")
                .per_accepted_image
        };
        assert_eq!(of(ChargeRule::Free), Figure::Exact(dec("0.2")));
        assert_eq!(of(ChargeRule::AllMeters), Figure::Exact(dec("0.25")));
        // Input only: (0.16 + 0.2 × 0.01) ÷ 0.8.
        assert_eq!(of(ChargeRule::InputMeters), Figure::Exact(dec("0.2025")));
    }

    #[test]
    fn a_conversation_that_fails_may_have_delivered_all_images_but_the_last() {
        // Three turns of 0.20, 0.25 and 0.25; a fifth of the conversations fails at one of them.
        let conversation = RequestCost {
            whole: call("0.70"),
            images: 1,
            turns: Some(TurnCosts {
                first: call("0.20"),
                before_last: Figure::Exact(dec("0.45")),
                last: call("0.25"),
            }),
        };
        let rates = AttemptRates::with_acceptance(dec("1"), dec("0.2"), dec("0")).expect("rates");
        let of = |rule| {
            let cost = cost(&conversation, rates, &failures(rule), None).expect("fits");
            (cost.per_accepted_image.low(), cost.per_accepted_image.high())
        };
        // Free: from nothing (the first turn) to the two turns before the last, 0.45.
        // (0.8 × 0.70 + 0.2 × 0) ÷ 0.8 = 0.70; (0.56 + 0.2 × 0.45) ÷ 0.8 = 0.8125.
        assert_eq!(of(ChargeRule::Free), (dec("0.7"), Some(dec("0.8125"))));
        // Charged as delivered: from one turn, 0.20, to all three, 0.70.
        assert_eq!(of(ChargeRule::AllMeters), (dec("0.75"), Some(dec("0.875"))));
        // Input only: from 0.01 to 0.45 + 0.01.
        assert_eq!(of(ChargeRule::InputMeters), (dec("0.7025"), Some(dec("0.815"))));
        // Not stated: from nothing to all three.
        assert_eq!(of(ChargeRule::NotStated), (dec("0.7"), Some(dec("0.875"))));
    }

    #[test]
    fn attempts_given_directly_include_the_failed_ones() {
        let rates = AttemptRates::with_attempts(dec("1.4"), dec("0"), dec("0")).expect("rates");
        let cost = cost(&request("0.20", 1), rates, &Terms::default(), None).expect("fits");
        assert_eq!(cost.per_accepted_image, Figure::Exact(dec("0.28")));
    }

    #[test]
    fn rates_that_cannot_be_are_all_named() {
        let errors =
            AttemptRates::with_acceptance(dec("1.2"), dec("-0.1"), dec("2")).expect_err("wrong");
        assert_eq!(errors.len(), 3, "{errors:?}");
        assert!(AttemptRates::with_acceptance(dec("0"), dec("0"), dec("0")).is_err());
        assert!(AttemptRates::with_acceptance(dec("1"), dec("0.5"), dec("0.5")).is_err());
        assert!(
            AttemptRates::with_attempts(dec("1.2"), dec("0.2"), dec("0")).is_err(),
            "1.2 × 0.8 < 1"
        );
        assert!(AttemptRates::with_attempts(dec("0.9"), dec("0"), dec("0")).is_err());
    }
}
