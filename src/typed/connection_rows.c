/* One row a key, with what it writes into a spec and how its present value reads. */
#include "typed/connection_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "typed/eval_points_typed.h"
#include "network/connection.h"
#include "network/rule.h"
#include "rig/channel.h"
#include "text/csv_read.h"

/* What a row needs to know besides its value. */
struct applying {
    struct connection_spec *spec;
    const struct arguments *arguments;
    size_t pre_dims;
};

struct connection_row {
    struct parameter row;
    bool solves; /* other decoders or weights follow from it */
    bool (*apply)(struct applying *a, const struct value *value, struct error *error);
    /* What it is; false: that cannot be typed. NULL: never. */
    bool (*show)(const struct connection_spec *spec, char *out, size_t size);
};

/* ---- words ---- */

static const char *kind_name(const void *list, size_t i)
{
    (void)list;
    return connection_kinds[i]->name;
}

static struct word_list kind_words(void)
{
    return (struct word_list){"kind", connection_kind_count, kind_name, NULL};
}

static const char *solver_name(const void *list, size_t i)
{
    (void)list;
    return connection_solvers[i]->name;
}

static struct word_list solver_words(void)
{
    return (struct word_list){"solver", connection_solver_count, solver_name, NULL};
}

static const char *synapse_name(const void *list, size_t i)
{
    (void)list;
    return synapse_types[i]->name;
}

static struct word_list synapse_words(void)
{
    return (struct word_list){"synapse", synapse_type_count, synapse_name, NULL};
}

/* "none", then the rules. */
static const char *rule_name(const void *list, size_t i)
{
    (void)list;
    return i == 0 ? "none" : learning_rules[i - 1]->name;
}

static struct word_list rule_words(void)
{
    return (struct word_list){"learning rule", learning_rule_count + 1, rule_name, NULL};
}

static const char *const sign_names[] = {"free", "keep"};

static struct word_list sign_words(void)
{
    return (struct word_list){"signs", 2, word_plain, sign_names};
}

static const char *const form_names[] = {"stacked", "gram"};

static struct word_list form_words(void)
{
    return (struct word_list){"form", 2, word_plain, form_names};
}

/* ---- values ---- */

static bool apply_function(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    free(a->spec->function);
    a->spec->function = xstrdup(value->text);
    return true;
}

static bool show_function(const struct connection_spec *spec, char *out, size_t size)
{
    return snprintf(out, size, "%s", spec->function ? spec->function : "x") < (int)size;
}

static bool apply_target(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    free(a->spec->target);
    a->spec->target = xstrdup(value->text);
    return true;
}

/* Rows and columns of a table without the column of labels that tables of this program begin with. */
static struct matrix table_matrix(const struct csv_table *table)
{
    size_t skip = table->name && table->columns > 1 &&
                  (strcmp(table->name[0], "neuron") == 0 || strcmp(table->name[0], "value") == 0);
    struct matrix matrix = {table->rows, table->columns - skip, NULL};
    matrix.value = xreallocarray(NULL, matrix.rows * matrix.columns, sizeof *matrix.value);
    for (size_t r = 0; r < matrix.rows; r++)
        for (size_t c = 0; c < matrix.columns; c++)
            matrix.value[r * matrix.columns + c] = table->value[r * table->columns + c + skip];
    return matrix;
}

static bool need_rows(const char *key, const struct value *value, struct error *error)
{
    return (value->table->rows > 0 && value->table->columns > 0) ||
           error_set(error, "%s=%.100s has no rows of numbers", key, value->text);
}

static struct csv_table *read_table(const char *key, const char *text, struct error *error)
{
    struct csv_table *table = csv_table_read(text + 1, error);
    if (table && table->rows > 0)
        return table;
    if (table)
        error_set(error, "%.100s has no rows of numbers", text + 1);
    csv_table_free(table);
    error_prefix(error, "%s: ", key);
    return NULL;
}

