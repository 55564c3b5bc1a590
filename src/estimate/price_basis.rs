//! What the prices of a figure rest on.

use chrono::NaiveDate;

use super::Estimate;
use crate::catalog::evidence::{Doubt, RestsOn};
use crate::catalog::price::Contract;
use crate::rating::{Charge, PriceTable};

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
        basis_of(&self.table, &self.charges, self.aged_on)
    }
}

/// What lines that were rated by a table rest on, whatever their day; ages count to `aged_on`.
pub(super) fn basis_of(table: &PriceTable, charges: &[Charge], aged_on: NaiveDate) -> PriceBasis {
    let of_lines = charges.iter().filter_map(|charge| charge.table.as_ref());
    let mut tables = of_lines.chain([table]);
    match doubt(table, charges, aged_on) {
        Some(Doubt::Quoted | Doubt::Undated) => PriceBasis::Undated,
        _ if tables.any(is_users) || charges.iter().any(|it| it.assumed.is_some()) => {
            PriceBasis::User
        }
        _ if charges.iter().any(|charge| charge.read_on.is_some()) => PriceBasis::Assumed,
        _ => PriceBasis::Dated,
    }
}

/// The statements that prices rest on: those of the lines, or of the version where no line has a price.
pub(super) fn rests_on<'a>(table: &'a PriceTable, charges: &'a [Charge]) -> RestsOn<'a> {
    let rates = charges.iter().filter(|charge| !charge.meter.is_residency());
    let of_lines = rates.flat_map(|charge| &*charge.rests_on);
    RestsOn::these(of_lines).unwrap_or_else(|| RestsOn::one(&table.version().evidence))
}

/// Why a price may not be named the cheapest on a day. A price of the user's own contract does not grow old by the day on
/// which it was agreed.
pub(super) fn doubt(table: &PriceTable, charges: &[Charge], day: NaiveDate) -> Option<Doubt> {
    let rests_on = rests_on(table, charges);
    let doubt = Doubt::about(rests_on.statements().iter().map(|it| &***it), day);
    doubt.filter(|doubt| *doubt != Doubt::Old || table.route.contract == Contract::List)
}
