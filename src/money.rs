//! Exact arithmetic for amounts of money and unit prices.
//!
//! Amounts are [`Decimal`]s that never pass through a float. `rust_decimal` rounds in silence when a
//! sum or a product needs more than 28 digits; the functions here refuse instead, so that a figure is
//! either exact or an error. Rounding for display is not done here but in [`crate::report::number`].

use num_bigint::BigInt;
use num_integer::Integer;
use rust_decimal::{Decimal, RoundingStrategy};

/// Decimal places at which a quotient that does not end is fixed, half to even.
pub const QUOTIENT_PLACES: u32 = 12;

/// The most decimal places that a price in a table may have.
///
/// Six places more than any published rate needs; more would let a product of a price, a
/// count and a share run out of the 28 digits of a [`Decimal`].
pub const MAX_PRICE_PLACES: u32 = 12;

/// The largest price or amount limit that a table, a file or a flag may state: a thousand million.
pub const MAX_PRICE: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// An amount that cannot be represented exactly in 28 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount has more than 28 digits: use smaller counts or prices")]
pub struct AmountTooLarge;

/// Multiplies exactly.
///
/// # Errors
/// [`AmountTooLarge`] if the product needs more than 28 digits.
pub fn multiply(a: Decimal, b: Decimal) -> Result<Decimal, AmountTooLarge> {
    let (a, b) = (a.normalize(), b.normalize());
    let mantissa = a.mantissa().checked_mul(b.mantissa()).ok_or(AmountTooLarge)?;
    from_mantissa(mantissa, a.scale() + b.scale())
}

/// Multiplies a count by an amount exactly.
///
/// # Errors
/// [`AmountTooLarge`] if the product needs more than 28 digits.
pub fn times(count: u64, amount: Decimal) -> Result<Decimal, AmountTooLarge> {
    multiply(Decimal::from(count), amount)
}

/// Adds exactly.
///
/// # Errors
/// [`AmountTooLarge`] if the sum needs more than 28 digits.
pub fn add(a: Decimal, b: Decimal) -> Result<Decimal, AmountTooLarge> {
    let sum = aligned_sum(a, b).or_else(|| aligned_sum(a.normalize(), b.normalize()));
    let (sum, scale) = sum.ok_or(AmountTooLarge)?;
    from_mantissa(sum, scale)
}

/// The sum at the larger of the two scales; `None` where that takes more than a machine word, as trailing zeros alone
/// may make it.
fn aligned_sum(a: Decimal, b: Decimal) -> Option<(i128, u32)> {
    let scale = a.scale().max(b.scale());
    let aligned = |d: Decimal| match scale - d.scale() {
        0 => Some(d.mantissa()),
        places => d.mantissa().checked_mul(10_i128.checked_pow(places)?),
    };
    Some((aligned(a)?.checked_add(aligned(b)?)?, scale))
}

/// Divides: exactly where the quotient ends within 28 digits, else fixed half-even at
/// [`QUOTIENT_PLACES`]. This is the one place in which an amount is ever rounded before display; whole numbers come from [`whole_quotient`].
///
/// # Errors
/// [`AmountTooLarge`] if the quotient does not fit, or if the divisor is zero.
pub fn quotient(dividend: Decimal, divisor: Decimal) -> Result<Decimal, AmountTooLarge> {
    if divisor.is_zero() {
        return Err(AmountTooLarge);
    }
    if let Some(moved) = point_moved(dividend, divisor) {
        return Ok(moved);
    }
    let numerator = BigInt::from(dividend.mantissa()) * power_of_ten(divisor.scale());
    let denominator = BigInt::from(divisor.mantissa()) * power_of_ten(dividend.scale());
    from_fraction(numerator, denominator)
}

/// A quotient by a power of ten: the point moves, and nothing has to be divided. Most prices are for one or for a
/// million; `None` for any other divisor and for what needs more than 28 digits.
fn point_moved(dividend: Decimal, divisor: Decimal) -> Option<Decimal> {
    let divisor = divisor.normalize();
    let power = u128::try_from(divisor.mantissa()).ok()?;
    let places = power.checked_ilog10()?;
    if divisor.scale() != 0 || 10_u128.pow(places) != power {
        return None;
    }
    from_mantissa(dividend.mantissa(), dividend.scale() + places).ok()
}

/// A fraction as a decimal: exactly where it ends within 28 digits, else fixed half-even at
/// [`QUOTIENT_PLACES`].
pub(crate) fn from_fraction(
    numerator: BigInt,
    denominator: BigInt,
) -> Result<Decimal, AmountTooLarge> {
    from_fraction_within(numerator, denominator, Decimal::MAX_SCALE)
}

