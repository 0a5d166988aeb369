/* What was asked of a population: defaults, copies, a sentence about it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/population.h"

void population_spec_init(struct population_spec *spec)
{
    *spec = (struct population_spec){
        .n = 50,
        .dims = 1,
        .radius = 1,
        .seed = 1,
        .model = neuron_models[0],
        .params = neuron_defaults,
        .max_rates = {.kind = DISTRIBUTION_UNIFORM, .low = 200, .high = 400},
        .intercepts = {.kind = DISTRIBUTION_UNIFORM, .low = -1, .high = 0.9},
        .encoders = {.kind = DISTRIBUTION_UNIFORM, .low = -1, .high = 1},
        .reg = 0.1,
        .synapse = synapse_types[0],
        .tau_synapse = 0.01,
    };
}

void population_spec_node(struct population_spec *spec, size_t dims)
{
    spec->node = true;
    spec->n = 1;
    spec->dims = dims;
    spec->model = &neuron_direct;
    spec->given = xcalloc(1, sizeof *spec->given);
    *spec->given = (struct neuron_table){1, dims, xcalloc(1, sizeof(double)), xcalloc(1, sizeof(double)),
                                         xcalloc(dims, sizeof(double))};
    spec->given->gain[0] = spec->given->encoders[0] = 1;
}

static double *copy_values(const double *values, size_t count)
{
    if (!values)
        return NULL;
    double *copy = xreallocarray(NULL, count, sizeof *copy);
    memcpy(copy, values, count * sizeof *copy);
    return copy;
}

void population_spec_copy(struct population_spec *to, const struct population_spec *from)
{
    *to = *from;
    to->max_rates.values = copy_values(from->max_rates.values, from->max_rates.count);
    to->intercepts.values = copy_values(from->intercepts.values, from->intercepts.count);
    to->encoders.values = copy_values(from->encoders.values, from->encoders.count);
    to->gain.values = copy_values(from->gain.values, from->gain.count);
    to->bias.values = copy_values(from->bias.values, from->bias.count);
    to->eval_points = copy_values(from->eval_points, from->eval_count * from->dims);
    to->function = from->function ? xstrdup(from->function) : NULL;
    if (!from->given)
        return;
    to->given = xalloc(sizeof *to->given);
    *to->given = *from->given;
    to->given->gain = copy_values(from->given->gain, from->given->n);
    to->given->bias = copy_values(from->given->bias, from->given->n);
    to->given->encoders = copy_values(from->given->encoders, from->given->n * from->given->dims);
}

void population_spec_free(struct population_spec *spec)
{
    free(spec->max_rates.values);
    free(spec->intercepts.values);
    free(spec->encoders.values);
    free(spec->gain.values);
    free(spec->bias.values);
    free(spec->eval_points);
    free(spec->function);
    if (spec->given) {
        free(spec->given->gain);
        free(spec->given->bias);
        free(spec->given->encoders);
        free(spec->given);
    }
    memset(spec, 0, sizeof *spec);
}

static void describe_property(const struct distribution *d, char *out, size_t size)
{
    if (d->kind == DISTRIBUTION_VALUES)
        snprintf(out, size, "given");
    else if (d->low == d->high)
        snprintf(out, size, "%.4g", d->low);
    else
        snprintf(out, size, "%.4g:%.4g", d->low, d->high);
}

void population_describe(const struct population_spec *spec, char *out, size_t size)
{
    char rates[48], intercepts[48], count[NUMBER_HUMAN];
    size_t n = spec->given ? spec->given->n : spec->n;
    number_grouped(count, n);
    if (spec->node) {
        snprintf(out, size, "a node of %zu dimension%s", spec->dims, spec->dims == 1 ? "" : "s");
        return;
    }
    if (spec->given) {
        snprintf(out, size, "%s %s neuron%s, gains and biases given", count, spec->model->title, n == 1 ? "" : "s");
        return;
    }
    describe_property(&spec->max_rates, rates, sizeof rates);
    describe_property(&spec->intercepts, intercepts, sizeof intercepts);
    snprintf(out, size, "%s %s neuron%s, max rates %s%s, intercepts %s", count, spec->model->title, n == 1 ? "" : "s",
             rates, spec->max_rates.kind == DISTRIBUTION_VALUES ? "" : " Hz", intercepts);
}
