//! The cost of attempts by the terms of a route, and of accepted images.

use rust_decimal::Decimal;

use super::failed::average_request;
use super::rates::AttemptRates;
use super::review::{self, ReviewCost};
use crate::catalog::terms::Terms;
use crate::figure::Figure;
use crate::fraction::{self, Fraction};
use crate::money::{self, AmountTooLarge};
use crate::reason::{Attempts, Whose};

/// What one request costs when every image in it is delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestCost {
    /// All of it.
    pub whole: CallCost,
    /// The images that it asks for; of a conversation, the last one. None only of a reply that holds none.
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

/// The cost of attempts and of accepted images, with that of looking at them where one was given.
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
    /// An image that passed review where fewer are accepted, if every delivered image is taken to be.
    pub if_fewer_accepted: Option<FewerAccepted>,
    /// The wanted volume, if one was given.
    pub volume: Option<VolumeCost>,
    /// The part of it all that is paid for looking at images, if a cost of that was given.
    pub review: Option<ReviewCost>,
}

/// What an accepted image costs at a lower acceptance than was computed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FewerAccepted {
    /// The share of delivered images that is accepted.
    pub acceptance: Decimal,
    /// An image that passed review.
    pub per_accepted_image: Figure<Decimal>,
}

/// The lower acceptance that stands beside a cost for which every delivered image is taken to be accepted: 70%.
const FEWER: Decimal = Decimal::from_parts(7, 0, 0, false, 1);

/// The cost of a number of accepted images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeCost {
    /// How many accepted images.
    pub accepted_images: u64,
    /// How many attempts are expected for them.
    pub attempts: Decimal,
    /// What they cost together.
    pub total: Figure<Decimal>,
    /// The part of it that the owners of the prices are paid.
    pub billed: Figure<Decimal>,
}

impl AttemptCost {
    /// The same costs, each open one with whose rule or terms are open.
    #[must_use]
    pub fn located(self, whose: &Whose) -> AttemptCost {
        let of = |figure: Figure<Decimal>| figure.located(whose);
        AttemptCost {
            per_attempt: of(self.per_attempt),
            per_accepted_image: of(self.per_accepted_image),
            tenth_more_attempts: of(self.tenth_more_attempts),
            if_fewer_accepted: self
                .if_fewer_accepted
                .map(|it| FewerAccepted { per_accepted_image: of(it.per_accepted_image), ..it }),
            volume: self.volume.map(|it| VolumeCost {
                total: of(it.total),
                billed: of(it.billed),
                ..it
            }),
            ..self
        }
    }
}

/// From the cost of a request to the cost per accepted image, with `review` US dollars for each delivered image that
/// is looked at.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn cost(
    request: &RequestCost,
    rates: AttemptRates,
    terms: &Terms,
    accepted_images: Option<u64>,
    review: Option<Decimal>,
) -> Result<AttemptCost, AmountTooLarge> {
    if request.images == 0 {
        return without_image(request, rates, terms, accepted_images);
    }
    let billed = average_request(request, rates, terms)?;
    let review = review
        .map(|each| review::cost(each, request.images, &rates, accepted_images))
        .transpose()?;
    let average = match &review {
        None => billed.clone(),
        Some(review) => {
            let looks = money::multiply(review.of_request, rates.delivered())?;
            billed.try_map(|amount| money::add(amount, looks))?
        }
    };
    let images = fraction::from_count(u64::from(request.images));
    let attempts = rates.attempts_per_accepted();
    // Multiplied first and divided once, from the whole request to what is wanted of it.
    let of = |request: &Figure<Decimal>, count: Fraction| {
        request.try_map(|amount| fraction::of_amount(amount, &(&count / &images)))
    };
    let accepted = |count: Fraction| of(&average, &attempts * count);
    let volume = match accepted_images {
        None => None,
        Some(count) => Some(VolumeCost {
            accepted_images: count,
            attempts: fraction::to_decimal(&(&attempts * fraction::from_count(count)))?,
            total: accepted(fraction::from_count(count))?,
            billed: of(&billed, &attempts * fraction::from_count(count))?,
        }),
    };
    Ok(AttemptCost {
        rates,
        attempts_per_accepted: fraction::to_decimal(&attempts)?,
        per_attempt: of(&average, fraction::from_count(1))?,
        per_accepted_image: accepted(fraction::from_count(1))?,
        tenth_more_attempts: accepted(fraction::from_decimal(Decimal::new(1, 1)))?,
        if_fewer_accepted: match rates.acceptance() {
            Some(share) if share == Decimal::ONE => Some(FewerAccepted {
                acceptance: FEWER,
                per_accepted_image: accepted(
                    fraction::from_count(1) / fraction::from_decimal(FEWER),
                )?,
            }),
            _ => None,
        },
        volume,
        review,
    })
}