/// A fraction as a decimal: exactly where it ends within so many places, else fixed half-even at
/// [`QUOTIENT_PLACES`].
pub(crate) fn from_fraction_within(
    mut numerator: BigInt,
    mut denominator: BigInt,
    most_places: u32,
) -> Result<Decimal, AmountTooLarge> {
    if denominator < BigInt::ZERO {
        (numerator, denominator) = (-numerator, -denominator);
    }
    let ends;
    (numerator, denominator, ends) = in_lowest_terms(numerator, denominator);
    let at = |places: u32| {
        let scaled = &numerator * power_of_ten(places);
        let mantissa = divide_half_even(&scaled, &denominator);
        from_mantissa(i128::try_from(mantissa).map_err(|_| AmountTooLarge)?, places)
    };
    // A quotient may end and still have more than 28 digits: it is then fixed like one that does not end.
    let exact = ends.filter(|places| *places <= most_places).and_then(|places| at(places).ok());
    exact.map_or_else(|| at(QUOTIENT_PLACES), Ok)
}

/// A fraction at [`QUOTIENT_PLACES`], half to even, where all of it fits in machine words, as nearly every amount of a
/// bill does; `None` where it does not. One that ends within these places is exact there.
pub(crate) fn from_words(numerator: i128, denominator: i128) -> Option<Decimal> {
    let units = |numerator: i128| numerator.checked_mul(10_i128.pow(QUOTIENT_PLACES));
    if let Some(units) = units(numerator) {
        return from_units_over(units, denominator);
    }
    let shared = numerator.gcd(&denominator);
    from_units_over(units(numerator / shared)?, denominator / shared)
}

/// So many units of 10^-12 divided by a number above zero, half to even to whole units; `None` where the amount does
/// not fit.
pub(crate) fn from_units_over(units: i128, divisor: i128) -> Option<Decimal> {
    let (size, divisor) = (units.unsigned_abs(), divisor.unsigned_abs());
    let (floor, remainder) = match (u64::try_from(size), u64::try_from(divisor)) {
        // Nearly always, and several times as fast.
        (Ok(size), Ok(divisor)) => ((size / divisor).into(), (size % divisor).into()),
        _ => (size / divisor, size % divisor),
    };
    let up = match remainder.checked_mul(2)?.cmp(&divisor) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => floor % 2,
        std::cmp::Ordering::Greater => 1,
    };
    let size = i128::try_from(floor + up).ok()?;
    from_mantissa(if units < 0 { -size } else { size }, QUOTIENT_PLACES).ok()
}

/// A fraction without common factors, and after how many decimal places it ends. Machine words do it many
/// times faster than numbers of any length, and nearly every fraction of a bill fits in them.
fn in_lowest_terms(numerator: BigInt, denominator: BigInt) -> (BigInt, BigInt, Option<u32>) {
    if let (Ok(a), Ok(b)) = (i128::try_from(&numerator), i128::try_from(&denominator)) {
        let shared = a.gcd(&b);
        let (a, b) = (a / shared, b / shared);
        return (a.into(), b.into(), ending_places(b));
    }
    let shared = numerator.gcd(&denominator);
    let (numerator, denominator) = (numerator / &shared, denominator / &shared);
    let places = ending_places(denominator.clone());
    (numerator, denominator, places)
}

/// Divides to a whole number, rounded once from the exact fraction.
///
/// # Errors
/// [`AmountTooLarge`] if the quotient does not fit, or if the divisor is not above zero.
pub fn whole_quotient(
    dividend: Decimal,
    divisor: Decimal,
    rounding: WholeRounding,
) -> Result<Decimal, AmountTooLarge> {
    if divisor <= Decimal::ZERO {
        return Err(AmountTooLarge);
    }
    let numerator = BigInt::from(dividend.mantissa()) * power_of_ten(divisor.scale());
    let denominator = BigInt::from(divisor.mantissa()) * power_of_ten(dividend.scale());
    let whole = whole_of_fraction(&numerator, &denominator, rounding);
    from_mantissa(i128::try_from(whole).map_err(|_| AmountTooLarge)?, 0)
}

/// A fraction with a denominator above zero, rounded once to a whole number.
pub(crate) fn whole_of_fraction(
    numerator: &BigInt,
    denominator: &BigInt,
    rounding: WholeRounding,
) -> BigInt {
    match rounding {
        WholeRounding::Up => -(-numerator).div_floor(denominator),
        WholeRounding::Down => numerator.div_floor(denominator),
        WholeRounding::HalfEven => divide_half_even(numerator, denominator),
    }
}

