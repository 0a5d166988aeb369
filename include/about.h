/* What this program is and whether it can work here: --version and --check, for people who ask for help and those who
 * answer them. */
#ifndef ABOUT_H
#define ABOUT_H

#include <stdbool.h>
#include <stdio.h>

/* The version, alone on the first line; then of which commit it was built by which compiler, the instruction sets it has
 * loops for, and the libraries it runs with. */
void about_version(FILE *out);

/* One line for each thing that is looked at: "ok", "note" (something is less than it could be, with what to do about it)
 * or "fails". True when nothing fails. */
bool about_check(FILE *out);

#endif
