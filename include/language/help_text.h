/* Help as text, made from the tables of commands and parameters. UI thread only. */
#ifndef LANGUAGE_HELP_TEXT_H
#define LANGUAGE_HELP_TEXT_H

#include "base/text.h"

struct command;
struct parameter;
struct session;

void help_overview(struct text *out); /* every command in a line */
void help_language(struct text *out); /* how commands are written */
/* One command with its parameters; `more`: bare words that decide which keys there are ("sine" of input), or
 * NULL. */
void help_command(const struct session *session, const struct command *command, const char *more, struct text *out);
/* One row of a command: its key and what may be typed, what it does, its default and bounds; one line or two. */
void help_key(const struct session *session, const struct parameter *row, struct text *out);

#endif
