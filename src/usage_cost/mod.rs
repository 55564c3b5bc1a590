//! What used images cost: the rows of logs, at the prices of each row's own day.
//!
//! ```text
//! row ─ places (model, route, table of its day) ─ rule ─┬─ says all that a price depends on ─► sums of its cell
//!                                                       └─ row_cost (a rate by the row, or something open) ─► amount beside them
//! ledger (cells of a part of a log) ─ merge, in any order ─► ledger ─ rated (each cell once) ─ summary ─► groups, total
//! ```
//!
//! Prices are the same for each unit of a meter, so that sums of whole numbers are priced and not rows: no row costs
//! anything but what the one rating function says of it.

pub mod cell;
mod compared;
pub mod dimension;
mod elsewhere;
mod given;
mod ledger;
mod memo;
mod not_taken;
mod places;
mod plain;
mod rated;
mod row_cost;
mod rule;
mod said;
mod sides;
pub mod stream;
mod summary;
mod terms;

#[cfg(test)]
mod tests;

pub use compared::{Compared, ComparedMeter, ComparedModel, RowsWithoutPrice};
pub use dimension::Dimension;
pub use elsewhere::Elsewhere;
pub use given::GivenUsed;
pub use ledger::Ledger;
pub use not_taken::NotTaken;
pub use rated::RatedCell;
pub use summary::{NotPriced, UsageCost, UsageGroup, sum_up};
pub use terms::LogTerms;
