/* One row a key, with what it writes into a spec and how its present value reads. The neuron parameters' rows
 * are made from the model's own table. */
#include "typed/population_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "typed/eval_points_typed.h"
#include "typed/given_neurons.h"
#include "model/neuron.h"
#include "nef/function.h"

static const char *model_name(const void *list, size_t i)
{
    (void)list;
    return neuron_models[i]->name;
}

static struct word_list model_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"model", neuron_model_count, model_name, NULL};
}

struct population_row {
    struct parameter row;
    bool reads; /* changes what is decoded, and no neuron */
    void (*apply)(struct population_spec *spec, const struct value *value);
    /* What it is; false: that cannot be typed. */
    bool (*show)(const struct population_spec *spec, char *out, size_t size);
};

static void apply_n(struct population_spec *spec, const struct value *value)
{
    spec->n = (size_t)value->count;
}

static bool show_n(const struct population_spec *spec, char *out, size_t size)
{
    snprintf(out, size, "%zu", spec->given ? spec->given->n : spec->n);
    return true;
}

static void apply_dims(struct population_spec *spec, const struct value *value)
{
    spec->dims = (size_t)value->count;
}

static bool show_dims(const struct population_spec *spec, char *out, size_t size)
{
    snprintf(out, size, "%zu", spec->given ? spec->given->dims : spec->dims);
    return true;
}

static void apply_radius(struct population_spec *spec, const struct value *value)
{
    spec->radius = value->number;
}

static bool show_radius(const struct population_spec *spec, char *out, size_t size)
{
    char radius[NUMBER_HUMAN];
    snprintf(out, size, "%s", number_typed(radius, spec->radius, DIMENSION_NONE));
    return true;
}

static void apply_seed(struct population_spec *spec, const struct value *value)
{
    spec->seed = value->count;
}

static bool show_seed(const struct population_spec *spec, char *out, size_t size)
{
    snprintf(out, size, "%llu", (unsigned long long)spec->seed);
    return true;
}

static void apply_model(struct population_spec *spec, const struct value *value)
{
    if (spec->model != neuron_models[value->choice])
        neuron_own_defaults(neuron_models[value->choice], &spec->params);
    spec->model = neuron_models[value->choice];
}

static bool is_rate_neuron(const struct neuron_model *model)
{
    return !neuron_spikes(model) && !model->direct;
}

static bool is_direct(const struct neuron_model *model)
{
    return model->direct;
}

/* "fastlif and lif spike, softlif and lifrate are rate neurons, direct has no neurons" */
static void model_help(char *out, size_t size)
{
    char spike[96], rate[64], direct[48];
    neuron_words(neuron_spikes, "", " and ", spike, sizeof spike);
    neuron_words(is_rate_neuron, "", " and ", rate, sizeof rate);
    neuron_words(is_direct, "", " and ", direct, sizeof direct);
    snprintf(out, size, "%s spike, %s are rate neurons, %s has no neurons", spike, rate, direct);
}

static bool show_model(const struct population_spec *spec, char *out, size_t size)
{
    snprintf(out, size, "%s", spec->model->name);
    return true;
}

static void put_distribution(struct distribution *to, const struct value *value)
{
    const struct distribution *from = &value->distribution;
    free(to->values);
    *to = *from;
    if (from->kind == DISTRIBUTION_VALUES) {
        to->values = xreallocarray(NULL, from->count, sizeof *to->values);
        memcpy(to->values, from->values, from->count * sizeof *to->values);
    }
}

static bool show_distribution(const struct distribution *distribution, char *out, size_t size)
{
    char low[NUMBER_HUMAN], high[NUMBER_HUMAN];
    number_typed(low, distribution->low, DIMENSION_NONE);
    number_typed(high, distribution->high, DIMENSION_NONE);
    bool given = distribution->kind == DISTRIBUTION_VALUES, single = distribution->low == distribution->high;
    if (given)
        snprintf(out, size, "as given");
    else
        snprintf(out, size, "%s%s%s", low, single ? "" : ":", single ? "" : high);
    return !given;
}

static void apply_max_rates(struct population_spec *spec, const struct value *value)
{
    put_distribution(&spec->max_rates, value);
}

static bool show_max_rates(const struct population_spec *spec, char *out, size_t size)
{
    return show_distribution(&spec->max_rates, out, size);
}

static void apply_intercepts(struct population_spec *spec, const struct value *value)
{
    put_distribution(&spec->intercepts, value);
}

static bool show_intercepts(const struct population_spec *spec, char *out, size_t size)
{
    return show_distribution(&spec->intercepts, out, size);
}

