/* Time is a step count: step k ends at base + (k - base_step) dt, and x(t) of a step is the input at its end, as in
 * nengo. A spike in step k has time k dt. */
#include "engine/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/stimulus_vector.h"

/* A batch holds a few frames' worth of steps; spikes for a small population without limit worth naming, for a large
 * one at least two steps in which every neuron spikes. */
#define BATCH_STEPS 16384
#define BATCH_SPIKES_MIN ((size_t)1 << 16)
#define BATCH_SPIKES_MAX ((size_t)8 << 20)

void sim_init(struct sim *sim, double dt)
{
    *sim = (struct sim){.dt = dt};
}

void sim_release(struct sim *sim)
{
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        batch_free(sim->slot[s].batch);
    network_free(sim->network);
    network_free(sim->ideal);
}

double sim_time_of(const struct sim *sim, uint64_t step)
{
    return sim->base + (double)(step - sim->base_step) * sim->dt;
}

double sim_time(const struct sim *sim)
{
    return sim_time_of(sim, sim->step);
}

bool sim_set_dt(struct sim *sim, double dt, struct error *error)
{
    if (!(dt >= ENGINE_DT_MIN && dt <= ENGINE_DT_MAX))
        return error_set(error, "dt=%g s: must be between 1 ns and 1 s", dt);
    if (dt == sim->dt)
        return true;
    sim->base = sim_time(sim);
    sim->base_step = sim->step;
    sim->dt = dt;
    return true;
}

void sim_reset(struct sim *sim)
{
    sim->step = sim->base_step = 0;
    sim->base = 0;
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        if (sim->slot[s].batch)
            batch_clear(sim->slot[s].batch);
    if (sim->network)
        network_reset(sim->network, false);
    if (sim->ideal)
        network_reset(sim->ideal, false);
}

static size_t batch_spikes(size_t n)
{
    size_t spikes = n * 64;
    if (spikes < BATCH_SPIKES_MIN)
        spikes = BATCH_SPIKES_MIN;
    if (spikes > BATCH_SPIKES_MAX)
        spikes = BATCH_SPIKES_MAX;
    return spikes < 2 * n ? 2 * n : spikes;
}

struct spike_batch *sim_batch_new(const struct population *population)
{
    return batch_new(population->dims, BATCH_STEPS, batch_spikes(population->n));
}

struct network *sim_network(const struct population *const *population, const struct network_link *link, size_t links,
                            bool ideal, struct error *error)
{
    struct network_place place[ENGINE_SLOTS];
    char name[ENGINE_SLOTS][16];
    for (size_t s = 0; s < ENGINE_SLOTS; s++) {
        snprintf(name[s], sizeof name[s], "slot %zu", s);
        place[s] = (struct network_place){.name = name[s], .population = population[s]};
    }
    return network_new(place, ENGINE_SLOTS, link, links, ideal, error);
}

static void swap(struct network **a, struct network **b)
{
    struct network *keep = *a;
    *a = *b;
    *b = keep;
}

void sim_join(struct sim *sim, struct network **network, struct network **ideal, const size_t *where, const bool *again)
{
    swap(&sim->network, network);
    swap(&sim->ideal, ideal);
    if (*network)
        network_adopt(sim->network, *network, where, again);
    if (*ideal && sim->ideal)
        network_adopt(sim->ideal, *ideal, where, again);
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        network_noise(sim->network, s, sim->slot[s].input);
}

void sim_place(struct sim *sim, size_t index, const struct population *population, const struct stimulus *input)
{
    struct sim_slot *slot = &sim->slot[index];
    const struct population *stands[ENGINE_SLOTS];
    struct error never;
    batch_free(slot->batch);
    *slot = (struct sim_slot){population, input, population ? sim_batch_new(population) : NULL};
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        stands[s] = sim->slot[s].population;
    struct network *network = sim_network(stands, NULL, 0, false, &never), *ideal = NULL;
    sim_join(sim, &network, &ideal, NULL, NULL);
    network_free(network);
    network_free(ideal);
}

void sim_set_input(struct sim *sim, size_t slot, const struct stimulus *input)
{
    sim->slot[slot].input = input;
    network_noise(sim->network, slot, input);
}

size_t sim_chunk(const struct sim *sim, size_t steps)
{
    size_t chunk = steps < POPULATION_STEPS ? steps : POPULATION_STEPS;
    for (size_t s = 0; s < ENGINE_SLOTS; s++) {
        const struct sim_slot *slot = &sim->slot[s];
        if (!slot->population)
            continue;
        const struct spike_batch *batch = slot->batch;
        size_t by_step = batch->step_capacity - batch->steps;
        size_t by_spike = (batch->spike_capacity - batch->spikes) / slot->population->n;
        chunk = by_step < chunk ? by_step : chunk;
        chunk = by_spike < chunk ? by_spike : chunk;
    }
    return chunk;
}

static void slot_inputs(const struct sim *sim, size_t s, size_t steps)
{
    struct place *place = &sim->network->place[s];
    size_t dims = place->dims;
    for (size_t k = 0; k < steps; k++)
        stimulus_values(sim->slot[s].input, sim_time_of(sim, sim->step + k + 1), dims, place->x + k * dims);
    if (sim->ideal)
        memcpy(sim->ideal->place[s].x, place->x, steps * dims * sizeof *place->x);
}

void sim_inputs(struct sim *sim, size_t steps)
{
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        if (sim->slot[s].population)
            slot_inputs(sim, s, steps);
}

void sim_compute(struct sim *sim, size_t steps, size_t part, size_t parts)
{
    if (sim->network)
        network_advance_free(sim->network, sim->dt, steps, part, parts);
}

void sim_connect(struct sim *sim, size_t steps)
{
    if (sim->network)
        network_advance_rest(sim->network, sim->dt, steps);
    if (sim->ideal)
        network_advance(sim->ideal, sim->dt, steps);
}

bool sim_empty(const struct sim *sim)
{
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        if (sim->slot[s].population)
            return false;
    return true;
}

size_t sim_neurons(const struct sim *sim)
{
    size_t neurons = 0;
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        neurons += sim->network && sim->network->place[s].state ? sim->slot[s].population->n : 0;
    return neurons;
}

void sim_record(struct sim *sim, size_t steps)
{
    for (size_t s = 0; s < ENGINE_SLOTS; s++) {
        struct sim_slot *slot = &sim->slot[s];
        if (!slot->population)
            continue;
        const struct place *place = &sim->network->place[s];
        size_t words = slot->population->padded / 64, dims = place->dims, n = place->state ? slot->population->n : 0;
        for (size_t k = 0; k < steps; k++) {
            batch_step(slot->batch, sim_time_of(sim, sim->step + k + 1), place->x + k * dims,
                       n ? place->bits + k * words : NULL, n);
            if (sim->ideal)
                batch_ideal(slot->batch, sim->ideal->place[s].x + k * dims);
        }
    }
    sim->step += steps;
}

size_t sim_advance(struct sim *sim, size_t steps)
{
    size_t done = 0, chunk;
    while (done < steps && (chunk = sim_chunk(sim, steps - done)) > 0) {
        sim_inputs(sim, chunk);
        sim_compute(sim, chunk, 0, 1);
        sim_connect(sim, chunk);
        sim_record(sim, chunk);
        done += chunk;
    }
    return done;
}
