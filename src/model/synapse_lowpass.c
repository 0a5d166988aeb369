/* state' = -state / tau + u,  y = state / tau. */
#include "model/synapse.h"

#include <math.h>

static void discretise(struct synapse_filter *filter, double tau, double dt)
{
    filter->order = 1;
    filter->a[0][0] = exp(-dt / tau);
    filter->b[0] = -tau * expm1(-dt / tau);
    filter->c[0] = 1 / tau;
}

const struct synapse_type synapse_lowpass = {
    .name = "lowpass",
    .title = "low-pass",
    .summary = "exp(-t / tau) / tau: jumps with the spike, then decays",
    .order = 1,
    .discretise = discretise,
};
