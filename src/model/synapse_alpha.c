/* Two low-passes one after the other: state'' = -2/tau state' - 1/tau^2 state + u, y = state / tau^2, with
 * the vector (state', state). Both eigenvalues are -1/tau, so that with h = dt / tau exp(A dt) = exp(-h) (I +
 * (A + I / tau) dt) and B is its integral: (dt exp(-h), tau^2 (1 - exp(-h) (1 + h))). */
#include "model/synapse.h"

#include <math.h>

/* 1 - exp(-h) (1 + h) = exp(-h) (h^2/2! + h^3/3! + ...); the sum where the difference would cancel. */
static double rise(double h)
{
    if (h > 0.5)
        return -expm1(-h) - h * exp(-h);
    double term = h * h / 2, sum = 0;
    for (int k = 3; term > sum * 1e-18; k++) {
        sum += term;
        term *= h / k;
    }
    return exp(-h) * sum;
}

static void discretise(struct synapse_filter *filter, double tau, double dt)
{
    double h = dt / tau, e = exp(-h);
    filter->order = 2;
    filter->a[0][0] = e * (1 - h);
    filter->a[0][1] = -e * h / tau;
    filter->a[1][0] = e * dt;
    filter->a[1][1] = e * (1 + h);
    filter->b[0] = dt * e;
    filter->b[1] = tau * tau * rise(h);
    filter->c[1] = 1 / tau / tau;
}

const struct synapse_type synapse_alpha = {
    .name = "alpha",
    .title = "alpha",
    .summary = "t exp(-t / tau) / tau^2: rises, is highest tau after the spike, then decays",
    .order = 2,
    .discretise = discretise,
};
