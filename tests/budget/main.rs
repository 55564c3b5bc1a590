//! Budgets: one worked by hand, and the laws that every forecast keeps.

#[path = "../common/mod.rs"]
mod common;

mod builder;
mod by_hand;
mod laws;
