/* What all kinds of stimuli share: the list, bounds, copies. */
#include "model/stimulus.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

const struct stimulus_type *const stimulus_types[] = {
    &stimulus_constant, &stimulus_step,  &stimulus_ramp, &stimulus_sine,
    &stimulus_noise,    &stimulus_white, &stimulus_file,
};
const size_t stimulus_type_count = sizeof stimulus_types / sizeof *stimulus_types;

void stimulus_samples_free(struct stimulus_samples *samples)
{
    if (!samples)
        return;
    free(samples->time);
    free(samples->value);
    free(samples->source);
    free(samples->column);
    free(samples);
}

void stimulus_free(struct stimulus *stimulus)
{
    while (stimulus) {
        struct stimulus *next = stimulus->next;
        stimulus_samples_free(stimulus->samples);
        free(stimulus->table);
        free(stimulus);
        stimulus = next;
    }
}

static bool check_bounds(const struct stimulus_type *type, const double *values, struct error *error)
{
    for (const struct stimulus_param *p = type->params; p->name; p++) {
        double value = values[p - type->params];
        if (value >= p->low && value <= p->high)
            continue;
        char given[NUMBER_HUMAN], low[NUMBER_HUMAN], high[NUMBER_HUMAN];
        return error_set(error, "%s: %s = %s is out of range, it can be %s to %s", type->name, p->name,
                         number_human(given, value, p->dimension), number_human(low, p->low, p->dimension),
                         number_human(high, p->high, p->dimension));
    }
    return true;
}

static void fill_params(struct stimulus *stimulus, const double *values)
{
    const struct stimulus_param *params = stimulus->type->params;
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && params[i].name; i++)
        stimulus->param[i] = values ? values[i] : params[i].fallback;
}

struct stimulus *stimulus_new(const struct stimulus_type *type, const double *values, uint64_t seed,
                              struct stimulus_samples *samples, struct error *error)
{
    struct stimulus *stimulus = xcalloc(1, sizeof *stimulus);
    stimulus->type = type;
    stimulus->seed = seed;
    stimulus->samples = samples;
    fill_params(stimulus, values);
    if (check_bounds(type, stimulus->param, error) && (!type->prepare || type->prepare(stimulus, error)))
        return stimulus;
    stimulus_free(stimulus);
    return NULL;
}

static double *copy_doubles(const double *from, size_t count)
{
    double *to = xreallocarray(NULL, count, sizeof *to);
    return memcpy(to, from, count * sizeof *to);
}

static struct stimulus_samples *copy_samples(const struct stimulus_samples *from)
{
    struct stimulus_samples *to = xalloc(sizeof *to);
    to->count = from->count;
    to->rows = from->rows;
    to->time = copy_doubles(from->time, from->count);
    to->value = copy_doubles(from->value, from->count);
    to->source = from->source ? xstrdup(from->source) : NULL;
    to->column = from->column ? xstrdup(from->column) : NULL;
    return to;
}

struct stimulus *stimulus_copy(const struct stimulus *stimulus)
{
    struct stimulus *copy = xalloc(sizeof *copy);
    *copy = *stimulus;
    if (stimulus->samples)
        copy->samples = copy_samples(stimulus->samples);
    if (stimulus->table)
        copy->table = copy_doubles(stimulus->table, stimulus->table_count);
    if (stimulus->next)
        copy->next = stimulus_copy(stimulus->next);
    return copy;
}

double stimulus_value(const struct stimulus *stimulus, double time)
{
    return stimulus->type->value(stimulus, time);
}

void stimulus_describe(const struct stimulus *stimulus, char *out, size_t size)
{
    char whole[256];
    stimulus->type->describe(stimulus, whole, sizeof whole);
    size_t length = strlen(whole);
    if (length >= size)
        length = size - 1;
    /* A continuation byte at the cut belongs to a character that began before it. */
    while (length > 0 && ((unsigned char)whole[length] & 0xc0) == 0x80)
        length--;
    memcpy(out, whole, length);
    out[length] = '\0';
}
