/* One finished sentence about what went wrong, written where the facts are known.
 *
 * A function that can fail for a reason its user should hear takes a `struct error *` (caller's stack, never NULL)
 * and returns false or NULL after filling it. The sentence names the value, the limit and what would be right; it
 * starts in lower case, has no full stop and no newline, because callers put "lifscope: FILE:LINE: " before it.
 * Any thread; the struct is a plain value. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

struct error {
    char text[512];
};

/* Writes the sentence and returns false, so that `return error_set(error, ...)` reads well. */
bool error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts `format`... in front of what the error already says: "r.csv:12: " + "no number in ...". Returns false. */
bool error_prefix(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What errno says, as words for the end of a sentence; "interrupted" where a call was. */
const char *error_cause(int number);

#endif
