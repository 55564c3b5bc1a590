//! Exact fractions: shares, growth and expected counts, kept as they are until an amount is made of them.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use rust_decimal::Decimal;

use crate::money::{self, AmountTooLarge, WholeRounding};

/// A fraction of whole numbers of any length.
pub type Fraction = Ratio<BigInt>;

/// A decimal as a fraction.
pub fn from_decimal(value: Decimal) -> Fraction {
    in_lowest_terms(value.mantissa(), 10_i128.pow(value.scale()))
}

/// A fraction of machine words in lowest terms; the denominator is above zero. Shares, days and counts fit in them, and
/// shortening numbers of any length takes many times as long.
fn in_lowest_terms(numerator: i128, denominator: i128) -> Fraction {
    let shared = numerator.gcd(&denominator);
    Ratio::new_raw(BigInt::from(numerator / shared), BigInt::from(denominator / shared))
}

/// The product of two fractions.
pub fn times(a: &Fraction, b: &Fraction) -> Fraction {
    match (words(a), words(b)) {
        (Some([a, b]), Some([c, d])) => in_lowest_terms(a * c, b * d),
        _ => a * b,
    }
}

/// The quotient of two fractions; the divisor is not zero.
pub fn over(a: &Fraction, b: &Fraction) -> Fraction {
    match (words(a), words(b)) {
        (Some([a, b]), Some([c, d])) if c > 0 => in_lowest_terms(a * d, b * c),
        _ => a / b,
    }
}

/// Numerator and denominator, where a product of two of them fits in a machine word.
fn words(fraction: &Fraction) -> Option<[i128; 2]> {
    let word = |number: &BigInt| i64::try_from(number).ok().map(i128::from);
    Some([word(fraction.numer())?, word(fraction.denom())?])
}

/// A whole number as a fraction.
pub fn from_count(count: u64) -> Fraction {
    Ratio::from_integer(BigInt::from(count))
}

/// So many of so many, such as days of a month; there is at least one of them in all.
pub fn of_counts(part: i64, whole: i64) -> Fraction {
    in_lowest_terms(part.into(), whole.into())
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
    if let Some(amount) = in_words(amount, count, fraction) {
        return Ok(amount);
    }
    let (numerator, denominator) = product(amount, count, fraction);
    money::from_fraction_within(numerator, denominator, money::QUOTIENT_PLACES)
}

/// [`to_add_up`] where all of it fits in machine words.
fn in_words(amount: Decimal, count: u64, fraction: &Fraction) -> Option<Decimal> {
    let [numerator, denominator] = words(fraction)?;
    let numerator = amount.mantissa().checked_mul(count.into())?.checked_mul(numerator)?;
    let denominator = 10_i128.pow(amount.scale()).checked_mul(denominator)?;
    money::from_words(numerator, denominator)
}

/// An amount for each of many, ready to be multiplied by their number: what [`to_add_up`] does again for each number is
/// done once. A budget multiplies the same few amounts month by month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Each {
    /// So many units of 10^-12 for so many, in lowest terms.
    Words {
        /// The units.
        units: i128,
        /// For how many.
        of: u64,
    },
    /// What does not fit in machine words.
    Long(Box<Fraction>),
}

impl Each {
    /// An amount times a fraction.
    pub fn of(amount: Decimal, fraction: &Fraction) -> Each {
        let in_words = || {
            let [numerator, denominator] = words(fraction)?;
            let units = amount.mantissa().checked_mul(numerator)?;
            let units = units.checked_mul(10_i128.pow(money::QUOTIENT_PLACES))?;
            let of = 10_i128.pow(amount.scale()).checked_mul(denominator)?;
            let shared = units.gcd(&of);
            Some(Each::Words { units: units / shared, of: u64::try_from(of / shared).ok()? })
        };
        in_words().unwrap_or_else(|| Each::Long(Box::new(from_decimal(amount) * fraction)))
    }

    /// The amount for so many, as [`to_add_up`] gives it.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the product does not fit.
    pub fn times(&self, count: u64) -> Result<Decimal, AmountTooLarge> {
        let (units, of) = match self {
            Each::Words { units, of } => (*units, *of),
            Each::Long(each) => return to_add_up(Decimal::ONE, count, each),
        };
        let product = units.checked_mul(count.into());
        product.and_then(|product| money::from_units_over(product, of.into())).map_or_else(
            || {
                let units_of_one = BigInt::from(10).pow(money::QUOTIENT_PLACES);
                let each = Fraction::new(units.into(), units_of_one * of);
                to_add_up(Decimal::ONE, count, &each)
            },
            Ok,
        )
    }
}

/// The factors as they are: to shorten the fraction at each step is most of the work.
fn product(amount: Decimal, count: u64, fraction: &Fraction) -> (BigInt, BigInt) {
    let numerator = BigInt::from(amount.mantissa()) * count * fraction.numer();
    (numerator, BigInt::from(10).pow(amount.scale()) * fraction.denom())
}

/// The product of a power of a fraction and that fraction, which has no common factors to look for.
pub fn times_coprime(power: &Fraction, base: &Fraction) -> Fraction {
    Ratio::new_raw(power.numer() * base.numer(), power.denom() * base.denom())
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
    fn words_and_numbers_of_any_length_give_the_same() {
        let small = [fraction(1, 1), fraction(-7, 12), fraction(0, 5), fraction(103, 100)];
        let large = [power(&fraction(103, 100), 40), fraction(i64::MAX, 3), fraction(1, i64::MAX)];
        for a in small.iter().chain(&large) {
            for b in small.iter().chain(&large) {
                assert_eq!(times(a, b), a * b, "{a} × {b}");
                if *b.numer() != BigInt::ZERO {
                    assert_eq!(over(a, b), a / b, "{a} ÷ {b}");
                }
            }
        }
        for text in [
            "0",
            "0.70",
            "-1.25",
            "79228162514264337593543950335",
            "0.0000000000000000000000000001",
        ] {
            let value = Decimal::from_str_exact(text).expect("a decimal");
            let scale = BigInt::from(10).pow(value.scale());
            assert_eq!(from_decimal(value), Ratio::new(BigInt::from(value.mantissa()), scale));
        }
    }

    #[test]
    fn an_amount_for_each_is_multiplied_as_by_itself() {
        let amounts = ["0", "0.211", "0.000000000001", "-3.5", "79228162514264337593543.950335"];
        let factors =
            [fraction(1, 1), fraction(7, 686), fraction(2, 3), power(&fraction(103, 100), 40)];
        for amount in amounts.map(|text| Decimal::from_str_exact(text).expect("a decimal")) {
            for factor in &factors {
                let each = Each::of(amount, factor);
                for count in [0, 1, 3, 7, 12_000, 1_000_000_000_000, u64::MAX] {
                    let by_itself = to_add_up(amount, count, factor);
                    assert_eq!(each.times(count), by_itself, "{count} × {amount} × {factor}");
                }
            }
        }
    }

    #[test]
    fn halves_go_to_the_even_whole_number() {
        let whole = |numerator| to_whole(&fraction(numerator, 2), WholeRounding::HalfEven);
        assert_eq!((whole(5), whole(7)), (Ok(2), Ok(4)));
    }
}
