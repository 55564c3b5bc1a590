//! How attempts turn out: what is delivered, what is accepted, and how many attempts that takes.

use num_traits::One;
use rust_decimal::Decimal;

use crate::catalog::terms::Event;
use crate::errors::{Errors, NotAValue};
use crate::fraction::{self, Fraction};
use crate::money;
use crate::reason::Undelivered;

/// The most attempts for an image that can be asked for; more would only make fractions longer.
pub const MOST_ATTEMPTS: u32 = 100;

/// Attempts for each accepted image as people write them: `1.4`, from 1 to 1000.
///
/// # Errors
/// Why it is none, in words.
pub fn parse_attempts(text: &str) -> Result<Decimal, NotAValue> {
    let value = money::parse_price(text).map_err(|error| error.to_string())?;
    let inside = (Decimal::ONE..=Decimal::ONE_THOUSAND).contains(&value) && value.scale() <= 6;
    if inside { Ok(value) } else { Err("not from 1 to 1000, with at most 6 decimal places".into()) }
}

/// How attempts turn out, as the user expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptRates {
    /// How many attempts an accepted image takes.
    yield_: Yield,
    failures: Failures,
    /// After how many attempts an image is given up; `None` if never.
    maximum: Option<u32>,
}

/// Disjoint shares of attempts, from 0 to 1, that deliver no image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failures {
    /// The service fails.
    pub failure_rate: Decimal,
    /// Moderation blocks.
    pub block_rate: Decimal,
    /// The service does not answer in time.
    pub timeout_rate: Decimal,
}

impl Failures {
    /// No attempt fails.
    pub const NONE: Failures = Failures {
        failure_rate: Decimal::ZERO,
        block_rate: Decimal::ZERO,
        timeout_rate: Decimal::ZERO,
    };

    pub(crate) fn sum(&self) -> Decimal {
        self.failure_rate + self.block_rate + self.timeout_rate
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Yield {
    /// The share of delivered images that is accepted.
    Acceptance(Decimal),
    /// Attempts for each accepted image.
    Attempts(Decimal),
}

/// Rates that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
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
    /// A maximum that is no number of attempts.
    #[error("a maximum of {0} attempts: it is from 1 to {MOST_ATTEMPTS}")]
    NotAMaximum(u64),
}

impl AttemptRates {
    /// One attempt for each image, nothing failed, nothing rejected.
    pub const ONE_ATTEMPT: AttemptRates = AttemptRates {
        yield_: Yield::Acceptance(Decimal::ONE),
        failures: Failures::NONE,
        maximum: None,
    };

    /// The same rates of an image that is tried until it is accepted.
    pub fn never_giving_up(self) -> AttemptRates {
        AttemptRates { maximum: None, ..self }
    }

    /// Rates from the share of delivered images that is accepted, from 0 to 1.
    ///
    /// # Errors
    /// Every rate that cannot be.
    pub fn with_acceptance(
        acceptance: Decimal,
        failures: Failures,
    ) -> Result<AttemptRates, Errors<RatesError>> {
        let mut errors = share_errors(failures);
        errors.extend(share_error("the acceptance", acceptance));
        if acceptance.is_zero() {
            errors.push(RatesError::NothingAccepted);
        }
        let yield_ = Yield::Acceptance(acceptance);
        let rates = AttemptRates { yield_, failures, maximum: None };
        if errors.is_empty() { Ok(rates) } else { Err(errors.into()) }
    }

    /// Rates from the number of attempts that an accepted image takes, failed ones included.
    ///
    /// # Errors
    /// Every rate that cannot be.
    pub fn with_attempts(
        attempts: Decimal,
        failures: Failures,
    ) -> Result<AttemptRates, Errors<RatesError>> {
        let mut errors = share_errors(failures);
        let delivered = Decimal::ONE - failures.sum();
        let enough = money::multiply(attempts, delivered).is_ok_and(|share| share >= Decimal::ONE);
        if errors.is_empty() && !enough {
            let least = money::quotient(Decimal::ONE, delivered).unwrap_or(Decimal::ONE);
            errors.push(RatesError::TooFewAttempts { attempts, least });
        }
        let yield_ = Yield::Attempts(attempts);
        let rates = AttemptRates { yield_, failures, maximum: None };
        if errors.is_empty() { Ok(rates) } else { Err(errors.into()) }
    }

    /// The same rates, giving an image up after so many attempts.
    ///
    /// # Errors
    /// [`RatesError::NotAMaximum`]
    pub fn giving_up_after(self, attempts: u64) -> Result<AttemptRates, RatesError> {
        let maximum = u32::try_from(attempts).ok().filter(|it| (1..=MOST_ATTEMPTS).contains(it));
        let maximum = maximum.ok_or(RatesError::NotAMaximum(attempts))?;
        Ok(AttemptRates { maximum: Some(maximum), ..self })
    }

    /// The shares of attempts that deliver no image.
    pub fn failures(&self) -> Failures {
        self.failures
    }

    /// The share of delivered images that is accepted, if it was given as such.
    pub fn acceptance(&self) -> Option<Decimal> {
        match self.yield_ {
            Yield::Acceptance(share) => Some(share),
            Yield::Attempts(_) => None,
        }
    }

