//! imgcost prices image-generation work from dated, sourced price tables that name their owner.
//!
//! The modules in the order in which a figure passes through them:
//!
//! ```text
//! pricing/**.yaml ─ catalog ─► route, price version of a day ──────────┐
//! request ─ metering (rules of the model) ─► usage ─┐                  │
//! API reply ─ usage_log ───────────────────► usage ─┴─ rating ─► charges ─ attempts ─► estimate
//! requests × routes ─ estimate ─► comparison
//! estimate, comparison ─ report (sheets) ─► table, CSV, JSON, Markdown
//! ```
//!
//! Nothing here but [`cli`] knows a terminal, a clock or an environment: the day, the folder and the
//! writer are arguments. Only [`report`] rounds, and only for display.

// Exact values and words that everything shares.
pub mod figure;
pub mod money;
mod near;
pub mod note;
pub mod problem;
pub mod ratio;
pub mod size;
pub mod unit;

// The flow.
pub mod attempts;
pub mod catalog;
pub mod comparison;
pub mod estimate;
pub mod metering;
pub mod rating;
pub mod request;
pub mod usage;
pub mod usage_log;

// What follows from the rules and prices of a model.
pub mod models;
pub mod size_choice;

// Talking to people.
pub mod cli;
pub mod report;
