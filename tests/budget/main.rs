//! Budgets: one worked by hand, and the laws that every forecast keeps.

#[path = "../acme/mod.rs"]
mod acme;
#[path = "../common/mod.rs"]
mod common;

mod afford;
mod afford_changes;
mod builder;
mod by_hand;
mod check;
mod compare;
mod factors;
mod funding;
mod laws;
mod levers;
mod limits;
mod mix;
mod open_rates;
mod owners;
mod part;
mod price_basis;
mod scenarios;
mod seats;
mod season;
mod simulate;
mod uncertain;
mod volumes;
mod year;
