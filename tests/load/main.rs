//! Work in line with the input, and nothing half done: bounds, what twice as much costs, what is killed, and what a fuzzer
//! found.

#[path = "../common/mod.rs"]
mod common;

#[path = "../fuzz/targets/mod.rs"]
mod targets;

mod counting;
mod doubling;
mod fuzzed;
mod laws;
mod limits;
mod memory;
mod streamed;
mod writers;
