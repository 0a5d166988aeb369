/* The table a command gives and where it goes: the screen or standard output, or the file behind '>'. UI thread
 * only. */
#ifndef SESSION_ANSWER_H
#define SESSION_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "base/text.h"
#include "language/arguments.h"
#include "language/sheet.h"

struct session;

/* Who wants the table of a command for himself. */
struct answer_taker {
    /* The whole table as CSV; false with a sentence makes the command fail. NULL: nobody does. */
    bool (*take)(struct session *session, void *context, const char *csv, size_t length, struct error *error);
    void (*free)(void *context);
    void *context; /* owned by the answer from answer_new on */
};

struct answer {
    const struct command *command;
    struct sheet *sheet; /* owned */
    char *path;          /* owned: of the file, or NULL */
    struct text aligned; /* the table for people */
    struct answer_taker taker;
    FILE *memory; /* the table for the taker, in csv[length] */
    char *csv;
    size_t length;
};

/* For a command that is about to be run; nothing is written before it begins a table. `taker` may be NULL. */
struct answer *answer_new(const struct session *session, const struct arguments *arguments,
                          const struct answer_taker *taker);
/* The table is complete: writes it, shows it, or hands it to the taker. False with a sentence. */
bool answer_complete(struct session *session, struct answer *answer, struct error *error);
void answer_free(struct answer *answer);

#endif
