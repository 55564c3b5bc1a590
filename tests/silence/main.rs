//! Nothing in silence: what was typed, sent or logged is applied, refused or named as without effect, and
//! what bills and was not read makes a figure not exact. Each file here closes one kind of it.

#[path = "../common/mod.rs"]
mod common;

mod bodies;
mod budget_files;
mod data;
mod examples;
mod files;
mod limits;
mod every_flag;
mod every_output;
mod flags;
#[cfg(unix)]
mod hostile_fields;
#[cfg(unix)]
mod hostile_texts;
mod hostile_workbook;
mod names;
mod not_made;
mod pilot_logs;
mod quantities;
mod replies;
mod residency;
mod reply_keys;
mod reply_parts;
#[cfg(unix)]
mod schema_fields;
mod sentences;
mod standard_input;
#[cfg(unix)]
mod terminal;
mod tiers;
mod totals;
mod twice;
#[cfg(unix)]
mod workbook_text;
