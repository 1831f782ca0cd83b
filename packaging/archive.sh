#!/usr/bin/env bash
# Puts a built kloe with its licences into the archive of a release: packaging/archive.sh VERSION TARGET [PROGRAM].
# action.yml, templates/kloe.yml and Cargo.toml (for cargo-binstall) rely on the names that are made here.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$1
target=$2
name=kloe-$version-$target
ending=
[[ $target == *-windows-* ]] && ending=.exe
program=${3:-target/$target/release/kloe$ending}
out=${KLOE_DIST:-dist}

mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/$name"
cp "$program" "$work/$name/kloe$ending"
cp README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$work/$name/"
if [[ $target == *-windows-* ]]; then
    out=$(cd "$out" && pwd)
    (cd "$work" && 7z a -bso0 "$out/$name.zip" "$name")
else
    tar -czf "$out/$name.tar.gz" -C "$work" "$name"
fi
