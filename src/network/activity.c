#include "activity.h"

#include <string.h>

/* Where there are spikes: decays all, then adds the few. The same as synapse_step on 0 and on the height. */
static void smooth_spikes(struct learning *learning, const struct place *place, double height, size_t row)
{
    const struct synapse_filter *f = &learning->filter;
    size_t words = place->population->padded / 64, n = place->population->n;
    double a = f->a[0][0], add = f->b[0] * height, c = f->c[0], d = f->d * height;
    for (size_t i = 0; i < n; i++)
        learning->state[i] *= a;
    for (size_t w = 0; w < words; w++)
        for (uint64_t bits = place->bits[row * words + w]; bits; bits &= bits - 1)
            learning->state[w * 64 + (size_t)__builtin_ctzll(bits)] += add;
    for (size_t i = 0; i < n; i++)
        learning->trace[i] = c * learning->state[i];
    for (size_t w = 0; w < words && d != 0; w++)
        for (uint64_t bits = place->bits[row * words + w]; bits; bits &= bits - 1)
            learning->trace[w * 64 + (size_t)__builtin_ctzll(bits)] += d;
}

void activity_smooth(struct learning *learning, const struct place *place, double dt, size_t row)
{
    const struct population *population = place->population;
    if (place->state)
        smooth_spikes(learning, place, population->model->spike_height(&population->params, dt), row);
    else if (place->rate)
        synapse_step(&learning->filter, population->n, place->rate + row * population->padded, learning->state,
                     learning->trace);
}
