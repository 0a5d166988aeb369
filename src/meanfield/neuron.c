/* The table of the neuron's parameters and the words of the methods. */
#include "meanfield/neuron.h"

#include <math.h>

const struct meanfield_neuron meanfield_neuron_defaults = {
    .tau_m = 5e-3, .tau_s = 0.5e-3, .tau_r = 0, .V_th = 15e-3, .V_0 = 0};

const char *const meanfield_method_names[METHODS] = {"shift", "taylor", "delta"};

#define FIELD(name) #name, .offset = offsetof(struct meanfield_neuron, name)
const struct meanfield_param meanfield_neuron_table[] = {
    {FIELD(tau_m), .dimension = DIMENSION_TIME, .low = 0, .high = 1e3, .low_open = true,
     .help = "membrane time constant"},
    {FIELD(tau_s), .dimension = DIMENSION_TIME, .low = 0, .high = 1e3,
     .help = "decay of the synaptic current; 0: white noise"},
    {FIELD(tau_r), .dimension = DIMENSION_TIME, .low = 0, .high = 1e3, .help = "refractory period"},
    {FIELD(V_th), .dimension = DIMENSION_VOLT, .low = -MEANFIELD_VOLTS_MAX, .high = MEANFIELD_VOLTS_MAX,
     .help = "threshold, above V_0"},
    {FIELD(V_0), .dimension = DIMENSION_VOLT, .low = -MEANFIELD_VOLTS_MAX, .high = MEANFIELD_VOLTS_MAX,
     .help = "reset"},
};
const size_t meanfield_neuron_count = sizeof meanfield_neuron_table / sizeof *meanfield_neuron_table;

static bool within(const struct meanfield_param *row, double value, struct error *error)
{
    char given[NUMBER_HUMAN], low[NUMBER_HUMAN], high[NUMBER_HUMAN];
    if (value >= row->low && value <= row->high && !(row->low_open && value == row->low))
        return true;
    number_human(given, value, row->dimension);
    number_human(low, row->low, row->dimension);
    number_human(high, row->high, row->dimension);
    return error_set(error, "%s=%s: must be %s %s and at most %s", row->name, given,
                     row->low_open ? "above" : "at least", low, high);
}

bool meanfield_neuron_check(const struct meanfield_neuron *neuron, struct error *error)
{
    char threshold[NUMBER_HUMAN], reset[NUMBER_HUMAN];
    for (size_t i = 0; i < meanfield_neuron_count; i++) {
        const struct meanfield_param *row = &meanfield_neuron_table[i];
        if (!within(row, *(const double *)((const char *)neuron + row->offset), error))
            return false;
    }
    if (neuron->V_th > neuron->V_0)
        return true;
    return error_set(error, "V_th=%s: the threshold must be above the reset, V_0=%s",
                     number_human(threshold, neuron->V_th, DIMENSION_VOLT),
                     number_human(reset, neuron->V_0, DIMENSION_VOLT));
}

bool meanfield_noiseless(const struct meanfield_neuron *neuron, double sigma)
{
    return !(sigma > MEANFIELD_SIGMA_NONE * (neuron->V_th - neuron->V_0));
}
