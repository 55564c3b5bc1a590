#!/bin/sh
# Builds the wheel, installs it into an empty virtual environment, and prices an image with it, away from Rust and
# from this folder. With a folder as argument, the wheel is left there. Where Python or its package index is not at hand,
# it says so and does nothing, unless IMGCOST_WHEEL is `required`.
set -eu
cd "$(dirname "$0")/.."

skip() {
    echo "The wheel is not built: $1"
    [ "${IMGCOST_WHEEL:-}" != required ] || exit 1
    exit 0
}

python=${PYTHON:-python3}
"$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 8))' 2>/dev/null ||
    skip "there is no Python of 3.8 or later with venv here"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/build"
"$work/build/bin/python" -m pip --disable-pip-version-check install --quiet 'maturin>=1.9,<2' ||
    skip "maturin cannot be installed here"

# What is released has the profile `dist`; trying it needs no such build.
CARGO_TERM_QUIET=true "$work/build/bin/maturin" build --profile release --locked --quiet --out "$work/dist"
wheel=$(echo "$work"/dist/imgcost-*.whl)

for file in LICENSE LICENSE-APACHE LICENSE-MIT; do
    "$python" -m zipfile --list "$wheel" | grep -q "\.dist-info/licenses/$file " ||
        { echo "the wheel has no $file"; exit 1; }
done

"$python" -m venv "$work/empty"
"$work/empty/bin/python" -m pip --disable-pip-version-check install --quiet --no-index "$wheel"
installed() {
    (cd "$work/empty" && env -i PATH="$work/empty/bin" imgcost "$@")
}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml)
[ "$(installed --version)" = "imgcost $version" ] || { echo "the wheel is not of $version"; exit 1; }
# 5,488 image tokens at $30 per million, by the shipped tables.
installed estimate --size 1024x1536 --quality high --prompt-tokens 14 --as-of 2026-11-21 | grep -q '\$0\.16464' ||
    { echo "the installed program does not price the poster of README.md"; exit 1; }

echo "The wheel prices an image: $(basename "$wheel"), $(($(wc -c < "$wheel") / 1000)) kB"
if [ $# -gt 0 ]; then
    mkdir -p "$1"
    cp "$wheel" "$1"
fi
