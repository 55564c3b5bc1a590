//! Bills: what an owner charged, line by line, whatever the file is called and however it is written.
//!
//! ```text
//! file ─ format (told by its content) ─ records or JSON ─ one reader each ─► lines
//! lines ─ texts (free text by rules in data) ─ collected (equal ones put together) ─► bill of a file
//! bills of files ─ restated (of the same days the later file counts) ─► Bill ─ sums ─► rows by day, project, model …
//! ```
//!
//! What a bill does not say stays unsaid: a project, a model or a meter is there only where the file, a rule for its texts or
//! the user's own mapping names it. Amounts are read digit by digit from what is written, and never through a float.

mod amounts;
mod azure;
mod cells;
mod collected;
mod days;
mod fal;
mod focus;
mod format;
mod header;
mod line;
mod mapped;
mod mapping;
mod number;
mod openai;
mod openai_dashboard;
mod openrouter;
mod openrouter_api;
mod pages;
mod read;
pub mod reconcile;
mod records;
mod restated;
mod row;
mod several;
mod sums;
mod tags;
mod texts;
mod unit;

#[cfg(test)]
mod tests;

pub use amounts::{Amounts, by_currency};
pub use collected::PaidElsewhere;
pub use format::BillFormat;
pub use line::{BillKind, BillLine, BillPlace, BillRate, Billed};
pub use mapping::{Mapping, schema as mapping_schema};
pub use read::{ReadBill, Reader};
pub use restated::Restated;
pub use several::{Bill, BillFile};
pub use sums::{BillBy, BillRow, sum_by};
pub use texts::{Texts, schema as texts_schema};
