/* The words of one command matched with the rows of its table. UI thread only. */
#ifndef LANGUAGE_ARGUMENTS_H
#define LANGUAGE_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "language/lexer.h"
#include "language/parameter.h"

#define ROWS_MAX 112

struct command;

/* The rows that count for one call: the command's own, then those that depend on what its bare words say (the
 * keys of the kind of input chosen). Texts made for them live in `store`. */
struct parameter_set {
    size_t count;
    struct parameter row[ROWS_MAX];
    char store[16384];
    size_t stored; /* bytes of it in use */
};

/* Adds a row. */
struct parameter *parameter_set_add(struct parameter_set *set, struct parameter row);
/* Takes a row out, if it is there. */
void parameter_set_drop(struct parameter_set *set, const char *name);
/* Keeps a copy of a short text as long as the set lives; the set must not be copied then. */
const char *parameter_set_store(struct parameter_set *set, const char *text);
/* The row of a key: its name, any unambiguous prefix, or what stands behind its dot where only one row can be meant;
 * -1 with a sentence that lists what `verb` takes. */
long parameter_set_find(const struct parameter_set *set, const char *verb, const char *text, size_t length,
                        struct error *error);
bool parameter_set_has(const struct parameter_set *set, const char *name);

struct arguments {
    const struct command *command;
    struct parameter_set set;
    struct value value[ROWS_MAX]; /* beside set.row */
    const char *file;             /* after '>', borrowed from the phrase, or NULL */
    const struct phrase *phrase;  /* borrowed while it is read: for rows that depend on a key (set input=KIND) */
};

/* Checks the words of `phrase` (the first is the verb) against the rows; on success every required row has a
 * value and every default is filled in. False with a sentence; `arguments` is to be freed either way. */
bool arguments_read(struct arguments *arguments, const struct session *session, const struct command *command,
                    const struct phrase *phrase, struct error *error);
/* The rows that count for what was typed so far, for completion and help: bare words are read leniently. */
void arguments_rows(struct arguments *arguments, const struct session *session, const struct command *command,
                    const struct phrase *phrase, size_t words);
void arguments_free(struct arguments *arguments);

/* The file that the command is to write, or NULL: what stands after '>', or its FILE. */
const char *arguments_target(const struct arguments *arguments);
/* overwrite=on was typed: that file may be one that must not be lost otherwise. */
bool arguments_overwrite(const struct arguments *arguments);

/* What was typed for `key`, written in full: "sine" of input=sine; NULL when it was not. */
const char *arguments_typed(const struct arguments *arguments, const char *key);

/* The value of a row; the row must be in the set. */
const struct value *argument(const struct arguments *arguments, const char *name);
/* Its number, or `otherwise` when it was not typed. */
double argument_number(const struct arguments *arguments, const char *name, double otherwise);
/* Its text, borrowed; NULL when it was not typed. */
const char *argument_text(const struct arguments *arguments, const char *name);
/* The value again, NULL when the set has no such row. */
const struct value *argument_if(const struct arguments *arguments, const char *name);
/* The same, NULL also when it was not typed. */
const struct value *argument_given(const struct arguments *arguments, const char *name);

/* "population NAME [n=50] [max_rates=lo:hi] ..." */
void arguments_usage(const struct session *session, const struct command *command, char *out, size_t size);

/* Whether any key=value was typed. */
bool arguments_keyed(const struct arguments *arguments);

#endif
