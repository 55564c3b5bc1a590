//! Pages and charts, as somebody reads them to whom they are forwarded: the amounts are those of the JSON, nothing is
//! fetched, and what a browser shows has no fault that a person with a keyboard, a telephone or a printer would meet.

#[path = "../common/mod.rs"]
mod common;

mod alike;
mod browser;
mod reader;
mod summary;
mod sums;
