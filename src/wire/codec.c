/* Specs, inputs and status. Kinds (models, synapses, stimuli) and parameters go by their names, so that neither end
 * depends on the order of the other's lists. */

#include "codec_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/stimulus_vector.h"

bool codec_malformed(struct error *error, const char *what)
{
    return error_set(error, "the bytes of %s make no sense", what);
}

/* ---- populations ---- */

static void put_distribution(struct bytes *bytes, const struct distribution *d)
{
    bytes_u8(bytes, (uint8_t)d->kind);
    if (d->kind == DISTRIBUTION_VALUES) {
        bytes_count(bytes, d->width);
        bytes_count(bytes, d->count);
        bytes_doubles(bytes, d->values, d->count);
    } else {
        bytes_f64(bytes, d->low);
        bytes_f64(bytes, d->high);
    }
}

static void read_distribution(struct reader *reader, struct distribution *d)
{
    uint8_t kind = read_u8(reader);
    *d = (struct distribution){0};
    if (kind == DISTRIBUTION_UNIFORM || kind == DISTRIBUTION_VALUES || kind == DISTRIBUTION_AXES)
        d->kind = kind;
    else
        reader->bad = true;
    if (d->kind == DISTRIBUTION_VALUES) {
        d->width = (size_t)read_count(reader);
        d->count = read_count_of(reader, sizeof(double));
        d->values = read_doubles(reader, d->count);
    } else {
        d->low = read_f64(reader);
        d->high = read_f64(reader);
    }
}

static void put_table(struct bytes *bytes, const struct neuron_table *table)
{
    bytes_u8(bytes, table != NULL);
    if (!table)
        return;
    bytes_count(bytes, table->dims);
    bytes_count(bytes, table->n);
    bytes_doubles(bytes, table->gain, table->n);
    bytes_doubles(bytes, table->bias, table->n);
    bytes_doubles(bytes, table->encoders, table->n * table->dims);
}

static struct neuron_table *read_table(struct reader *reader)
{
    if (!read_flag(reader))
        return NULL;
    struct neuron_table *table = xcalloc(1, sizeof *table);
    uint64_t dims = read_count(reader);
    if (dims < 1 || dims > POPULATION_MAX_DIMS)
        reader->bad = true;
    table->dims = (size_t)dims;
    table->n = reader->bad ? 0 : read_count_of(reader, (2 + table->dims) * sizeof(double));
    table->gain = read_doubles(reader, table->n);
    table->bias = read_doubles(reader, table->n);
    table->encoders = read_doubles(reader, reader->bad ? 0 : table->n * table->dims);
    return table;
}

/* The i-th parameter that matters for a model: its own, and those that all kinds of neurons keep in the same place. */
static const struct neuron_param *param_of(const struct neuron_model *model, size_t i)
{
    const struct neuron_param *param;
    for (size_t k = 0; (param = neuron_param(k)); k++)
        if ((param->offset < NEURON_OWN(0) || neuron_has_param(model, param)) && i-- == 0)
            return param;
    return NULL;
}

static void put_params(struct bytes *bytes, const struct neuron_model *model, const struct neuron_params *params)
{
    struct neuron_params values = *params;
    const struct neuron_param *param;
    for (size_t i = 0; (param = param_of(model, i)); i++) {
        bytes_text(bytes, param->name);
        bytes_f64(bytes, *neuron_param_value(&values, param));
    }
    bytes_text(bytes, "");
}

/* Each at most once; those that are not there have their fallbacks. */
static void read_params(struct reader *reader, const struct neuron_model *model, struct neuron_params *params)
{
    *params = neuron_defaults;
    neuron_own_defaults(model, params);
    for (size_t next = 0; !reader->bad;) {
        const struct neuron_param *param;
        char *name = read_text(reader);
        if (name && !*name) {
            free(name);
            return;
        }
        while ((param = param_of(model, next++)) && name && strcmp(param->name, name) != 0)
            continue;
        reader->bad = reader->bad || !param;
        if (param)
            *neuron_param_value(params, param) = read_f64(reader);
        free(name);
    }
}

static const struct neuron_model *read_model(struct reader *reader)
{
    const struct neuron_model *model = NULL;
    char *name = read_text(reader);
    for (size_t i = 0; name && i < neuron_model_count; i++)
        if (strcmp(neuron_models[i]->name, name) == 0)
            model = neuron_models[i];
    reader->bad = reader->bad || !model;
    free(name);
    return model;
}

