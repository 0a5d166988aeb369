#!/bin/sh
# One stair down. Includes and calls point to lower floors only, rooms on one floor do not know one another (so no circle
# of files runs through two rooms), each outside library has one home, and the engine one door. Reads the #include lines of
# src and include, and the symbol tables of the objects beside the program; prints what breaks the rule, and Check's closing lines.
#
# floors_open.txt lists the arrows that still run up, `FILE HEADER` a line, and with them the calls from the one room to
# the other. An arrow that is not in the list fails, and so does one in the list that is no longer there.
set -u
cd "$(dirname "$0")/.." || exit 1
objects=$(dirname "${LIFSCOPE:-build/release/lifscope}")
open=$PWD/test/floors_open.txt
failed=0

floors="base:0 picture:1 model:1 signal:1 meanfield:1 text:1 nef:2 print:2 network:3 draw:3 export:4 engine:4 record:4 language:4 lesson:4 pane:4
        follow:5 wire:5 frame:5 term:5 rig:6 view:7 session:8 table:9 typed:10 command:11 front:12 main:13"

rules='
BEGIN {
    count = split(floors, rows, " ")
    for (i = 1; i <= count; i++) { split(rows[i], row, ":"); floor[row[1]] = row[2] }
    # which header: the rooms that may include it
    home["<(ncurses|curses|term\\.h|readline/)"] = "term"
    home["<(csv|zlib)\\.h"] = "text"
    home["<pthread\\.h"] = "engine"
    home["<(lapacke|cblas)"] = "nef"
    home["<muParser"] = "nef"
    home["<utf8proc"] = "base"
    home["<cairo"] = "print"
    # what lies behind engine/port.h: the rooms that may include it
    door["engine/engine.h"] = "front session wire"; door["engine/sim.h"] = "table"
    door["engine/crew.h"] = door["engine/thread.h"] = "engine"
    while (open != "" && (getline line < open) > 0)
        if (line !~ /^#/ && split(line, word, " ") == 2) {
            arrow[line] = 1
            sub(/^(src|include)\//, "", word[1])
            passage[room(word[1]), room(word[2])] = 1
        }
}
# "src/draw/axis.c", "draw/axis.o", "draw/axis.h" -> "draw"; what lies in no room is main
function room(path) { sub(/^(src|include)\//, "", path); return path ~ /\// ? substr(path, 1, index(path, "/") - 1) : "main" }
function down(from, to) { return from == to || (from in floor && to in floor && floor[to] < floor[from]) }
function closing(suite) {
    print "Running suite(s): " suite
    printf "%d%%: Checks: %d, Failures: %d, Errors: 0\n", checks ? 100 * (checks - failures) / checks : 0, checks, failures
    exit !(checks > 0 && failures == 0)
}'

# reads the names of sources
includes() {
    xargs awk -v floors="$floors" -v open="$1" "$rules"'
/^#include "[a-z_]*\// {
    header = $2; gsub(/"/, "", header)
    if (seen[FILENAME, header]++) next
    checks++; mine = room(FILENAME)
    if (header in door && mine != "engine" && index(" " door[header] " ", " " mine " ") == 0) {
        print FILENAME " includes " header ", which is behind engine/port.h"; failures++
    }
    if (down(mine, room(header))) next
    if ((FILENAME " " header) in arrow) { arrow[FILENAME " " header] = 2; next }
    print FILENAME " includes " header ", which is not on a floor below " room(FILENAME) "/"; failures++
}
/^#include </ {
    for (pattern in home)
        if ($2 ~ "^" pattern && index(" " home[pattern] " ", " " room(FILENAME) " ") == 0) {
            print FILENAME " includes " $2 ", whose home is " home[pattern]; failures++
        }
}
END {
    for (line in arrow)
        if (arrow[line] == 1) { print "test/floors_open.txt: \"" line "\" is turned: take it off the list"; failures++ }
    closing("floors of includes")
}'
}

# reads what nm -A says of the objects, "draw/axis.o:0000 T axis_put"
calls() {
    awk -v floors="$floors" -v open="$1" "$rules"'
{
    file = $1; sub(/:.*/, "", file); symbol = $NF
    if ($(NF - 1) == "U") { from[++needs] = file; need[needs] = symbol } else where[symbol] = file
}
END {
    for (i = 1; i <= needs; i++) {
        if (!(need[i] in where)) continue
        checks++; mine = room(from[i]); other = room(where[need[i]])
        header = where[need[i]]; sub(/o$/, "h", header)
        if (header in door && mine != "engine" && index(" " door[header] " ", " " mine " ") == 0) {
            print "src/" from[i] " calls " need[i] " of src/" where[need[i]] ", which is behind engine/port.h"
            failures++
        }
        if (down(mine, other) || (mine, other) in passage) continue
        print "src/" from[i] " calls " need[i] " of src/" where[need[i]] ", which is not on a floor below " mine "/"
        failures++
    }
    closing("floors of calls")
}'
}

find src include -name '*.[ch]' | sort | includes "$open" || failed=1
(cd "$objects" && find $(cd "$OLDPWD/src" && find . -name '*.c' | sed 's/c$/o/' | sort) | xargs nm -A --extern-only) 2>/dev/null |
    sed 's|^\./||' | calls "$open" || failed=1

# No room is so large that one gets lost in it: less than an eighth of all lines.
share() {
    find "$1/src" "$1/include" -name '*.[ch]' | xargs wc -l | awk -v top="$1" '
    $2 != "total" {
        path = $2; sub(top "/(src|include)/", "", path)
        room = path ~ /\// ? substr(path, 1, index(path, "/") - 1) : "main"
        lines[room] += $1; all += $1
    }
    END {
        for (room in lines) if (lines[room] > most) { most = lines[room]; largest = room }
        printf "%s/ has %.1f %% of all lines\n", largest, 100 * most / all
        exit 8 * most >= all
    }'
}
said=$(share .) || { echo "floors.sh: $said, which is an eighth or more: part it by ideas"; failed=1; }

# The check itself: arrows that are planted are found.
planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
mkdir -p "$planted/src/base" && printf '#include "session/session.h"\n' >"$planted/src/base/planted.c"
found=$(cd "$planted" && find src -name '*.c' | includes "" | grep -c 'base/planted.c includes session/session.h')
called=$(printf '%s\n' 'base/planted.o:                 U session_new' 'session/session.o:00 T session_new' | calls "" |
    grep -c 'base/planted.o calls session_new')
printf '#include "engine/sim.h"\n' >"$planted/src/base/behind.c"
behind=$(cd "$planted" && find src -name 'behind.c' | includes "" | grep -c 'includes engine/sim.h, which is behind')
mkdir -p "$planted/include" "$planted/src/crowd"
seq 100 >"$planted/src/crowd/crowd.c"
share "$planted" >/dev/null && { echo "floors.sh: a room that is too large is not found"; failed=1; }
[ "$behind" = 1 ] || { echo "floors.sh: an include that passes by the engine's door is not found"; failed=1; }
passed=$(printf '%s\n' 'rig/planted.o:                 U sim_compute' 'engine/sim.o:00 T sim_compute' | calls "" |
    grep -c 'rig/planted.o calls sim_compute of src/engine/sim.o, which is behind')
[ "$passed" = 1 ] || { echo "floors.sh: a call that passes by the engine's door is not found"; failed=1; }
[ "$found" = 1 ] || { echo "floors.sh: an include that runs up is not found"; failed=1; }
[ "$called" = 1 ] || { echo "floors.sh: a call that runs up is not found"; failed=1; }
exit $failed
