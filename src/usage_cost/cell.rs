//! A cell: usage of one day that is priced alike, as sums of whole numbers.
//!
//! A price list charges each token alike, so that what a cell costs is the price of its sums: rows are added up exactly,
//! and the one rating function prices each cell once. What cannot be added up before it is priced stands beside the sums
//! as an amount.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::conditions::Processing;
use crate::estimate::PriceBasis;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::usage_log::row::COUNTED;

/// What the usage of a cell has in common. A label is `None` where the log does not say it, or nobody asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellKey {
    /// The day on which it was used.
    pub day: NaiveDate,
    /// The id of the model.
    pub model: Arc<str>,
    /// The id of the route.
    pub route: Arc<str>,
    /// How it was processed.
    pub processing: Processing,
    /// What it is booked on.
    pub project: Option<Arc<str>>,
    /// The user's own tag.
    pub tag: Option<Arc<str>>,
    /// How it ended.
    pub status: Option<Arc<str>>,
    /// The size.
    pub size: Option<Arc<str>>,
    /// The quality.
    pub quality: Option<Arc<str>>,
    /// The file.
    pub file: Option<Arc<str>>,
    /// Whether its rows have a price on the other side of a comparison as well; true without one.
    pub compared: bool,
}

/// Rows, and what they stand for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows of the log.
    pub rows: u64,
    /// Requests that they stand for.
    pub requests: u64,
    /// Images that they say were delivered.
    pub images: u64,
    /// Rows that do not say how many.
    pub rows_without_images: u64,
    /// Images that they say were accepted.
    pub accepted: u64,
    /// Rows that say so.
    pub rows_with_accepted: u64,
}

/// Usage that is added up before it is priced: whole numbers alone, so that sums are exact in any order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Its rows.
    pub tally: Tally,
    /// Disjoint token counts, in the order of [`COUNTED`].
    pub counts: [u64; COUNTED.len()],
    /// Rows that leave out a count of cached tokens, which is taken to be none.
    pub rows_without_cached: u64,
}

/// What cannot be added up before it is priced: rows whose price depends on the row, or of which something is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSums {
    /// Its rows, which are no part of [`Sums`].
    pub tally: Tally,
    /// Those whose tokens are counted by the rule of their model, since the log does not say them.
    pub estimated: u64,
    /// What they cost.
    pub cost: Figure<Decimal>,
    /// The weakest that their prices rest on; `None` without rows.
    pub price_basis: Option<PriceBasis>,
}

/// What the log says that rows cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Rows that say so.
    pub rows: u64,
    /// The sum, in US dollars.
    pub cost: Decimal,
}

/// The usage of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What is added up before it is priced.
    pub sums: Sums,
    /// What was priced row by row.
    pub open: OpenSums,
    /// What the log says that all of it cost.
    pub recorded: Recorded,
}

impl Default for OpenSums {
    fn default() -> OpenSums {
        let (cost, price_basis) = (Figure::Exact(Decimal::ZERO), None);
        OpenSums { tally: Tally::default(), estimated: 0, cost, price_basis }
    }
}

impl Tally {
    /// Adds other rows.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum is beyond all measure.
    pub fn add(&mut self, other: &Tally) -> Result<(), AmountTooLarge> {
        add_all([
            (&mut self.rows, other.rows),
            (&mut self.requests, other.requests),
            (&mut self.images, other.images),
            (&mut self.rows_without_images, other.rows_without_images),
            (&mut self.accepted, other.accepted),
            (&mut self.rows_with_accepted, other.rows_with_accepted),
        ])
    }
}

impl Sums {
    /// Adds other sums.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum is beyond all measure.
    pub fn add(&mut self, other: &Sums) -> Result<(), AmountTooLarge> {
        self.tally.add(&other.tally)?;
        add_all(self.counts.iter_mut().zip(other.counts))?;
        add_all([(&mut self.rows_without_cached, other.rows_without_cached)])
    }
}

impl OpenSums {
    /// Adds other rows.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept exact.
    pub fn add(&mut self, other: &OpenSums) -> Result<(), AmountTooLarge> {
        self.tally.add(&other.tally)?;
        add_all([(&mut self.estimated, other.estimated)])?;
        self.cost = self.cost.try_join(&other.cost, money::add)?;
        self.price_basis = self.price_basis.max(other.price_basis);
        Ok(())
    }
}

fn add_all<'a>(pairs: impl IntoIterator<Item = (&'a mut u64, u64)>) -> Result<(), AmountTooLarge> {
    for (sum, more) in pairs {
        *sum = sum.checked_add(more).ok_or(AmountTooLarge)?;
    }
    Ok(())
}

impl Cell {
    /// Adds another cell of the same key.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept exact.
    pub fn add(&mut self, other: &Cell) -> Result<(), AmountTooLarge> {
        self.sums.add(&other.sums)?;
        self.open.add(&other.open)?;
        self.recorded.add(other.recorded)
    }

    /// The rows of it.
    pub fn rows(&self) -> u64 {
        self.sums.tally.rows.saturating_add(self.open.tally.rows)
    }

    /// All rows of it together.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum is beyond all measure.
    pub fn tally(&self) -> Result<Tally, AmountTooLarge> {
        let mut all = self.sums.tally;
        all.add(&self.open.tally)?;
        Ok(all)
    }
}

impl Recorded {
    /// Adds what other rows say.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the sum cannot be kept exact.
    pub fn add(&mut self, other: Recorded) -> Result<(), AmountTooLarge> {
        self.rows = self.rows.checked_add(other.rows).ok_or(AmountTooLarge)?;
        self.cost = money::add(self.cost, other.cost)?;
        Ok(())
    }
}
