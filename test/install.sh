#!/bin/sh
# What `make install` puts in place works from there, without the tree it was built in, and `make uninstall` leaves nothing.
set -u
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
root=$(cd "$(dirname "$0")/.." && pwd)
checks=0
failed=0
check() { # check WHAT IS WRONG, TEST...
    wrong=$1
    shift
    checks=$((checks + 1))
    "$@" || { echo "install.sh: $wrong"; failed=$((failed + 1)); }
}
quietly() { "$@" >"$directory/log" 2>&1 || { cat "$directory/log"; return 1; }; }

check "make install fails" quietly make -C "$root" install PREFIX=/usr DESTDIR="$directory/stage"
program=$directory/stage/usr/bin/lifscope
for file in bin/lifscope share/man/man1/lifscope.1 share/man/man5/lifscope-lesson.5 share/lifscope/networks/20-dale.lif share/fish/vendor_completions.d/lifscope.fish \
    share/bash-completion/completions/lifscope share/zsh/vendor-completions/_lifscope; do
    check "usr/$file is not installed" [ -s "$directory/stage/usr/$file" ]
done
mkdir "$directory/elsewhere"
cd "$directory/elsewhere" || exit 1
unset LIFSCOPE_DATA
check "a shipped script does not run" quietly "$program" -c 'source 01-channel'
check "--check finds no examples of its own" sh -c "'$program' --check | grep -q 'examples .*$directory/stage'"
check "something was written beside the program" [ -z "$(ls)" ]
check "make uninstall fails" quietly make -C "$root" uninstall PREFIX=/usr DESTDIR="$directory/stage"
check "make uninstall leaves $(find "$directory/stage" -type f | head -n 3 | tr '\n' ' ')" \
    [ -z "$(find "$directory/stage" -type f)" ]

# A directory one may write to is enough.
check "make install into a home fails" quietly make -C "$root" install PREFIX="$directory/home/.local" DESTDIR=
check "installed in a home, a script does not run" quietly "$directory/home/.local/bin/lifscope" -c 'source 01-channel'

echo "Running suite(s): install"
echo "$((100 * (checks - failed) / checks))%: Checks: $checks, Failures: $failed, Errors: 0"
[ "$failed" -eq 0 ]
