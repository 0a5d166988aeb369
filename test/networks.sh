#!/bin/sh
# The networks of data/networks show what they say: the numbers of their tables of traces, in order, are those of the
# line "# Must show: VALUE +- TOLERANCE, ...". Each runs in an empty directory, as from anywhere, and is short.
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
# shown SCRIPT OUTPUT: says each number that is off, or how many are missing; succeeds when all are there
shown() {
    awk '
        FNR == NR && /^# Must show: / {
            n = split(substr($0, 14), part, /, */)
            for (i = 1; i <= n; i++) { split(part[i], number, / \+- /); want[i] = number[1]; by[i] = number[2] }
        }
        FNR == NR { next }
        /^[a-zA-Z]/ { trace = /^t,x1/; next }
        trace { columns = split($0, cell, ","); for (i = 2; i <= columns; i++) got[++m] = cell[i] }
        END {
            if (n == 0) print "has no line \"# Must show: VALUE +- TOLERANCE\""
            if (n != m) print "shows " m + 0 " numbers and must show " n + 0
            for (i = 1; i <= n && i <= m; i++)
                if (!(by[i] > 0) || got[i] !~ /[0-9]/ || !(got[i] - want[i] <= by[i] && want[i] - got[i] <= by[i]))
                    print "number " i " is " got[i] ", not " want[i] " +- " by[i]
        }' "$1" "$2" >off
    [ ! -s off ]
}

for script in "$root"/data/networks/*.lif; do
    name=$(basename "$script" .lif)
    checks=$((checks + 3))
    echo "source $script" >outer.lif
    "$LIFSCOPE" --size 100x30 -f outer.lif >out 2>err </dev/null || fail "$name does not run: $(tail -n 1 err)"
    shown "$script" out || fail "$name: $(cat off)"
    ! grep -E '0{9}[0-9]|9{9}' err || fail "$name says a number that is not rounded"
    lines=$(wc -l <"$script")
    [ "$lines" -le 30 ] || fail "$name is $lines lines long, and 30 are allowed"
done
checks=$((checks + 1))
[ "$checks" -ge 61 ] || fail "fewer than twenty networks"

echo "Running suite(s): networks"
echo "$((100 * (checks - failed) / checks))%: Checks: $checks, Failures: $failed, Errors: 0"
[ "$failed" -eq 0 ]