    /// Attempts for each accepted image, if they were given as such.
    pub fn attempts(&self) -> Option<Decimal> {
        match self.yield_ {
            Yield::Acceptance(_) => None,
            Yield::Attempts(attempts) => Some(attempts),
        }
    }

    /// After how many attempts an image is given up.
    pub fn maximum(&self) -> Option<u32> {
        self.maximum
    }

    /// The share of attempts that deliver an image.
    pub fn delivered(&self) -> Decimal {
        Decimal::ONE - self.failures.sum()
    }

    /// The shares that deliver none, the events that each may be, and words for it.
    pub fn undelivered(&self) -> [(Decimal, &'static [Event], Undelivered); 3] {
        [
            (self.failures.failure_rate, &[Event::ServerError], Undelivered::Failed),
            (self.failures.timeout_rate, &[Event::Timeout], Undelivered::TimedOut),
            (
                self.failures.block_rate,
                &[Event::BlockAtInput, Event::BlockAtOutput],
                Undelivered::Blocked,
            ),
        ]
    }

    /// The share of attempts that end in an accepted image: (1 − failures) × acceptance.
    pub fn accepted_per_attempt(&self) -> Fraction {
        match self.yield_ {
            Yield::Acceptance(share) => {
                fraction::from_decimal(self.delivered()) * fraction::from_decimal(share)
            }
            Yield::Attempts(attempts) => fraction::from_decimal(attempts).recip(),
        }
    }

    /// Attempts for each accepted image, with or without a maximum: 1 ÷ p.
    pub fn attempts_per_accepted(&self) -> Fraction {
        self.accepted_per_attempt().recip()
    }

    /// The share of wanted images that is accepted in the end: 1 − (1 − p)^k, or all without a maximum.
    pub fn accepted_per_wanted(&self) -> Fraction {
        match self.maximum {
            None => Fraction::one(),
            Some(maximum) => {
                let rejected = Fraction::one() - self.accepted_per_attempt();
                Fraction::one() - fraction::power(&rejected, maximum)
            }
        }
    }

    /// Attempts for each wanted image: those of the images that are accepted, and of those given up.
    pub fn attempts_per_wanted(&self) -> Fraction {
        self.accepted_per_wanted() * self.attempts_per_accepted()
    }
}

fn share_error(what: &'static str, value: Decimal) -> Option<RatesError> {
    let inside = (Decimal::ZERO..=Decimal::ONE).contains(&value);
    (!inside).then_some(RatesError::NotAShare { what, value })
}

fn share_errors(failures: Failures) -> Vec<RatesError> {
    let rates = [
        ("the failure rate", failures.failure_rate),
        ("the block rate", failures.block_rate),
        ("the time-out rate", failures.timeout_rate),
    ];
    let mut errors: Vec<RatesError> =
        rates.into_iter().filter_map(|(what, value)| share_error(what, value)).collect();
    if errors.is_empty() && failures.sum() >= Decimal::ONE {
        errors.push(RatesError::NothingDelivered(failures.sum()));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    fn failures(failure_rate: &str, block_rate: &str, timeout_rate: &str) -> Failures {
        let [failure_rate, block_rate, timeout_rate] =
            [failure_rate, block_rate, timeout_rate].map(dec);
        Failures { failure_rate, block_rate, timeout_rate }
    }

    #[test]
    fn three_attempts_at_70_percent_deliver_973_of_1000() {
        // 1 − 0.3³ = 0.973, so that 12,000 wanted give 11,676; each takes (1 − 0.3³) ÷ 0.7 = 1.39 attempts.
        let rates = AttemptRates::with_acceptance(dec("0.7"), Failures::NONE)
            .and_then(|rates| rates.giving_up_after(3).map_err(|error| Errors(vec![error])))
            .expect("rates");
        assert_eq!(fraction::to_decimal(&rates.accepted_per_wanted()), Ok(dec("0.973")));
        assert_eq!(fraction::to_decimal(&rates.attempts_per_wanted()), Ok(dec("1.39")));
    }

    #[test]
    fn rates_that_cannot_be_are_all_named() {
        let errors = AttemptRates::with_acceptance(dec("1.2"), failures("-0.1", "2", "7"))
            .expect_err("wrong");
        assert_eq!(errors.len(), 4, "{errors:?}");
        assert!(AttemptRates::with_acceptance(dec("0"), Failures::NONE).is_err());
        let all_fail = failures("0.5", "0.25", "0.25");
        assert!(AttemptRates::with_acceptance(dec("1"), all_fail).is_err());
        let a_fifth = failures("0.2", "0", "0");
        assert!(AttemptRates::with_attempts(dec("1.2"), a_fifth).is_err(), "1.2 × 0.8 < 1");
        assert!(AttemptRates::with_attempts(dec("0.9"), Failures::NONE).is_err());
        assert!(AttemptRates::ONE_ATTEMPT.giving_up_after(0).is_err());
        assert!(AttemptRates::ONE_ATTEMPT.giving_up_after(101).is_err());
    }
}
