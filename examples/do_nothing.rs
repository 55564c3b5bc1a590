//! A program that does nothing: what starting any Rust program costs, for `benches/measure.py`.

fn main() {}
