/* Completion of a line: the rows that the parser checks say what is possible where the cursor stands. */
#ifndef LANGUAGE_COMPLETE_H
#define LANGUAGE_COMPLETE_H

#include <stddef.h>

struct session;

/* What the word at `end` of `line` may become, sorted, ending at NULL; each replaces the bytes from `start` on, which
 * may lie inside the word. NULL: nothing fits. The array and its strings are the caller's to free. */
char **complete(const struct session *session, const char *line, size_t start, size_t end);

#endif
