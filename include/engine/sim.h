/* The sim is the simulation itself: populations with their inputs and what joins them, advanced together in steps of
 * dt. It has no thread and no clock and is a plain open struct that tests build by hand. Time is base + (step -
 * base_step) dt, never a sum.
 *
 * Owned by whoever drives it: the engine once started, else the caller. */
#ifndef ENGINE_SIM_H
#define ENGINE_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "engine/limits.h"
#include "model/population.h"
#include "model/stimulus.h"
#include "network/network.h"
#include "signal/batch.h"

struct sim_slot {
    const struct population *population; /* borrowed; NULL: the slot is free */
    const struct stimulus *input;        /* borrowed */
    struct spike_batch *batch;           /* owned; what happened since the last exchange */
};

struct sim {
    double dt;     /* s */
    uint64_t step; /* steps done since the last reset */
    double base;   /* time at base_step; moves when dt changes */
    uint64_t base_step;
    struct sim_slot slot[ENGINE_SLOTS];
    struct network *network; /* owned; place s is slot s, so that what runs is all in here */
    struct network *ideal;   /* owned; the same without neurons; NULL while nothing is joined */
};

void sim_init(struct sim *sim, double dt);
void sim_release(struct sim *sim); /* frees what the slots own */
double sim_time(const struct sim *sim);
/* Time at the end of step number `step` with the present dt. */
double sim_time_of(const struct sim *sim, uint64_t step);
/* Takes effect from the next step on; false with a sentence when out of [ENGINE_DT_MIN, ENGINE_DT_MAX]. */
bool sim_set_dt(struct sim *sim, double dt, struct error *error);
/* Time, V and R back to zero; batches emptied. */
void sim_reset(struct sim *sim);
/* A network of what is to stand in the slots: population[s], NULL where a slot is to be empty. NULL with a sentence. */
struct network *sim_network(const struct population *const *population, const struct network_link *link, size_t links,
                            bool ideal, struct error *error);
/* From now on the slots' populations run in *network, and without their neurons in *ideal (NULL: nothing is joined).
 * The sim takes both, and leaves those it had so far in their places, for the caller to free. Voltages, filters and
 * what was learned go over as `where` and `again` say to network_adopt. The slots' own populations, inputs and batches
 * are the caller's to set. */
void sim_join(struct sim *sim, struct network **network, struct network **ideal, const size_t *where,
              const bool *again);
/* Puts a population (and its input) into a slot, replacing what was there; state of the first neurons is carried
 * over. Borrowed pointers must stay valid until replaced. population NULL empties the slot. What was joined no longer
 * is. */
void sim_place(struct sim *sim, size_t slot, const struct population *population, const struct stimulus *input);
/* An empty batch of the size a slot of this population has: to be exchanged for that one. */
struct spike_batch *sim_batch_new(const struct population *population);
void sim_set_input(struct sim *sim, size_t slot, const struct stimulus *input);
/* One chunk in a few moves, so that the engine can hold its lock only for the short ones:
 * how many of `steps` fit into the batches of every slot whatever spikes (0: a batch must be exchanged first) ... */
size_t sim_chunk(const struct sim *sim, size_t steps);
/* ... the inputs, then the spikes of that many steps, touching no batch; spikes in `parts` shares that threads may
 * compute side by side ... */
void sim_inputs(struct sim *sim, size_t steps);
void sim_compute(struct sim *sim, size_t steps, size_t part, size_t parts);
/* ... and, when all of these are done, by one thread, what depends on others ... */
void sim_connect(struct sim *sim, size_t steps);
/* ... and writing them into the batches, which moves time on. */
void sim_record(struct sim *sim, size_t steps);
/* No slot holds a population. */
bool sim_empty(const struct sim *sim);
/* Spiking neurons in all slots: what computing costs. */
size_t sim_neurons(const struct sim *sim);
/* All of it, until `steps` are done or a batch is full; returns the steps done. None of them allocates. */
size_t sim_advance(struct sim *sim, size_t steps);

#endif
