/* The list of models, the table of their parameters, and the choice of the instruction set kernels run on. */
#include "model/neuron.h"

#include <math.h>

const struct neuron_model *const neuron_models[] = {&neuron_fastlif, &neuron_lif, &neuron_softlif, &neuron_lifrate};
const size_t neuron_model_count = sizeof neuron_models / sizeof *neuron_models;

const struct neuron_params neuron_defaults = {
    .tau_rc = 0.02, .tau_ref = 0.002, .sigma = 0.02, .amplitude = 1, .min_voltage = 0};

#define FIELD(name) #name, .offset = offsetof(struct neuron_params, name)
const struct neuron_param neuron_param_table[] = {
    {FIELD(tau_rc), .dimension = DIMENSION_TIME, .low = 0, .high = 1e6, .low_open = true,
     .help = "membrane time constant"},
    {FIELD(tau_ref), .dimension = DIMENSION_TIME, .low = 0, .high = 1e6, .help = "refractory period after a spike"},
    {FIELD(sigma), .dimension = DIMENSION_NONE, .low = 0, .high = 1e300, .low_open = true,
     .instead = "for the hard corner use model=lif",
     .help = "width over which SoftLIF rounds the corner at J = 1; for the hard corner use the lif curve"},
    {FIELD(amplitude), .dimension = DIMENSION_NONE, .low = 0, .high = 1e300, .low_open = true,
     .help = "height of a spike, a factor on rates"},
    {FIELD(min_voltage), .dimension = DIMENSION_NONE, .low = -INFINITY, .high = 0,
     .help = "floor of the membrane voltage; -inf for none"},
};
const size_t neuron_param_count = sizeof neuron_param_table / sizeof *neuron_param_table;

static double param_value(const struct neuron_params *params, const struct neuron_param *row)
{
    return *(const double *)((const char *)params + row->offset);
}

bool neuron_params_check(const struct neuron_params *params, struct error *error)
{
    for (size_t i = 0; i < neuron_param_count; i++) {
        const struct neuron_param *row = &neuron_param_table[i];
        double value = param_value(params, row);
        if (value >= row->low && value <= row->high && !(row->low_open && value == row->low))
            continue;
        char given[NUMBER_HUMAN], low[NUMBER_HUMAN], high[NUMBER_HUMAN];
        number_human(given, value, row->dimension);
        number_human(low, row->low, row->dimension);
        number_human(high, row->high, row->dimension);
        if (row->high >= 1e6 && value > row->high && isfinite(value))
            return error_set(error, "%s=%s: must be at most %s", row->name, given, high);
        if (row->high >= 1e6)
            return error_set(error, "%s=%s: must be %s %s and finite%s%s", row->name, given,
                             row->low_open ? "greater than" : "at least", low,
                             row->instead && value == row->low ? "; " : "",
                             row->instead && value == row->low ? row->instead : "");
        return error_set(error, "%s=%s: must be between %s and %s", row->name, given, low, high);
    }
    return true;
}

void neuron_currents(const struct neuron_drive *drive, size_t step, double J[NEURON_BLOCK])
{
    const double *bias = drive->bias + step * drive->bias_stride, *x = drive->x + step * drive->dims;
    for (size_t i = 0; i < NEURON_BLOCK; i++)
        J[i] = drive->dims ? drive->scaled[i] * x[0] : bias[i];
    for (size_t d = 1; d < drive->dims; d++)
        for (size_t i = 0; i < NEURON_BLOCK; i++)
            J[i] += drive->scaled[d * drive->scaled_stride + i] * x[d];
    for (size_t i = 0; drive->dims && i < NEURON_BLOCK; i++)
        J[i] = bias[i] + J[i];
}
