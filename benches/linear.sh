#!/usr/bin/env bash
# Checks that the time of a post grows as its size does: a post of twice the length must take twice the instructions.
# Within 5 % for each shape of invented posts, which are read; for each hostile family, whose posts are read and written
# in every form, at most 2.3 times, since what a table or a hash costs grows in steps. Instructions, since they are the
# same on a busy machine.
#
# Needs valgrind. With arguments: only the shapes and families named.
set -euo pipefail
cd "$(dirname "$0")/.."

# Shapes, and how many times as long as usual makes an article of about a megabyte: what a post costs whatever its
# length must vanish in it.
shapes=(video:2200 news:280 magazine:36 balanced:200)

# Hostile families, and the bytes of the smaller post.
bytes=60000
families=(blanks blank-lines deep stray-ends reopened copies attributes captions figures layout-tables header-rows languages base brackets
    duplicate-keys aliases exceptions html-blocks hidden-blocks attribute-lists extensions dollars prose-tags colons quotations)

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

# Measures posts of one kind: of a length and of twice that. The ratio of the instructions must lie between two numbers.
check() {
    local kind=$1 length=$2 least=$3 most=$4 size once twice sizes=() costs=()
    for length in "$length" $((2 * length)); do
        # The difference is one post's, without the start of the program and what is made once.
        read -r size once <<<"$(count "$kind" "$length" 1)"
        read -r _ twice <<<"$(count "$kind" "$length" 2)"
        sizes+=("$size") costs+=($((twice - once)))
    done
    awk -v kind="$kind" -v size="${sizes[0]}" -v double_size="${sizes[1]}" -v cost="${costs[0]}" \
        -v double_cost="${costs[1]}" -v least="$least" -v most="$most" '
        BEGIN {
            ratio = double_cost / cost
            printf "| %s | %d | %.0f | %.3f | %.3f |\n", kind, size, cost, double_size / size, ratio
            exit !(ratio > least && ratio < most)
        }' || status=1
}

wanted() {
    local kind=$1
    shift
    [[ $# == 0 || " $* " == *" $kind "* ]]
}

for entry in "${shapes[@]}"; do
    if wanted "${entry%:*}" "$@"; then check "${entry%:*}" "${entry#*:}" 1.9 2.1; fi
done
for family in "${families[@]}"; do
    if wanted "$family" "$@"; then check "$family" "$bytes" 1 2.3; fi
done
if [[ $status != 0 ]]; then
    echo "the time of a post does not grow as its size does" >&2
fi
exit "$status"
