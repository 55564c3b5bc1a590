//! The cost of attempts by the terms of a route, and of accepted images.

use rust_decimal::Decimal;

use super::rates::AttemptRates;
use crate::catalog::terms::{ChargeRule, Event, Terms};
use crate::figure::Figure;
use crate::fraction::{self, Fraction};
use crate::money::{self, AmountTooLarge};

/// What one request costs when every image in it is delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestCost {
    /// The whole request.
    pub total: Figure<Decimal>,
    /// The part for what is sent.
    pub input: Figure<Decimal>,
    /// The images that it asks for.
    pub images: u32,
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
    let average = average_request(request, rates, terms)?;
    let images = fraction::from_count(u64::from(request.images));
    let attempts = rates.attempts_per_accepted();
    // Multiplied first and divided once, from the whole request to what is wanted of it.
    let times = |count: Fraction| {
        average.try_map(|amount| fraction::of_amount(amount, &(&count / &images)))
    };
    let accepted = |count: Fraction| times(&attempts * count);
    let volume = match accepted_images {
        None => None,
        Some(count) => Some(VolumeCost {
            accepted_images: count,
            attempts: fraction::to_decimal(&(&attempts * fraction::from_count(count)))?,
            total: accepted(fraction::from_count(count))?,
        }),
    };
    Ok(AttemptCost {
        rates,
        attempts_per_accepted: fraction::to_decimal(&attempts)?,
        per_attempt: times(fraction::from_count(1))?,
        per_accepted_image: accepted(fraction::from_count(1))?,
        tenth_more_attempts: accepted(fraction::from_decimal(Decimal::new(1, 1)))?,
        volume,
    })
}

/// The average cost of a request, where attempts partly fail, time out or are blocked.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn average_request(
    request: &RequestCost,
    rates: AttemptRates,
    terms: &Terms,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let scaled = |figure: &Figure<Decimal>, share: Decimal| {
        figure.try_map(|amount| money::multiply(amount, share))
    };
    let mut sum = scaled(&request.total, rates.delivered())?;
    for (share, events, what) in rates.undelivered() {
        if !share.is_zero() {
            let event = event_cost(request, terms, events, what);
            sum = sum.try_join(&scaled(&event, share)?, money::add)?;
        }
    }
    Ok(sum)
}

/// What a request costs that delivers nothing, where any of several events may be meant.
fn event_cost(
    request: &RequestCost,
    terms: &Terms,
    events: &[Event],
    what: &str,
) -> Figure<Decimal> {
    let mut costs = events.iter().map(|event| charged(request, terms.charge(*event).rule, what));
    let Some(first) = costs.next() else { return Figure::Exact(Decimal::ZERO) };
    costs.fold(first, |a, b| {
        if a == b {
            return a;
        }
        let low = a.low().min(b.low());
        let reason = format!("whether {what} attempt is charged depends on how it ends");
        match a.high().zip(b.high()) {
            Some((a, b)) => Figure::range(low, None, a.max(b), reason),
            None => Figure::unknown(low, reason),
        }
    })
}

fn charged(request: &RequestCost, rule: ChargeRule, what: &str) -> Figure<Decimal> {
    let up_to_full = |reason: String| match request.total.high() {
        Some(high) => Figure::range(Decimal::ZERO, None, high, reason),
        None => Figure::unknown(Decimal::ZERO, reason),
    };
    match rule {
        ChargeRule::Free | ChargeRule::RefundedAuto => Figure::Exact(Decimal::ZERO),
        ChargeRule::InputMeters => request.input.clone(),
        ChargeRule::AllMeters => request.total.clone(),
        ChargeRule::RefundedOnRequest => {
            up_to_full(format!("{what} attempt is refunded only on request"))
        }
        ChargeRule::Partial => {
            up_to_full(format!("{what} attempt is charged in part, how much is not stated"))
        }
        ChargeRule::Maybe => up_to_full(format!("{what} attempt may be charged")),
        ChargeRule::NotStated => {
            up_to_full(format!("who pays for {what} attempt is not stated by the price owner"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempts::Failures;
    use crate::catalog::terms::EventCharge;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    fn request(total: &str, images: u32) -> RequestCost {
        RequestCost { total: Figure::Exact(dec(total)), input: Figure::Exact(dec("0.01")), images }
    }

    fn failures(rule: ChargeRule) -> Terms {
        let charge = |event| (event, EventCharge { rule, evidence: None, attested: false });
        let charges = [Event::ServerError, Event::Timeout].map(charge).into_iter().collect();
        Terms { charges, ..Terms::default() }
    }

    fn a_fifth_fails() -> Failures {
        Failures { failure_rate: dec("0.2"), ..Failures::NONE }
    }

    #[test]
    fn rejected_images_are_paid_for() {
        // $0.21 an image, 70% accepted: 0.21 ÷ 0.7 = 0.30 an accepted image.
        let rates = AttemptRates::with_acceptance(dec("0.7"), Failures::NONE).expect("rates");
        let cost = cost(&request("0.42", 2), rates, &Terms::default(), Some(1000)).expect("fits");
        assert_eq!(cost.per_accepted_image, Figure::Exact(dec("0.3")));
        assert_eq!(cost.per_attempt, Figure::Exact(dec("0.21")));
        assert_eq!(cost.volume.expect("asked for").total, Figure::Exact(dec("300")));
    }

    #[test]
    fn a_failure_charge_that_is_not_stated_gives_a_range() {
        // 20% fail: free 0.8 × 0.20 ÷ 0.8 = 0.20; charged (0.8 × 0.20 + 0.2 × 0.20) ÷ 0.8 = 0.25.
        let rates = AttemptRates::with_acceptance(dec("1"), a_fifth_fails()).expect("rates");
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
    fn attempts_given_directly_include_the_failed_ones() {
        let rates = AttemptRates::with_attempts(dec("1.4"), Failures::NONE).expect("rates");
        let cost = cost(&request("0.20", 1), rates, &Terms::default(), None).expect("fits");
        assert_eq!(cost.per_accepted_image, Figure::Exact(dec("0.28")));
    }
}
