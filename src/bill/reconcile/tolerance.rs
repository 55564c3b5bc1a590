//! How much of a bill may stay unexplained.

use rust_decimal::Decimal;

use super::found::Reconciliation;
use crate::money::{self, AmountTooLarge, parse_price};
use crate::share::parse_share;

/// The most that may be unexplained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tolerance {
    /// A share of all amounts that are billed.
    Share(Decimal),
    /// So many US dollars.
    Dollars(Decimal),
}

impl Tolerance {
    /// A tolerance as it is written: `0.5%` or `5USD`.
    ///
    /// # Errors
    /// Why it is none, in words.
    pub fn parse(text: &str) -> Result<Tolerance, String> {
        if text.ends_with('%') {
            return parse_share(text).map(Tolerance::Share).map_err(|error| error.to_string());
        }
        let Some(amount) = text.strip_suffix("USD") else {
            return Err("not a tolerance such as 0.5% or 5USD".into());
        };
        parse_price(amount.trim()).map(Tolerance::Dollars).map_err(|error| error.to_string())
    }

    /// The amount that it is of a bill, in US dollars.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if it cannot be kept exact.
    pub fn of(self, found: &Reconciliation) -> Result<Decimal, AmountTooLarge> {
        match self {
            Tolerance::Share(share) => money::multiply(found.billed_at_all, share),
            Tolerance::Dollars(amount) => Ok(amount),
        }
    }

    /// Whether what is unexplained is no more than that.
    ///
    /// # Errors
    /// As those of [`Tolerance::of`].
    pub fn holds(self, found: &Reconciliation) -> Result<bool, AmountTooLarge> {
        Ok(found.unexplained <= self.of(found)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    #[test]
    fn a_tolerance_is_a_share_or_an_amount() {
        assert_eq!(Tolerance::parse("0.5%"), Ok(Tolerance::Share(dec("0.005"))));
        assert_eq!(Tolerance::parse("5USD"), Ok(Tolerance::Dollars(dec("5"))));
        for text in ["5", "5EUR", "-1USD", "x%", ""] {
            assert!(Tolerance::parse(text).is_err(), "{text}");
        }
    }
}