static const char *const encoder_words[] = {"axes"};

static struct word_list list_encoders(void)
{
    return (struct word_list){"kind of encoders", 1, word_plain, encoder_words};
}

static void apply_encoders(struct population_spec *spec, const struct value *value)
{
    if (value->choice >= 0) {
        free(spec->encoders.values);
        spec->encoders = (struct distribution){.kind = DISTRIBUTION_AXES};
        return;
    }
    put_distribution(&spec->encoders, value);
}

static bool show_encoders(const struct population_spec *spec, char *out, size_t size)
{
    if (spec->encoders.kind == DISTRIBUTION_AXES) {
        snprintf(out, size, "%s", encoder_words[0]);
        return true;
    }
    return show_distribution(&spec->encoders, out, size);
}

static const char *const gain_words[] = {"rates"};

static struct word_list list_gain(void)
{
    return (struct word_list){"gain", 1, word_plain, gain_words};
}

static void apply_gain(struct population_spec *spec, const struct value *value)
{
    if (value->choice >= 0) {
        spec->given_gain = false;
        return;
    }
    put_distribution(&spec->gain, value);
    spec->given_gain = true;
}

static bool show_gain(const struct population_spec *spec, char *out, size_t size)
{
    if (spec->given_gain)
        return show_distribution(&spec->gain, out, size);
    snprintf(out, size, "%s", gain_words[0]);
    return true;
}

enum { BIAS_OFF, BIAS_ON, BIAS_RATES };
static const char *const bias_words[] = {"off", "on", "rates"};

static struct word_list list_bias(void)
{
    return (struct word_list){"bias", 3, word_plain, bias_words};
}

/* The words off and on say whether it acts, numbers, or the word rates, what it is. */
static void apply_bias(struct population_spec *spec, const struct value *value)
{
    if (value->choice >= 0) {
        spec->bias_off = value->choice == BIAS_OFF;
        spec->given_bias = spec->given_bias && value->choice != BIAS_RATES;
        return;
    }
    put_distribution(&spec->bias, value);
    spec->given_bias = true;
    spec->bias_off = false;
}

static bool show_bias(const struct population_spec *spec, char *out, size_t size)
{
    if (spec->given_bias && !spec->bias_off)
        return show_distribution(&spec->bias, out, size);
    snprintf(out, size, "%s", bias_words[spec->bias_off ? BIAS_OFF : spec->given_bias ? BIAS_ON : BIAS_RATES]);
    return true;
}

static void apply_lesion(struct population_spec *spec, const struct value *value)
{
    spec->lesion = value->number;
}

static bool show_lesion(const struct population_spec *spec, char *out, size_t size)
{
    char lesion[NUMBER_HUMAN];
    snprintf(out, size, "%s", number_typed(lesion, spec->lesion, DIMENSION_NONE));
    return true;
}

/* The points are read by population_rows_apply, which knows the dimensions. */
static void apply_eval_points(struct population_spec *spec, const struct value *value)
{
    (void)spec;
    (void)value;
}

static bool show_eval_points(const struct population_spec *spec, char *out, size_t size)
{
    snprintf(out, size, spec->eval_points ? "%zu given" : spec->eval_count ? "%zu" : "as usual", spec->eval_count);
    return false;
}

static void apply_function(struct population_spec *spec, const struct value *value)
{
    free(spec->function);
    spec->function = xstrdup(value->text);
}

static bool show_function(const struct population_spec *spec, char *out, size_t size)
{
    return snprintf(out, size, "%s", spec->function ? spec->function : "x") < (int)size;
}

static void apply_reg(struct population_spec *spec, const struct value *value)
{
    spec->reg = value->number;
}

static bool show_reg(const struct population_spec *spec, char *out, size_t size)
{
    char reg[NUMBER_HUMAN];
    snprintf(out, size, "%s", number_typed(reg, spec->reg, DIMENSION_NONE));
    return true;
}

static const char *synapse_name(const void *list, size_t i)
{
    (void)list;
    return synapse_types[i]->name;
}

static struct word_list synapse_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"synapse", synapse_type_count, synapse_name, NULL};
}

static void apply_synapse(struct population_spec *spec, const struct value *value)
{
    spec->synapse = synapse_types[value->choice];
}

static bool show_synapse(const struct population_spec *spec, char *out, size_t size)
{
    snprintf(out, size, "%s", spec->synapse->name);
    return true;
}

static void apply_tau_synapse(struct population_spec *spec, const struct value *value)
{
    spec->tau_synapse = value->number;
}