/* Numbers parted by commas; the count, or 0 with a sentence. */
static size_t read_list(const char *key, const char *text, double **out, struct error *error)
{
    size_t count = 0, capacity = 0;
    double *list = NULL;
    for (const char *piece = text;; piece++) {
        size_t length = strcspn(piece, ",");
        xgrow(&list, &capacity, count + 1, sizeof *list);
        if (!number_parse(piece, length, &list[count])) {
            free(list);
            error_set(error, "%s=%.80s: '%.*s' is no number; a number, a list a,b,c or @FILE is wanted", key, text,
                      length > 40 ? 40 : (int)length, piece);
            return 0;
        }
        count++;
        piece += length;
        if (*piece == '\0')
            break;
    }
    *out = list;
    return count;
}

static bool apply_transform(struct applying *a, const struct value *value, struct error *error)
{
    struct matrix matrix = {0};
    if (value->text[0] == '@') {
        struct csv_table *table = read_table("transform", value->text, error);
        if (!table)
            return false;
        matrix = table_matrix(table);
        csv_table_free(table);
    } else {
        matrix.rows = 1;
        matrix.columns = read_list("transform", value->text, &matrix.value, error);
        if (matrix.columns == 0)
            return false;
    }
    matrix_free(&a->spec->transform);
    a->spec->transform = matrix;
    return true;
}

void connection_rows_transform(const struct connection_spec *spec, char *out, size_t size)
{
    const struct matrix *m = &spec->transform;
    size_t used = 0;
    snprintf(out, size, "1");
    for (size_t i = 0; i < m->rows * m->columns && used < size; i++) {
        char number[NUMBER_HUMAN];
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? "," : "",
                                 number_typed(number, m->value[i], DIMENSION_NONE));
    }
}

static bool show_transform(const struct connection_spec *spec, char *out, size_t size)
{
    connection_rows_transform(spec, out, size);
    return spec->transform.rows * spec->transform.columns <= 16;
}

/* 1, or 1,3: dimensions as people count them. */
static bool read_dimensions(const char *key, const char *text, struct dimensions *out, struct error *error)
{
    double *list;
    size_t count = read_list(key, text, &list, error);
    bool good = count > 0;
    for (size_t i = 0; i < count && good; i++) {
        good = list[i] >= 1 && list[i] <= POPULATION_MAX_DIMS && list[i] == floor(list[i]);
        for (size_t k = 0; k < i && good; k++)
            good = list[k] != list[i];
        if (!good)
            error_set(error, "%s=%.80s: dimensions are counted from 1, each once", key, text);
    }
    if (good) {
        free(out->of);
        *out = (struct dimensions){count, xcalloc(count, sizeof *out->of)};
        for (size_t i = 0; i < count; i++)
            out->of[i] = (size_t)list[i] - 1;
    }
    if (count > 0)
        free(list);
    return good;
}

static bool apply_from(struct applying *a, const struct value *value, struct error *error)
{
    return read_dimensions("from", value->text, &a->spec->from, error);
}

static bool apply_to(struct applying *a, const struct value *value, struct error *error)
{
    return read_dimensions("to", value->text, &a->spec->to, error);
}

void connection_rows_dimensions(const struct dimensions *some, size_t dims, char *out, size_t size)
{
    size_t count = some->count ? some->count : dims, used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%zu", i ? "," : "", (some->count ? some->of[i] : i) + 1);
}

static bool apply_kind(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->kind = connection_kinds[value->choice];
    return true;
}

static bool show_kind(const struct connection_spec *spec, char *out, size_t size)
{
    return snprintf(out, size, "%s", spec->kind->name) < (int)size;
}

static bool apply_synapse(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->synapse = synapse_types[value->choice];
    return true;
}

static bool show_synapse(const struct connection_spec *spec, char *out, size_t size)
{
    return snprintf(out, size, "%s", spec->synapse->name) < (int)size;
}

static bool apply_tau_synapse(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->tau_synapse = value->number;
    return true;
}

static bool show_time(double value, char *out, size_t size)
{
    char number[NUMBER_HUMAN];
    return snprintf(out, size, "%s", number_typed(number, value, DIMENSION_TIME)) < (int)size;
}

