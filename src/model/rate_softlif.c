/* SoftLIF: softplus rounds the corner. With u = (J - 1) / sigma and j = sigma log1p(exp(u)),
 *   r = amplitude / (tau_ref + tau_rc log1p(1 / j)),   dr/dJ = tau_rc r^2 / (amplitude j (j + 1) (1 + exp(-u))). */
#include "model/rate.h"

#include <math.h>

static double softlif_rate(const struct neuron_params *p, double J)
{
    double j = rate_softplus(J - 1, p->sigma);
    return j > 0 ? p->amplitude / (p->tau_ref + p->tau_rc * log1p(1 / j)) : 0;
}

static double softlif_slope(const struct neuron_params *p, double J)
{
    double j = rate_softplus(J - 1, p->sigma), u = (J - 1) / p->sigma;
    if (!(j > 0) || isinf(1 / j)) /* the rate has underflowed to 0, and its slope with it */
        return 0;
    if (u > -34 || isinf(exp(-u))) /* beyond what exp holds the slope is 0 in nengo-extras, and here (model/rate.h) */
        return rate_slope(p, j) / (1 + exp(-u));
    /* Far below threshold j = sigma exp(u), and what is divided by it cancels before it can overflow. */
    double period = p->tau_ref + p->tau_rc * log1p(1 / j);
    return p->amplitude * (p->tau_rc / p->sigma / period / (j + 1)) / period;
}

const struct rate_curve rate_softlif = {
    .name = "softlif",
    .title = "SoftLIF",
    .summary = "LIF rate with its corner rounded over sigma, so that the slope is finite everywhere",
    .rate = softlif_rate,
    .slope = softlif_slope,
};
