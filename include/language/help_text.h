/* Help as text, made from the tables of commands and parameters. UI thread only. */
#ifndef LANGUAGE_HELP_TEXT_H
#define LANGUAGE_HELP_TEXT_H

#include "base/text.h"

struct command;
struct session;

void help_overview(struct text *out); /* every command in a line */
void help_language(struct text *out); /* how commands are written */
/* One command with its parameters; `more`: bare words that decide which keys there are ("sine" of input), or
 * NULL. */
void help_command(const struct session *session, const struct command *command, const char *more, struct text *out);

#endif
