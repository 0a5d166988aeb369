/* Solving the decoders of a channel, here or by a thread beside. It works on copies of its own. UI thread
 * only, but for what solving_start sets going. */
#ifndef RIG_SOLVING_H
#define RIG_SOLVING_H

#include <stdbool.h>

#include "base/error.h"
#include "base/progress.h"
#include "nef/decoder.h"
#include "nef/function.h"

struct channel;
struct solving;

/* Decoders of a function; all owned. */
struct solution {
    struct decoder *decoder;
    struct function *function;
    bool identity;      /* f(x) is x */
    double *low, *high; /* [outputs] of f at the evaluation points */
};
void solution_free(struct solution *solution); /* what it owns; leaves an empty one */

/* Notes what is to be solved: the function, reg and neurons that the channel has now. */
struct solving *solving_new(const struct channel *channel);
/* What comes of it can serve the channel as it is now: its neurons are as many and the function is the same. */
bool solving_fits(const struct solving *solving, const struct channel *channel);
/* Whether solving is expected to take no longer than a frame may. */
bool solving_is_quick(const struct solving *solving);
/* Solves now, on this thread (do), or by a thread beside (start). One of the two, once for each solving. */
void solving_do(struct solving *solving, struct progress progress);
void solving_start(struct solving *solving);
bool solving_done(const struct solving *solving);
/* Tells it to stop, and does not wait for that. What is then found at the end is no result, unless it was nearly
 * there. */
void solving_stop(struct solving *solving);
bool solving_stopped(const struct solving *solving);
/* Waits for it, and gives the solution to the caller; false with a sentence. */
bool solving_result(struct solving *solving, struct solution *solution, struct error *error);
void solving_free(struct solving *solving); /* stops it, and waits until it has stopped; NULL is fine */

#endif
