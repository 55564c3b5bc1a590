#!/bin/sh
# Every fuzz target for so many seconds (600 by default), two at a time: `sh tests/fuzz/run.sh 60`. What it finds it leaves
# in `artifacts/`; an input that was a fault goes into `regressions/TARGET/`, which the tests run.
set -eu
cd "$(dirname "$0")"
seconds=${1:-600}
if ! cargo +nightly fuzz --version >/dev/null 2>&1; then
    echo "cargo-fuzz or nightly Rust is not installed here; the fuzz targets are not run"
    exit 0
fi
ls fuzz_targets | sed 's/\.rs$//' | xargs -P 2 -I TARGET sh -c '
    mkdir -p corpus/TARGET
    cargo +nightly fuzz run --fuzz-dir . TARGET corpus/TARGET regressions/TARGET -- \
        -max_total_time='"$seconds"' -timeout=20 -rss_limit_mb=1024 -max_len=16384'
