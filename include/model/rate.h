/* Static rate curves G[J] of the LIF and SoftLIF neuron, and their slopes.
 *
 *   LIF      rate(J) = amplitude / (tau_ref + tau_rc log1p(1 / j)),  j = J - 1 where that is > 0, else rate 0
 *   SoftLIF  the same with j = softplus(J - 1) = sigma log1p(exp((J - 1) / sigma))
 *
 * Source: Hunsberger & Eliasmith 2015 (arXiv:1510.08829), eq. 2-6; arithmetic order of nengo-extras 0.5 SoftLIFRate.
 * J dimensionless (threshold 1), rates in Hz, slopes in Hz per unit of J. NaN J gives rate 0 and slope 0.
 * Pure functions; any thread. */
#ifndef MODEL_RATE_H
#define MODEL_RATE_H

#include <stddef.h>

#include "model/neuron.h"

struct rate_curve {
    const char *name;    /* "softlif", "lif" */
    const char *title;   /* "SoftLIF" */
    const char *summary; /* a line for help and the manual */
    double (*rate)(const struct neuron_params *params, double J);
    /* d rate / d J; the true limit where nengo-extras' formula is 0/0 or inf/inf. LIF: 0 at and below J = 1. SoftLIF:
     * finite everywhere. Its factor 1 / (1 + exp(-u)), u = (J - 1) / sigma, is 0 as in nengo-extras once exp(-u) is
     * beyond the largest double, u < -709.78: there the slope steps from amplitude / (sigma tau_rc log(j)^2) to 0, and
     * with sigma > 1 the rate, whose j has not underflowed yet, goes on a little. That is its only step. */
    double (*slope)(const struct neuron_params *params, double J);
};

extern const struct rate_curve rate_softlif, rate_lif;
/* Every curve, in the order shown to people. */
extern const struct rate_curve *const rate_curves[];
extern const size_t rate_curve_count;

/* The rate of a model's neuron under a constant current J by `curve` (NULL: the model's own), once its state has
 * settled. */
double neuron_rate(const struct neuron_model *model, const struct rate_curve *curve, const struct neuron_params *params,
                   double J);

/* nengo-extras' softplus: y = x / sigma; y < 34 ? sigma log1p(exp(y)) : x. NaN stays NaN. sigma > 0. */
double rate_softplus(double x, double sigma);

/* d rate / d j of amplitude / (tau_ref + tau_rc log1p(1 / j)) for j > 0. The textbook form tau_rc rate^2 /
 * (amplitude j (j + 1)) is inf / inf for huge j with tau_ref = 0 and 0 / 0 for subnormal j; this is the same quotient
 * in an order that reaches the limits, amplitude / tau_rc and 0. */
double rate_slope(const struct neuron_params *params, double j);

#endif
