/* neurons=@file: gain, bias and encoders of each neuron out of a table. */
#include "typed/given_neurons.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"

const struct parameter given_neurons_row = {
    .name = "neurons", .type = TYPE_TABLE, .help = "gain, bias, e1, e2, ... of each neuron; decides n and dims"};

static void free_given(struct neuron_table *given)
{
    if (!given)
        return;
    free(given->gain);
    free(given->bias);
    free(given->encoders);
    free(given);
}

static bool need_column(const struct csv_table *table, const char *name, const char *text, size_t *column,
                        struct error *error)
{
    long found = csv_table_column(table, name);
    if (found < 0)
        return error_set(error, "neurons=%.100s has no column %s: gain, bias and e1 (e2, ...) are needed", text, name);
    *column = (size_t)found;
    return true;
}

static size_t count_encoders(const struct csv_table *table)
{
    char name[24];
    size_t dims = 0;
    do
        snprintf(name, sizeof name, "e%zu", dims + 1);
    while (csv_table_column(table, name) >= 0 && ++dims < POPULATION_MAX_DIMS);
    return dims;
}

static void copy_encoders(struct neuron_table *given, const struct csv_table *table)
{
    for (size_t d = 0; d < given->dims; d++) {
        char name[24];
        snprintf(name, sizeof name, "e%zu", d + 1);
        size_t column = (size_t)csv_table_column(table, name);
        for (size_t i = 0; i < given->n; i++)
            given->encoders[i * given->dims + d] = table->value[i * table->columns + column];
    }
}

static struct neuron_table *make_given(const struct value *value, struct error *error)
{
    const struct csv_table *table = value->table;
    size_t gain = 0, bias = 0, e1 = 0;
    if (!need_column(table, "gain", value->text, &gain, error) ||
        !need_column(table, "bias", value->text, &bias, error) || !need_column(table, "e1", value->text, &e1, error))
        return NULL;
    struct neuron_table *given = xcalloc(1, sizeof *given);
    given->n = table->rows;
    given->dims = count_encoders(table);
    given->gain = xcalloc(given->n, sizeof *given->gain);
    given->bias = xcalloc(given->n, sizeof *given->bias);
    given->encoders = xcalloc(given->n * given->dims, sizeof *given->encoders);
    for (size_t i = 0; i < given->n; i++) {
        given->gain[i] = table->value[i * table->columns + gain];
        given->bias[i] = table->value[i * table->columns + bias];
    }
    copy_encoders(given, table);
    return given;
}

/* Keys that say the same as the file, and must then agree or be left out. */
static const char *const replaced_by_file[] = {"n", "dims", "max_rates", "intercepts", "encoders"};

static bool check_agrees(const struct arguments *arguments, const struct neuron_table *given, struct error *error)
{
    for (size_t i = 0; i < sizeof replaced_by_file / sizeof *replaced_by_file; i++) {
        const char *name = replaced_by_file[i];
        const struct value *value = argument_given(arguments, name);
        size_t there = i == 0 ? given->n : given->dims;
        if (!value || (i < 2 && value->count == there))
            continue;
        if (i < 2)
            return error_set(error, "%s=%s, but the file of neurons= has %zu", name, value->text, there);
        return error_set(error, "%s= and neurons= say the same thing: give one of them", name);
    }
    return true;
}

bool given_neurons_apply(const struct arguments *arguments, struct population_spec *spec, struct error *error)
{
    const struct value *value = argument_given(arguments, given_neurons_row.name);
    if (value) {
        struct neuron_table *given = make_given(value, error);
        if (!given || !check_agrees(arguments, given, error)) {
            free_given(given);
            return false;
        }
        free_given(spec->given);
        spec->given = given;
        spec->n = given->n;
        spec->dims = given->dims;
        return true;
    }
    /* New distributions replace the neurons of a file given before. */
    bool replaced = false;
    for (size_t i = 0; i < sizeof replaced_by_file / sizeof *replaced_by_file; i++)
        replaced = replaced || argument_given(arguments, replaced_by_file[i]);
    if (replaced) {
        free_given(spec->given);
        spec->given = NULL;
    }
    return true;
}
