#!/usr/bin/env bash
# Runs each fuzz target for so many seconds, from the seeds: fuzz/run.sh SECONDS [TARGET]...
# Needs a C++ compiler, no more: the flags below are what `cargo fuzz --sanitizer none` gives the compiler. What crashed lies in
# fuzz/artifacts/TARGET afterwards, what was learnt in fuzz/corpus/TARGET.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:?"usage: fuzz/run.sh SECONDS [TARGET]..."}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' Cargo.toml)
host=$(rustc -vV | sed -n 's/^host: //p')
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
# With a target named, build scripts and macros are left without the flags.
cargo build --release --target "$host"
python3 seeds.py
failed=0
for target in "${targets[@]}"; do
    echo "== $target"
    mkdir -p "artifacts/$target"
    # kloe holds no unsafe code of its own, so no sanitizer is needed to see what goes wrong: panics, overflows, more than a
    # GiB of memory, more than 10 seconds.
    "${CARGO_TARGET_DIR:-target}/$host/release/$target" "corpus/$target" -artifact_prefix="artifacts/$target/" -max_total_time="$seconds" \
        -timeout=10 -rss_limit_mb=1024 -max_len=70000 -print_final_stats=1 || failed=1
done
exit "$failed"
