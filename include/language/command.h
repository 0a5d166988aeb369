/* Commands: one const row each, in the file of its family (cmd_run.c, cmd_model.c ...), each family listed
 * once. Parser, completion, help and the manual's check walk these tables. */
#ifndef LANGUAGE_COMMAND_H
#define LANGUAGE_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/word.h"
#include "language/arguments.h"
#include "language/sheet.h"

struct session;

struct command {
    const char *name;
    const char *summary;                /* one line */
    const char *details;                /* lines for `help VERB`, or NULL */
    const char *example;                /* one command line, or NULL */
    const struct parameter *parameters; /* bare words first, in order; ends at a NULL name; NULL: none */
    /* Rows that depend on the bare words read so far; may be NULL. */
    void (*more)(const struct session *session, const struct arguments *words, struct parameter_set *set);
    bool spills; /* bare words behind the positional ones are values of the keys, in order: input A constant
                    0.3 */
    bool table;  /* gives a table, so `> FILE` makes sense */
    bool file;   /* takes `> FILE` itself, and a row FILE that says the same */
    bool immediate; /* typed while `run 2s` goes on, it does not wait for the end */
    /* The arguments passed their rows. A table is begun with sheet_begin and filled; it is finished by the
     * caller. */
    bool (*run)(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                struct error *error);
};

struct command_family {
    const char *title; /* "Running" */
    const struct command *row;
    size_t count;
};

extern const struct command_family family_run, family_model, family_input, family_record, family_analyse,
    family_follow, family_tuning, family_nef, family_meanfield, family_decoded, family_neuron, family_pane,
    family_view, family_rows, family_cursor, family_play, family_knob, family_star, family_help;
/* In the order shown to people. */
extern const struct command_family *const command_families[];
extern const size_t command_family_count;

size_t command_count(void);
const struct command *command_at(size_t i); /* i < command_count(), over all families */
struct word_list command_words(void);
/* By unambiguous prefix; NULL with a sentence that lists what was possible. */
const struct command *command_find(const char *verb, struct error *error);

#endif