static bool show_tau_synapse(const struct population_spec *spec, char *out, size_t size)
{
    char tau[NUMBER_HUMAN];
    snprintf(out, size, "%s", number_typed(tau, spec->tau_synapse, DIMENSION_TIME));
    return true;
}

/* Bounds that the model checks itself, with better sentences, are not repeated here. */
static const struct population_row rows[] = {
    {{.name = "n",
      .type = TYPE_COUNT,
      .low = 1,
      .high = POPULATION_MAX_NEURONS,
      .fallback = "50",
      .help = "number of neurons"},
     false,
     apply_n,
     show_n},
    {{.name = "dims",
      .type = TYPE_COUNT,
      .low = 1,
      .high = POPULATION_MAX_DIMS,
      .fallback = "1",
      .help = "dimensions of x"},
     false,
     apply_dims,
     show_dims},
    {{.name = "radius",
      .type = TYPE_QUANTITY,
      .low = 0,
      .low_open = true,
      .high = 1e300,
      .fallback = "1",
      .help = "largest |x| that is represented"},
     false,
     apply_radius,
     show_radius},
    {{.name = "model",
      .type = TYPE_CHOICE,
      .choices = model_words,
      .fallback = NEURON_DEFAULT,
      .help = NULL}, /* model_help */
     false,
     apply_model,
     show_model},
    {{.name = "seed",
      .type = TYPE_COUNT,
      .help = "of the random numbers that make it (default: one of its own, from the session's)"},
     false,
     apply_seed,
     show_seed},
    {{.name = "max_rates",
      .type = TYPE_RANGE,
      .dimension = DIMENSION_RATE,
      .column = "max_rate",
      .fallback = "200:400",
      .help = "rate at |x| = radius in the preferred direction, below 1/tau_ref"},
     false,
     apply_max_rates,
     show_max_rates},
    {{.name = "intercepts",
      .type = TYPE_RANGE,
      .column = "intercept",
      .fallback = "-1:0.9",
      .help = "where firing begins, in units of x / radius, below 1"},
     false,
     apply_intercepts,
     show_intercepts},
    {{.name = "encoders",
      .type = TYPE_RANGE,
      .vectors = true,
      .words = list_encoders,
      .column = "e1",
      .fallback = "-1:1",
      .help = "preferred directions, drawn from the unit sphere or given (in 1-D 1, -1): e1,e2 for all, @FILE for "
              "each; axes: "
              "along these, in turn"},
     false,
     apply_encoders,
     show_encoders},
    {{.name = "gain",
      .type = TYPE_RANGE,
      .words = list_gain,
      .fallback = "rates",
      .help = "of the current per x; rates: what max_rates and intercepts make of it"},
     false,
     apply_gain,
     show_gain},
    {{.name = "bias",
      .type = TYPE_RANGE,
      .words = list_bias,
      .fallback = "on",
      .help = "current at x = 0; rates: what max_rates and intercepts make of it; off: none while it runs, as where a "
              "Dale connection brings it; on: it acts"},
     false,
     apply_bias,
     show_bias},
    {{.name = "lesion",
      .type = TYPE_QUANTITY,
      .low = 0,
      .high = 1,
      .fallback = "0",
      .help = "share of the neurons that never fire; decoders know nothing of it"},
     false,
     apply_lesion,
     show_lesion},
    {{.name = "eval_points",
      .type = TYPE_TEXT,
      .file_too = true,
      .help = "where decoders are solved for: how many are drawn, lo:hi:count evenly spaced, or @FILE with x1, x2, ... "
              "(default: 750 to "
              "2500, twice the neurons)"},
     true,
     apply_eval_points,
     show_eval_points},
    {{.name = "function",
      .type = TYPE_TEXT,
      .fallback = "x",
      .help = "what is decoded from it: an expression in x, or x1, x2, ...; outputs parted by commas"},
     true,
     apply_function,
     show_function},
    {{.name = "reg",
      .type = TYPE_QUANTITY,
      .low = 0,
      .high = 1e6,
      .fallback = "0.1",
      .help = "regularisation of its decoders: assumed noise, as a share of the highest rate"},
     true,
     apply_reg,
     show_reg},
    {{.name = "synapse",
      .type = TYPE_CHOICE,
      .choices = synapse_words,
      .fallback = "lowpass",
      .help = "what its decoded spikes are filtered by"},
     true,
     apply_synapse,
     show_synapse},
    {{.name = "tau_synapse",
      .type = TYPE_QUANTITY,
      .dimension = DIMENSION_TIME,
      .low = 0,
      .high = 1e3,
      .fallback = "10ms",
      .help = "time constant of that synapse; 0: none"},
     true,
     apply_tau_synapse,
     show_tau_synapse},
};
#define ROWS (sizeof rows / sizeof *rows)

