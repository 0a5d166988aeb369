#!/bin/sh
# What is shown to people works: the scripts and recordings of data/, every "sh" block of the READMEs, the walk
# through the program (its lines that begin with "> "), and the examples of the manual.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
case $LIFSCOPE in /*) ;; *) LIFSCOPE=$PWD/$LIFSCOPE ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$root/data" "$work/data"
cd "$work" || exit 1
failed=0
checks=0

fail() {
    echo "data_scripts.sh: $*"
    failed=$((failed + 1))
}
check() { # check WHAT COMMAND...: the command succeeds
    checks=$((checks + 1))
    what=$1
    shift
    "$@" || fail "$what"
}
lifscope() { "$LIFSCOPE" "$@" </dev/null; }

# rate TABLE ROW: column "rate" of the ROW-th row of the TABLE-th table of the output kept in `out`
rate() {
    awk -F, -v table="$1" -v row="$2" '/^[a-zJ]/ { n++; r = 0; next } n == table && ++r == row { print $3 }' out
}
between() { # between LOW VALUE HIGH
    awk -v a="$1" -v x="$2" -v b="$3" 'BEGIN { exit !(a + 0 <= x + 0 && x + 0 <= b + 0) }'
}
runs() { # runs NAME: the script succeeds and has nothing to complain about
    lifscope --size 100x30 -f "data/$1.lif" >out 2>err || { cat err; return 1; }
    [ -s out ] && ! grep -v ': RMS error ' err # decode says its error beside its table
}

# ---- scripts ----
for script in data/*.lif; do
    name=$(basename "$script" .lif)
    check "$name: does not run without a word" runs "$name"
done
runs tau_ref
check "tau_ref: not seven tables" [ "$(grep -c '^[a-zJ]' out)" -eq 7 ]
slow=$(awk -F, '$1 == 20 { rate = $2 } END { print rate }' out)
check "tau_ref: $slow Hz is not below 1/tau_ref" between 100 "$slow" 125
runs dt_error
check "dt_error: FastLIF at 0.1 ms does not follow its curve" between 149.9 "$(rate 2 4)" 150.1
check "dt_error: FastLIF at 5 ms is not slower" between 140 "$(rate 4 4)" 149
check "dt_error: LIF at 5 ms does not follow its curve" between 149.8 "$(rate 5 4)" 150.2
check "dt_error: a step longer than tau_ref does not cost anything" between 90 "$(rate 6 4)" 110
# cell TABLE ROW COLUMN
cell() {
    awk -F, -v table="$1" -v row="$2" -v column="$3" '
        /^[a-z]/ { n++; r = 0; next } n == table && ++r == row { print $column }' out
}
runs two_neurons
check "two_neurons: weight $(cell 3 1 2) is not near 0.85" between 0.84 "$(cell 3 1 2)" 0.86
check "two_neurons: weight $(cell 3 2 2) is not near -0.85" between -0.86 "$(cell 3 2 2)" -0.84
runs twenty_neurons
check "twenty_neurons: an error of $(cell 4 4 4)" between 0.01 "$(cell 4 4 4)" 0.03
runs hundred_neurons
check "hundred_neurons: an error of $(cell 2 4 4)" between 0.003 "$(cell 2 4 4)" 0.008
check "hundred_neurons: the error of 500 is $(cell 2 6 4)" between 0.0008 "$(cell 2 6 4)" 0.002
runs square
check "square: x = 1 is decoded to $(cell 2 21 3)" between 0.9 "$(cell 2 21 3)" 1.1
check "square: 0.5 squared is decoded to $(cell 2 16 3)" between 0.24 "$(cell 2 16 3)" 0.26
runs picture
check "picture: no raster of A" grep -q 'raster A' out
check "picture: not the size asked for" [ "$(wc -l <out)" -eq 30 ]
runs meanfield
check "meanfield: not five tables" [ "$(grep -c -e '^mu,' -e '^population,' out)" -eq 5 ]
check "meanfield: not 16 working points that are all right" [ "$(grep -c ',ok,' out)" -eq 16 ]
check "meanfield: A is far from the theory" between 54 "$(awk -F, '$1 == "A" { print $6 }' out)" 60

# ---- recordings ----
lifscope data/events.csv -c 'stats R; save R again.csv' >out 2>err
check "events.csv is not 20 neurons" [ "$(wc -l <out)" -eq 21 ]
check "events.csv is not the same when loaded and saved" cmp data/events.csv again.csv
lifscope data/dense.csv -c 'stats R; rates R' >out 2>err
check "dense.csv is not four neurons in 300 rows" [ "$(wc -l <out)" -eq $((5 + 301)) ]

# ---- what the papers say ----
blocks() { awk '/^```sh$/ { on = 1; next } /^```/ { on = 0 } on' "$1"; }
shell() { # shell FILE: its lines run as a script in which lifscope is the program
    { echo 'set -e; lifscope() { "$LIFSCOPE" "$@"; }'; cat "$1"; } >shell.sh
    LIFSCOPE=$LIFSCOPE sh shell.sh >out 2>err </dev/null || { cat err; return 1; }
}
for paper in README.md data/README.md; do
    blocks "$root/$paper" >block
    check "$paper has no sh block" [ -s block ]
    check "$paper: an sh block fails" shell block
done
printf '%s\n' '30000 1' '33000 2' '36000 1' '60000 2' >rig.csv
awk '/^\.EX/ { on = 1; next } /^\.EE/ { on = 0 } on' "$root/man/lifscope.1" |
    sed "s/\\\\-/-/g; s/\\\\(aq/'/g" >block
check "man/lifscope.1 has no examples" [ -s block ]
check "man/lifscope.1: an example fails" shell block

# The walk, line by line, on what the program starts with. A line may fail if README.md shows the sentence.
printf '%s\n' 'population A n=50 max_rates=100:200 seed=4' 'input A sine 2Hz' 'run 2s' >walk
awk '/^## / { on = /Five minutes/ } on' "$root/README.md" | grep -A1 '^> ' | grep -v '^--$' >lines
steps=0
while IFS= read -r line; do
    case $line in '> '*) ;; *) continue ;; esac
    steps=$((steps + 1))
    command=${line#> }
    answer=$(grep -F -x -A1 -- "$line" lines | sed -n '2s/^  //p')
    { cat walk; echo "$command"; } >try
    if "$LIFSCOPE" -f try >out 2>err </dev/null; then
        { echo "$command"; echo 'run 0.1s'; } >>walk
    else
        said=$(sed 's/^lifscope: try:[0-9]*: //' err)
        check "README.md: '$command' says '$said', not '$answer'" [ "$said" = "$answer" ]
    fi
done <lines
check "README.md has no walk" [ "$steps" -gt 10 ]

echo "Running suite(s): data and papers"
echo "$((100 * (checks - failed) / checks))%: Checks: $checks, Failures: $failed, Errors: 0"
[ "$failed" -eq 0 ]
