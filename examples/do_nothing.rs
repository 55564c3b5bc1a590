//! A program that does nothing: what starting any Rust program costs, for `benches/process.rs`.

fn main() {}