void neuron_rows_add(struct parameter_set *set, bool filled, bool common)
{
    const struct neuron_param *param;
    for (size_t i = 0; (param = neuron_param(i)); i++) {
        char human[NUMBER_HUMAN];
        if (common && !neuron_has_param(NULL, param))
            continue;
        number_human(human, param->fallback, param->dimension);
        parameter_set_add(set, (struct parameter){.name = param->name,
                                                  .type = TYPE_QUANTITY,
                                                  .dimension = param->dimension,
                                                  .infinite = true,
                                                  .checked_later = true,
                                                  .low = param->low,
                                                  .high = param->high,
                                                  .low_open = param->low_open,
                                                  .shown_only = !filled,
                                                  .fallback = parameter_set_store(set, human),
                                                  .help = param->help});
    }
}

static bool refuse_param(const struct neuron_model *model, const char *name, struct error *error)
{
    char has[160] = "";
    size_t used = 0;
    for (const struct neuron_param *const *row = model->params; *row && used < sizeof has; row++)
        used += (size_t)snprintf(has + used, sizeof has - used, "%s%s",
                                 used == 0 ? ""
                                 : row[1]  ? ", "
                                           : " and ",
                                 (*row)->name);
    return error_set(error, "%s: model=%s has no such parameter; it has %s", name, model->name, has);
}

bool neuron_rows_apply(const struct arguments *arguments, const struct neuron_model *model,
                       struct neuron_params *params, struct error *error)
{
    const struct neuron_param *row;
    for (size_t i = 0; (row = neuron_param(i)); i++) {
        const struct value *value = argument_if(arguments, row->name);
        if (!value || !value->present)
            continue;
        if (neuron_has_param(model, row))
            *neuron_param_value(params, row) = value->number;
        else if (value->given)
            return refuse_param(model, row->name, error);
    }
    return true;
}

/* Rows of a population that is there say what it has. */
static void add_present(struct parameter_set *set, size_t first, const struct population_spec *present)
{
    struct neuron_params params = present->params;
    char shown[2 * NUMBER_HUMAN];
    for (size_t r = first; r < set->count; r++) {
        for (size_t i = 0; i < ROWS; i++)
            if (rows[i].row.name == set->row[r].name && rows[i].show(present, shown, sizeof shown))
                set->row[r].present = parameter_set_store(set, shown);
        for (const struct neuron_param *const *param = present->model->params; *param; param++)
            if (strcmp((*param)->name, set->row[r].name) == 0)
                set->row[r].present = parameter_set_store(
                    set, number_typed(shown, *neuron_param_value(&params, *param), (*param)->dimension));
    }
}

void population_rows_add(struct parameter_set *set, const struct population_spec *present)
{
    size_t first = set->count;
    for (size_t i = 0; i < ROWS; i++) {
        if (i == 5) /* after the seed, before the distributions */
            neuron_rows_add(set, false, false);
        struct parameter *added = parameter_set_add(set, rows[i].row);
        added->shown_only = true;
        if (rows[i].apply == apply_model) {
            char help[300];
            model_help(help, sizeof help);
            added->help = parameter_set_store(set, help);
        }
    }
    parameter_set_add(set, given_neurons_row);
    if (present)
        add_present(set, first, present);
}

bool population_rows_given(const struct arguments *arguments)
{
    bool given = population_rows_rebuild(arguments);
    for (size_t i = 0; i < ROWS; i++)
        given = given || argument_given(arguments, rows[i].row.name);
    return given;
}

bool population_rows_rebuild(const struct arguments *arguments)
{
    bool given = argument_given(arguments, given_neurons_row.name);
    for (size_t i = 0; i < ROWS; i++)
        given = given || (!rows[i].reads && argument_given(arguments, rows[i].row.name));
    const struct neuron_param *param;
    for (size_t i = 0; (param = neuron_param(i)); i++)
        given = given || argument_given(arguments, param->name);
    return given;
}

/* It has to suit the dimensions, whichever of the two was changed. */
static bool check_function(const struct population_spec *spec, struct error *error)
{
    struct error wrong;
    if (!spec->function)
        return true;
    struct function *function = function_new(spec->function, spec->dims, &wrong);
    function_free(function);
    return function || error_set(error, "%s", wrong.text);
}

