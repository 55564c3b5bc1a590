//! Figures times a number of images: the least by the least, the most by the most. They are made to be added up.

use std::convert::Infallible;

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::fraction::{Each, Fraction};
use crate::money::{self, AmountTooLarge};

/// A number for each image, for so many of them.
pub(super) fn counted(
    images: &Figure<u64>,
    each: &Each,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    images.try_map(|images| each.times(images))
}

/// A figure times a fraction, for each image.
pub(super) fn for_each(figure: &Figure<Decimal>, factor: &Fraction) -> Figure<Each> {
    let Ok(each) = figure.try_map(|amount| Ok::<_, Infallible>(Each::of(amount, factor)));
    each
}

/// An amount for each image, for so many of them, multiplied first and divided once.
pub(super) fn amount(
    each: &Figure<Each>,
    images: &Figure<u64>,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let each = each.as_ref();
    let low = each.low().times(images.low())?;
    let reasons = each.reasons().and(images.reasons());
    let nothing = images.high() == Some(0);
    let (Some(each_high), Some(images_high)) = (each.high(), images.high()) else {
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
        (Some(each), Some(images)) => Some(each.times(images)?),
        _ => None,
    };
    Ok(Figure::Range { low, expected, high: each_high.times(images_high)?, reasons })
}

/// The sum of two figures.
pub(super) fn add(
    a: &Figure<Decimal>,
    b: &Figure<Decimal>,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    a.try_join(b, money::add)
}
