//! How the months of a year differ: a factor for each calendar month that is named.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;

use super::month::Month;

/// Factors of a volume by calendar month, from 1 for January to 12: 2.2 for a peak, 0.7 for a lull. A month that is not
/// named has the volume as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Season(BTreeMap<u32, Decimal>);

impl Season {
    /// The factor of a month, where one is named.
    pub fn factor(&self, month: Month) -> Option<Decimal> {
        self.0.get(&month.of_year()).copied()
    }

    /// Whether no month is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The calendar months that are named, in order, each with its factor.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Decimal)> {
        self.0.iter().map(|(month, factor)| (*month, *factor))
    }

    /// The season without a calendar month.
    pub fn without(&self, month: u32) -> Season {
        Season(self.0.iter().filter(|(it, _)| **it != month).map(|(a, b)| (*a, *b)).collect())
    }
}

impl FromIterator<(u32, Decimal)> for Season {
    fn from_iter<I: IntoIterator<Item = (u32, Decimal)>>(months: I) -> Season {
        Season(months.into_iter().collect())
    }
}

/// For people: `×2.2 in November, ×0.7 in July`, in the order of the year.
impl fmt::Display for Season {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (index, (month, factor)) in self.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}×{} in {}", factor.normalize(), name(month))?;
        }
        Ok(())
    }
}

/// The name of a calendar month.
fn name(month: u32) -> &'static str {
    let month = u8::try_from(month).ok().and_then(|month| chrono::Month::try_from(month).ok());
    month.map_or("no month", |month| month.name())
}

/// A calendar month by its number from 1 to 12, as files and flags have it; `None` of any other text.
pub fn month_of_year(text: &str) -> Option<u32> {
    let is_number = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|month| is_number && (1..=12).contains(month))
}
