/* Finding help by the words of its texts. UI thread only. */
#ifndef LANGUAGE_HELP_SEARCH_H
#define LANGUAGE_HELP_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct session;

/* Whether every word of `wanted` begins a word of one of the `count` texts (NULL: none); letters of both sizes are
 * alike. Nothing wanted is nowhere. */
bool help_matches(const char *wanted, const char *const *text, size_t count);

/* Appends all that is to be said of the keys that are called so, with the commands that take them. False: there are
 * none. */
bool help_named(const struct session *session, const char *name, struct text *out);
/* The same, and the keys, commands and lines of `help language` that match, a line each. False: there are none. */
bool help_search(const struct session *session, const char *wanted, struct text *out);

/* Help on the word at byte `cursor` of a line that is being typed: a command, or one of its keys and then the command;
 * else what all commands are. */
void help_at(const struct session *session, const char *line, size_t cursor, struct text *out);

#endif
