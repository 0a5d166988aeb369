#!/bin/sh
# The program without a screen: what goes to which stream, and with which exit status it ends.
set -u
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
failed=0

# check NAME STATUS: the program ended with STATUS; its streams are in $directory/out and /err
run() { # run ARGUMENT...
    "$LIFSCOPE" "$@" >"$directory/out" 2>"$directory/err" </dev/null
    status=$?
}
fail() {
    echo "arguments.sh: $*"
    sed 's/^/    stdout: /' "$directory/out"
    sed 's/^/    stderr: /' "$directory/err"
    failed=1
}
ends_with() { [ "$status" -eq "$1" ] || fail "$2: exit status $status, not $1"; }
out_is() { [ "$(head -n 1 "$directory/out")" = "$1" ] || fail "$2: stdout does not start with '$1'"; }
err_is() { [ "$(cat "$directory/err")" = "$1" ] || fail "$2: stderr is not '$1'"; }
err_has() { grep -qF -- "$1" "$directory/err" || fail "$2: stderr lacks '$1'"; }
silent() { [ ! -s "$directory/$1" ] || fail "$2: something on std$1"; }

run --version
ends_with 0 version; silent err version
case $(cat "$directory/out") in "lifscope "[0-9]*) ;; *) fail "version: not 'lifscope NUMBER'" ;; esac
for word in commit kernels: libraries: Readline; do
    grep -q "$word" "$directory/out" || fail "version: no '$word'"
done
run --check
ends_with 0 check; silent err check
for word in terminal letters machine memory algebra functions examples history; do
    grep -qE "^(ok|note)  +$word " "$directory/out" || fail "check: no line of $word that is ok or a note"
done
# A terminal nobody has described is said, and is a failure.
if command -v script >/dev/null 2>&1; then
    TERM=nothing-like-it script -qec "'$LIFSCOPE' --check" /dev/null >"$directory/out" 2>"$directory/err" </dev/null
    status=$?
    ends_with 1 "check of an unknown terminal"
    grep -q '^fails  terminal   TERM=nothing-like-it is not known here' "$directory/out" || fail "check: an unknown terminal"
fi
run --help
ends_with 0 help; silent err help; out_is "lifscope - an oscilloscope for spiking neurons in a terminal" help

# One stream of several files, which ends when its reader does.
printf 'time,neuron\n0.5,1\n' >"$directory/a.dat"; printf '0.75,2\n' >"$directory/b.dat"
merged=$("$LIFSCOPE" --merge "$directory/?.dat" | head -n 3 | sort | tr '\n' ' ')
[ "$merged" = "0.5,1 0.75,2 time,neuron " ] || fail "--merge gives '$merged'"
run --merge
ends_with 2 "--merge without files"; err_has "--merge needs files" "--merge without files"

run --frobnicate
ends_with 2 "unknown option"; silent out "unknown option"
err_is "lifscope: unknown or ambiguous option '--frobnicate' (lifscope --help lists them)" "unknown option"
run --size huge
ends_with 2 "wrong size"; err_has "--size 'huge'" "wrong size"
run -c
ends_with 2 "-c without commands"

# What cannot be read is no empty script; a closed standard stream is no file.
run -f "$directory"
ends_with 1 "-f DIRECTORY"; silent out "-f DIRECTORY"
err_is "lifscope: $directory:1: cannot be read: Is a directory" "-f DIRECTORY"
"$LIFSCOPE" <"$directory" >"$directory/out" 2>"$directory/err"; status=$?
ends_with 1 "a directory as standard input"; err_is "lifscope: stdin:1: cannot be read: Is a directory" "stdin: directory"
"$LIFSCOPE" - -c 'list' <&- >"$directory/out" 2>"$directory/err"; status=$?
ends_with 1 "closed standard input"; silent out "closed standard input"
"$LIFSCOPE" -c 'population A n=2; neurons A' <&- >&- 2>"$directory/err"; status=$?
ends_with 1 "closed standard output"; err_has "Bad file descriptor" "closed standard output"
run ''
ends_with 1 "empty name"; err_is "lifscope: the name of a file is wanted, and this argument is empty" "empty name"
run "$directory/two
lines.csv"
ends_with 1 "a name of two lines"; err_has "a file whose name has two lines" "a name of two lines"
head -c 2000000 /dev/zero | tr '\0' 'x' >"$directory/long"
run -f "$directory/long"
ends_with 1 "an endless line"
err_is "lifscope: $directory/long:1: this is no file of commands: the line has more than 1048576 bytes" "an endless line"
run -f /dev/zero
ends_with 1 "zero bytes"; err_is "lifscope: /dev/zero:1: this is no text: the line holds a zero byte" "zero bytes"
run -c 'population A n=2; neurons A > /dev/fd/4'
ends_with 1 "a descriptor of the program"; err_has "/dev/fd/4" "a descriptor of the program"

