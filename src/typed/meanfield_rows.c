/* One row a parameter of the neurons and of the network, with its present value as default; and what was
 * typed, written back. */
#include "typed/meanfield_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

static struct word_list method_words(void)
{
    return (struct word_list){"method", METHODS, word_plain, meanfield_method_names};
}

/* ---- rows ---- */

static void add_row(struct parameter_set *set, const char *name, const struct meanfield_param *param, double value,
                    bool known)
{
    char typed[NUMBER_HUMAN];
    const char *text = known ? parameter_set_store(set, number_typed(typed, value, param->dimension)) : NULL;
    parameter_set_add(set, (struct parameter){.name = name,
                                              .type = TYPE_QUANTITY,
                                              .dimension = param->dimension,
                                              .low = param->low,
                                              .high = param->high,
                                              .low_open = param->low_open,
                                              .shown_only = true,
                                              .fallback = text,
                                              .present = text,
                                              .help = param->help});
}

static const double *field(const void *of, const struct meanfield_param *param)
{
    return (const double *)((const char *)of + param->offset);
}

/* "exc.tau_m" */
static const char *own_name(struct parameter_set *set, int population, const char *name)
{
    char whole[48];
    snprintf(whole, sizeof whole, "%s.%s", meanfield_population_names[population], name);
    return parameter_set_store(set, whole);
}

static void add_own(struct parameter_set *set, const struct meanfield_network *network, int population)
{
    for (size_t i = 0; i < meanfield_neuron_count; i++) {
        const struct meanfield_param *param = &meanfield_neuron_table[i];
        struct meanfield_param own = *param;
        own.help = "of one population alone";
        add_row(set, own_name(set, population, param->name), &own, *field(&network->neuron[population], param), true);
    }
    struct meanfield_param C = meanfield_network_table[0];
    C.help = "of one population alone";
    add_row(set, own_name(set, population, C.name), &C, network->C[population], true);
}

void meanfield_rows_add(struct parameter_set *set, const struct meanfield_state *state, bool network)
{
    for (size_t i = 0; i < meanfield_neuron_count; i++) {
        const struct meanfield_param *param = &meanfield_neuron_table[i];
        add_row(set, param->name, param, *field(&state->network.neuron[EXC], param), true);
    }
    if (!network)
        return;
    for (size_t i = 0; i < meanfield_network_count; i++) {
        const struct meanfield_param *param = &meanfield_network_table[i];
        add_row(set, param->name, param, *field(&state->network, param),
                !meanfield_network_unused(&state->network, param));
    }
    for (int p = 0; p < POPULATIONS; p++)
        add_own(set, &state->network, p);
}

void meanfield_rows_add_options(struct parameter_set *set, const struct meanfield_state *state)
{
    const struct transfer_options *options = &state->options;
    parameter_set_add(set, (struct parameter){.name = "method",
                                              .type = TYPE_CHOICE,
                                              .words = method_words,
                                              .shown_only = true,
                                              .fallback = meanfield_method_names[options->method],
                                              .help = "how synaptic filtering enters: boundaries shifted, to first "
                                                      "order, or not at all"});
    parameter_set_add(set, (struct parameter){.name = "filter",
                                              .type = TYPE_SWITCH,
                                              .shown_only = true,
                                              .fallback = options->filter ? "on" : "off",
                                              .help = "the sine goes through the synapse, 1/(1 + i w tau_s)"});
    parameter_set_add(set, (struct parameter){.name = "refractory",
                                              .type = TYPE_SWITCH,
                                              .shown_only = true,
                                              .fallback = options->refractory ? "on" : "off",
                                              .help = "counts that neurons come back after tau_r"});
}

/* ---- what was typed ---- */

static void apply_own(const struct arguments *arguments, struct meanfield_network *network, int population)
{
    char name[48];
    for (size_t i = 0; i < meanfield_neuron_count; i++) {
        const struct meanfield_param *param = &meanfield_neuron_table[i];
        snprintf(name, sizeof name, "%s.%s", meanfield_population_names[population], param->name);
        const struct value *both = argument_given(arguments, param->name), *own = argument_given(arguments, name);
        const struct value *value = own ? own : both;
        if (value)
            *(double *)((char *)&network->neuron[population] + param->offset) = value->number;
    }
    snprintf(name, sizeof name, "%s.C", meanfield_population_names[population]);
    const struct value *both = argument_given(arguments, "C"), *own = argument_given(arguments, name);
    if (both || own)
        network->C[population] = own ? own->number : both->number;
}

