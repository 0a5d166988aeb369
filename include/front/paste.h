/* Pasted text on its way to the command line. Its lines are run one by one, some at a time, so that a long paste leaves
 * room for frames and for Ctrl-C. UI thread only. */
#ifndef FRONT_PASTE_H
#define FRONT_PASTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Zeroed: nothing was pasted. */
struct paste {
    struct text text;
    size_t at;     /* bytes of it that the command line has had */
    bool given_up; /* one had no end, and more of it may come as if it were typed */
};

/* Copies the bytes, behind what is there already. */
void paste_add(struct paste *paste, const char *bytes, size_t length);
/* Some of it has not been handed on. */
bool paste_waits(const struct paste *paste);
/* Hands lines on for so many seconds, one at least. */
void paste_go_on(struct paste *paste, double seconds);
/* Throws away what waits; true if there was anything. */
bool paste_drop(struct paste *paste);

/* A paste had no end: what may still come of it is not to be run. */
void paste_give_up(struct paste *paste);
/* How many of the first of these bytes, which came at once, are more of a paste that was given up: those up to its end,
 * or several lines at once, which nobody types. */
size_t paste_rest(struct paste *paste, const char *bytes, size_t length);

#endif