/// An amount in whole units of 10^-12 dollars, half to even, for sums that are made millions of times.
///
/// # Errors
/// [`AmountTooLarge`] if it does not fit.
pub fn in_units(amount: Decimal) -> Result<i128, AmountTooLarge> {
    let fixed = amount
        .round_dp_with_strategy(QUOTIENT_PLACES, RoundingStrategy::MidpointNearestEven)
        .normalize();
    let factor = 10_i128.pow(QUOTIENT_PLACES - fixed.scale());
    fixed.mantissa().checked_mul(factor).ok_or(AmountTooLarge)
}

/// The amount of so many units of 10^-12 dollars.
///
/// # Errors
/// [`AmountTooLarge`] if it does not fit.
pub fn from_units(units: i128) -> Result<Decimal, AmountTooLarge> {
    from_mantissa(units, QUOTIENT_PLACES)
}

/// How a fraction becomes a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WholeRounding {
    /// To the next whole number above.
    Up,
    /// To the next whole number below.
    Down,
    /// To the nearest, halves to even.
    HalfEven,
}

/// The decimal places after which a fraction with this (reduced) denominator ends, if it does so
/// within the 28 places that a [`Decimal`] holds.
fn ending_places<T: Integer + From<u8>>(denominator: T) -> Option<u32> {
    let (twos, rest) = strip_factor(denominator, 2);
    let (fives, rest) = strip_factor(rest, 5);
    rest.is_one().then(|| twos.max(fives)).filter(|places| *places <= 28)
}

fn strip_factor<T: Integer + From<u8>>(mut value: T, factor: u8) -> (u32, T) {
    let factor = T::from(factor);
    let mut count = 0;
    loop {
        let (quotient, remainder) = value.div_rem(&factor);
        if !remainder.is_zero() {
            return (count, value);
        }
        value = quotient;
        count += 1;
    }
}

/// Divides a signed numerator by a positive denominator, ties to the even integer.
fn divide_half_even(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    let (floor, remainder) = numerator.div_mod_floor(denominator);
    let twice = remainder * 2;
    let up = twice > *denominator || (twice == *denominator && floor.is_odd());
    if up { floor + 1 } else { floor }
}

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

fn from_mantissa(mantissa: i128, scale: u32) -> Result<Decimal, AmountTooLarge> {
    // Trailing zeros go first: 1.50 × 2.00 has four places but needs none. Most amounts are short, and a division of
    // longer numbers takes many times as long.
    let (mantissa, scale) = match i64::try_from(mantissa) {
        Ok(short) => {
            let (mantissa, scale) = without_trailing_zeros(short, scale);
            (mantissa.into(), scale)
        }
        Err(_) => without_trailing_zeros(mantissa, scale),
    };
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| AmountTooLarge)
}

fn without_trailing_zeros<T: Integer + Copy + From<u8>>(
    mut mantissa: T,
    mut scale: u32,
) -> (T, u32) {
    let ten = T::from(10);
    while scale > 0 && (mantissa % ten).is_zero() {
        mantissa = mantissa / ten;
        scale -= 1;
    }
    (mantissa, scale)
}

/// What is wrong with a text that should be a price or an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PriceTextError {
    /// Not digits with at most one decimal point.
    #[error("not a plain decimal number such as 5.00")]
    NotANumber,
    /// Below zero.
    #[error("a price cannot be negative")]
    Negative,
    /// More decimal places or a larger value than this tool keeps exact.
    #[error("more than 12 decimal places, or above 1000000000")]
    OutOfRange,
}