/// An attempt that delivered no image has a cost, and no accepted image does.
fn without_image(
    request: &RequestCost,
    rates: AttemptRates,
    terms: &Terms,
    accepted_images: Option<u64>,
) -> Result<AttemptCost, AmountTooLarge> {
    let none = || Figure::unknown(Decimal::ZERO, Attempts::NoImageDelivered);
    let attempts = rates.attempts_per_accepted();
    let volume = |count: u64| {
        let attempts = fraction::to_decimal(&(&attempts * fraction::from_count(count)))?;
        Ok(VolumeCost { accepted_images: count, attempts, total: none(), billed: none() })
    };
    Ok(AttemptCost {
        rates,
        attempts_per_accepted: fraction::to_decimal(&attempts)?,
        per_attempt: average_request(request, rates, terms)?,
        per_accepted_image: none(),
        tenth_more_attempts: none(),
        if_fewer_accepted: None,
        volume: accepted_images.map(volume).transpose()?,
        review: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempts::Failures;
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

    fn a_fifth_fails() -> Failures {
        Failures { failure_rate: dec("0.2"), ..Failures::NONE }
    }

    #[test]
    fn rejected_images_are_paid_for() {
        // $0.21 an image, 70% accepted: 0.21 ÷ 0.7 = 0.30 an accepted image.
        let rates = AttemptRates::with_acceptance(dec("0.7"), Failures::NONE).expect("rates");
        let cost =
            cost(&request("0.42", 2), rates, &Terms::default(), Some(1000), None).expect("fits");
        assert_eq!(cost.per_accepted_image, Figure::Exact(dec("0.3")));
        assert_eq!(cost.per_attempt, Figure::Exact(dec("0.21")));
        assert_eq!(cost.volume.expect("asked for").total, Figure::Exact(dec("300")));
    }

    #[test]
    fn a_failure_charge_that_is_not_stated_gives_a_range() {
        // 20% fail: free 0.8 × 0.20 ÷ 0.8 = 0.20; charged (0.8 × 0.20 + 0.2 × 0.20) ÷ 0.8 = 0.25.
        let rates = AttemptRates::with_acceptance(dec("1"), a_fifth_fails()).expect("rates");
        let open = cost(&request("0.20", 1), rates, &Terms::default(), None, None).expect("fits");
        assert_eq!(
            (open.per_accepted_image.low(), open.per_accepted_image.high()),
            (dec("0.2"), Some(dec("0.25")))
        );
        assert_eq!(open.per_accepted_image.expected(), None);
        let of = |rule| {
            cost(&request("0.20", 1), rates, &failures(rule), None, None)
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
        let cost = cost(&request("0.20", 1), rates, &Terms::default(), None, None).expect("fits");
        assert_eq!(cost.per_accepted_image, Figure::Exact(dec("0.28")));
    }

    #[test]
    fn every_delivered_image_is_looked_at_and_none_that_failed() {
        // $0.20 an image, a fifth fails and is free, 50% accepted: 1 ÷ (0.8 × 0.5) = 2.5 attempts, 2 of them delivered.
        // 2 × 0.20 = 0.40 to the owner, 2 × 0.05 = 0.10 for looking: 0.50 an accepted image.
        let rates = AttemptRates::with_acceptance(dec("0.5"), a_fifth_fails()).expect("rates");
        let free = failures(ChargeRule::Free);
        let cost = cost(&request("0.40", 2), rates, &free, Some(1000), Some(dec("0.05")));
        let cost = cost.expect("fits");
        assert_eq!(cost.per_accepted_image, Figure::Exact(dec("0.5")));
        assert_eq!(cost.per_attempt, Figure::Exact(dec("0.2")));
        let volume = cost.volume.expect("asked for");
        assert_eq!(
            (volume.total, volume.billed),
            (Figure::Exact(dec("500")), Figure::Exact(dec("400")))
        );
        let review = cost.review.expect("given");
        assert_eq!((review.of_request, review.per_accepted_image), (dec("0.1"), dec("0.1")));
        assert_eq!(review.of_volume, Some(dec("100")));
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
        let rates = AttemptRates::with_acceptance(dec("1"), a_fifth_fails()).expect("rates");
        let of = |rule| {
            let cost = cost(&conversation, rates, &failures(rule), None, None).expect("fits");
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
}