static bool show_number(double value, char *out, size_t size)
{
    char number[NUMBER_HUMAN];
    return snprintf(out, size, "%s", number_typed(number, value, DIMENSION_NONE)) < (int)size;
}

static bool show_tau_synapse(const struct connection_spec *spec, char *out, size_t size)
{
    return show_time(spec->tau_synapse, out, size);
}

static bool apply_solver(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->solver = connection_solvers[value->choice];
    matrix_free(&a->spec->weights);
    matrix_free(&a->spec->decoders);
    if (a->spec->solver->weights && !argument_given(a->arguments, "kind"))
        a->spec->kind = &connection_full;
    return true;
}

static bool show_solver(const struct connection_spec *spec, char *out, size_t size)
{
    return snprintf(out, size, "%s", spec->solver->name) < (int)size;
}

static bool apply_reg(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->reg = value->number;
    return true;
}

static bool show_reg(const struct connection_spec *spec, char *out, size_t size)
{
    return show_number(spec->reg, out, size);
}

static bool apply_eval_points(struct applying *a, const struct value *value, struct error *error)
{
    struct eval_points *points;
    size_t count;
    if (!eval_points_typed(value->text, a->pre_dims, &points, &count, error))
        return false;
    eval_points_free(a->spec->points);
    a->spec->points = points;
    a->spec->point_count = count;
    return true;
}

static bool apply_seed(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->seed = value->count;
    return true;
}

static bool apply_decoders(struct applying *a, const struct value *value, struct error *error)
{
    if (!need_rows("decoders", value, error))
        return false;
    matrix_free(&a->spec->decoders);
    a->spec->decoders = table_matrix(value->table);
    return true;
}

static bool apply_weights(struct applying *a, const struct value *value, struct error *error)
{
    if (!need_rows("weights", value, error))
        return false;
    matrix_free(&a->spec->weights);
    a->spec->weights = table_matrix(value->table);
    if (!argument_given(a->arguments, "kind"))
        a->spec->kind = &connection_full;
    if (!argument_given(a->arguments, "solver"))
        a->spec->solver = connection_solvers[0];
    return true;
}

static bool apply_scale(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->scale = value->number;
    return true;
}

static bool show_scale(const struct connection_spec *spec, char *out, size_t size)
{
    return show_number(spec->scale, out, size);
}

/* The column called excitatory, or the only one, or the one behind the neuron's number. */
static struct matrix mask_of(const struct csv_table *table)
{
    long named = csv_table_column(table, "excitatory");
    named = named < 0 ? csv_table_column(table, "is_excitatory") : named;
    size_t column =
        named >= 0 ? (size_t)named : table->name && strcmp(table->name[0], "neuron") == 0 && table->columns > 1;
    struct matrix mask = {table->rows, 1, xreallocarray(NULL, table->rows, sizeof(double))};
    for (size_t r = 0; r < table->rows; r++)
        mask.value[r] = table->value[r * table->columns + column];
    return mask;
}

static bool apply_excitatory(struct applying *a, const struct value *value, struct error *error)
{
    struct connection_spec *spec = a->spec;
    double share;
    if (value->text[0] == '@') {
        struct csv_table *table = read_table("excitatory", value->text, error);
        if (!table)
            return false;
        matrix_free(&spec->mask);
        spec->mask = mask_of(table);
        csv_table_free(table);
        return true;
    }
    if (strcmp(value->text, "all") == 0 || strcmp(value->text, "none") == 0)
        share = value->text[0] == 'a';
    else if (!number_parse(value->text, strlen(value->text), &share) || !(share >= 0 && share <= 1))
        return error_set(error, "excitatory=%.60s: a share from 0 to 1, all, none or @FILE is wanted", value->text);
    matrix_free(&spec->mask);
    spec->excitatory = share;
    return true;
}

static bool apply_form(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->gram = value->choice == 1;
    return true;
}

static bool show_form(const struct connection_spec *spec, char *out, size_t size)
{
    return snprintf(out, size, "%s", form_names[spec->gram]) < (int)size;
}

