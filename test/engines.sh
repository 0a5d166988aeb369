#!/bin/sh
# Engines of others run what `export` writes, and spike as lifscope does: every spike of every population, at the same step.
# An engine that is not installed is skipped, and said. `make deps-engines` installs those that Debian has.
set -u
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory" || exit 1
checks=0
failed=0
skipped=0
python=${PYTHON:-/usr/bin/python3}

cat >network.lif <<'LIF'
node S
input S sine freq=1Hz amplitude=0.9
population A n=50 seed=1 lesion=20%
population B n=60 seed=2 model=lif radius=1.2
node E
connect S A synapse=none
connect A B function=x^2
connect B B transform=0.5 synapse=alpha tau_synapse=20ms
connect B E function="x>0.5 ? 1 : x*0.5"
connect S B kind=neurons transform=-0.1
connect A B kind=full transform=0.2 as F
connect E A transform=0.1 function=abs(x)-0.2
LIF

# steps FILE: "step,neuron" of a table of time,neuron, sorted
steps() { awk -F, 'NR > 1 { printf "%d,%d\n", $1 * 1000 + 0.5, $2 }' "$1" | sort; }

try() { # try ENGINE MODULE
    if ! "$python" -c "import $2" >/dev/null 2>&1; then
        echo "engines.sh: $1 is not installed: skipped"
        skipped=$((skipped + 1))
        return
    fi
    "$LIFSCOPE" -f network.lif -c "export B $1 > for_$1.py" -c 'run 0.5s; spikes A > A.csv overwrite=on; spikes B > B.csv overwrite=on' 2>err ||
        { cat err; failed=$((failed + 1)); }
    "$python" "for_$1.py" --time 0.5 --dir "$1" >out 2>&1 || { cat out; failed=$((failed + 1)); }
    "$python" "for_$1.py" --time 0.5 >rows 2>/dev/null
    for population in A B; do
        checks=$((checks + 1))
        steps "$population.csv" >ours
        steps "$1/$population.csv" >theirs 2>/dev/null
        differ=$(comm -3 ours theirs | wc -l)
        [ -s ours ] && [ "$differ" -eq 0 ] ||
            { echo "engines.sh: $1: $differ of $(wc -l <ours) spikes of $population differ"; failed=$((failed + 1)); }
    done
    checks=$((checks + 1))
    [ "$(head -n 1 rows)" = time,population,neuron ] && [ "$(wc -l <rows)" -gt 1000 ] ||
        { echo "engines.sh: $1 prints no rows"; failed=$((failed + 1)); }
}
try brian brian2
try nengo nengo

echo "$((checks - failed)) passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
