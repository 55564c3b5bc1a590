//! Exact fractions: shares, growth and expected counts, kept as they are until an amount is made of them.

use num_bigint::BigInt;
use num_rational::Ratio;
use rust_decimal::Decimal;

use crate::money::{self, AmountTooLarge, WholeRounding};

/// A fraction of whole numbers of any length.
pub type Fraction = Ratio<BigInt>;

/// A decimal as a fraction.
pub fn from_decimal(value: Decimal) -> Fraction {
    Ratio::new(BigInt::from(value.mantissa()), BigInt::from(10).pow(value.scale()))
}

/// A whole number as a fraction.
pub fn from_count(count: u64) -> Fraction {
    Ratio::from_integer(BigInt::from(count))
}

/// One fraction as a decimal: exactly where it ends within 28 digits, else fixed half-even at
/// [`money::QUOTIENT_PLACES`].
///
/// # Errors
/// [`AmountTooLarge`] if it does not fit.
pub fn to_decimal(value: &Fraction) -> Result<Decimal, AmountTooLarge> {
    money::from_fraction(value.numer().clone(), value.denom().clone())
}

/// A fraction rounded once to a whole number.
///
/// # Errors
/// [`AmountTooLarge`] if it is negative or does not fit.
pub fn to_whole(value: &Fraction, rounding: WholeRounding) -> Result<u64, AmountTooLarge> {
    whole_of_count(1, value, rounding)
}

/// So many times a fraction, rounded once to a whole number.
///
/// # Errors
/// [`AmountTooLarge`] if it is negative or does not fit.
pub fn whole_of_count(
    count: u64,
    fraction: &Fraction,
    rounding: WholeRounding,
) -> Result<u64, AmountTooLarge> {
    let whole = money::whole_of_fraction(&(fraction.numer() * count), fraction.denom(), rounding);
    u64::try_from(whole).map_err(|_| AmountTooLarge)
}

/// An amount times a fraction, divided once.
///
/// # Errors
/// [`AmountTooLarge`] if the product does not fit.
pub fn of_amount(amount: Decimal, fraction: &Fraction) -> Result<Decimal, AmountTooLarge> {
    let (numerator, denominator) = product(amount, 1, fraction);
    money::from_fraction(numerator, denominator)
}

/// So many amounts times a fraction, divided once, as one of many that are added up: exactly where it ends
/// within [`money::QUOTIENT_PLACES`], else fixed half-even there. With more places a sum would run out of digits.
///
/// # Errors
/// [`AmountTooLarge`] if the product does not fit.
pub fn to_add_up(
    amount: Decimal,
    count: u64,
    fraction: &Fraction,
) -> Result<Decimal, AmountTooLarge> {
    let (numerator, denominator) = product(amount, count, fraction);
    money::from_fraction_within(numerator, denominator, money::QUOTIENT_PLACES)
}

/// The factors as they are: to shorten the fraction at each step is most of the work.
fn product(amount: Decimal, count: u64, fraction: &Fraction) -> (BigInt, BigInt) {
    let numerator = BigInt::from(amount.mantissa()) * count * fraction.numer();
    (numerator, BigInt::from(10).pow(amount.scale()) * fraction.denom())
}

/// A fraction multiplied by itself so many times.
pub fn power(base: &Fraction, exponent: u32) -> Fraction {
    // What is in lowest terms stays so: to look for common factors of so long numbers would be most of the work.
    Ratio::new_raw(base.numer().pow(exponent), base.denom().pow(exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(numerator: i64, denominator: i64) -> Fraction {
        Ratio::new(numerator.into(), denominator.into())
    }

    #[test]
    fn a_fraction_that_ends_is_exact_and_another_is_fixed_at_twelve_places() {
        assert_eq!(to_decimal(&fraction(7, 8)), Ok(Decimal::new(875, 3)));
        assert_eq!(to_decimal(&fraction(2, 3)), Ok(Decimal::new(666_666_666_667, 12)));
        // 1.03^40 has 80 decimal places: too many to keep, so that it is fixed as well.
        let grown = power(&fraction(103, 100), 40);
        assert_eq!(to_decimal(&grown), Ok(Decimal::new(3_262_037_791_999, 12)));
    }

    #[test]
    fn halves_go_to_the_even_whole_number() {
        let whole = |numerator| to_whole(&fraction(numerator, 2), WholeRounding::HalfEven);
        assert_eq!((whole(5), whole(7)), (Ok(2), Ok(4)));
    }
}
