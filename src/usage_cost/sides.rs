//! The same rows at two prices: those of the log, and those that they are compared with.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dimension::Dimension;
use super::ledger::{Ledger, Opened};
use super::not_taken::NotTaken;
use super::rule::RowCounts;
use super::stream::RowPrice;
use super::terms::LogTerms;
use crate::estimate::Rejected;
use crate::money::AmountTooLarge;
use crate::usage_log::row::UsageRow;

/// One side, or both.
pub(crate) struct Sides<'a> {
    pub here: Ledger<'a>,
    pub there: Option<There<'a>>,
}

/// The other side of a comparison.
pub(crate) struct There<'a> {
    pub ledger: Ledger<'a>,
    /// Rows that have no price there, by the reason.
    pub without_price: BTreeMap<Arc<Rejected>, u64>,
}

impl<'a> Sides<'a> {
    pub(super) fn new(
        here: &'a LogTerms<'a>,
        there: Option<&'a LogTerms<'a>>,
        by: &[Dimension],
    ) -> Sides<'a> {
        let there = there
            .map(|terms| There { ledger: Ledger::new(terms, by), without_price: BTreeMap::new() });
        Sides { here: Ledger::new(here, by), there }
    }

    pub(super) fn begin(&mut self, file: &str) {
        self.here.begin(file);
        if let Some(there) = &mut self.there {
            there.ledger.begin(file);
        }
    }

    /// Adds a row to both sides; one that has no price there is added here alone.
    pub(crate) fn take(&mut self, row: &UsageRow) -> Result<(), NotTaken> {
        let here = self.here.prepare(row)?;
        let Some(there) = &mut self.there else { return self.here.commit(row, here, true) };
        match there.ledger.prepare(row) {
            Ok(prepared) => {
                there.ledger.commit(row, prepared, true)?;
                self.here.commit(row, here, true)
            }
            Err(NotTaken::Rejected(why)) => {
                *there.without_price.entry(why).or_default() += 1;
                self.here.commit(row, here, false)
            }
            Err(broken) => Err(broken),
        }
    }

    /// Adds a row, and tells what it costs here.
    pub(crate) fn take_and_tell(&mut self, row: &UsageRow) -> Result<RowPrice, NotTaken> {
        let price = self.here.price_of(row)?;
        self.take(row)?;
        Ok(price)
    }

    /// Where rows of the same words go on each side.
    pub(crate) fn open(&mut self, row: &UsageRow) -> Result<(Opened, Option<Opened>), NotTaken> {
        let here = self.here.open(row)?;
        let there = self.there.as_mut().map(|there| there.ledger.open(row)).transpose()?;
        Ok((here, there))
    }

    /// Adds what a row counts to the sums of both sides; whether its price follows from sums on both.
    pub(crate) fn add(
        &mut self,
        (here, there): (Opened, Option<Opened>),
        counts: &RowCounts,
    ) -> Result<bool, NotTaken> {
        let Some(sums) = here.rule.sums_of(counts) else { return Ok(false) };
        let other = match there {
            Some(opened) => match opened.rule.sums_of(counts) {
                Some(sums) => Some((opened.cell, sums)),
                None => return Ok(false),
            },
            None => None,
        };
        self.here.leave_out(!counts.said);
        self.here.add(here.cell, &sums).map_err(NotTaken::too_large)?;
        if let (Some(there), Some((cell, sums))) = (&mut self.there, other) {
            there.ledger.add(cell, &sums).map_err(NotTaken::too_large)?;
        }
        Ok(true)
    }

    pub(super) fn merge(&mut self, other: Sides) -> Result<(), AmountTooLarge> {
        self.here.merge(other.here)?;
        if let (Some(there), Some(other)) = (&mut self.there, other.there) {
            there.ledger.merge(other.ledger)?;
            for (why, rows) in other.without_price {
                *there.without_price.entry(why).or_default() += rows;
            }
        }
        Ok(())
    }
}