const struct synapse_type *codec_read_synapse(struct reader *reader)
{
    const struct synapse_type *synapse = NULL;
    char *name = read_text(reader);
    for (size_t i = 0; name && i < synapse_type_count; i++)
        if (strcmp(synapse_types[i]->name, name) == 0)
            synapse = synapse_types[i];
    reader->bad = reader->bad || !synapse;
    free(name);
    return synapse;
}

/* Points that are given have the population's dims. */
static void put_points(struct bytes *bytes, const struct population_spec *spec)
{
    bytes_count(bytes, spec->eval_count);
    bytes_u8(bytes, spec->eval_points != NULL);
    if (spec->eval_points)
        bytes_doubles(bytes, spec->eval_points, spec->eval_count * spec->dims);
}

static void read_points(struct reader *reader, struct population_spec *spec)
{
    spec->eval_count = (size_t)read_count(reader);
    if (!read_flag(reader))
        return;
    if (spec->dims < 1 || spec->dims > POPULATION_MAX_DIMS ||
        spec->eval_count > reader->left / sizeof(double) / spec->dims)
        reader->bad = true;
    else
        spec->eval_points = read_doubles(reader, spec->eval_count * spec->dims);
}

void bytes_spec(struct bytes *bytes, const struct population_spec *spec)
{
    bytes_count(bytes, spec->n);
    bytes_count(bytes, spec->dims);
    bytes_f64(bytes, spec->radius);
    bytes_u64(bytes, spec->seed);
    bytes_u8(bytes, spec->node);
    bytes_text(bytes, spec->model->name);
    put_params(bytes, spec->model, &spec->params);
    put_distribution(bytes, &spec->max_rates);
    put_distribution(bytes, &spec->intercepts);
    put_distribution(bytes, &spec->encoders);
    bytes_u8(bytes, spec->given_gain);
    bytes_u8(bytes, spec->given_bias);
    put_distribution(bytes, &spec->gain);
    put_distribution(bytes, &spec->bias);
    bytes_u8(bytes, spec->held_model != NULL);
    if (spec->held_model) {
        bytes_text(bytes, spec->held_model->name);
        put_params(bytes, spec->held_model, &spec->held);
    }
    bytes_u8(bytes, spec->bias_off);
    bytes_f64(bytes, spec->lesion);
    put_points(bytes, spec);
    put_table(bytes, spec->given);
    bytes_text_or_null(bytes, spec->function);
    bytes_f64(bytes, spec->reg);
    bytes_text(bytes, spec->synapse->name);
    bytes_f64(bytes, spec->tau_synapse);
}

bool codec_read_spec(struct reader *reader, struct population_spec *spec, struct error *error)
{
    *spec = (struct population_spec){0};
    spec->n = (size_t)read_count(reader);
    spec->dims = (size_t)read_count(reader);
    spec->radius = read_f64(reader);
    spec->seed = read_u64(reader);
    spec->node = read_flag(reader);
    spec->model = read_model(reader);
    if (spec->model)
        read_params(reader, spec->model, &spec->params);
    read_distribution(reader, &spec->max_rates);
    read_distribution(reader, &spec->intercepts);
    read_distribution(reader, &spec->encoders);
    spec->given_gain = read_flag(reader);
    spec->given_bias = read_flag(reader);
    read_distribution(reader, &spec->gain);
    read_distribution(reader, &spec->bias);
    if (read_flag(reader))
        spec->held_model = read_model(reader);
    if (spec->held_model)
        read_params(reader, spec->held_model, &spec->held);
    spec->bias_off = read_flag(reader);
    spec->lesion = read_f64(reader);
    read_points(reader, spec);
    spec->given = read_table(reader);
    spec->function = read_text_or_null(reader);
    spec->reg = read_f64(reader);
    spec->synapse = codec_read_synapse(reader);
    spec->tau_synapse = read_f64(reader);
    if (!reader->bad)
        return true;
    population_spec_free(spec);
    return codec_malformed(error, "a population");
}

/* ---- inputs ---- */

