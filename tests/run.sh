#!/bin/sh
# Everything that must pass: format, lints, tests. It needs a Rust toolchain with rustfmt and clippy
# and nothing else; `.ci/run` calls it as well.
set -eu
cd "$(dirname "$0")/.."
cargo fmt --check
cargo clippy --locked --all-targets -- -D warnings
# The library without the program: no command line, no terminal.
cargo check --locked --no-default-features --lib
cargo test --locked
RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --quiet
# The shipped price tables, on the day of their last reading: every warning is acknowledged where it stands.
cargo run --locked --quiet -- prices check --as-of 2026-11-28 --deny-warnings
