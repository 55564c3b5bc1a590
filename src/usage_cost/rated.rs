//! Cells → what they cost: each is priced once, by the one rating function, on its own day.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::cell::{Cell, CellKey, Recorded, Sums, Tally};
use super::ledger::Ledger;
use super::not_taken::NotTaken;
use super::places::{PlaceOn, Places};
use super::row_cost;
use super::said::Said;
use super::terms::LogTerms;
use crate::estimate::PriceBasis;
use crate::figure::Figure;
use crate::money;
use crate::rating::{Charge, Facts};
use crate::reason::Logged;
use crate::unit::Meter;
use crate::usage::Usage;
use crate::usage_log::row::{COUNTED, Counts, Labels, Measured, UsageRow};

/// A cell and what it costs.
#[derive(Debug, Clone)]
pub struct RatedCell {
    /// What its usage has in common.
    pub key: CellKey,
    /// The name of the price owner.
    pub owner: Arc<str>,
    /// Its rows.
    pub tally: Tally,
    /// The token counts of the rows that were added up before they were priced, in the order of [`COUNTED`].
    pub counts: [u64; COUNTED.len()],
    /// The lines of those rows.
    pub charges: Vec<Charge>,
    /// What all of its rows cost.
    pub cost: Figure<Decimal>,
    /// Rows whose tokens are counted by the rule of their model.
    pub estimated: u64,
    /// Rows that leave out a count of cached tokens.
    pub rows_without_cached: u64,
    /// The weakest that its prices rest on.
    pub price_basis: PriceBasis,
    /// What the log says that its rows cost.
    pub recorded: Recorded,
}

/// The cells of logs, priced.
pub(super) struct RatedCells {
    pub cells: Vec<RatedCell>,
    pub said: Said,
}

/// Prices the cells of a ledger.
pub(super) fn rate(ledger: Ledger, log: &LogTerms) -> Result<RatedCells, NotTaken> {
    let (cells, mut said) = ledger.into_parts();
    let mut places = Places::new(log);
    let mut rated = Vec::with_capacity(cells.len());
    for (key, cell) in cells {
        let place = places.of(Some(&key.model), Some(&key.route), key.day)?;
        rated.push(rated_cell(key, cell, &place, log, &mut said)?);
    }
    Ok(RatedCells { cells: rated, said })
}

fn rated_cell(
    key: CellKey,
    cell: Cell,
    place: &PlaceOn,
    log: &LogTerms,
    said: &mut Said,
) -> Result<RatedCell, NotTaken> {
    let facts = facts_of(&key, place, log)?;
    let usage = usage_of(&cell.sums, &facts);
    let used = place.priced.cost_of(&usage, &facts, &log.on(key.day))?;
    if cell.sums.tally.rows > 0 {
        said.meet(&used.notes, &used.assumptions);
    }
    let too_large = NotTaken::too_large;
    let cost = used.total.try_join(&cell.open.cost, money::add).map_err(too_large)?;
    let of_sums = (cell.sums.tally.rows > 0).then_some(used.price_basis);
    Ok(RatedCell {
        owner: place.priced.table.route.owner_name.as_str().into(),
        tally: cell.tally().map_err(too_large)?,
        counts: cell.sums.counts,
        charges: used.charges,
        cost,
        estimated: cell.open.estimated,
        rows_without_cached: cell.sums.rows_without_cached,
        price_basis: of_sums.max(cell.open.price_basis).unwrap_or(PriceBasis::Dated),
        recorded: cell.recorded,
        key,
    })
}

/// The usage of sums, and what else it is billed by.
pub(super) fn usage_of(sums: &Sums, facts: &Facts) -> Usage {
    let mut usage = Usage::default();
    for (meter, count) in COUNTED.into_iter().zip(sums.counts) {
        usage.set(meter, Figure::Exact(count), Vec::new());
    }
    let Tally { images, rows_without_images, requests, .. } = sums.tally;
    let images = match rows_without_images {
        0 => Figure::Exact(images),
        _ => Figure::unknown(images, Logged::NoImages),
    };
    let size = match facts.size {
        Some(crate::request::SizeChoice::Exact(size)) => Some(size),
        _ => None,
    };
    let pixels = size.map_or(Figure::Exact(0), |size| {
        images
            .try_map(|count| Ok::<_, ()>(count.saturating_mul(size.pixels())))
            .unwrap_or(Figure::Exact(0))
    });
    usage.set(Meter::Pixels, pixels, Vec::new());
    usage.set(Meter::Images, images, Vec::new());
    usage.set(Meter::Calls, Figure::Exact(requests), Vec::new());
    usage
}

/// What decides the prices of a cell besides its counts: that of any of its rows.
fn facts_of(key: &CellKey, place: &PlaceOn, log: &LogTerms) -> Result<Facts, NotTaken> {
    let labels = Labels {
        size: key.size.as_deref().map(Box::from),
        quality: key.quality.as_deref().map(Box::from),
        ..Labels::default()
    };
    let row = UsageRow {
        labels,
        processing: Some(key.processing),
        measured: Measured::Counts(Counts::default()),
        ..UsageRow::of_request()
    };
    row_cost::facts(&row, place, log)
}