static size_t param_count(const struct stimulus_type *type)
{
    size_t count = 0;
    while (count < STIMULUS_MAX_PARAMS && type->params[count].name)
        count++;
    return count;
}

static void put_samples(struct bytes *bytes, const struct stimulus_samples *samples)
{
    bytes_count(bytes, samples->count);
    bytes_doubles(bytes, samples->time, samples->count);
    bytes_doubles(bytes, samples->value, samples->count);
    bytes_u8(bytes, samples->rows);
    bytes_text_or_null(bytes, samples->source);
    bytes_text_or_null(bytes, samples->column);
}

static struct stimulus_samples *read_samples(struct reader *reader)
{
    struct stimulus_samples *samples = xcalloc(1, sizeof *samples);
    samples->count = read_count_of(reader, 2 * sizeof(double));
    samples->time = read_doubles(reader, samples->count);
    samples->value = read_doubles(reader, samples->count);
    samples->rows = read_flag(reader);
    samples->source = read_text_or_null(reader);
    samples->column = read_text_or_null(reader);
    return samples;
}

void bytes_input(struct bytes *bytes, const struct stimulus *input)
{
    size_t parts = 0;
    for (const struct stimulus *part = input; part; part = part->next)
        parts++;
    bytes_count(bytes, parts);
    for (const struct stimulus *part = input; part; part = part->next) {
        bytes_text(bytes, part->type->name);
        bytes_doubles(bytes, part->param, param_count(part->type));
        bytes_u64(bytes, part->seed);
        if (part->type->samples)
            put_samples(bytes, part->samples);
    }
}

static const struct stimulus_type *read_type(struct reader *reader)
{
    const struct stimulus_type *type = NULL;
    char *name = read_text(reader);
    for (size_t i = 0; name && i < stimulus_type_count; i++)
        if (strcmp(stimulus_types[i]->name, name) == 0)
            type = stimulus_types[i];
    reader->bad = reader->bad || !type;
    free(name);
    return type;
}

static struct stimulus *read_part(struct reader *reader, struct error *error)
{
    double values[STIMULUS_MAX_PARAMS] = {0};
    const struct stimulus_type *type = read_type(reader);
    for (size_t i = 0; type && i < param_count(type); i++)
        values[i] = read_f64(reader);
    uint64_t seed = read_u64(reader);
    struct stimulus_samples *samples = type && type->samples ? read_samples(reader) : NULL;
    if (!reader->bad)
        return stimulus_new(type, values, seed, samples, error);
    stimulus_samples_free(samples);
    codec_malformed(error, "an input");
    return NULL;
}

bool codec_read_input(struct reader *reader, struct stimulus **input, struct error *error)
{
    struct stimulus **end = input;
    *input = NULL;
    uint64_t parts = read_count(reader);
    if (reader->bad || parts > POPULATION_MAX_DIMS)
        return codec_malformed(error, "an input");
    for (uint64_t i = 0; i < parts; i++) {
        *end = read_part(reader, error);
        if (!*end) {
            stimulus_free(*input);
            *input = NULL;
            return false;
        }
        end = &(*end)->next;
    }
    return true;
}

/* ---- status ---- */

void bytes_status(struct bytes *bytes, const struct engine_status *status)
{
    bytes_f64(bytes, status->time);
    bytes_f64(bytes, status->dt);
    bytes_count(bytes, status->step);
    bytes_count(bytes, status->remaining);
    bytes_f64(bytes, status->speed);
    bytes_f64(bytes, status->reached);
    bytes_u8(bytes, status->running);
    bytes_u8(bytes, status->behind);
    bytes_u8(bytes, status->waiting);
}

bool codec_read_status(struct reader *reader, struct engine_status *status, struct error *error)
{
    *status = (struct engine_status){0};
    status->time = read_f64(reader);
    status->dt = read_f64(reader);
    status->step = read_count(reader);
    status->remaining = read_count(reader);
    status->speed = read_f64(reader);
    status->reached = read_f64(reader);
    status->running = read_flag(reader);
    status->behind = read_flag(reader);
    status->waiting = read_flag(reader);
    bool sound = isfinite(status->time) && status->dt >= ENGINE_DT_MIN && status->dt <= ENGINE_DT_MAX &&
                 status->speed > 0 && isfinite(status->reached);
    return (!reader->bad && sound) || codec_malformed(error, "an engine's status");
}
