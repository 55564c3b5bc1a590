//! Sums of amounts, which are never of two currencies.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::line::BillLine;
use crate::money::{self, AmountTooLarge};

/// Amounts by their currency.
pub type Amounts = BTreeMap<Arc<str>, Decimal>;

/// What lines were billed, by currency.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept exact.
pub fn by_currency<'a>(
    lines: impl IntoIterator<Item = &'a BillLine>,
) -> Result<Amounts, AmountTooLarge> {
    let mut sums = Amounts::new();
    for line in lines {
        let sum = sums.entry(Arc::clone(&line.currency)).or_default();
        *sum = money::add(*sum, line.billed_cost)?;
    }
    Ok(sums)
}
