//! What the prices of a figure rest on.

use chrono::NaiveDate;

use super::Estimate;
use crate::catalog::evidence::Doubt;
use crate::catalog::price::Contract;
use crate::rating::PriceTable;

/// What prices rest on, the weakest last: a total has the weakest of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PriceBasis {
    /// Dated statements that hold for the day.
    Dated,
    /// Those that are known today, for a day after it; or those that were read later, for a day before that.
    Assumed,
    /// The user's own word: a contract, a correction, a price that is supposed or to have held earlier, a cost that no table holds.
    User,
    /// A source without a date, or weak evidence.
    Undated,
}

impl PriceBasis {
    /// That of dated prices on a day, as seen today.
    pub fn of_day(day: NaiveDate, today: NaiveDate) -> PriceBasis {
        if day > today { PriceBasis::Assumed } else { PriceBasis::Dated }
    }

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            PriceBasis::Dated => "dated",
            PriceBasis::Assumed => "assumed",
            PriceBasis::User => "user",
            PriceBasis::Undated => "undated",
        }
    }

    /// How exact a cost is that rests on them, for people.
    pub fn in_words(self) -> &'static str {
        match self {
            PriceBasis::Dated => "dated",
            PriceBasis::Assumed => "computed, at the latest known prices",
            PriceBasis::User => "computed, at your own prices",
            PriceBasis::Undated => "computed, at undated or quoted prices",
        }
    }
}

/// Whether a table is the user's own, or is taken by the user's word to hold on the day.
fn is_users(table: &PriceTable) -> bool {
    table.route.contract != Contract::List || table.supposed.is_some()
}

impl Estimate {
    /// What its prices rest on: the weakest of its lines, and of its day.
    pub fn price_basis(&self) -> PriceBasis {
        let day = if self.assumed { PriceBasis::Assumed } else { PriceBasis::Dated };
        day.max(self.basis_of_sources())
    }

    /// The same whatever the day.
    pub(crate) fn basis_of_sources(&self) -> PriceBasis {
        let of_lines = self.charges.iter().filter_map(|charge| charge.table.as_ref());
        let mut tables = of_lines.chain([&self.table]);
        match self.doubt(self.aged_on) {
            Some(Doubt::Quoted | Doubt::Undated) => PriceBasis::Undated,
            _ if tables.any(is_users) || self.charges.iter().any(|it| it.assumed.is_some()) => {
                PriceBasis::User
            }
            _ if self.charges.iter().any(|charge| charge.read_on.is_some()) => PriceBasis::Assumed,
            _ => PriceBasis::Dated,
        }
    }
}
