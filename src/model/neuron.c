/* The list of models and of their parameters, and what is asked of any model. */
#include "model/neuron.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/rate.h"

const struct neuron_model *const neuron_models[] = {&neuron_fastlif, &neuron_lif,     &neuron_adaptivelif,
                                                    &neuron_softlif, &neuron_lifrate, &neuron_direct};
const size_t neuron_model_count = sizeof neuron_models / sizeof *neuron_models;

/* The i-th parameter of the list of all models' lists, one after the other; sets *first if no model before has it. */
static const struct neuron_param *listed(size_t i, bool *first)
{
    for (size_t m = 0; m < neuron_model_count; m++)
        for (const struct neuron_param *const *row = neuron_models[m]->params; *row; row++) {
            if (i-- > 0)
                continue;
            *first = true;
            for (size_t k = 0; k < m; k++)
                *first = *first && !neuron_has_param(neuron_models[k], *row);
            return *row;
        }
    return NULL;
}

const struct neuron_param *neuron_param(size_t i)
{
    const struct neuron_param *row;
    bool first;
    for (size_t at = 0; (row = listed(at, &first)); at++)
        if (first && i-- == 0)
            return row;
    return NULL;
}

bool neuron_has_param(const struct neuron_model *model, const struct neuron_param *param)
{
    if (!model) {
        bool all = true;
        for (size_t m = 0; m < neuron_model_count; m++)
            all = all && neuron_has_param(neuron_models[m], param);
        return all;
    }
    for (const struct neuron_param *const *row = model->params; *row; row++)
        if (strcmp((*row)->name, param->name) == 0)
            return true;
    return false;
}

double *neuron_param_value(struct neuron_params *params, const struct neuron_param *param)
{
    return (double *)(void *)((char *)params + param->offset);
}

void neuron_own_defaults(const struct neuron_model *model, struct neuron_params *params)
{
    for (const struct neuron_param *const *row = model->params; *row; row++)
        if ((*row)->offset >= NEURON_OWN(0))
            *neuron_param_value(params, *row) = (*row)->fallback;
}

static bool check_value(const struct neuron_param *row, double value, struct error *error)
{
    if (value >= row->low && value <= row->high && !(row->low_open && value == row->low))
        return true;
    char given[NUMBER_HUMAN], low[NUMBER_HUMAN], high[NUMBER_HUMAN];
    number_human(given, value, row->dimension);
    number_human(low, row->low, row->dimension);
    number_human(high, row->high, row->dimension);
    if (row->high >= 1e6 && value > row->high && isfinite(value))
        return error_set(error, "%s=%s: must be at most %s", row->name, given, high);
    if (row->high >= 1e6)
        return error_set(
            error, "%s=%s: must be %s %s and finite%s%s", row->name, given, row->low_open ? "greater than" : "at least",
            low, row->instead && value == row->low ? "; " : "", row->instead && value == row->low ? row->instead : "");
    return error_set(error, "%s=%s: must be between %s and %s", row->name, given, low, high);
}

bool neuron_params_check(const struct neuron_model *model, const struct neuron_params *params, struct error *error)
{
    struct neuron_params values = *params;
    const struct neuron_param *const *row = model ? model->params : neuron_models[0]->params;
    for (; *row; row++)
        if ((model || neuron_has_param(NULL, *row)) && !check_value(*row, *neuron_param_value(&values, *row), error))
            return false;
    return true;
}

size_t neuron_fields(const struct neuron_model *model)
{
    size_t count = 0;
    while (model->state && model->state[count].name)
        count++;
    return count;
}

bool neuron_is_plain(const struct neuron_model *model)
{
    return model->advance && !model->settled_rate;
}

bool neuron_spikes(const struct neuron_model *model)
{
    return model->advance;
}

void neuron_words(bool (*which)(const struct neuron_model *model), const char *before, const char *joint, char *out,
                  size_t size)
{
    size_t left = 0, used = 0;
    out[0] = '\0';
    for (size_t m = 0; m < neuron_model_count; m++)
        left += which(neuron_models[m]);
    for (size_t m = 0; m < neuron_model_count && used < size; m++)
        if (which(neuron_models[m]))
            used += (size_t)snprintf(out + used, size - used, "%s%s%s", before, neuron_models[m]->name,
                                     --left == 0 ? ""
                                     : left == 1 ? joint
                                                 : ", ");
}

struct curve_of {
    const struct rate_curve *curve;
    const struct neuron_params *params;
};

static double rate_of(const void *context, double J)
{
    const struct curve_of *of = context;
    return of->curve->rate(of->params, J);
}

double neuron_rate(const struct neuron_model *model, const struct rate_curve *curve, const struct neuron_params *params,
                   double J)
{
    struct curve_of of = {curve ? curve : model->curve, params};
    return model->settled_rate ? model->settled_rate(params, rate_of, &of, J) : rate_of(&of, J);
}

void neuron_currents(const struct neuron_drive *drive, size_t step, double J[NEURON_BLOCK])
{
    const double *bias = drive->bias + step * drive->bias_stride, *x = neuron_drive_x(drive, drive->dims, step);
    for (size_t i = 0; i < NEURON_BLOCK; i++)
        J[i] = drive->dims ? drive->scaled[i] * x[0] : bias[i];
    for (size_t d = 1; d < drive->dims; d++)
        for (size_t i = 0; i < NEURON_BLOCK; i++)
            J[i] += drive->scaled[d * drive->scaled_stride + i] * x[d];
    for (size_t i = 0; drive->dims && i < NEURON_BLOCK; i++)
        J[i] = bias[i] + J[i];
}
