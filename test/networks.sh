#!/bin/sh
# The networks of data/networks show what they say: each asks for its numbers and fails when one is off. They are found by
# their names, run in an empty directory, as from anywhere, and are short.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
case $LIFSCOPE in /*) ;; *) LIFSCOPE=$PWD/$LIFSCOPE ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
checks=0

fail() {
    echo "networks.sh: $*"
    failed=$((failed + 1))
}

for script in "$root"/data/networks/*.lif; do
    name=$(basename "$script" .lif)
    checks=$((checks + 4))
    echo "source $name" >outer.lif
    LIFSCOPE_DATA=$root/data "$LIFSCOPE" --size 100x30 -f outer.lif >out 2>err </dev/null || fail "$name: $(tail -n 1 err)"
    asked=$(grep -c '^ask ' "$script")
    [ "$asked" -ge 1 ] || fail "$name asks for nothing"
    ! grep -E '0{9}[0-9]|9{9}' err || fail "$name says a number that is not rounded"
    lines=$(wc -l <"$script")
    [ "$lines" -le 30 ] || fail "$name is $lines lines long, and 30 are allowed"
done
checks=$((checks + 1))
[ "$checks" -ge 81 ] || fail "fewer than twenty networks"

# A script whose number is off fails with its line, what it was and what it should have been.
checks=$((checks + 1))
sed 's/answer=1.13 /answer=1.23 /' "$root/data/networks/05-addition.lif" >off.lif
if "$LIFSCOPE" -f off.lif >out 2>err </dev/null || ! grep -q '^lifscope: off.lif:[0-9]*: .*, which is not 1.23 within 0.06$' err
then fail "a number that is off is not noticed: $(cat err)"; fi

echo "Running suite(s): networks"
echo "$((100 * (checks - failed) / checks))%: Checks: $checks, Failures: $failed, Errors: 0"
[ "$failed" -eq 0 ]
