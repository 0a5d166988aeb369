#!/bin/sh
# Includes point down only, rooms on one floor do not know one another, and each outside library has one home.
# Reads the #include lines of src and include; prints what breaks the rule and Check's kind of closing line.
set -u
cd "$(dirname "$0")/.." || exit 1

find src include -name '*.[ch]' | sort | xargs awk '
BEGIN {
    split("base:0 model:1 signal:1 meanfield:1 nef:2 engine:3 record:3 draw:3 command:4 term:4 main:5", rows, " ")
    for (i in rows) { split(rows[i], row, ":"); floor[row[1]] = row[2] }
    # which header: the rooms that may include it
    home["<(ncurses|curses|term\\.h|readline/)"] = "term"
    home["<(csv|zlib)\\.h"] = "record"
    home["<pthread\\.h"] = "engine"
    home["<(lapacke|cblas)"] = "nef"
    home["<muParser"] = "command nef"
}
function room_of(path) { return split(path, part, "/") > 2 ? part[2] : "main" }
function complain(text) { print FILENAME " includes " text; failures++ }
/^#include "[a-z]*\// {
    room = room_of(FILENAME); other = $2; gsub(/^"|\/.*/, "", other)
    if (seen[FILENAME, other]++) next
    checks++
    if (other != room && !(floor[other] < floor[room]))
        complain(other "/, which is not on a floor below " room "/")
}
/^#include </ {
    room = room_of(FILENAME)
    for (pattern in home)
        if ($2 ~ "^" pattern && index(" " home[pattern] " ", " " room " ") == 0)
            complain($2 ", whose home is " home[pattern])
}
END {
    print "Running suite(s): floors"
    printf "%d%%: Checks: %d, Failures: %d, Errors: 0\n", checks ? 100 * (checks - failures) / checks : 0, checks, failures
    exit !(checks > 0 && failures == 0)
}'
