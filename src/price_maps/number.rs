//! A number of JSON as an exact decimal.

use rust_decimal::Decimal;

use crate::json::{Written, exact};
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_a_number_that_is_not_below_zero() {
        assert_eq!(
            price(&Written::Number("3e-05".into())),
            Decimal::from_str_exact("0.00003").ok()
        );
        assert_eq!(price(&Written::Number("-1".into())), None);
        assert_eq!(price(&Written::Text("5".into())), None);
    }
}
