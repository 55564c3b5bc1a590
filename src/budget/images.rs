//! A number of images of a month, or from the least to the most of them.

use num_traits::One;

use crate::figure::Figure;
use crate::fraction::{self, Fraction};
use crate::money::{AmountTooLarge, WholeRounding};
use crate::reason::Budgeting;

/// The most images of a month, in a file or on the command line.
pub const MOST_IMAGES: u64 = 1_000_000_000_000;

/// Images of a month: one number, or the least, the expected and the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Images {
    /// The least.
    pub low: u64,
    /// The expected number, if one was given.
    pub expected: Option<u64>,
    /// The most.
    pub high: u64,
}

impl Images {
    /// One number.
    pub fn exactly(images: u64) -> Images {
        Images { low: images, expected: Some(images), high: images }
    }

    /// Whether it is one number.
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// So many times as many, rounded once to whole images, half to even.
    pub(super) fn times(&self, factor: &Fraction) -> Result<Images, AmountTooLarge> {
        if factor.is_one() {
            return Ok(*self);
        }
        let times = |images: u64| {
            let whole = fraction::whole_of_count(images, factor, WholeRounding::HalfEven)?;
            if whole > MOST_IMAGES { Err(AmountTooLarge) } else { Ok(whole) }
        };
        if self.is_exact() && self.expected == Some(self.low) {
            return times(self.low).map(Images::exactly);
        }
        Ok(Images {
            low: times(self.low)?,
            expected: self.expected.map(times).transpose()?,
            high: times(self.high)?,
        })
    }

    /// As a figure that says why it is a range.
    pub fn figure(&self) -> Figure<u64> {
        match self.is_exact() {
            true => Figure::Exact(self.low),
            false => Figure::range(self.low, self.expected, self.high, Budgeting::VolumeRange),
        }
    }
}
