//! What a reconciliation finds.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cause::Cause;
use super::dims::Dims;
use super::input::BilledCost;
use crate::bill::line::BillKind;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};

/// A difference by its cause: billed less rated, in US dollars.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// The cause.
    pub cause: Cause,
    /// The day.
    pub day: NaiveDate,
    /// What it is of, as far as both sides say it.
    pub dims: Dims,
    /// Billed less rated.
    pub amount: Decimal,
    /// The table and version that it was rated by, where it is of one.
    pub rated_by: Option<Arc<str>>,
}

/// A bill beside the rated usage, all in US dollars.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reconciliation {
    /// What the usage costs as it is rated.
    pub computed: Figure<Decimal>,
    /// What is billed before tax.
    pub billed: Decimal,
    /// Tax, which the usage does not have.
    pub tax: Decimal,
    /// Billed less rated; of a range its low end.
    pub difference: Decimal,
    /// All differences, by cause and day; they add up to `difference`.
    pub differences: Vec<Difference>,
    /// The share of what is billed that is explained: 1 less what is unexplained over all amounts that are billed, each without
    /// its sign; `None` where nothing is billed.
    pub coverage: Option<Decimal>,
    /// The sum of what is unexplained, each without its sign.
    pub unexplained: Decimal,
    /// The sum of all amounts that are billed, each without its sign.
    pub billed_at_all: Decimal,
}

impl Reconciliation {
    pub(super) fn of(
        computed: &Figure<Decimal>,
        billed: &[BilledCost],
        mut differences: Vec<Difference>,
    ) -> Result<Reconciliation, AmountTooLarge> {
        differences.retain(|it| !it.amount.is_zero());
        differences.sort_by(|a, b| {
            let key = |it: &Difference| (it.cause, it.day, it.dims.clone(), it.amount);
            key(a).cmp(&key(b))
        });
        let is_tax = |it: &&BilledCost| it.kind == BillKind::Tax;
        let charged = |it: &BilledCost| money::add(it.amount, it.exchange);
        let (mut sum, mut tax, mut at_all) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for it in billed.iter().filter(|it| !is_tax(it)) {
            let amount = charged(it)?;
            sum = money::add(sum, amount)?;
            at_all = money::add(at_all, amount.abs())?;
        }
        for it in billed.iter().filter(is_tax) {
            tax = money::add(tax, charged(it)?)?;
        }
        let mut unexplained = differences.iter().filter(|it| it.cause == Cause::Unexplained);
        let unexplained =
            unexplained.try_fold(Decimal::ZERO, |sum, it| money::add(sum, it.amount.abs()))?;
        let coverage = match at_all.is_zero() {
            true => None,
            false => Some(money::add(Decimal::ONE, -money::quotient(unexplained, at_all)?)?),
        };
        Ok(Reconciliation {
            computed: computed.clone(),
            billed: sum,
            tax,
            difference: money::add(sum, -computed.low())?,
            differences,
            coverage,
            unexplained,
            billed_at_all: at_all,
        })
    }

    /// Each cause that there is, with its sum, in order.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept exact.
    pub fn by_cause(&self) -> Result<Vec<(Cause, Decimal)>, AmountTooLarge> {
        let mut sums: BTreeMap<Cause, Decimal> = BTreeMap::new();
        for it in &self.differences {
            let sum = sums.entry(it.cause).or_default();
            *sum = money::add(*sum, it.amount)?;
        }
        Ok(sums.into_iter().collect())
    }
}