static bool apply_learn(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    const struct learning_rule *rule = value->choice ? learning_rules[value->choice - 1] : NULL;
    if (rule && rule != a->spec->learning.rule && !argument_given(a->arguments, "rate"))
        a->spec->learning.rate = rule->rate;
    a->spec->learning.rule = rule;
    a->spec->learning.on = true;
    return true;
}

static bool show_learn(const struct connection_spec *spec, char *out, size_t size)
{
    return snprintf(out, size, "%s", spec->learning.rule ? spec->learning.rule->name : "none") < (int)size;
}

static bool apply_rate(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->learning.rate = value->number;
    return true;
}

static bool show_rate(const struct connection_spec *spec, char *out, size_t size)
{
    return show_number(spec->learning.rate, out, size);
}

static bool apply_pre_synapse(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->learning.tau = value->number;
    return true;
}

static bool show_pre_synapse(const struct connection_spec *spec, char *out, size_t size)
{
    return show_time(spec->learning.tau, out, size);
}

static bool apply_signs(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->learning.keep_signs = value->choice == 1;
    return true;
}

static bool show_signs(const struct connection_spec *spec, char *out, size_t size)
{
    return snprintf(out, size, "%s", sign_names[spec->learning.keep_signs]) < (int)size;
}

static bool apply_error(struct applying *a, const struct value *value, struct error *error)
{
    (void)error;
    a->spec->learning.has_error = true;
    a->spec->learning.error = value->channel->slot;
    return true;
}

/* ---- rows ---- */

