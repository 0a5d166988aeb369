/* Commands: one const row each, in the file of its family (cmd_run.c, cmd_model.c ...), each family listed
 * once. Parser, completion, help and the manual's check walk these tables. */
#ifndef LANGUAGE_COMMAND_H
#define LANGUAGE_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/progress.h"
#include "base/word.h"
#include "language/arguments.h"
#include "language/sheet.h"

struct session;

struct command {
    const char *name;
    const char *also;                   /* what other programs call it, parted by blanks: "exit :q"; NULL: nothing */
    const char *summary;                /* one line */
    const char *details;                /* lines for `help VERB`, or NULL */
    const char *example;                /* one command line, or NULL */
    const struct parameter *parameters; /* bare words first, in order; ends at a NULL name; NULL: none */
    /* Rows that depend on the bare words read so far; may be NULL. */
    void (*more)(const struct session *session, const struct arguments *words, struct parameter_set *set);
    bool spills;     /* bare words behind the positional ones are values of the keys, in order: input A constant
                    0.3 */
    bool table;      /* gives a table, so `> FILE` makes sense */
    bool file;       /* takes `> FILE` itself, and a row FILE that says the same */
    bool tells;      /* belongs to the telling of a script: its line is not shown to people who watch one */
    bool immediate;  /* typed while `run 2s` goes on, it does not wait for the end */
    bool lasting;    /* what it does lasts though panes and specs do not show it: a line of a saved session */
    bool unrecorded; /* no step of what undo takes back: it runs commands that are, or goes over steps itself */
    bool anytime; /* immediate, and whatever populations and recordings there are: it does not even wait for one that is
                       being loaded or built */
    /* The arguments passed their rows. A table is begun with sheet_begin and filled; it is finished by the
     * caller. */
    bool (*run)(struct session *session, const struct arguments *arguments, struct sheet *sheet, struct error *error);
    /* A command that makes a table of its arguments and changes nothing has these in place of `run`, and works beside
     * the loop for nothing (session/beside.h). `beside` is the one word of its bar, "counting". `check` (may be NULL) looks
     * at what rows cannot say and says what there is to say, as `run` would. `work` then makes the table on a thread of
     * its own: the channels in its arguments are copies that nobody else has, and of everything else it knows nothing. It
     * asks `progress` now and then whether to go on. */
    const char *beside;
    bool (*check)(struct session *session, const struct arguments *arguments, struct error *error);
    bool (*work)(const struct arguments *arguments, struct sheet *sheet, struct progress progress, struct error *error);
};

struct command_family {
    const char *title; /* "Running" */
    const struct command *row;
    size_t count;
};

/* All families, in the order shown to people: the last is the list's end, NULL. */
struct command_list {
    const struct command_family *const *family;
};

/* Says which commands there are, from now on and for the whole process; session_new does it with the list it is
 * handed. The list must stay. */
void command_use(const struct command_list *list);
/* The families in use; ends at NULL. */
const struct command_family *const *command_families(void);

size_t command_count(void);
const struct command *command_at(size_t i); /* i < command_count(), over all families */
struct word_list command_words(void);
/* By unambiguous prefix; NULL with a sentence that lists what was possible. */
const struct command *command_find(const char *verb, struct error *error);

#endif
