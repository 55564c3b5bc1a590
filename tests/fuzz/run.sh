#!/bin/sh
# Every fuzz target for so many seconds (600 by default), two at a time, or those that are named: `sh tests/fuzz/run.sh 60
# body log`. What it finds it leaves in `artifacts/TARGET/`; an input that was a fault goes into `regressions/TARGET/`, which
# the tests run. They are all tried, and it fails if any found something.
set -eu
cd "$(dirname "$0")"
seconds=${1:-600}
[ $# = 0 ] || shift
if ! cargo +nightly fuzz --version >/dev/null 2>&1; then
    echo "cargo-fuzz or nightly Rust is not installed here; the fuzz targets are not run"
    exit 0
fi
cargo +nightly fuzz build --fuzz-dir . any
[ $# -gt 0 ] || set -- $(ls regressions)
printf '%s\n' "$@" | xargs -P 2 -I {} sh -c '
    mkdir -p corpus/{} artifacts/{}
    IMGCOST_TARGET={} cargo +nightly fuzz run --fuzz-dir . any corpus/{} regressions/{} -- \
        -artifact_prefix=artifacts/{}/ -print_funcs=0 -max_total_time='"$seconds"' -timeout=20 -rss_limit_mb=1024 -max_len=16384'
