/* What the LIF models share: their parameters, and gain and bias in closed form. With J(r) the current under which a
 * LIF neuron fires at r (Eliasmith & Anderson 2003; nengo LIFRate.gain_bias),
 *
 *   J(r) = 1 / (1 - exp((tau_ref - 1/r) / tau_rc)),  gain = (1 - J(max_rate)) / (intercept - 1),  bias = 1 - gain
 * intercept */
#include "lif_family.h"

#include <math.h>

const struct neuron_params neuron_defaults = {
    .tau_rc = 0.02, .tau_ref = 0.002, .sigma = 0.02, .amplitude = 1, .min_voltage = 0};

#define FIELD(member) .name = #member, .offset = offsetof(struct neuron_params, member)
const struct neuron_param neuron_tau_rc = {
    FIELD(tau_rc),    .dimension = DIMENSION_TIME,     .fallback = 0.02, .low = 0, .high = 1e6,
    .low_open = true, .help = "membrane time constant"};
const struct neuron_param neuron_tau_ref = {FIELD(tau_ref),    .dimension = DIMENSION_TIME,
                                            .fallback = 0.002, .low = 0,
                                            .high = 1e6,       .help = "refractory period after a spike"};
const struct neuron_param neuron_sigma = {
    FIELD(sigma),
    .dimension = DIMENSION_NONE,
    .fallback = 0.02,
    .low = 0,
    .high = 1e300,
    .low_open = true,
    .instead = "for the hard corner use model=lif",
    .help = "width over which SoftLIF rounds the corner at J = 1; for the hard corner use the lif curve"};
const struct neuron_param neuron_amplitude = {FIELD(amplitude),
                                              .dimension = DIMENSION_NONE,
                                              .fallback = 1,
                                              .low = 0,
                                              .high = 1e300,
                                              .low_open = true,
                                              .help = "height of a spike, a factor on rates"};
const struct neuron_param neuron_min_voltage = {
    FIELD(min_voltage), .dimension = DIMENSION_NONE,
    .fallback = 0,      .low = -INFINITY,
    .high = 0,          .help = "floor of the membrane voltage; -inf for none"};

const struct neuron_param *const lif_params[] = {NEURON_LIF_PARAMS, NULL};

double lif_current(const struct neuron_params *p, double rate)
{
    return 1 / (1 - exp((p->tau_ref - 1 / rate) / p->tau_rc));
}

void lif_gain_bias(const struct neuron_params *p, double max_rate, double intercept, double *gain, double *bias)
{
    *gain = (1 - lif_current(p, max_rate)) / (intercept - 1);
    *bias = 1 - *gain * intercept;
}

double lif_lowest_rate(const struct neuron_params *p)
{
    return 1 / (p->tau_ref + 36 * p->tau_rc);
}

double lif_intercept(double gain, double bias)
{
    return gain != 0 ? (1 - bias) / gain : NAN;
}

void lif_recover(const struct neuron_params *p, double gain, double bias, double *max_rate, double *intercept)
{
    double best = gain + bias;
    *intercept = lif_intercept(gain, bias);
    *max_rate = best > 1 ? 1 / (p->tau_ref + p->tau_rc * log1p(1 / (best - 1))) : NAN;
}
