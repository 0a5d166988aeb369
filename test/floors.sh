#!/bin/sh
# Includes point down only, rooms on one floor do not know one another, each outside library has one home, and the
# engine has one door.
# Reads the #include lines of src and include; prints what breaks the rule and Check's kind of closing line.
#
# test/floors_open.txt lists the arrows that still run up, `FILE HEADER` a line. One that is not in the list fails, and
# so does one in the list that is no longer there: the list only gets shorter.
set -u
cd "$(dirname "$0")/.." || exit 1

find src include -name '*.[ch]' | sort | xargs awk '
BEGIN {
    split("base:0 picture:1 model:1 signal:1 meanfield:1 text:1 nef:2 network:3 draw:3 engine:4 record:4 language:4 " \
          "pane:4 follow:5 wire:5 frame:5 term:5 rig:6 view:7 session:8 table:9 command:10 front:11 main:12", rows, " ")
    for (i in rows) { split(rows[i], row, ":"); floor[row[1]] = row[2] }
    # which header: the rooms that may include it
    home["<(ncurses|curses|term\\.h|readline/)"] = "term"
    home["<csv\\.h"] = "text"
    home["<zlib\\.h"] = "text"
    home["<pthread\\.h"] = "engine"
    home["<(lapacke|cblas)"] = "nef"
    home["<muParser"] = "nef"
    # which headers of the engine: the rooms that may see behind engine/port.h
    door["engine/engine"] = "front session wire"; door["engine/sim"] = "table"
    door["engine/crew"] = door["engine/thread"] = "none"
    while ((getline line < "test/floors_open.txt") > 0)
        if (line !~ /^#/ && line != "") { open[line] = 1; checks++ }
}
function room_of(path) { return split(path, part, "/") > 2 ? part[2] : "main" }
function complain(what, text) {
    if (what in open) { open[what] = 2; return }
    print text; failures++
}
/^#include "[a-z_]*\// {
    room = room_of(FILENAME); header = $2; gsub(/"/, "", header); other = header; sub(/\/.*/, "", other)
    if (seen[FILENAME, header]++) next
    checks++
    if (!(room in floor)) complain(FILENAME " " header, FILENAME ": room " room "/ has no floor")
    if (other != room && !(floor[other] < floor[room]))
        complain(FILENAME " " header, FILENAME " includes " header ", which is not on a floor below " room "/")
    sub(/\.h$/, "", header)
    if (other != room && header in door && index(" " door[header] " ", " " room " ") == 0)
        complain(FILENAME " " header ".h", FILENAME " includes " header ".h, which is behind engine/port.h")
}
/^#include </ {
    room = room_of(FILENAME)
    for (pattern in home)
        if ($2 ~ "^" pattern && index(" " home[pattern] " ", " " room " ") == 0)
            complain(FILENAME " " $2, FILENAME " includes " $2 ", whose home is " home[pattern])
}
END {
    for (arrow in open)
        if (open[arrow] == 1) { print "test/floors_open.txt: \"" arrow "\" is turned: take it off the list"; failures++ }
    print "Running suite(s): floors"
    printf "%d%%: Checks: %d, Failures: %d, Errors: 0\n", checks ? 100 * (checks - failures) / checks : 0, checks, failures
    exit !(checks > 0 && failures == 0)
}'
