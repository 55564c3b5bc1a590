//! Observed usage: what an API reply says was counted.

pub mod reply;