/// Reads a price from plain decimal text: digits and at most one point, no sign, exponent,
/// separator or currency mark.
///
/// # Errors
/// Says which rule the text breaks.
pub fn parse_price(text: &str) -> Result<Decimal, PriceTextError> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(fraction) {
        return Err(PriceTextError::NotANumber);
    }
    if digits.len() < text.len() {
        return Err(PriceTextError::Negative);
    }
    let price = Decimal::from_str_exact(text).map_err(|_| PriceTextError::OutOfRange)?.normalize();
    if price > MAX_PRICE || price.scale() > MAX_PRICE_PLACES {
        return Err(PriceTextError::OutOfRange);
    }
    Ok(price)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    #[test]
    fn a_quotient_that_ends_is_exact() {
        assert_eq!(quotient(dec("1"), dec("8")), Ok(dec("0.125")));
        assert_eq!(quotient(dec("0.21072"), dec("0.5")), Ok(dec("0.42144")));
        // 1 / 2^20 needs 20 places and still ends.
        assert_eq!(quotient(dec("1"), dec("1048576")), Ok(dec("0.00000095367431640625")));
    }

    #[test]
    fn a_quotient_that_does_not_end_is_fixed_half_even_at_twelve_places() {
        assert_eq!(quotient(dec("1"), dec("3")), Ok(dec("0.333333333333")));
        assert_eq!(quotient(dec("2"), dec("3")), Ok(dec("0.666666666667")));
        assert_eq!(quotient(dec("-2"), dec("3")), Ok(dec("-0.666666666667")));
        // 0.21072 / 0.7 = 0.3010285714285714…
        assert_eq!(quotient(dec("0.21072"), dec("0.7")), Ok(dec("0.301028571429")));
    }

    #[test]
    fn a_moved_point_is_the_quotient_of_the_fraction() {
        let dividends = [
            "0",
            "30",
            "-0.050",
            "0.21072",
            "12345678901234567890.5",
            "0.0000000000000000000000000007",
        ];
        for dividend in dividends.map(dec) {
            for divisor in
                ["1", "1.000", "10", "1000", "1000000", "1000000000000000000000000"].map(dec)
            {
                let numerator = BigInt::from(dividend.mantissa()) * power_of_ten(divisor.scale());
                let denominator = BigInt::from(divisor.mantissa()) * power_of_ten(dividend.scale());
                let divided = from_fraction(numerator, denominator);
                assert_eq!(quotient(dividend, divisor), divided, "{dividend} / {divisor}");
                let scale = |quotient: Result<Decimal, _>| quotient.map(|value| value.scale());
                assert_eq!(scale(quotient(dividend, divisor)), scale(divided));
            }
        }
        assert_eq!(point_moved(dec("1"), dec("0.1")), None);
        assert_eq!(point_moved(dec("1"), dec("20")), None);
        assert_eq!(point_moved(dec("1"), dec("-10")), None);
    }

    #[test]
    fn machine_words_and_numbers_of_any_length_divide_alike() {
        let numerators = [0, 1, -1, 5, -15, 7024 * 30, 10_i128.pow(20), -(3 * 10_i128.pow(24))];
        for numerator in numerators {
            for denominator in
                [1, 2, 3, 7, 8, 64, 1000, 1_048_576, 10_i128.pow(13), 2 * 10_i128.pow(12)]
            {
                let words = from_words(numerator, denominator);
                let most = QUOTIENT_PLACES;
                let any = from_fraction_within(numerator.into(), denominator.into(), most);
                assert!(words.is_none() || words == any.ok(), "{numerator} / {denominator}");
            }
        }
        // 0.5 at the twelfth place goes to the even digit, on both sides of zero.
        let half = 2 * 10_i128.pow(12);
        assert_eq!(from_words(5, half), Some(dec("0.000000000002")));
        assert_eq!(from_words(-5, half), Some(dec("-0.000000000002")));
        assert_eq!(from_words(7, half), Some(dec("0.000000000004")));
    }

    #[test]
    fn a_whole_quotient_is_rounded_once_from_the_exact_fraction() {
        use WholeRounding::{Down, HalfEven, Up};
        // 3.0000000000000001 ÷ 1 is more than 3, although at twelve places it is 3.
        assert_eq!(whole_quotient(dec("3.0000000000000001"), dec("1"), Up), Ok(dec("4")));
        // 29.9999999999999 ÷ 3 is less than 10, although at twelve places it is 10.
        assert_eq!(whole_quotient(dec("29.9999999999999"), dec("3"), Down), Ok(dec("9")));
        assert_eq!(whole_quotient(dec("2.5"), dec("1"), HalfEven), Ok(dec("2")));
        assert_eq!(whole_quotient(dec("6"), dec("3"), Up), Ok(dec("2")));
    }

    #[test]
    fn division_by_zero_is_an_error() {
        assert_eq!(quotient(dec("1"), Decimal::ZERO), Err(AmountTooLarge));
    }

    #[test]
    fn products_and_sums_are_exact_or_refused() {
        assert_eq!(multiply(dec("7024"), dec("30")), Ok(dec("210720")));
        let tiny = dec("0.000000000000001");
        assert_eq!(multiply(tiny, tiny), Err(AmountTooLarge), "30 places would be cut in silence");
        let large = dec("10000000000000000000000000000");
        assert_eq!(add(large, tiny), Err(AmountTooLarge));
        assert_eq!(add(dec("1.50"), dec("2.5")), Ok(dec("4")));
    }

    #[test]
    fn a_price_is_plain_digits() {
        assert_eq!(parse_price("5.00"), Ok(dec("5")));
        assert_eq!(parse_price("-5"), Err(PriceTextError::Negative));
        for text in ["", "5.", ".5", "1e3", "1,000", "$5", "5 ", "+5", "٥", "--5", "0x1F", "1.2.3"]
        {
            assert_eq!(parse_price(text), Err(PriceTextError::NotANumber), "{text:?}");
        }
        for text in ["0.0000000000001", "1000000001", "99999999999999999999999999999999"] {
            assert_eq!(parse_price(text), Err(PriceTextError::OutOfRange), "{text:?}");
        }
    }
}
