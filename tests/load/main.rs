//! Work in line with the input: bounds, and what twice as much costs.

#[path = "../common/mod.rs"]
mod common;

mod limits;