static const struct connection_row rows[] = {
    {{.name = "function",
      .type = TYPE_TEXT,
      .fallback = "x",
      .help = "of what PRE represents, x or x1, x2, ...; outputs parted by commas"},
     true,
     apply_function,
     show_function},
    {{.name = "transform",
      .type = TYPE_TEXT,
      .file_too = true,
      .fallback = "1",
      .help = "f(x) is multiplied by it: a number, a list row by row, or @FILE with a row for each dimension of POST"},
     true,
     apply_transform,
     show_transform},
    {{.name = "from", .type = TYPE_TEXT, .help = "dimensions of PRE that the function sees: 1, or 1,3 (default: all)"},
     true,
     apply_from,
     NULL},
    {{.name = "to", .type = TYPE_TEXT, .help = "dimensions of POST that the values go to: 2, or 1,3 (default: all)"},
     true,
     apply_to,
     NULL},
    {{.name = "kind",
      .type = TYPE_CHOICE,
      .words = kind_words,
      .fallback = "decoded",
      .help = "decoded: values; full: weights from neuron to neuron; neurons: currents, past gain and encoder"},
     true,
     apply_kind,
     show_kind},
    {{.name = "synapse",
      .type = TYPE_CHOICE,
      .words = synapse_words,
      .fallback = "lowpass",
      .help = "what is said passes it and arrives a step later; with none it arrives in the same step"},
     false,
     apply_synapse,
     show_synapse},
    {{.name = "tau_synapse",
      .type = TYPE_QUANTITY,
      .dimension = DIMENSION_TIME,
      .low = 0,
      .high = 1e3,
      .fallback = "5ms",
      .help = "its time constant"},
     false,
     apply_tau_synapse,
     show_tau_synapse},
    {{.name = "solver",
      .type = TYPE_CHOICE,
      .words = solver_words,
      .fallback = "l2",
      .help = "l2: least squares; dale: weights of one sign for each neuron of PRE; zero: nothing, to learn from"},
     true,
     apply_solver,
     show_solver},
    {{.name = "reg",
      .type = TYPE_QUANTITY,
      .low = 0,
      .high = 1e6,
      .fallback = "0.1",
      .help = "regularisation: assumed noise, as a share of the highest rate"},
     true,
     apply_reg,
     show_reg},
    {{.name = "eval_points",
      .type = TYPE_TEXT,
      .file_too = true,
      .help = "where f is asked for: how many are drawn, lo:hi:count evenly spaced, or @FILE with x1, x2, ... "
              "(default: as decoders)"},
     true,
     apply_eval_points,
     NULL},
    {{.name = "seed", .type = TYPE_COUNT, .help = "of evaluation points and signs that are drawn (default: PRE's)"},
     true,
     apply_seed,
     NULL},
    {{.name = "decoders", .type = TYPE_TABLE, .help = "given, as the command decoders prints them"},
     true,
     apply_decoders,
     NULL},
    {{.name = "weights",
      .type = TYPE_TABLE,
      .help = "given, as the command weights prints them: a row for each neuron of POST"},
     true,
     apply_weights,
     NULL},
    {{.name = "scale",
      .type = TYPE_QUANTITY,
      .low = -1e300,
      .high = 1e300,
      .fallback = "1",
      .help = "everything that arrives is multiplied by it"},
     false,
     apply_scale,
     show_scale},
    {{.name = "excitatory",
      .type = TYPE_TEXT,
      .file_too = true,
      .fallback = "0.7",
      .help = "solver=dale: the share of PRE's neurons that excite, all, none, or @FILE with 1 or 0 a row (0.5: both)"},
     true,
     apply_excitatory,
     NULL},
    {{.name = "form",
      .type = TYPE_CHOICE,
      .words = form_words,
      .fallback = "stacked",
      .help = "solver=dale: regularised least squares, or those of the normal equations"},
     true,
     apply_form,
     show_form},
    {{.name = "learn",
      .type = TYPE_CHOICE,
      .words = rule_words,
      .fallback = "none",
      .help = "pes: decoders change against an error; voja: encoders of POST turn towards what arrives"},
     true,
     apply_learn,
     show_learn},
    {{.name = "rate",
      .type = TYPE_QUANTITY,
      .low = 0,
      .low_open = true,
      .high = 1e6,
      .fallback = "1e-4",
      .help = "of learning (voja: 1e-2)"},
     false,
     apply_rate,
     show_rate},
    {{.name = "pre_synapse",
      .type = TYPE_QUANTITY,
      .dimension = DIMENSION_TIME,
      .low = 0,
      .high = 1e3,
      .fallback = "5ms",
      .help = "learning sees activities through a low-pass of this time constant"},
     false,
     apply_pre_synapse,
     show_pre_synapse},
    {{.name = "signs",
      .type = TYPE_CHOICE,
      .words = sign_words,
      .fallback = "free",
      .help = "keep: while a full connection learns, no weight changes its sign; it stays at 0 instead"},
     true,
     apply_signs,
     show_signs},
    {{.name = "error",
      .type = TYPE_CHANNEL,
      .wanted = CHANNEL_PLACE,
      .shown_only = true,
      .keyed = true,
      .help = "the node that says what POST says too much: actual minus wanted"},
     false,
     apply_error,
     NULL},
    {{.name = "target",
      .type = TYPE_TEXT,
      .help = "learn=pes: what is to be learned, a function of x; makes the error's node and the connections into it"},
     false,
     apply_target,
     NULL},
};
#define ROWS (sizeof rows / sizeof *rows)

void connection_rows_add(struct parameter_set *set, const struct connection_spec *present)
{
    char shown[400];
    for (size_t i = 0; i < ROWS; i++) {
        struct parameter *added = parameter_set_add(set, rows[i].row);
        added->shown_only = true;
        if (present && rows[i].show && rows[i].show(present, shown, sizeof shown))
            added->present = parameter_set_store(set, shown);
    }
}

bool connection_rows_given(const struct arguments *arguments)
{
    for (size_t i = 0; i < ROWS; i++)
        if (argument_given(arguments, rows[i].row.name))
            return true;
    return false;
}

bool connection_rows_solves(const struct arguments *arguments, const char *but)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].solves && !(but && strcmp(rows[i].row.name, but) == 0) &&
            argument_given(arguments, rows[i].row.name))
            return true;
    return false;
}

bool connection_rows_apply(const struct arguments *arguments, struct connection_spec *spec, size_t pre_dims,
                           struct error *error)
{
    struct applying a = {spec, arguments, pre_dims};
    for (size_t i = 0; i < ROWS; i++) {
        const struct value *value = argument_given(arguments, rows[i].row.name);
        if (value && !rows[i].apply(&a, value, error))
            return false;
    }
    return true;
}
