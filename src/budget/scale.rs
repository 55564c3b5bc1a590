//! Figures times a number of images: the least by the least, the most by the most. They are made to be added up.

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::fraction::{self, Fraction};
use crate::money::{self, AmountTooLarge};

/// A number for each image, for so many of them.
pub(super) fn counted(
    images: &Figure<u64>,
    each: &Fraction,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    images.try_map(|images| fraction::to_add_up(Decimal::ONE, images, each))
}

/// An amount for each image, for so many of them, multiplied first and divided once.
pub(super) fn amount(
    each: &Figure<Decimal>,
    images: &Figure<u64>,
    factor: &Fraction,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let times = |amount: Decimal, images: u64| fraction::to_add_up(amount, images, factor);
    let low = times(each.low(), images.low())?;
    let reasons = each.reasons().and(images.reasons());
    let nothing = images.high() == Some(0);
    let (Some(amount_high), Some(images_high)) = (each.high(), images.high()) else {
        // No image costs nothing, whatever one would cost.
        return Ok(match nothing {
            true => Figure::Exact(Decimal::ZERO),
            false => Figure::Unknown { at_least: low, reasons },
        });
    };
    if reasons.is_empty() || nothing {
        return Ok(Figure::Exact(low));
    }
    let expected = match (each.expected(), images.expected()) {
        (Some(amount), Some(images)) => Some(times(amount, images)?),
        _ => None,
    };
    Ok(Figure::Range { low, expected, high: times(amount_high, images_high)?, reasons })
}

/// The sum of two figures.
pub(super) fn add(
    a: &Figure<Decimal>,
    b: &Figure<Decimal>,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    a.try_join(b, money::add)
}
