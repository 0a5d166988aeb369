/* The table a command gives and where it goes: the screen or standard output, or the file behind '>'. UI thread only. */
#ifndef SESSION_ANSWER_H
#define SESSION_ANSWER_H

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"
#include "language/arguments.h"
#include "language/sheet.h"

struct session;

struct answer {
    const struct command *command;
    struct sheet *sheet; /* owned */
    char *path;          /* owned: of the file, or NULL */
    struct text aligned; /* the table for people */
};

/* For a command that is about to be run; nothing is written before it begins a table. */
struct answer *answer_new(const struct session *session, const struct arguments *arguments);
/* The table is complete: writes it, or shows it. False with a sentence. */
bool answer_complete(struct session *session, struct answer *answer, struct error *error);
void answer_free(struct answer *answer);

#endif
