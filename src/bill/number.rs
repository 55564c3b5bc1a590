//! Amounts and quantities as bills write them: digits, a sign, an exponent at most. None goes through a float.

use rust_decimal::Decimal;

use crate::json::exact;
use crate::money::{self, AmountTooLarge};

/// The largest amount or quantity that is read: 10^15.
const MOST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// The coarsest that a written amount is taken to be rounded: half a cent.
const HALF_A_CENT: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

/// A number that was read, and by how much it may have been rounded when it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub value: Decimal,
    /// Half a unit of its last written digit, and never more than half a cent.
    pub rounding: Decimal,
}

/// What is wrong with a text that should be a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotANumber {
    /// It begins a formula of a spreadsheet.
    Formula,
    /// A comma: of decimals or of thousands.
    Comma,
    /// Anything else that is no number.
    Other,
    /// More digits than are kept exactly, or too large.
    TooLong,
}

/// Reads a number from its digits: `-0.13504`, `3e-05`.
pub(super) fn number(text: &str) -> Result<Written, NotANumber> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let begins = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    let is_part = |byte: u8| byte.is_ascii_digit() || b".eE+-".contains(&byte);
    match text.bytes().next() {
        Some(b'=' | b'@') => return Err(NotANumber::Formula),
        Some(b'+' | b'-') if !begins => return Err(NotANumber::Formula),
        _ if text.contains(',') => return Err(NotANumber::Comma),
        _ if !begins || !unsigned.bytes().all(is_part) => return Err(NotANumber::Other),
        _ => {}
    }
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let unsigned = digits.strip_prefix(['-', '+']).unwrap_or(digits);
    let is_plain = unsigned.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && unsigned.bytes().filter(|byte| *byte == b'.').count() <= 1
        && unsigned.bytes().any(|byte| byte.is_ascii_digit());
    let Some(exponent) = exponent.parse::<i64>().ok().filter(|_| is_plain) else {
        return Err(NotANumber::Other);
    };
    // A quantity in a spreadsheet may begin or end with its point.
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = if fraction.is_empty() { "0" } else { fraction };
    let sign = if digits.starts_with('-') { "-" } else { "" };
    let value = exact(&format!("{sign}{whole}.{fraction}e{exponent}"));
    let value = value.filter(|value| value.abs() <= MOST).ok_or(NotANumber::TooLong)?;
    let written = unsigned.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i64);
    Ok(Written { value, rounding: half_a_unit(written - exponent) })
}

/// Half a unit of the digit so many places behind the point.
fn half_a_unit(places: i64) -> Decimal {
    match u32::try_from(places) {
        Ok(places @ 0..=27) => Decimal::new(5, places + 1).min(HALF_A_CENT),
        Ok(_) => Decimal::ZERO,
        Err(_) => HALF_A_CENT,
    }
}

impl Written {
    /// The number times another, each exact.
    pub(super) fn times(self, factor: Decimal) -> Result<Written, AmountTooLarge> {
        Ok(Written { value: money::multiply(self.value, factor)?, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    #[test]
    fn the_digits_are_the_amount_and_no_float_is() {
        for (text, value) in [
            ("0.1", "0.1"),
            ("-0.13504266720", "-0.1350426672"),
            ("3e-05", "0.00003"),
            ("1.5E+3", "1500"),
            (".5", "0.5"),
            ("7.", "7"),
            ("+2", "2"),
            ("0.8958740000000000", "0.895874"),
            ("1000000000000000", "1000000000000000"),
        ] {
            assert_eq!(number(text).map(|it| it.value), Ok(dec(value)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        for (text, why) in [
            ("=1+1", NotANumber::Formula),
            ("@SUM(A1)", NotANumber::Formula),
            ("+A1", NotANumber::Formula),
            ("-cmd", NotANumber::Formula),
            ("1,25", NotANumber::Comma),
            ("$5", NotANumber::Other),
            ("1_000", NotANumber::Other),
            ("1.2.3", NotANumber::Other),
            ("1e", NotANumber::Other),
            ("NaN", NotANumber::Other),
            ("", NotANumber::Other),
            ("1e99999", NotANumber::TooLong),
            ("0.12345678901234567890123456789012", NotANumber::TooLong),
            ("1000000000000001", NotANumber::TooLong),
        ] {
            assert_eq!(number(text).map(|it| it.value), Err(why), "{text}");
        }
    }

    /// 6.6108 may be anything from 6.61075 to 6.61085; a whole number is not taken to be off by half a dollar.
    #[test]
    fn an_amount_is_as_exact_as_it_is_written() {
        let rounding = |text: &str| number(text).expect("a number").rounding;
        assert_eq!(rounding("6.6108"), dec("0.00005"));
        assert_eq!(rounding("3e-05"), dec("0.000005"));
        assert_eq!(rounding("-1.25"), dec("0.005"));
        assert_eq!(rounding("2"), dec("0.005"));
        assert_eq!(rounding("2e3"), dec("0.005"));
    }
}
