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
# A target that finds something leaves its input in `artifacts`; the others go on.
printf '%s\n' "$@" | xargs -P 2 -I {} sh -c '
    mkdir -p corpus/{} artifacts/{}
    IMGCOST_TARGET={} cargo +nightly fuzz run --fuzz-dir . any corpus/{} regressions/{} -- \
        -artifact_prefix=artifacts/{}/ -print_funcs=0 -max_total_time='"$seconds"' -timeout=20 -rss_limit_mb=1024 \
        -max_len=16384 >artifacts/{}.log 2>&1 && tail -n 1 artifacts/{}.log' || {
    echo "targets found something; their inputs, and what was printed last:"
    for found in $(find artifacts -type f ! -name '*.log'); do
        target=$(basename "$(dirname "$found")")
        echo "$found"
        base64 "$found" | head -c 4000
        grep -a -A 4 -e panicked -e 'ERROR: ' "artifacts/$target.log" | head -n 20
    done
    exit 1
}
