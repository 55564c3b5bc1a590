//! Observed usage: what an API reply says was counted, and what the rows of logs and exports say.
//!
//! ```text
//! reply (JSON of an API) ─► Reply ─┬──────────────┐
//! wrapped (objects of a log) ──────┘              ├─► row (what was used, and what it is booked on)
//! export (what owners and gateways write) ────────┤
//! delimited (rows of cells) ─────────────────────┘
//! all: moment (when it was), zone (in which days begin), ending (how it ended)
//! ```

pub mod delimited;
pub mod ending;
pub mod export;
pub(crate) mod moment;
pub mod reply;
pub mod row;
pub mod wrapped;
pub mod zone;
