#!/bin/sh
# What shells complete is what the program knows: bash is asked, the scripts of the others are compared with the tables by
# their words, and read by their shells where those are installed.
set -u
export LC_ALL=C
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
checks=0
failed=0
check() { # check WHAT IS WRONG, TEST...
    wrong=$1
    shift
    checks=$((checks + 1))
    "$@" || { echo "completion.sh: $wrong"; failed=$((failed + 1)); }
}
"$LIFSCOPE" -c help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p' | sort >"$directory/verbs"
"$LIFSCOPE" --help | sed -n '/^  -/{s/  [a-z].*//;s/ [A-Z]\{2,\}//;s/ WxH//;s/,//;s/^ *//;p}' | tr ' ' '\n' | grep -v '^$' | sort >"$directory/options"
check "help lists no commands" [ "$(wc -l <"$directory/verbs")" -gt 50 ]
check "--help lists no options" [ "$(wc -l <"$directory/options")" -gt 10 ]
for shell in bash zsh fish; do
    "$LIFSCOPE" --completion $shell >"$directory/$shell"
    check "$shell: nothing is written" [ -s "$directory/$shell" ]
    for word in $(cat "$directory/verbs"); do
        check "$shell: the command $word is not completed" grep -qw -- "$word" "$directory/$shell"
    done
    for word in $(cat "$directory/options"); do
        [ $shell != fish ] || word=$(echo "$word" | sed 's/^--/-l /; s/^-\([a-zA-Z]\)$/-s \1/')
        check "$shell: the option $word is not completed" grep -qe "$word" "$directory/$shell"
    done
    checks=$((checks + 1))
    if command -v $shell >/dev/null 2>&1; then
        $shell -n "$directory/$shell" || { echo "completion.sh: $shell cannot read its script"; failed=$((failed + 1)); }
    fi
done

# asks WORD...: what bash offers for the last one
if command -v bash >/dev/null 2>&1; then
    asks() {
        (cd "$directory/files" && bash -c '. ../bash; COMP_WORDS=(lifscope "$@"); COMP_CWORD=$#; _lifscope; printf "%s\n" "${COMPREPLY[@]}"' x "$@") |
            sort | tr '\n' ' '
    }
    mkdir "$directory/files"
    (cd "$directory/files" && touch 'two words.csv' script.lif notes.pdf && mkdir deep)
    gives() { # gives WANTED WORD...
        wanted=$1
        shift
        found=$(asks "$@")
        check "bash: lifscope $* offers '$found', not '$wanted'" [ "$found" = "$wanted" ]
    }
    gives 'deep two words.csv ' ''
    gives 'deep script.lif ' -f ''
    gives 'deep notes.pdf script.lif two words.csv ' --follow ''
    gives 'always auto ' --color a
    gives 'never ' --color = n
    gives 'bash ' --completion b
    gives '--check --color --colour --completion ' --c
    gives 'poprate population ' -c pop
fi
"$LIFSCOPE" --completion tcsh >"$directory/out" 2>"$directory/err"
check "an unknown shell: exit status is not 2" [ $? -eq 2 ]
check "an unknown shell: '$(cat "$directory/err")'" \
    [ "$(cat "$directory/err")" = "lifscope: --completion 'tcsh': the shells it is known for are bash, zsh, fish" ]

echo "Running suite(s): completion"
echo "$((100 * (checks - failed) / checks))%: Checks: $checks, Failures: $failed, Errors: 0"
[ "$failed" -eq 0 ]
