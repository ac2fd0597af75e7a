#!/usr/bin/env bash
# Compares what the Markdown posts of a folder cost, in instructions, with the least that they could cost: HTML made by
# pulldown-cmark's own writer, and that HTML read. Fails if they cost more than 1.3 times as much.
#
# Needs valgrind, and a folder with `*.md` files as its argument.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:?a folder of Markdown posts}

cargo build --quiet --locked --release --example markdown
program=${CARGO_TARGET_DIR:-target}/release/examples/markdown

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" "$folder" "$2" 2>&1 |
        awk '/Collected :/ { print $NF }'
}

# The difference between one run and two is that of the posts, without what is done once.
ours=$(($(count ours 2) - $(count ours 1)))
theirs=$(($(count theirs 2) - $(count theirs 1)))
awk -v ours="$ours" -v theirs="$theirs" 'BEGIN {
    printf "ours %d, pulldown-cmark and HTML %d: %.3f times as much\n", ours, theirs, ours / theirs
    exit !(ours <= 1.3 * theirs)
}'
