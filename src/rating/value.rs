//! What the unit of a table is worth in US dollars.

use rust_decimal::Decimal;

use crate::catalog::price::{CreditValue, PriceUnit};
use crate::exchange::FxRates;
use crate::money::{self, AmountTooLarge};
use crate::reason::Pricing;

/// One unit is `multiply ÷ divide` US dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnitValue {
    multiply: Decimal,
    divide: Decimal,
}

impl UnitValue {
    /// Whether one unit is one US dollar.
    pub(super) fn is_dollar(&self) -> bool {
        self.multiply == self.divide
    }

    /// `amount ÷ divisor` units in US dollars, divided once.
    pub(super) fn dollars(
        &self,
        amount: Decimal,
        divisor: Decimal,
    ) -> Result<Decimal, AmountTooLarge> {
        money::quotient(
            money::multiply(amount, self.multiply)?,
            money::multiply(divisor, self.divide)?,
        )
    }
}

/// An amount of a unit in US dollars; `None` where the unit has no known value.
///
/// # Errors
/// [`AmountTooLarge`] if the amount cannot be kept exact.
pub fn in_dollars(
    amount: Decimal,
    unit: &PriceUnit,
    fx: &FxRates,
) -> Result<Option<Decimal>, AmountTooLarge> {
    unit_value(unit, fx).ok().map(|value| value.dollars(amount, Decimal::ONE)).transpose()
}

/// The value of a unit, or why it has none here.
pub(super) fn unit_value(unit: &PriceUnit, fx: &FxRates) -> Result<UnitValue, Pricing> {
    let worth = |multiply, divide| Ok(UnitValue { multiply, divide });
    match unit {
        unit if unit.is_usd() => worth(Decimal::ONE, Decimal::ONE),
        PriceUnit::Currency(code) => match fx.get(code) {
            Some(rate) => {
                let [dollars, units] = rate.quotient();
                worth(dollars, units)
            }
            None => Err(Pricing::NoExchangeRate { currency: code.as_str().into() }),
        },
        PriceUnit::Credit(_, CreditValue::UsdEach(usd)) => worth(*usd, Decimal::ONE),
        PriceUnit::Credit(_, CreditValue::PerUsd(credits)) => worth(Decimal::ONE, *credits),
        PriceUnit::Credit(name, CreditValue::NotFound) => {
            Err(Pricing::CreditNotFound { credit: name.as_str().into() })
        }
    }
}
