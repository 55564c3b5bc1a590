//! What people are paid for looking at images: a cost that no price table holds.

use rust_decimal::Decimal;

use super::rates::AttemptRates;
use crate::fraction;
use crate::money::{self, AmountTooLarge};

/// The cost of looking at delivered images, in US dollars. It is in what attempts and accepted images cost, and
/// neither in the lines of a request nor in what is bought from a price owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewCost {
    /// For each image that is looked at: every one that is delivered.
    pub each: Decimal,
    /// For the images of one request, all delivered.
    pub of_request: Decimal,
    /// For an accepted image, those looked at in vain included.
    pub per_accepted_image: Decimal,
    /// For the wanted volume, if one was given.
    pub of_volume: Option<Decimal>,
}

/// What looking at images adds to an average attempt: of attempts, the share that delivers is looked at.
///
/// # Errors
/// [`AmountTooLarge`] if the amount cannot be kept exact.
pub fn per_attempt(each: Decimal, rates: &AttemptRates) -> Result<Decimal, AmountTooLarge> {
    money::multiply(each, rates.delivered())
}

/// The cost of looking at the images of a request and of a volume.
pub(super) fn cost(
    each: Decimal,
    images: u32,
    rates: &AttemptRates,
    accepted_images: Option<u64>,
) -> Result<ReviewCost, AmountTooLarge> {
    let per_attempt = per_attempt(each, rates)?;
    let attempts = rates.attempts_per_accepted();
    let of_accepted =
        |count: u64| fraction::of_amount(per_attempt, &(&attempts * fraction::from_count(count)));
    Ok(ReviewCost {
        each,
        of_request: money::multiply(each, Decimal::from(images))?,
        per_accepted_image: of_accepted(1)?,
        of_volume: accepted_images.map(of_accepted).transpose()?,
    })
}
