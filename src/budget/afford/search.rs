//! The most that fits: the number that keeps to a limit while the next one does not.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::budget::MOST_IMAGES;

/// By how much the search widens while all fits: slowly enough that no amount outgrows what can be kept exact,
/// for a limit is at most [`MAX_PRICE`](crate::money::MAX_PRICE).
const WIDER: u64 = 1000;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found<C> {
    /// So many fit, and one more does not.
    Most {
        /// How many.
        images: u64,
        /// With these.
        with: C,
        /// With one more.
        next: C,
    },
    /// Nothing fits: with none, and with one.
    Nothing {
        /// Without any image.
        none: C,
        /// With one image.
        one: C,
    },
    /// All that can be counted fits.
    All(C),
}

/// The cost of something, in the case that counts.
pub(super) trait Priced {
    /// US dollars that are held against the limit.
    fn cost(&self) -> Decimal;
}

/// The largest number whose cost keeps to the limit, by halving and by guessing from the slope in turn: a
/// cost that is nearly a straight line is met by the first guess. Only what was priced is ever answered.
///
/// # Errors
/// The first error of `price`.
pub(super) fn search<C: Priced + Clone, E>(
    limit: Decimal,
    mut price: impl FnMut(u64) -> Result<C, E>,
) -> Result<Found<C>, E> {
    let fits = |priced: &C| priced.cost() <= limit;
    let none = price(0)?;
    let one = price(1)?;
    if !fits(&none) || !fits(&one) {
        return Ok(Found::Nothing { none, one });
    }
    let (mut low, mut high) = ((1, one), None);
    while high.is_none() {
        if low.0 == MOST_IMAGES {
            return Ok(Found::All(low.1));
        }
        let images = MOST_IMAGES.min(low.0.saturating_mul(WIDER));
        let priced = price(images)?;
        match fits(&priced) {
            true => low = (images, priced),
            false => high = Some((images, priced)),
        }
    }
    let Some(mut high) = high else { return Ok(Found::All(low.1)) };
    let mut halve = false;
    while high.0 - low.0 > 1 {
        let images = if halve { middle(low.0, high.0) } else { guess(limit, &low, &high) };
        halve = !halve;
        let priced = price(images)?;
        match fits(&priced) {
            true => low = (images, priced),
            false => high = (images, priced),
        }
    }
    Ok(Found::Most { images: low.0, with: low.1, next: high.1 })
}

fn middle(low: u64, high: u64) -> u64 {
    low + (high - low) / 2
}

/// Where a straight line between the two meets the limit, at least one away from both.
fn guess<C: Priced>(limit: Decimal, low: &(u64, C), high: &(u64, C)) -> u64 {
    let (from, to) = (low.1.cost(), high.1.cost());
    let share = (limit - from).checked_div(to - from);
    let images = share.and_then(|share| share.checked_mul(Decimal::from(high.0 - low.0)));
    let images = images.and_then(|images| images.floor().to_u64());
    match images {
        Some(images) => (low.0 + images).clamp(low.0 + 1, high.0 - 1),
        None => middle(low.0, high.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Priced for Decimal {
        fn cost(&self) -> Decimal {
            *self
        }
    }

    fn most(limit: u64, cost: impl Fn(u64) -> u64) -> (Option<u64>, u32) {
        let mut asked = 0;
        let found = search(Decimal::from(limit), |images| {
            asked += 1;
            Ok::<_, ()>(Decimal::from(cost(images)))
        });
        let images = match found.expect("no error") {
            Found::Most { images, .. } => Some(images),
            Found::Nothing { .. } => Some(0),
            Found::All(_) => None,
        };
        (images, asked)
    }

    #[test]
    fn the_most_that_fits_is_found_on_lines_steps_and_bends() {
        // 10 + 3 n ≤ 100: n = 30, at 100 exactly.
        assert_eq!(most(100, |n| 10 + 3 * n).0, Some(30));
        assert_eq!(most(99, |n| 10 + 3 * n).0, Some(29));
        assert_eq!(most(1_000, |n| n * n).0, Some(31), "31² = 961, 32² = 1,024");
        assert_eq!(most(7, |n| n / 4 * 4).0, Some(7), "0, 0, 0, 0, 4, 4, 4, 4, 8");
        assert_eq!(most(5, |n| 6 + n).0, Some(0), "not even none");
        assert_eq!(most(5, |n| 6 * n).0, Some(0), "not even one");
        assert_eq!(most(5, |_| 5).0, None, "all of them");
    }

    #[test]
    fn a_straight_line_takes_few_prices() {
        let (images, asked) = most(3_000_000, |n| 17 + 3 * n);
        assert_eq!(images, Some(999_994));
        assert!(asked < 16, "{asked}");
    }
}
