/* What knobs can turn: the rows of the commands that change a number which is there, so that a knob has the
 * limits and the sentences of the command line. UI thread only. */
#ifndef SESSION_KNOB_ROWS_H
#define SESSION_KNOB_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "language/arguments.h"

struct session;
struct channel;

/* A command whose keys are turned: "set A tau_rc=30ms". */
struct knob_source {
    const char *verb;             /* the words before the keys, without the name of a population */
    const char *group;            /* stands before a dot in the names of its rows where they would clash; "" */
    bool of_population;           /* a population is named behind the verb */
    bool (*has)(const char *key); /* whether the row is this source's; NULL: all are */
};
extern const struct knob_source knob_sources[];
extern const size_t knob_source_count;

struct knob_rows {
    struct parameter_set set;                   /* numbers only, each with its present value */
    const struct knob_source *source[ROWS_MAX]; /* beside set.row */
};

/* Adds the rows of one source. `channel` may be NULL: no population. */
void knob_rows_add(struct knob_rows *rows, const struct session *session, const struct knob_source *source,
                   const struct channel *channel);
/* The row called `key` (any unambiguous prefix); -1 with a sentence that lists what can be turned. */
long knob_rows_find(const struct knob_rows *rows, const char *key, struct error *error);
/* Its key as the command takes it: without the group. */
const char *knob_rows_key(const struct parameter *row, const struct knob_source *source);

/* The number a row's present value is; NaN where that is no single number. */
double knob_rows_number(const struct session *session, const struct parameter *row);

#endif
