//! A number of JSON as an exact decimal.

use rust_decimal::Decimal;

use crate::json::Written;
use crate::unit::Per;

/// The price that a value is: a number that is not below zero and needs no more digits than a decimal has.
pub(super) fn price(value: &Written) -> Option<Decimal> {
    match value {
        Written::Number(text) => exact(text).filter(|price| !price.is_sign_negative()),
        _ => None,
    }
}

/// A price of one unit as one of so many.
pub(super) fn for_units(price: Decimal, per: Per) -> Option<Decimal> {
    crate::money::times(u64::from(per.count()), price).ok().map(|price| price.normalize())
}

/// `3e-05` is 0.00003: the digits, with the point moved by the exponent.
fn exact(text: &str) -> Option<Decimal> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.parse().ok()?;
    let digits = Decimal::from_str_exact(digits).ok()?.normalize();
    if digits.is_zero() {
        return Some(Decimal::ZERO);
    }
    let scale = i64::from(digits.scale()).checked_sub(exponent)?;
    let moved = match u32::try_from(scale) {
        Ok(scale) => Decimal::try_from_i128_with_scale(digits.mantissa(), scale).ok()?,
        Err(_) => {
            let zeros = u32::try_from(-scale).ok()?;
            let factor = 10_i128.checked_pow(zeros)?;
            Decimal::try_from_i128_with_scale(digits.mantissa().checked_mul(factor)?, 0).ok()?
        }
    };
    Some(moved.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        exact(text).map(|it| it.to_string())
    }

    #[test]
    fn a_number_is_read_digit_by_digit() {
        for (text, value) in [
            ("3e-05", "0.00003"),
            ("1.25E-06", "0.00000125"),
            ("5", "5"),
            ("0.10", "0.1"),
            ("12.5e1", "125"),
            ("1E+3", "1000"),
            ("0e-99", "0"),
            ("2.9999999999999997e-05", "0.000029999999999999997"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_no_price() {
        for text in ["1e-40", "1e40", "1e99999999999999999999", "0.12345678901234567890123456789"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(price(&Written::Number("-1")), None);
        assert_eq!(price(&Written::Text("5".into())), None);
    }
}
