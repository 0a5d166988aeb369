/* Decoders as commands ask for them: what was typed, else what is set for the population. UI thread only. */
#ifndef TABLE_DECODER_REQUEST_H
#define TABLE_DECODER_REQUEST_H

#include <stdbool.h>

#include "language/arguments.h"
#include "nef/decoder.h"
#include "rig/channel.h"

/* All owned: nothing here is the channel's, so that it can be solved on another thread. */
struct decoder_request {
    char name[SUBJECT_NAME];     /* of the population */
    struct population_spec spec; /* which makes the same neurons again */
    struct function *function;
    struct eval_points *points; /* NULL: they are drawn */
    size_t count;               /* how many; 0: as the spec says */
    uint64_t seed;
    double reg;
    /* what comes of it: */
    struct population *population;
    struct decoder *decoder;
};

/* Reads the rows function, reg, eval_points and seed. False with a sentence; *request is to be freed either way. */
bool decoder_request_read(const struct arguments *arguments, const struct channel *channel,
                          struct decoder_request *request, struct error *error);
/* Draws what is to be drawn and solves. Any thread. False with a sentence. */
bool decoder_request_solve(struct decoder_request *request, struct progress progress, struct error *error);
/* Says what is odd about the result. */
void decoder_request_say(struct session *session, const struct decoder_request *request);
void decoder_request_free(struct decoder_request *request);

/* The function typed, else the one set for the population; NULL with a sentence. Gives it. */
struct function *decoder_request_function(const struct arguments *arguments, const struct channel *channel,
                                          struct error *error);
/* The reg typed, else the one set for the population. */
double decoder_request_reg(const struct arguments *arguments, const struct channel *channel);
/* The points in a table: columns x1, x2, ... or x, already in units of x; other columns are ignored. NULL
 * with a sentence that begins with `key`. Gives them. */
struct eval_points *decoder_request_points(const struct csv_table *table, const char *key, const char *file,
                                           size_t dims, struct error *error);

#endif
