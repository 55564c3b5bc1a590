//! imgcost prices image-generation work from dated, sourced price tables that name their owner.
//!
//! The modules in the order in which a figure passes through them:
//!
//! ```text
//! pricing/**.yaml ─ catalog ─► route, price version of a day ──────────┐
//! files ─ shape (what they hold) ─► requests, replies
//! request ─ metering (rules of the model) ─► usage ─┐                  │
//! API reply ─ usage_log ───────────────────► usage ─┴─ rating ─► charges ─ attempts ─► estimate
//! keys of both that are not read ─ unread ─► free, left out by the user, or a charge that is not known
//! route × terms ─► routes (verdict of the stop rule, choice)
//! requests × routes ─ estimate ─► comparison;  model ─► moves;  sizes × price version ─► size choice
//! workloads × months ─ estimate, attempts ─► budget (forecast, limits, scenarios, checks)
//! estimate, comparison, forecast × a limit ─ limit ─► within, margin not covered, over or unknown
//! budget × limit ─ forecast again ─► what fits;  budget × spread ─ drawn run by run ─► simulation
//! set × routes ─ estimate ─► pilot plan;  filled log ─ rating ─► pilot results
//! catalogue ─ rate card ─► every rate with its evidence;  two days, routes or catalogues ─► price changes;  an offer ─ table draft ─► first tables of an owner
//! logs, exports ─ usage_log ─► rows ─ usage_cost (sums of a day, each rated once) ─► what was used, by day, model, project
//! a bill of an owner ─ bill ─► lines ─► sums by day, project, model;  × usage cost ─ reconcile ─► differences by cause
//! a price map of others × catalogue ─ price maps ─► equal, differing, missing; catalogue ─ price maps ─► our rates in that shape
//! estimate, comparison, budget, usage cost, bill, price changes, routes, models, sizes ─ report (sheets; charts; records of the dictionary's terms) ─► table, Markdown, page, SVG, workbook; CSV, JSON
//! ```
//!
//! Nothing here but [`cli`] knows a terminal, a clock or an environment: the day, the folder and the
//! writer are arguments. Only [`report`] rounds, and only for display.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

// Exact values and words that everything shares.
#[macro_use]
pub mod codes;
pub mod money;
pub mod figure;
mod difference;
pub mod sensitivity;
pub mod limit;
pub mod input_limits;
pub mod fraction;
pub mod ratio;
pub mod share;
pub mod exchange;
pub mod unit;
pub mod size;
pub mod note;
pub mod help;
pub mod reason;
pub mod problem;
pub mod errors;
mod hidden;
mod image_header;
mod json;
#[cfg(feature = "cli")]
mod line_marks;
mod long;
mod near;
mod spreadsheet;

// The flow.
pub mod catalog;
pub mod unread;
pub mod shape;
pub mod request;
pub mod metering;
pub mod usage;
pub mod usage_log;
pub mod items;
pub mod rating;
pub mod attempts;
pub mod estimate;
pub mod comparison;
pub mod budget;
pub mod price_changes;
pub mod price_maps;
pub mod usage_cost;
pub mod pilot;
pub mod bill;

// What follows from the rules and prices of a model.
pub mod models;
pub mod size_choice;

// What the contracts of routes state, and first tables of them.
pub mod routes;
pub mod price_checks;
pub mod rate_card;
pub mod table_draft;

// The library in three calls.
mod facade;
pub use catalog::Catalog;
pub use chrono::NaiveDate;
pub use estimate::Terms;
pub use facade::{BudgetForecast, ForecastError, ToJson, compare, forecast, price};

// Talking to people.
pub mod report;
#[cfg(feature = "cli")]
pub mod cli;
