#!/bin/sh
# Every lesson measures what it says, alone and quickly, from an empty directory, and leaves nothing there; its first line
# says its title and minutes. And one whose author believes a wrong number fails with its line.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
case $LIFSCOPE in /*) ;; *) LIFSCOPE=$PWD/$LIFSCOPE ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/empty"
cd "$work/empty" || exit 1
export LIFSCOPE_DATA="$root/data"
failed=0
checks=0

fail() {
    echo "lessons.sh: $*"
    failed=$((failed + 1))
}

numbers=
for script in "$root"/data/lessons/*.lif; do
    name=$(basename "$script" .lif)
    checks=$((checks + 6))
    numbers="$numbers ${name%%-*}"
    for size in 80x24 100x30; do
        "$LIFSCOPE" --size $size -f "$script" >../out 2>../err </dev/null || fail "$name at $size: $(tail -n 1 ../err)"
    done
    head -n 1 "$script" | grep -Eq '^# [A-Z].* \([0-9]+ minutes\)$' || fail "$name does not begin with its title and minutes"
    [ "$(grep -c '^ask ' "$script")" -ge 2 ] || fail "$name asks fewer than two questions"
    [ "$(grep -c '^wait' "$script")" -ge 1 ] || fail "$name never waits"
    [ -z "$(ls)" ] || fail "$name leaves $(ls) behind"
done
checks=$((checks + 1))
[ "$numbers" = " 01 02 03 04 05 06 07 08 09 10 11 12" ] || fail "the lessons are$numbers, not 01 to 12"

checks=$((checks + 1))
sed 's/answer=495 /answer=500 /; s/within=4%/within=0.1%/' "$root/data/lessons/01-current.lif" >../off.lif
if "$LIFSCOPE" -f ../off.lif >../out 2>../err </dev/null || ! grep -q '^lifscope: ../off.lif:[0-9]*: .*495, which is not 500 within 0.1 %$' ../err
then fail "a number that is off is not noticed: $(cat ../err)"; fi

# The example of the manual.
checks=$((checks + 1))
awk '/^\.SH EXAMPLE/ { here = 1 } here && /^\.EX/ { on = 1; next } /^\.EE/ { on = 0 } on' "$root/man/lifscope-lesson.5" |
    sed 's/\\e/\\/g; s/\\-/-/g' >../example.lif
"$LIFSCOPE" -f ../example.lif >../out 2>../err </dev/null && grep -q 'How many spikes in a second? 0$' ../err ||
    fail "the manual's example: $(cat ../err)"

# `lesson` lists them, as a table, from anywhere.
checks=$((checks + 1))
[ "$("$LIFSCOPE" -c lesson </dev/null | wc -l)" -eq 13 ] || fail "lesson does not list twelve"

echo "Running suite(s): lessons"
echo "$((100 * (checks - failed) / checks))%: Checks: $checks, Failures: $failed, Errors: 0"
[ "$failed" -eq 0 ]
