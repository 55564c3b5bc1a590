#!/bin/sh
# Everything that must pass: format, lints, tests. It needs a Rust toolchain with rustfmt and clippy
# and nothing else; `.ci/run` calls it as well.
set -eu
cd "$(dirname "$0")/.."
cargo fmt --check
cargo clippy --locked --all-targets -- -D warnings
cargo test --locked
