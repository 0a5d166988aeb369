/* LIF: the hard corner. With j = J - 1 > 0 and rate r,
 *   r = amplitude / (tau_ref + tau_rc log1p(1 / j)),   dr/dJ = tau_rc r^2 / (amplitude j (j + 1)).
 * The slope grows without bound as J falls to 1 and is 0 from there on down. */
#include "model/rate.h"

#include <math.h>

static double lif_rate(const struct neuron_params *p, double J)
{
    double j = J - 1;
    return j > 0 ? p->amplitude / (p->tau_ref + p->tau_rc * log1p(1 / j)) : 0;
}

static double lif_slope(const struct neuron_params *p, double J)
{
    double j = J - 1;
    if (!(j > 0))
        return 0;
    return rate_slope(p, j);
}

const struct rate_curve rate_lif = {
    .name = "lif",
    .title = "LIF",
    .summary = "rate of the leaky integrate-and-fire neuron, with its corner at J = 1",
    .rate = lif_rate,
    .slope = lif_slope,
};
