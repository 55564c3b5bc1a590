//! Exchange rates as people write them, each with its direction: `CNY/USD=0.14` says that 1 CNY is 0.14 US dollars.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use rust_decimal::Decimal;

use crate::errors::NotAValue;
use crate::money::{self, AmountTooLarge, parse_price};

/// Exchange rates that the user gives, by the code of the foreign currency.
pub type FxRates = BTreeMap<String, ExchangeRate>;

/// What a foreign currency is worth. The inverse of a rate need not end as a decimal, so that a rate is kept in
/// the direction in which it was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExchangeRate {
    /// US dollars for one unit of the currency.
    DollarsForOne(Decimal),
    /// Units of the currency for one US dollar.
    ForOneDollar(Decimal),
}

impl ExchangeRate {
    /// One unit is the first divided by the second, in US dollars.
    pub(crate) fn quotient(self) -> [Decimal; 2] {
        match self {
            ExchangeRate::DollarsForOne(dollars) => [dollars, Decimal::ONE],
            ExchangeRate::ForOneDollar(units) => [Decimal::ONE, units],
        }
    }

    /// An amount in US dollars, fixed where the quotient does not end.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if it cannot be kept.
    pub fn dollars(self, amount: Decimal) -> Result<Decimal, AmountTooLarge> {
        let [dollars, units] = self.quotient();
        money::quotient(money::multiply(amount, dollars)?, units)
    }

    /// An amount of US dollars in the currency: divided or multiplied once, exact where that ends within 28 digits, else
    /// fixed at 12 decimals.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if it cannot be kept.
    pub fn units(self, dollars: Decimal) -> Result<Decimal, AmountTooLarge> {
        match self {
            ExchangeRate::DollarsForOne(rate) => money::quotient(dollars, rate),
            ExchangeRate::ForOneDollar(rate) => {
                let (dollars, rate) = (dollars.normalize(), rate.normalize());
                let product = BigInt::from(dollars.mantissa()) * BigInt::from(rate.mantissa());
                let scale = dollars.scale() + rate.scale();
                money::from_fraction(product, BigInt::from(10).pow(scale))
            }
        }
    }

    /// The pair of currencies and the number, as a flag and a budget file state them: `CNY/USD` and 0.14.
    pub fn stated(self, code: &str) -> (String, Decimal) {
        match self {
            ExchangeRate::DollarsForOne(dollars) => (format!("{code}/USD"), dollars.normalize()),
            ExchangeRate::ForOneDollar(units) => (format!("USD/{code}"), units.normalize()),
        }
    }

    /// The rate for people, a plain number of units in either direction: `1 CNY is taken as 0.14 USD`.
    pub fn in_words(self, code: &str) -> String {
        match self {
            ExchangeRate::DollarsForOne(dollars) => format!("1 {code} is taken as {dollars} USD"),
            ExchangeRate::ForOneDollar(units) => format!("1 USD is taken as {units} {code}"),
        }
    }
}

/// A rate as a flag states it: `CNY/USD=0.14`, or `USD/CNY=7.2` the other way round.
///
/// # Errors
/// Why it is none, in words; of a rate without its direction both readings.
pub fn parse_rate(text: &str) -> Result<(String, ExchangeRate), NotAValue> {
    let (pair, rate) = text.split_once('=').ok_or("not a rate such as CNY/USD=0.14")?;
    of_pair(pair, rate)
}

/// The rate of a pair of currencies, one of them US dollars: `CNY/USD` and `0.14`.
///
/// # Errors
/// Why it is none, in words; of a rate without its direction both readings.
pub fn of_pair(pair: &str, rate: &str) -> Result<(String, ExchangeRate), NotAValue> {
    let number = parse_price(rate).map_err(|error| format!("no rate: {error}"))?;
    if number.is_zero() {
        return Err("a rate of 0".into());
    }
    let Some((base, quote)) = pair.split_once('/') else {
        return Err(NotAValue(without_direction(pair, number)));
    };
    match (base, quote) {
        ("USD", "USD") => Err("a rate of US dollars to themselves".into()),
        (code, "USD") if is_currency(code) => {
            Ok((code.to_owned(), ExchangeRate::DollarsForOne(number)))
        }
        ("USD", code) if is_currency(code) => {
            Ok((code.to_owned(), ExchangeRate::ForOneDollar(number)))
        }
        _ => Err(NOT_A_PAIR.into()),
    }
}

/// Whether a text has the form of the code of a currency.
pub fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

const NOT_A_PAIR: &str = "not a rate of a currency and US dollars, such as CNY/USD=0.14";

fn without_direction(code: &str, rate: Decimal) -> String {
    if !is_currency(code) || code == "USD" {
        return NOT_A_PAIR.into();
    }
    format!(
        "either {code}/USD={rate} (1 {code} is {rate} US dollars) or USD/{code}={rate} (1 US dollar is \
         {rate} {code}): write the one that is meant"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_has_a_direction_and_is_kept_in_it() {
        let (code, rate) = parse_rate("CNY/USD=0.14").expect("a rate");
        assert_eq!((code.as_str(), rate.dollars(Decimal::TEN)), ("CNY", Ok(Decimal::new(14, 1))));
        // 0.288 ÷ 7.2 = 0.04, though 1 ÷ 7.2 does not end.
        let (_, rate) = parse_rate("USD/CNY=7.2").expect("a rate");
        assert_eq!(rate.dollars(Decimal::new(288, 3)), Ok(Decimal::new(4, 2)));
        assert_eq!(rate.stated("CNY"), ("USD/CNY".to_owned(), Decimal::new(72, 1)));
    }

    #[test]
    fn a_bare_rate_is_refused_with_both_readings() {
        let refused = parse_rate("CNY=7.2").expect_err("no direction");
        assert!(
            refused.0.contains("CNY/USD=7.2") && refused.0.contains("USD/CNY=7.2"),
            "{refused}"
        );
        for wrong in
            ["CNY", "cny/USD=1", "CNY/EUR=1", "USD/USD=1", "CNY/USD=0", "CNY/USD=-1", "/=1"]
        {
            assert!(parse_rate(wrong).is_err(), "{wrong}");
        }
    }
}
