/* One neuron of a population, simulated again over the record: of a run nothing but inputs and spikes is kept, but
 * with the inputs of all steps the same neuron goes through the same voltages, to the last bit. It may begin anywhere:
 * every few thousand steps its state is kept, so that going back is quick. UI thread only. */
#ifndef RIG_RETRACE_H
#define RIG_RETRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/neuron.h"
#include "rig/rig.h"

struct retrace;

/* What the neuron is like at the end of a step. */
struct retrace_step {
    double time;                         /* s */
    double current;                      /* J in this step */
    double state[NEURON_FIELDS_MAX];     /* the fields that its model names; 0 beyond */
    const struct population *population; /* as which it was simulated; borrowed until the next step */
    double dt;                           /* s */
    bool spiked;
};

/* Whether the record says what went into the channel's neurons; false with a sentence why not. */
bool retrace_possible(const struct rig *rig, const struct channel *channel, struct error *error);
/* Of a population; `neuron` is one of its neurons. Nothing is simulated yet. */
struct retrace *retrace_new(size_t neuron);
void retrace_free(struct retrace *retrace);
size_t retrace_neuron(const struct retrace *retrace);

/* Goes, forward or back, to where the next step is the first with time >= `time`, through at most `most` steps; true
 * when it is there. */
bool retrace_seek(struct retrace *retrace, const struct rig *rig, const struct channel *channel, double time,
                  size_t most);
/* The next step; false at the end of the record. */
bool retrace_next(struct retrace *retrace, const struct rig *rig, const struct channel *channel,
                  struct retrace_step *step);
/* The time of the last step it went through, s; NaN: of none. */
double retrace_time(const struct retrace *retrace);

/* Where the neuron's state at the beginning of the record is not known, because that is no longer kept, it began at
 * rest: until it has forgotten that it may be wrong. True when that is so. */
bool retrace_unsure(const struct channel *channel);
/* Steps so far in which it spiked and the record does not, or the other way round: none, as long as it is sure. */
uint64_t retrace_astray(const struct retrace *retrace);

/* Neurons that there were before: rig/live.h keeps those that a record still goes back to. */
struct past_population {
    struct population *population; /* held */
    double until;                  /* s: the last of its steps */
};
/* The channel's population is about to be replaced at `time`. */
void retrace_replaced(struct channel *channel, double time);
/* The record begins anew; `rest`: with neurons at rest, and else in the state they happen to be in. */
void retrace_begin(struct channel *channel, bool rest);
void retrace_forget(struct channel *channel);

#endif
