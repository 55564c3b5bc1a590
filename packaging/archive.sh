#!/bin/sh
# An archive of the program with its manual pages, completions and licences: sh packaging/archive.sh TARGET DIR.
# The program of the profile `dist` is built for TARGET, and runs on this machine.
set -eu
cd "$(dirname "$0")/.."
target=$1
out=$2
profile=${PROFILE:-dist}

cargo build --locked --profile "$profile" --target "$target"
program=${CARGO_TARGET_DIR:-target}/$target/$profile/imgcost
[ -f "$program" ] || program=$program.exe

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml)
name=imgcost-$version-$target
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$name/completions" "$out"
cp "$program" README.md CHANGELOG.md LICENSE LICENSE-APACHE LICENSE-MIT "$work/$name"
cargo run --locked --quiet --profile "$profile" --target "$target" --example man -- "$work/$name/man"
for shell in bash elvish fish powershell zsh; do
    "$program" completions "$shell" > "$work/$name/completions/imgcost.$shell"
done
tar -czf "$out/$name.tar.gz" -C "$work" "$name"
echo "$out/$name.tar.gz"
