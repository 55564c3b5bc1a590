//! Observed usage: what an API reply says was counted, and what the rows of logs and exports say.
//!
//! ```text
//! reply (JSON of an API) ─► Reply ─┬──────────────┐
//! wrapped (objects of a log) ──────┘              ├─► row (what was used, and what it is booked on)
//! export (what owners and gateways write) ────────┘
//! all: moment (when it was)
//! ```

pub mod export;
pub(crate) mod moment;
pub mod reply;
pub mod row;
pub mod wrapped;
