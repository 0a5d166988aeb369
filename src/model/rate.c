/* The curves' list and the arithmetic they share. */
#include "model/rate.h"

#include <math.h>

const struct rate_curve *const rate_curves[] = {&rate_softlif, &rate_lif};
const size_t rate_curve_count = sizeof rate_curves / sizeof *rate_curves;

double rate_softplus(double x, double sigma)
{
    double y = x / sigma;
    return y < 34 ? sigma * log1p(exp(y)) : x;
}

double rate_slope(const struct neuron_params *p, double j)
{
    double inverse = 1 / j;
    if (isinf(j))
        return p->tau_ref == 0 ? p->amplitude / p->tau_rc : 0;
    if (isinf(inverse)) /* the rate has underflowed to 0 here, and its slope with it */
        return 0;
    double period = p->tau_ref + p->tau_rc * log1p(inverse);
    return p->amplitude * (p->tau_rc / (j * period)) / ((j + 1) * period);
}
