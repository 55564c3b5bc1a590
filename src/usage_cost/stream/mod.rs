//! Logs of any length → sums, at the speed of the disk.
//!
//! ```text
//! start ─ told (its shape)
//! bytes ─ blocks (whole lines) ─ run (threads) ─┬─ delimited (row_bytes, by the memo) ─► ledger
//!                                               └─ json_lines (replies, wrapped)     ─► ledger
//! text ─ whole (exports, lists, streams) ─────────────────────────────────────────────► ledger
//! found, in the order of the log: rows, rejected rows, progress
//! ```

mod blocks;
mod delimited;
mod first_row;
mod found;
mod json_lines;
mod logs;
mod reading;
mod rejections;
mod row_bytes;
mod run;
mod taking;
mod template;
mod told;
mod whole;

pub use found::{RowPrice, RowTaken};
pub use logs::{Listener, Logs, ReadCounts, RowRejected};
pub use reading::{LogError, LogReading};
pub use run::StreamError;
