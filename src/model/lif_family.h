/* What the LIF models share, for their files. The functions are those of struct neuron_model (model/neuron.h). */
#ifndef MODEL_LIF_FAMILY_H
#define MODEL_LIF_FAMILY_H

#include "model/neuron.h"

extern const struct neuron_param *const lif_params[];

/* The current under which a LIF neuron without amplitude fires at `rate`, 0 < rate < 1/tau_ref. */
double lif_current(const struct neuron_params *params, double rate);
void lif_gain_bias(const struct neuron_params *params, double max_rate, double intercept, double *gain, double *bias);
/* Below it exp((tau_ref - 1/rate) / tau_rc) is lost against 1 and the gain becomes 0. */
double lif_lowest_rate(const struct neuron_params *params);
/* Where J = gain x + bias is 1; NaN for a gain of 0. */
double lif_intercept(double gain, double bias);
void lif_recover(const struct neuron_params *params, double gain, double bias, double *max_rate, double *intercept);

/* The fields of a descriptor that all have alike. */
#define LIF_TUNING .gain_bias = lif_gain_bias, .lowest_rate = lif_lowest_rate, .recover = lif_recover
/* The first fields of a state. */
#define LIF_STATE                                                                                                      \
    {"voltage", "voltage"},                                                                                            \
    {                                                                                                                  \
        "refractory_time", "refractory"                                                                                \
    }

#endif
