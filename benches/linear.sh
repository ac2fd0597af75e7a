#!/usr/bin/env bash
# Checks that the time of a post grows as its size does: a post of twice the length must take twice the instructions,
# within 5 %, for each shape of invented posts. Instructions, since they are the same on a busy machine.
#
# Needs valgrind.
set -euo pipefail
cd "$(dirname "$0")/.."

# Shapes, and how many times as long as usual makes an article of about a megabyte: what a post costs whatever its
# length must vanish in it.
shapes=(video:2200 news:280 magazine:36 balanced:200)

cargo build --quiet --locked --release --example linear
program=${CARGO_TARGET_DIR:-target}/release/examples/linear

# Prints the size of the post and how many instructions the program takes.
count() {
    local output
    output=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$@" 2>&1)
    awk '/^[0-9]+$/ { size = $1 } /Collected :/ { count = $NF } END { print size, count }' <<<"$output"
}

status=0
echo "| posts | bytes | instructions | bytes doubled | instructions doubled |"
echo "|---|--:|--:|--:|--:|"
for entry in "${shapes[@]}"; do
    shape=${entry%:*} times=${entry#*:}
    sizes=() costs=()
    for length in "$times" $((2 * times)); do
        # The difference is one post's, without the start of the program and what is made once.
        read -r size once <<<"$(count "$shape" "$length" 1)"
        read -r _ twice <<<"$(count "$shape" "$length" 2)"
        sizes+=("$size") costs+=($((twice - once)))
    done
    awk -v shape="$shape" -v size="${sizes[0]}" -v double_size="${sizes[1]}" -v cost="${costs[0]}" -v double_cost="${costs[1]}" '
        BEGIN {
            ratio = double_cost / cost
            printf "| %s | %d | %d | %.3f | %.3f |\n", shape, size, cost, double_size / size, ratio
            exit !(ratio > 1.9 && ratio < 2.1)
        }' || status=1
done
if [[ $status != 0 ]]; then
    echo "the time of a post does not grow as its size does" >&2
fi
exit "$status"
