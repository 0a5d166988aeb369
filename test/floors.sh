#!/bin/sh
# Includes point down only, rooms on one floor do not know one another, and each outside library has one home.
# Reads the #include lines of src and include; prints what breaks the rule and Check's kind of closing line.
set -u
cd "$(dirname "$0")/.." || exit 1

floor() {
    case $1 in
    base) echo 0 ;;
    model | signal | meanfield) echo 1 ;;
    nef) echo 2 ;;
    engine | record | draw) echo 3 ;;
    command | term) echo 4 ;;
    *) echo 5 ;;
    esac
}

# header pattern : rooms that may include it
homes='
<ncurses|<curses|<term.h>|<readline/ : term
<csv.h> : record
<zlib.h> : record
<pthread.h> : engine
<lapacke|<cblas : nef
<muParser : command nef
'

checks=0
failures=0
complain() {
    echo "$1"
    failures=$((failures + 1))
}

for file in $(find src include -name '*.[ch]' | sort); do
    room=$(echo "$file" | sed -n 's|^[a-z]*/\([a-z]*\)/.*|\1|p')
    [ -n "$room" ] || room=main
    for other in $(sed -n 's|^#include "\([a-z]*\)/.*|\1|p' "$file" | sort -u); do
        checks=$((checks + 1))
        [ "$other" = "$room" ] && continue
        [ "$(floor "$other")" -lt "$(floor "$room")" ] ||
            complain "$file includes $other/, which is not on a floor below $room/"
    done
    echo "$homes" | while IFS=: read -r pattern rooms; do
        pattern=$(echo "$pattern" | sed 's/ *$//')
        [ -n "$pattern" ] || continue
        if grep -Eq "^#include ($pattern)" "$file"; then
            case " $rooms " in
            *" $room "*) ;;
            *) echo "$file includes $pattern, whose home is$rooms" ;;
            esac
        fi
    done >"${TMPDIR:-/tmp}/floors.$$"
    while read -r line; do complain "$line"; done <"${TMPDIR:-/tmp}/floors.$$"
done
rm -f "${TMPDIR:-/tmp}/floors.$$"

echo "Running suite(s): floors"
echo "$((checks > 0 ? 100 * (checks - failures) / checks : 0))%: Checks: $checks, Failures: $failures, Errors: 0"
[ "$checks" -gt 0 ] && [ "$failures" -eq 0 ]
