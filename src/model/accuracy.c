/* Currents stand in blocks as the models want them; places beyond the last current get 0 and are never looked at. */
#include "model/accuracy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define CHUNK 256 /* steps */

struct accuracy {
    const struct neuron_model *model;
    struct neuron_params params;
    double dt;
    size_t count, blocks;
    uint64_t steps;
    double *J;        /* [blocks * NEURON_BLOCK] */
    double *state;    /* [fields][blocks * NEURON_BLOCK] */
    uint64_t *spikes; /* [count], like the following */
    int64_t *first, *last;
};

static double *aligned_column(size_t count)
{
    double *column = xaligned(count, sizeof *column);
    memset(column, 0, count * sizeof *column);
    return column;
}

struct accuracy *accuracy_new(const struct neuron_model *model, const struct neuron_params *params, double dt,
                              const double *J, size_t count)
{
    struct accuracy *a = xcalloc(1, sizeof *a);
    *a = (struct accuracy){.model = model, .params = *params, .dt = dt, .count = count};
    a->blocks = (count + NEURON_BLOCK - 1) / NEURON_BLOCK;
    a->J = aligned_column(a->blocks * NEURON_BLOCK);
    a->state = aligned_column(neuron_fields(model) * a->blocks * NEURON_BLOCK);
    memcpy(a->J, J, count * sizeof *J);
    a->spikes = xcalloc(count, sizeof *a->spikes);
    a->first = xcalloc(count, sizeof *a->first);
    a->last = xcalloc(count, sizeof *a->last);
    for (size_t i = 0; i < count; i++)
        a->first[i] = a->last[i] = -1;
    return a;
}

void accuracy_free(struct accuracy *a)
{
    if (!a)
        return;
    free(a->J);
    free(a->state);
    free(a->spikes);
    free(a->first);
    free(a->last);
    free(a);
}

static void note_spikes(struct accuracy *a, size_t block, uint64_t step, uint64_t fired)
{
    for (; fired; fired &= fired - 1) {
        size_t i = block * NEURON_BLOCK + (size_t)__builtin_ctzll(fired);
        if (i >= a->count)
            return;
        a->last[i] = (int64_t)step;
        if (a->spikes[i]++ == 0)
            a->first[i] = (int64_t)step;
    }
}

static void advance_chunk(struct accuracy *a, size_t steps)
{
    uint64_t fired[CHUNK];
    for (size_t b = 0; b < a->blocks; b++) {
        size_t at = b * NEURON_BLOCK;
        struct neuron_drive drive = {.bias = a->J + at};
        a->model->advance(&a->params, a->dt, steps, &drive, a->state + at, a->blocks * NEURON_BLOCK, fired, 1);
        for (size_t s = 0; s < steps; s++)
            note_spikes(a, b, a->steps + s + 1, fired[s]);
    }
    a->steps += steps;
}

void accuracy_advance(struct accuracy *a, uint64_t steps)
{
    while (steps > 0) {
        size_t some = steps < CHUNK ? (size_t)steps : CHUNK;
        advance_chunk(a, some);
        steps -= some;
    }
}

const struct neuron_model *accuracy_model(const struct accuracy *a)
{
    return a->model;
}

size_t accuracy_count(const struct accuracy *a)
{
    return a->count;
}

uint64_t accuracy_steps(const struct accuracy *a)
{
    return a->steps;
}

struct accuracy_row accuracy_row(const struct accuracy *a, size_t i)
{
    double height = a->params.amplitude;
    struct accuracy_row row = {
        .J = a->J[i], .spikes = a->spikes[i], .first_step = a->first[i], .last_step = a->last[i]};
    for (size_t f = 0; f < neuron_fields(a->model); f++)
        row.state[f] = a->state[f * a->blocks * NEURON_BLOCK + i];
    if (a->steps > 0)
        row.rate = height * ((double)a->spikes[i] / ((double)a->steps * a->dt));
    if (a->spikes[i] >= 2)
        row.isi_rate = height * ((double)(a->spikes[i] - 1) / ((double)(a->last[i] - a->first[i]) * a->dt));
    return row;
}

double accuracy_error(double measured, double exact)
{
    return exact > 0 ? (measured - exact) / exact : measured > 0 ? INFINITY : 0;
}
