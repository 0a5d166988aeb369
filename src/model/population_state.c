/* Membrane voltages and refractory times, and how they advance: block by block, each block through all steps. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/population.h"

struct population_state *population_state_new(const struct population *population)
{
    struct population_state *state = xcalloc(1, sizeof *state);
    state->n = population->n;
    state->padded = population->padded;
    state->voltage = xaligned(state->padded, sizeof *state->voltage);
    state->refractory = xaligned(state->padded, sizeof *state->refractory);
    return state;
}

void population_state_adopt(struct population_state *state, const struct population_state *old)
{
    size_t common = state->n < old->n ? state->n : old->n;
    for (size_t i = 0; i < common; i++) {
        bool alive = isfinite(old->voltage[i]) && isfinite(old->refractory[i]);
        state->voltage[i] = alive ? old->voltage[i] : 0;
        state->refractory[i] = alive ? old->refractory[i] : 0;
    }
}

void population_state_reset(struct population_state *state)
{
    memset(state->voltage, 0, state->padded * sizeof *state->voltage);
    memset(state->refractory, 0, state->padded * sizeof *state->refractory);
}

void population_state_free(struct population_state *state)
{
    if (!state)
        return;
    free(state->voltage);
    free(state->refractory);
    free(state);
}

void population_advance_part(const struct population *p, struct population_state *state, double dt, size_t steps,
                             const double *x, uint64_t *spikes, size_t part, size_t parts)
{
    size_t blocks = p->padded / NEURON_BLOCK;
    struct neuron_drive drive = {.dims = p->dims, .scaled_stride = p->padded, .x = x};
    for (size_t b = blocks * part / parts; b < blocks * (part + 1) / parts; b++) {
        drive.bias = p->bias + b * NEURON_BLOCK;
        drive.scaled = p->scaled + b * NEURON_BLOCK;
        p->model->advance(&p->params, dt, steps, &drive, state->voltage + b * NEURON_BLOCK,
                          state->refractory + b * NEURON_BLOCK, spikes + b, blocks);
    }
    /* With min_voltage 0 and no current the padding never spikes. */
}

void population_advance(const struct population *p, struct population_state *state, double dt, size_t steps,
                        const double *x, uint64_t *spikes)
{
    population_advance_part(p, state, dt, steps, x, spikes, 0, 1);
}
