/* What a population represented over time, made of its record: the input x(t), the function it was to represent (the
 * target: f of that input, or where a network brings it, of what it would be without neurons), the decoded spikes and,
 * for comparison, the decoded rates (the ideal), which is what the spikes would say if there were infinitely many of
 * them. Decoded and ideal pass the same synapse, so what parts them is the spikes; what parts the ideal from the target
 * are the decoders and the delay of the synapse.
 *
 * The value of a step holds the spikes of that step. (A nengo Probe with a synapse gives it one step later.)
 * Everything follows from the record: it does not matter when, how often or in which pieces it is asked for.
 * One thread at a time. */
#ifndef NEF_READOUT_TRACE_H
#define NEF_READOUT_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/population.h"
#include "model/synapse.h"
#include "nef/decoder.h"
#include "nef/function.h"
#include "signal/history.h"

/* Steps after `from` are `dt` long, up to the next one's `from`; rising. */
struct step_length {
    double from, dt; /* s */
};

/* Everything a trace is made with; all of it borrowed. */
struct readout {
    const struct population *population;
    const struct decoder *decoder;
    struct function *function; /* of the population's dims, with the decoder's outputs */
    const struct synapse_type *synapse;
    double tau; /* s */
    const struct history *history;
    const struct step_length *length; /* [lengths] */
    size_t lengths;
};

struct readout_trace {
    size_t dims, outputs;
    size_t first, count, capacity; /* points first .. first + count - 1 are there */
    double *row;                   /* [capacity][1 + dims + 3 outputs] */
    double until;                  /* the last step taken in ended here, s; -INFINITY: none yet */
    uint64_t taken;                /* steps */
    bool settled;                  /* the first step finds the filters where the ideal stands */
    double *state;                 /* of the two filters, and what they were fed last */
};

void readout_trace_init(struct readout_trace *trace, size_t dims, size_t outputs);
void readout_trace_free(struct readout_trace *trace); /* what it owns; leaves an empty one */
/* Forgets all points; the next step will be the first after `from`. The filters start at rest: at 0, or,
 * where the population was another one before (`settled`), where the ideal stands. */
void readout_trace_start(struct readout_trace *trace, double from, bool settled);
/* Takes in the steps that are recorded after `until`, up to `to`. Points are kept of every `stride`-th of
 * those later than `keep`; target and ideal are only computed for these, and between them the ideal is held.
 */
void readout_trace_extend(struct readout_trace *trace, const struct readout *readout, double to, double keep,
                          size_t stride);
/* Forgets points earlier than `time`. */
void readout_trace_drop(struct readout_trace *trace, double time);
/* Where it stands, to go back to: forgets the points after it. */
struct readout_place {
    double until;
    uint64_t taken;
    bool settled;
    double state[8 * FUNCTION_OUTPUTS_MAX];
};
void readout_trace_mark(const struct readout_trace *trace, struct readout_place *place);
void readout_trace_return(struct readout_trace *trace, const struct readout_place *place);

/* The i-th point kept: s, then [dims] and [outputs] values. */
double readout_time(const struct readout_trace *trace, size_t i);
const double *readout_x(const struct readout_trace *trace, size_t i);
const double *readout_target(const struct readout_trace *trace, size_t i);
const double *readout_decoded(const struct readout_trace *trace, size_t i);
const double *readout_ideal(const struct readout_trace *trace, size_t i);
/* The first one at or after a time; count when there is none. */
size_t readout_find(const struct readout_trace *trace, double time);

/* Root mean square over the points in [from, to] of an output's decoded - target and decoded - ideal; NaN
 * without points or where nothing is finite. */
struct readout_error {
    double target, ideal;
};
struct readout_error readout_rms(const struct readout_trace *trace, size_t output, double from, double to);

#endif
