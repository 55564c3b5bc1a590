//! Observed usage: what an API reply says was counted, and what the rows of logs and exports say.
//!
//! ```text
//! reply (JSON of an API) ─► Reply ─┐
//! logs, exports ─────────────────► row (what was used, and what it is booked on)
//! moment (when it was)
//! ```

pub mod export;
mod moment;
pub mod reply;
pub mod row;
