//! Which rows can be added up before they are priced: those that say everything that a price depends on.

use super::cell::{Sums, Tally};
use crate::rating::PriceTable;
use crate::unit::Meter;
use crate::usage_log::row::{COUNTED, Counts, UsageRow};

/// Where a count of image output stands in a row.
const IMAGE_OUTPUT: usize = 4;
/// Where the counts of input stand, and those of them that were read from a cache.
const INPUT: std::ops::Range<usize> = 0..4;
/// What a row may leave out: a reply of the API that makes images does not count what was cached.
const CACHED: [Meter; 2] = [Meter::CachedTextInput, Meter::CachedImageInput];

/// Counts as a row has them, and which of them it says: bit `i` for the count at `i`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RowCounts {
    pub counts: [u64; COUNTED.len()],
    pub said: u8,
    pub images: Option<u64>,
    pub accepted: Option<u64>,
    pub requests: u64,
}

impl RowCounts {
    /// The counts of a row, with what else it counts.
    pub(crate) fn of(counts: &Counts, row: &UsageRow) -> RowCounts {
        let mut said = 0;
        let mut all = [0; COUNTED.len()];
        for (at, count) in counts.0.iter().enumerate() {
            if let Some(count) = count {
                all[at] = *count;
                said |= 1 << at;
            }
        }
        let (images, accepted, requests) = (row.images, row.accepted, row.requests);
        RowCounts { counts: all, said, images, accepted, requests }
    }

    /// The row as one of many.
    pub(crate) fn tally(&self) -> Tally {
        Tally {
            rows: 1,
            requests: self.requests,
            images: self.images.unwrap_or(0),
            rows_without_images: u64::from(self.images.is_none()),
            accepted: self.accepted.unwrap_or(0),
            rows_with_accepted: u64::from(self.accepted.is_some()),
        }
    }
}

/// What a row must say at a place so that its price follows from sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct AddingRule {
    /// Whether the table charges each unit alike.
    is_additive: bool,
    /// The counts that must be said, as bits.
    must_say: u8,
    /// The counts that are none where they are not said, by the user's word.
    none_if_absent: u8,
    /// The counts of cached tokens, which are none where they are not said.
    cached: u8,
    /// Whether the images must be counted.
    must_count_images: bool,
    /// Whether an image is billed by the tokens that it takes.
    bills_output: bool,
    /// The fewest output tokens that an image of the model has.
    least_output: u64,
}

impl AddingRule {
    pub(super) fn at(
        table: &PriceTable,
        least_output: u64,
        absent_is_none: &[Meter],
    ) -> AddingRule {
        let bits = |holds: &dyn Fn(Meter) -> bool| {
            let of = |(at, meter): (usize, &Meter)| if holds(*meter) { 1 << at } else { 0 };
            COUNTED.iter().enumerate().map(of).fold(0, |all: u8, bit: u8| all | bit)
        };
        let is_cached = |meter: Meter| CACHED.contains(&meter);
        AddingRule {
            is_additive: table.is_additive(),
            must_say: bits(&|meter| table.bills(meter) && !is_cached(meter)),
            none_if_absent: bits(&|meter| absent_is_none.contains(&meter)),
            cached: bits(&|meter| is_cached(meter) && table.bills(meter)),
            must_count_images: table.bills(Meter::Images) || table.bills(Meter::Pixels),
            bills_output: table.bills(Meter::ImageOutput),
            least_output,
        }
    }

    /// What a row adds to the sums of its cell; `None` if its price does not follow from them, or it contradicts itself: an
    /// image that was delivered took input, and no fewer output tokens than the cheapest image of its model.
    pub(crate) fn sums_of(&self, row: &RowCounts) -> Option<Sums> {
        let said = row.said | self.none_if_absent;
        let says_all = self.is_additive
            && self.must_say & !said == 0
            && (row.images.is_some() || !self.must_count_images);
        if !says_all || self.bills_output && row.images != Some(0) && !self.took_enough(row) {
            return None;
        }
        Some(Sums {
            tally: row.tally(),
            counts: row.counts,
            rows_without_cached: u64::from(self.cached & !said != 0),
        })
    }

    fn took_enough(&self, row: &RowCounts) -> bool {
        let images = row.images.unwrap_or(1).max(1);
        row.counts[IMAGE_OUTPUT] > 0
            && row.counts[IMAGE_OUTPUT] >= self.least_output.saturating_mul(images)
            && row.counts[INPUT].iter().any(|count| *count > 0)
    }

    /// Whether a count that is left out is none, by the user's word.
    pub(super) fn is_none_if_absent(&self, at: usize) -> bool {
        self.none_if_absent & (1 << at) != 0
    }
}
