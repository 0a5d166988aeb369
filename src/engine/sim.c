/* Time is a step count: step k ends at base + (k - base_step) dt, and x(t) of a step is the input at its end, as in
 * nengo. A spike in step k has time k dt. */
#include "engine/sim.h"

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

static void slot_clear(struct sim_slot *slot)
{
    population_state_free(slot->state);
    private_noise_free(slot->noise);
    batch_free(slot->batch);
    free(slot->bits);
    free(slot->x);
    *slot = (struct sim_slot){0};
}

void sim_release(struct sim *sim)
{
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        slot_clear(&sim->slot[s]);
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
    for (size_t s = 0; s < ENGINE_SLOTS; s++) {
        struct sim_slot *slot = &sim->slot[s];
        if (slot->state)
            population_state_reset(slot->state);
        if (slot->noise)
            private_noise_reset(slot->noise);
        if (slot->batch)
            batch_clear(slot->batch);
    }
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

/* The noise goes on as it is while the input stays of its kind. */
static void slot_noise(struct sim_slot *slot)
{
    bool wanted = slot->state && slot->input && slot->input->type->private_noise;
    if (wanted && private_noise_is(slot->noise, slot->population->n, slot->input->seed))
        return;
    private_noise_free(slot->noise);
    slot->noise = wanted ? private_noise_new(slot->population->n, slot->input->seed) : NULL;
}

void sim_place(struct sim *sim, size_t index, const struct population *population, const struct stimulus *input)
{
    struct sim_slot *slot = &sim->slot[index];
    struct sim_slot old = *slot;
    *slot = (struct sim_slot){0};
    if (population) {
        slot->population = population;
        slot->input = input;
        slot->x = xcalloc(POPULATION_STEPS * population->dims, sizeof *slot->x);
        slot->bits = xaligned(POPULATION_STEPS * (population->padded / 64), sizeof *slot->bits);
        slot->batch = sim_batch_new(population);
        if (population->model->advance)
            slot->state = population_state_new(population);
        if (slot->state && old.state)
            population_state_adopt(slot->state, old.state);
        slot->noise = old.noise;
        old.noise = NULL;
        slot_noise(slot);
    }
    slot_clear(&old);
}

void sim_set_input(struct sim *sim, size_t slot, const struct stimulus *input)
{
    sim->slot[slot].input = input;
    slot_noise(&sim->slot[slot]);
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

static void slot_inputs(const struct sim *sim, struct sim_slot *slot, size_t steps)
{
    size_t dims = slot->population->dims;
    for (size_t k = 0; k < steps; k++)
        stimulus_values(slot->input, sim_time_of(sim, sim->step + k + 1), dims, slot->x + k * dims);
}

void sim_inputs(struct sim *sim, size_t steps)
{
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        if (sim->slot[s].population)
            slot_inputs(sim, &sim->slot[s], steps);
}

void sim_compute(struct sim *sim, size_t steps, size_t part, size_t parts)
{
    for (size_t s = 0; s < ENGINE_SLOTS; s++) {
        struct sim_slot *slot = &sim->slot[s];
        if (slot->noise)
            private_noise_advance(slot->noise, slot->input, slot->population, slot->state, sim->dt, steps, slot->x,
                                  slot->population->dims, slot->bits, part, parts);
        else if (slot->state)
            population_advance_part(slot->population, slot->state, sim->dt, steps, slot->x, slot->bits, part, parts);
    }
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
        neurons += sim->slot[s].state ? sim->slot[s].population->n : 0;
    return neurons;
}

void sim_record(struct sim *sim, size_t steps)
{
    for (size_t s = 0; s < ENGINE_SLOTS; s++) {
        struct sim_slot *slot = &sim->slot[s];
        if (!slot->population)
            continue;
        size_t words = slot->population->padded / 64, dims = slot->population->dims;
        size_t n = slot->state ? slot->population->n : 0;
        for (size_t k = 0; k < steps; k++)
            batch_step(slot->batch, sim_time_of(sim, sim->step + k + 1), slot->x + k * dims, slot->bits + k * words, n);
    }
    sim->step += steps;
}

size_t sim_advance(struct sim *sim, size_t steps)
{
    size_t done = 0, chunk;
    while (done < steps && (chunk = sim_chunk(sim, steps - done)) > 0) {
        sim_inputs(sim, chunk);
        sim_compute(sim, chunk, 0, 1);
        sim_record(sim, chunk);
        done += chunk;
    }
    return done;
}
