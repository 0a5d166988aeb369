/* Populations that run: put into the engine, given inputs, and their record kept. UI thread only. */
#ifndef RIG_LIVE_H
#define RIG_LIVE_H

#include "model/population.h"
#include "model/stimulus.h"
#include "rig/rig.h"

/* Makes a live channel, or changes `channel` (not NULL) to the spec. `input` (taken; NULL: keeps the present
 * one, or constant 0) comes with it. Everything is built before the simulation is touched, so that a failure
 * changes nothing. */
struct channel *live_put(struct rig *rig, struct channel *channel, const char *name, const struct population_spec *spec,
                         struct stimulus *input, struct error *error);
/* The same of neurons that were built from the spec before: takes `built` (NULL: they are built here). */
struct channel *live_put_built(struct rig *rig, struct channel *channel, const char *name,
                               const struct population_spec *spec, struct population *built, struct stimulus *input,
                               struct error *error);
/* The slot that live_put puts the channel into, or a new one (NULL); false with a sentence when all are taken. */
bool live_slot(const struct rig *rig, const struct channel *channel, const char *name, size_t *slot,
               struct error *error);
/* The engine has built the same for the slot (port_build): if live_put_built is given this next, it need not again. */
void live_prepared(struct rig *rig, size_t slot, const struct population *population);
/* Replaces the input only; takes it in any case. False with a sentence when the engine cannot. */
bool live_input(struct rig *rig, struct channel *channel, struct stimulus *input, struct error *error);
/* Appends what the engine recorded to the histories; true if there was anything. */
bool live_drain(struct rig *rig);
bool live_reset(struct rig *rig, struct error *error);
bool live_dt(struct rig *rig, double dt, struct error *error);
/* Changes what is decoded from the channel's spikes to what the spec says; no neuron changes, and nothing is
 * forgotten. */
void live_readout(struct channel *channel, const struct population_spec *spec);
/* Empty records of the size now set. */
void live_new_records(struct rig *rig);
/* Memory runs short: every record keeps half of what the largest one has now, from now on. */
void live_keep_less(struct rig *rig);
/* Notes what had to be dropped or was lost since the last time. */
void live_note_losses(struct rig *rig);

#endif
