/* The list of synapses and the step that all share. */
#include "model/synapse.h"

#include <stdbool.h>

/* In dt: what is left of a step after one that is a million times tau is 0 in double precision, and tau^2
 * might be. */
#define LEAST_TAU 1e-6

static void pass_through(struct synapse_filter *filter, double tau, double dt)
{
    (void)tau;
    (void)dt;
    filter->d = 1;
}

const struct synapse_type synapse_none = {
    .name = "none",
    .title = "no synapse",
    .summary = "each spike is as high as it is short",
    .discretise = pass_through,
};

const struct synapse_type *const synapse_types[] = {&synapse_lowpass, &synapse_alpha, &synapse_none};
const size_t synapse_type_count = sizeof synapse_types / sizeof *synapse_types;

struct synapse_filter synapse_filter(const struct synapse_type *type, double tau, double dt)
{
    struct synapse_filter filter = {0};
    bool passes = !(tau > LEAST_TAU * dt);
    (passes ? &synapse_none : type)->discretise(&filter, tau, dt);
    return filter;
}

void synapse_step(const struct synapse_filter *f, size_t values, const double *u, double *state, double *y)
{
    double *first = state, *second = state + values;
    for (size_t v = 0; v < values; v++) {
        double in = u[v], out = f->d * in;
        if (f->order == 1) {
            first[v] = f->a[0][0] * first[v] + f->b[0] * in;
            out += f->c[0] * first[v];
        } else if (f->order == 2) {
            double s0 = first[v], s1 = second[v];
            first[v] = f->a[0][0] * s0 + f->a[0][1] * s1 + f->b[0] * in;
            second[v] = f->a[1][0] * s0 + f->a[1][1] * s1 + f->b[1] * in;
            out += f->c[0] * first[v] + f->c[1] * second[v];
        }
        y[v] = out;
    }
}

/* Only the last number of state shows, the one before is its slope. */
void synapse_rest(const struct synapse_filter *f, size_t values, const double *y0, double *state)
{
    for (size_t v = 0; v < values && f->order > 0; v++) {
        state[v] = 0;
        state[(f->order - 1) * values + v] = y0[v] / f->c[f->order - 1];
    }
}
