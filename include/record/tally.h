/* The tally counts the rows of a file that could not be read, remembers the first of them by line, and decides whether
 * so many are still a file with bad rows or no table of spikes. A tally of zeros is an empty one. One thread at a
 * time. */
#ifndef RECORD_TALLY_H
#define RECORD_TALLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

#define TALLY_SHOWN 3

struct tally_entry {
    char file[208];
    size_t line;
    struct error why;
};

struct tally {
    size_t unparsable, not_finite;
    struct tally_entry bad[TALLY_SHOWN];      /* the first unparsable ones */
    struct tally_entry infinite[TALLY_SHOWN]; /* the first times that are nan or inf */
};

void tally_unparsable(struct tally *tally, const char *file, size_t line, const struct error *why);
void tally_not_finite(struct tally *tally, const char *file, size_t line, const struct error *why);

/* Whether a file with `good` rows ("rows": `what`) beside those of the tally is read at all; false with
 * "FILE:LINE: sentence". */
bool tally_verdict(const struct tally *tally, size_t good, const char *what, struct error *error);
/* Appends "\n..." for what was left out; `what` is counted ("rows"); files are named if there are several. */
void tally_report(const struct tally *tally, size_t good, const char *what, bool several, struct text *said);

#endif
