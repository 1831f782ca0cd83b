#!/usr/bin/env bash
# Runs each fuzz target for so many seconds, from the seeds: fuzz/run.sh SECONDS [TARGET]...
# Needs nightly Rust and `cargo install cargo-fuzz --locked`. What crashed lies in fuzz/artifacts afterwards.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?"usage: fuzz/run.sh SECONDS [TARGET]..."}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' fuzz/Cargo.toml)
python3 fuzz/seeds.py
failed=0
for target in "${targets[@]}"; do
    echo "== $target"
    # kloe and its readers hold no unsafe code of their own, so no sanitizer is needed to see what goes wrong: panics,
    # overflows, more than a GiB of memory, more than 10 seconds.
    cargo +nightly fuzz run --sanitizer none "$target" -- -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 || failed=1
done
exit "$failed"