/* Weights are W or J; the kind typed is the kind kept. */
static bool apply_weights(const struct arguments *arguments, struct meanfield_network *network, struct error *error)
{
    bool J = argument_given(arguments, "J_exc") || argument_given(arguments, "J_inh");
    bool W = argument_given(arguments, "W_exc") || argument_given(arguments, "W_inh");
    if (J && W)
        return error_set(error, "W_exc and W_inh are currents, J_exc and J_inh the voltages they make: give one pair");
    if (J || W)
        meanfield_network_weigh_by(network, J);
    return true;
}

static void apply_network(const struct arguments *arguments, struct meanfield_network *network)
{
    for (size_t i = 1; i < meanfield_network_count; i++) {
        const struct meanfield_param *param = &meanfield_network_table[i];
        const struct value *value = argument_given(arguments, param->name);
        if (value)
            *(double *)((char *)network + param->offset) = value->number;
    }
}

static void apply_options(const struct arguments *arguments, struct transfer_options *options)
{
    const struct value *method = argument_given(arguments, "method"), *filter = argument_given(arguments, "filter");
    const struct value *refractory = argument_given(arguments, "refractory");
    if (method)
        options->method = (enum meanfield_method)method->choice;
    if (filter)
        options->filter = filter->on;
    if (refractory)
        options->refractory = refractory->on;
}

bool meanfield_rows_apply(const struct arguments *arguments, struct meanfield_state *state, struct error *error)
{
    for (int p = 0; p < POPULATIONS; p++)
        apply_own(arguments, &state->network, p);
    if (!apply_weights(arguments, &state->network, error))
        return false;
    apply_network(arguments, &state->network);
    apply_options(arguments, &state->options);
    return meanfield_network_check(&state->network, error);
}

/* ---- working points ---- */

/* Columns mu and sigma, or the first two of a file without a header. */
static struct working_point *points_of_table(const struct value *file, size_t *count, struct error *error)
{
    const struct csv_table *table = file->table;
    long mu = csv_table_column(table, "mu"), sigma = csv_table_column(table, "sigma");
    if (!table->name && table->columns >= 2)
        mu = 0, sigma = 1;
    if (mu < 0 || sigma < 0) {
        error_set(error, "points=%.200s: the columns mu and sigma are wanted", file->text);
        return NULL;
    }
    if (table->rows == 0) {
        error_set(error, "points=%.200s has no rows", file->text);
        return NULL;
    }
    struct working_point *points = xreallocarray(NULL, table->rows, sizeof *points);
    for (size_t r = 0; r < table->rows; r++) {
        struct working_point *p = &points[r];
        *p = (struct working_point){table->value[r * table->columns + (size_t)mu],
                                    table->value[r * table->columns + (size_t)sigma]};
        bool good = p->mu >= -MEANFIELD_VOLTS_MAX && p->mu <= MEANFIELD_VOLTS_MAX && p->sigma >= 0 &&
                    p->sigma <= MEANFIELD_VOLTS_MAX;
        if (good)
            continue;
        error_set(error,
                  "points=%.200s: row %zu, mu %.6g V, sigma %.6g V: both must be numbers below %g V, sigma at "
                  "least 0",
                  file->text, r + 1, p->mu, p->sigma, MEANFIELD_VOLTS_MAX);
        free(points);
        return NULL;
    }
    *count = table->rows;
    return points;
}

struct working_point *meanfield_rows_points(const struct arguments *arguments, const struct meanfield_state *state,
                                            size_t *count, struct error *error)
{
    const struct value *file = argument(arguments, "points"), *mu = argument(arguments, "mu");
    const struct value *sigma = argument(arguments, "sigma");
    if (file->given && (mu->given || sigma->given)) {
        error_set(error, "points= brings mu and sigma; give these or the file");
        return NULL;
    }
    if (file->given)
        return points_of_table(file, count, error);
    struct points one_mu = {(double *)&state->point.mu, 1}, one_sigma = {(double *)&state->point.sigma, 1};
    const struct points *m = mu->present ? &mu->points : &one_mu, *s = sigma->present ? &sigma->points : &one_sigma;
    if (s->count > POINTS_MAX / m->count) {
        error_set(error, "mu and sigma make more than %d pairs", POINTS_MAX);
        return NULL;
    }
    *count = m->count * s->count;
    struct working_point *points = xreallocarray(NULL, *count, sizeof *points);
    for (size_t i = 0; i < *count; i++)
        points[i] = (struct working_point){m->value[i / s->count], s->value[i % s->count]};
    return points;
}