static bool apply_points(const struct arguments *arguments, struct population_spec *spec, struct error *error)
{
    const struct value *value = argument_given(arguments, "eval_points");
    struct eval_points *points = NULL;
    size_t count = 0;
    if (!value)
        return true;
    if (!eval_points_typed(value->text, spec->given ? spec->given->dims : spec->dims, &points, &count, error))
        return false;
    free(spec->eval_points);
    spec->eval_points = points ? points->x : NULL;
    spec->eval_count = points ? points->count : count;
    free(points);
    return true;
}

bool population_rows_apply(const struct arguments *arguments, struct population_spec *spec, struct error *error)
{
    for (size_t i = 0; i < ROWS; i++) {
        const struct value *value = argument_given(arguments, rows[i].row.name);
        if (value)
            rows[i].apply(spec, value);
    }
    if (argument_given(arguments, "max_rates") || argument_given(arguments, "intercepts"))
        spec->held_model = NULL;
    return neuron_rows_apply(arguments, spec->model, &spec->params, error) &&
           given_neurons_apply(arguments, spec, error) && check_function(spec, error) &&
           apply_points(arguments, spec, error);
}

void population_rows_hold(bool gain, const struct arguments *arguments, const struct population_spec *was,
                          struct population_spec *spec)
{
    bool others = spec->model != was->model || memcmp(&spec->params, &was->params, sizeof spec->params) != 0;
    bool asked = argument_given(arguments, "max_rates") || argument_given(arguments, "intercepts");
    if (!others || asked)
        return;
    if (!gain)
        spec->held_model = NULL;
    else if (!spec->held_model) {
        spec->held_model = was->model;
        spec->held = was->params;
    }
}

/* ---- showing ---- */

static size_t put_shown(const char *name, const char *verb, const char *shown, char *out, size_t used, size_t size)
{
    if (used + 1 >= size)
        return used;
    return used + (size_t)snprintf(out + used, size - used, "%s%s%s %s", used ? ", " : "", name, verb, shown);
}

void population_rows_show(const struct arguments *arguments, const struct population_spec *spec, const char *verb,
                          char *out, size_t size)
{
    struct neuron_params params = spec->params;
    char shown[64];
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < ROWS; i++) {
        if (!argument_given(arguments, rows[i].row.name))
            continue;
        rows[i].show(spec, shown, sizeof shown);
        used = put_shown(rows[i].row.name, verb, shown, out, used, size);
    }
    const struct neuron_param *param;
    for (size_t i = 0; (param = neuron_param(i)); i++) {
        if (!argument_given(arguments, param->name) || !neuron_has_param(spec->model, param))
            continue;
        number_human(shown, *neuron_param_value(&params, param), param->dimension);
        used = put_shown(param->name, verb, shown, out, used, size);
    }
}

/* "20 ms -> 30 s (no unit: seconds)" */
static void put_quantity(const struct value *value, double before, double after, enum dimension dimension,
                         struct text *out)
{
    char change[NUMBER_CHANGE];
    const char *unit = number_doubtful_unit(value->text, before, after, dimension);
    text_add(out, number_change(change, before, after, dimension));
    if (unit)
        text_printf(out, " (no unit: %s)", unit);
}

void population_rows_change(const struct arguments *arguments, const struct population_spec *before,
                            const struct population_spec *after, struct text *out)
{
    struct neuron_params old = before->params, new = after->params;
    const struct neuron_param *param;
    for (size_t i = 0; i < ROWS; i++) {
        char was[64] = "", is[64] = "";
        const struct value *value = argument_given(arguments, rows[i].row.name);
        if (!value)
            continue;
        rows[i].show(before, was, sizeof was);
        rows[i].show(after, is, sizeof is);
        text_printf(out, "%s%s ", out->length ? ", " : "", rows[i].row.name);
        if (rows[i].row.type == TYPE_QUANTITY && rows[i].row.dimension != DIMENSION_NONE)
            put_quantity(value, before->tau_synapse, after->tau_synapse, rows[i].row.dimension, out);
        else
            text_printf(out, "%s%s%s", strcmp(was, is) ? was : "", strcmp(was, is) ? " \u2192 " : "", is);
    }
    for (size_t i = 0; (param = neuron_param(i)); i++) {
        const struct value *value = argument_given(arguments, param->name);
        if (!value || !neuron_has_param(after->model, param))
            continue;
        text_printf(out, "%s%s ", out->length ? ", " : "", param->name);
        put_quantity(value, *neuron_param_value(&old, param), *neuron_param_value(&new, param), param->dimension, out);
    }
}
