/* What neurons keep from step to step, and how it advances: block by block, each block through all steps. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/population.h"

struct population_state *population_state_new(const struct population *population)
{
    struct population_state *state = xcalloc(1, sizeof *state);
    state->model = population->model;
    state->n = population->n;
    state->padded = population->padded;
    state->value = xaligned(neuron_fields(state->model) * state->padded, sizeof *state->value);
    population_state_reset(state);
    return state;
}

double *population_state_column(const struct population_state *state, size_t field)
{
    return state->value + field * state->padded;
}

static bool is_alive(const struct population_state *state, size_t i)
{
    bool alive = true;
    for (size_t f = 0; f < neuron_fields(state->model); f++)
        alive = alive && isfinite(population_state_column(state, f)[i]);
    return alive;
}

/* The column of `state` that has the name; NULL: none. */
static const double *column_named(const struct population_state *state, const char *name)
{
    for (size_t f = 0; f < neuron_fields(state->model); f++)
        if (strcmp(state->model->state[f].name, name) == 0)
            return population_state_column(state, f);
    return NULL;
}

void population_state_adopt(struct population_state *state, const struct population_state *old)
{
    size_t common = state->n < old->n ? state->n : old->n;
    for (size_t f = 0; f < neuron_fields(state->model); f++) {
        const double *from = column_named(old, state->model->state[f].name);
        double *to = population_state_column(state, f);
        for (size_t i = 0; from && i < common; i++)
            to[i] = is_alive(old, i) ? from[i] : 0;
    }
}

void population_state_reset(struct population_state *state)
{
    memset(state->value, 0, neuron_fields(state->model) * state->padded * sizeof *state->value);
}

void population_state_free(struct population_state *state)
{
    if (!state)
        return;
    free(state->value);
    free(state);
}

void population_advance_drive(const struct population *p, struct population_state *state, double dt, size_t steps,
                              const struct neuron_drive *drive, uint64_t *spikes, size_t part, size_t parts)
{
    size_t blocks = p->padded / NEURON_BLOCK;
    struct neuron_drive block = *drive;
    for (size_t b = blocks * part / parts; b < blocks * (part + 1) / parts; b++) {
        block.bias = drive->bias + b * NEURON_BLOCK;
        block.scaled = drive->scaled + b * NEURON_BLOCK;
        p->model->advance(&p->params, dt, steps, &block, state->value + b * NEURON_BLOCK, state->padded, spikes + b,
                          blocks);
    }
    /* With min_voltage 0 and no current the padding never spikes. */
}

void population_advance_part(const struct population *p, struct population_state *state, double dt, size_t steps,
                             const double *x, uint64_t *spikes, size_t part, size_t parts)
{
    struct neuron_drive drive = {
        .bias = p->bias_acting, .dims = p->dims, .scaled = p->scaled, .scaled_stride = p->padded, .x = x};
    population_advance_drive(p, state, dt, steps, &drive, spikes, part, parts);
}

void population_advance(const struct population *p, struct population_state *state, double dt, size_t steps,
                        const double *x, uint64_t *spikes)
{
    population_advance_part(p, state, dt, steps, x, spikes, 0, 1);
}