run -c 'response model=lif J=2'
ends_with 0 "a table"; silent err "a table"; out_is "J,rate,derivative" "a table"
run -c 'response model=lif J=2; nonsense; response model=lif J=3'
ends_with 1 "a failing command"; err_has "lifscope: " "a failing command"
[ "$(wc -l <"$directory/out")" -eq 2 ] || fail "a failing command: what follows it was run, or what precedes it was not"

printf '# a comment\n\nresponse model=lif J=2\nresponse model=lif J=\n' >"$directory/script"
run -f "$directory/script"
ends_with 1 "a failing script"; err_has "lifscope: $directory/script:4: " "a failing script"
out_is "J,rate,derivative" "a failing script"
run -f "$directory/none"
ends_with 1 "no script"; err_has "$directory/none" "no script"; silent out "no script"

printf 'response model=lif J=3\n' >"$directory/script"
run -c 'response model=lif J=2' -f "$directory/script" -c 'response model=lif J=4'
ends_with 0 "several steps"
[ "$(cut -d, -f1 "$directory/out" | tr '\n' ' ')" = "J 2 J 3 J 4 " ] || fail "several steps: not in order"

printf 'response model=lif J=2\nnonsense\n' | "$LIFSCOPE" >"$directory/out" 2>"$directory/err"
status=$?
ends_with 1 "standard input"; out_is "J,rate,derivative" "standard input"; err_has "lifscope: stdin:2: " "standard input"
printf 'response model=lif J=2\n' | "$LIFSCOPE" -f - >"$directory/out" 2>"$directory/err"
status=$?
ends_with 0 "-f -"; out_is "J,rate,derivative" "-f -"

run -c 'quit; response model=lif J=2' -c 'response model=lif J=3'
ends_with 0 "quit"; silent out quit

if [ -w /dev/full ]; then
    "$LIFSCOPE" -c 'response model=lif J=0:10:1000' >/dev/full 2>"$directory/err"
    status=$?
    ends_with 1 "a full disk"; err_has "No space left on device" "a full disk"
    [ "$(wc -l <"$directory/err")" -eq 1 ] || fail "a full disk: not one message: $(cat "$directory/err")"
fi
"$LIFSCOPE" -c 'response model=lif J=0:10:100000' 2>"$directory/err" | head -n 1 >"$directory/out"
silent err "a broken pipe"; out_is "J,rate,derivative" "a broken pipe"

printf 'time,neuron\n0.1,0\n0.2,1\n0.3,0\n' >"$directory/a file.csv"
run "$directory/a file.csv" -c 'stats R'
ends_with 0 "a file"; [ "$(wc -l <"$directory/out")" -eq 3 ] || fail "a file: not a line for each of two neurons"
"$LIFSCOPE" - -c 'stats R' <"$directory/a file.csv" >"$directory/out" 2>"$directory/err"
status=$?
ends_with 0 "spikes from standard input"; [ "$(wc -l <"$directory/out")" -eq 3 ] || fail "spikes from standard input: not two neurons"
"$LIFSCOPE" - -c list <"$directory/a file.csv" >"$directory/out" 2>"$directory/err"
grep -q "standard input" "$directory/out" || fail "standard input has another name: $(cat "$directory/out")"
run "$directory/none.csv" -c 'stats R'
ends_with 1 "a missing file"; err_has "none.csv" "a missing file"; silent out "a missing file"

[ $failed -eq 0 ] && echo "arguments.sh: all well"
# Parts of one run become one recording among other files, too, wherever they stand.
for part in 1 2 3; do
    printf 'sender\ttime_ms\n%d\t1%d.5\n%d\t2%d.25\n%d\t3%d.5\n' $part $part $part $part $part $part >"$directory/run-$part.dat"
done
printf 'time,neuron\n0.5,1\n1.25,2\n' >"$directory/other.csv"
run "$directory/run-1.dat" "$directory/other.csv" "$directory/run-2.dat" "$directory/run-3.dat" -c list
ends_with 0 "parts among other files"
err_has "R: the names of these 3 files differ in a number, and they are taken for parts of one run" "parts among others"
[ "$(cut -d, -f1,3,4 "$directory/out" | tr '\n' ' ')" = "name,neurons,spikes R,3,9 R2,2,2 " ] || fail "parts among others: $(cat "$directory/out")"

exit $failed
