/* Keys of inputs. A kind needs no word here: its numbers come from its parameter table, and the two that need
 * more than numbers (noise a seed, playback a file) say so in their descriptor. */
#include "typed/input_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "model/stimulus_vector.h"

static const char *type_name(const void *list, size_t i)
{
    (void)list;
    return stimulus_types[i]->name;
}

struct word_list input_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"kind of input", stimulus_type_count, type_name, NULL};
}

static const char *row_name(struct parameter_set *set, const char *prefix, const char *name)
{
    char whole[48];
    if (!prefix[0])
        return name;
    snprintf(whole, sizeof whole, "%s%s", prefix, name);
    return parameter_set_store(set, whole);
}

static void add_number(struct parameter_set *set, const struct stimulus_param *param, const char *prefix,
                       const double *present)
{
    char human[NUMBER_HUMAN], typed[NUMBER_HUMAN];
    number_human(human, param->fallback, param->dimension);
    number_typed(typed, present ? *present : param->fallback, param->dimension);
    parameter_set_add(set, (struct parameter){.name = row_name(set, prefix, param->name),
                                              .type = TYPE_QUANTITY,
                                              .dimension = param->dimension,
                                              .low = param->low,
                                              .high = param->high,
                                              .each = true,
                                              .shown_only = true,
                                              .fallback = parameter_set_store(set, human),
                                              .help = param->help,
                                              .present = present ? parameter_set_store(set, typed) : NULL});
}

static void add_file(struct parameter_set *set, const char *prefix)
{
    parameter_set_add(set, (struct parameter){.name = row_name(set, prefix, "file"),
                                              .type = TYPE_TABLE,
                                              .help = "the table played back: a column of times and one of values"});
    parameter_set_add(set,
                      (struct parameter){.name = row_name(set, prefix, "column"),
                                         .type = TYPE_TEXT,
                                         .help = "name of the column of values, or of one for each dimension as in a,b "
                                                 "(default: x1,x2,..., else in their order)"});
    parameter_set_add(set, (struct parameter){.name = row_name(set, prefix, "time"),
                                              .type = TYPE_TEXT,
                                              .help = "name of the column of times (default: time, t, or the first "
                                                      "of several)"});
    parameter_set_add(set, (struct parameter){.name = row_name(set, prefix, "dt"),
                                              .type = TYPE_QUANTITY,
                                              .dimension = DIMENSION_TIME,
                                              .low = 0,
                                              .low_open = true,
                                              .high = 1e9,
                                              .help = "time between rows of a file without times (default: the step of "
                                                      "the simulation)"});
}

void input_rows_add(struct parameter_set *set, const struct stimulus_type *type, const char *prefix,
                    const struct stimulus *present)
{
    if (present && present->type != type)
        present = NULL;
    if (type->samples)
        add_file(set, prefix);
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && type->params[i].name; i++)
        add_number(set, &type->params[i], prefix, present ? &present->param[i] : NULL);
    if (type->seeded)
        parameter_set_add(set,
                          (struct parameter){.name = row_name(set, prefix, "seed"),
                                             .type = TYPE_COUNT,
                                             .help = "of the noise (default: one of its own, from the session's)"});
}

/* The numbers of one parameter in all dimensions: "1Hz", "0rad,1.57rad". */
static void add_typed(const struct stimulus *input, size_t param, struct text *out)
{
    char number[NUMBER_HUMAN];
    for (const struct stimulus *part = input; part; part = part->next)
        text_printf(out, "%s%s", part == input ? "" : ",",
                    number_typed(number, part->param[param], input->type->params[param].dimension));
}

bool input_rows_typed(const struct stimulus *input, const char *prefix, struct text *out)
{
    const struct stimulus_type *type = input->type;
    for (const struct stimulus *part = input; part; part = part->next)
        if (part->type != type || type->samples)
            return false;
    if (type == &stimulus_constant) {
        add_typed(input, 0, out);
        return true;
    }
    text_add(out, type->name);
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && type->params[i].name; i++) {
        text_printf(out, " %s%s=", prefix, type->params[i].name);
        add_typed(input, i, out);
    }
    if (type->seeded)
        text_printf(out, " %sseed=%llu", prefix, (unsigned long long)input->seed);
    return true;
}

static const struct value *get(const struct arguments *arguments, const char *prefix, const char *name)
{
    char whole[48];
    snprintf(whole, sizeof whole, "%s%s", prefix, name);
    return argument_given(arguments, whole);
}

bool input_rows_given(const struct arguments *arguments, const struct stimulus_type *type, const char *prefix)
{
    static const char *const further[] = {"seed", "file", "column", "time", "dt"};
    bool given = get(arguments, prefix, "dim") != NULL;
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && type->params[i].name; i++)
        given = given || get(arguments, prefix, type->params[i].name);
    for (size_t i = 0; i < sizeof further / sizeof *further; i++)
        given =
            given || ((type->seeded) == (i == 0) && (i == 0 || type->samples) && get(arguments, prefix, further[i]));
    return given;
}

size_t input_rows_dim(const struct arguments *arguments, const char *prefix)
{
    const struct value *dim = get(arguments, prefix, "dim");
    return dim ? (size_t)dim->count - 1 : 0;
}

/* ---- playback ---- */

static bool find_column(const struct csv_table *table, const char *wanted, const char *key, long *column,
                        struct error *error)
{
    *column = csv_table_column(table, wanted);
    if (*column >= 0)
        return true;
    struct text names = {0};
    for (size_t i = 0; table->name && i < table->columns; i++)
        text_printf(&names, "%s%s", i ? ", " : "; it has ", table->name[i]);
    error_set(error, "%s=%.60s: the file has no column of that name%.300s", key, wanted,
              table->name ? names.bytes : ", and no header");
    text_free(&names);
    return false;
}

static long time_column(const struct csv_table *table)
{
    static const char *const names[] = {"time", "t"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        long column = csv_table_column(table, names[i]);
        if (column >= 0)
            return column;
    }
    return table->columns > 1 ? 0 : -1;
}

/* The columns played: one for all dimensions, or one for each. */
struct columns {
    long time; /* -1: rows are dt apart */
    size_t count;
    long value[POPULATION_MAX_DIMS];
};

static bool typed_columns(const struct csv_table *table, const char *typed, struct columns *columns,
                          struct error *error)
{
    char name[128];
    for (const char *piece = typed;; piece++) {
        size_t length = strcspn(piece, ",");
        snprintf(name, sizeof name, "%.*s", length > 100 ? 100 : (int)length, piece);
        if (columns->count == POPULATION_MAX_DIMS)
            return error_set(error, "column= names more than %d columns", POPULATION_MAX_DIMS);
        if (!find_column(table, name, "column", &columns->value[columns->count++], error))
            return false;
        piece += length;
        if (*piece == '\0')
            return true;
    }
}

/* x1, x2, ... by their names. */
static bool named_columns(const struct csv_table *table, size_t dims, struct columns *columns)
{
    for (columns->count = 0; columns->count < dims; columns->count++) {
        char name[24];
        snprintf(name, sizeof name, "x%zu", columns->count + 1);
        columns->value[columns->count] = csv_table_column(table, name);
        if (columns->value[columns->count] < 0)
            return false;
    }
    return true;
}

/* One a dimension in their order, where there are enough; a single one for all. */
static bool ordered_columns(const struct csv_table *table, size_t dims, struct columns *columns, struct error *error)
{
    size_t there = table->columns - (columns->time >= 0);
    if (dims == 1 || there == 1) {
        columns->count = 1;
        columns->value[0] = columns->time == 0 && table->columns > 1 ? 1 : 0;
        return true;
    }
    columns->count = 0;
    for (size_t c = 0; c < table->columns && columns->count < dims; c++)
        if ((long)c != columns->time)
            columns->value[columns->count++] = (long)c;
    return columns->count == dims ||
           error_set(error,
                     "file: x has %zu dimensions, and the file has %zu columns of values; column=NAME plays one in "
                     "all of them, dim=1 in one",
                     dims, there);
}

static bool choose_columns(const struct arguments *arguments, const struct input_request *request, size_t dims,
                           const struct csv_table *table, struct columns *columns, struct error *error)
{
    const struct value *typed = get(arguments, request->prefix, "column");
    const struct value *time = get(arguments, request->prefix, "time");
    columns->time = get(arguments, request->prefix, "dt") ? -1 : time_column(table);
    if (time && !find_column(table, time->text, "time", &columns->time, error))
        return false;
    if (typed && !typed_columns(table, typed->text, columns, error))
        return false;
    if (!typed && (dims == 1 || !named_columns(table, dims, columns)) && !ordered_columns(table, dims, columns, error))
        return false;
    if (columns->count == 1 && columns->value[0] == columns->time)
        columns->time = -1;
    return columns->count == 1 || columns->count == dims ||
           error_set(error, "column=%.60s names %zu columns, and x has %zu dimension%s", typed->text, columns->count,
                     dims, dims == 1 ? "" : "s");
}

static struct stimulus_samples *make_samples(const struct csv_table *table, const char *path, long time, long value,
                                             double dt)
{
    struct stimulus_samples *samples = xcalloc(1, sizeof *samples);
    samples->count = table->rows;
    samples->time = xcalloc(table->rows, sizeof *samples->time);
    samples->value = xcalloc(table->rows, sizeof *samples->value);
    samples->source = xstrdup(path);
    samples->rows = time < 0;
    for (size_t i = 0; i < table->rows; i++) {
        const double *row = table->value + i * table->columns;
        samples->time[i] = time < 0 ? (double)(i + 1) * dt : row[time];
        samples->value[i] = row[value];
    }
    return samples;
}

static struct stimulus_samples *copy_samples(const struct stimulus *present)
{
    struct stimulus alone = *present;
    alone.next = NULL;
    struct stimulus *copy = stimulus_copy(&alone);
    struct stimulus_samples *samples = copy->samples;
    copy->samples = NULL;
    stimulus_free(copy);
    return samples;
}

/* ---- making ---- */

/* What one call makes: the dimensions it is about, and where their samples come from. */
struct making {
    const struct arguments *arguments;
    const struct input_request *request;
    bool single;        /* only one dimension, by dim= */
    size_t first, dims; /* that one; else 0 and all */
    struct columns columns;
};

static const struct stimulus *present_of(const struct making *m, size_t d)
{
    const struct stimulus *present = m->request->change ? stimulus_of(m->request->present, m->first + d) : NULL;
    return present && present->type == m->request->type ? present : NULL;
}

static bool samples_of(const struct making *m, size_t d, struct stimulus_samples **samples, struct error *error)
{
    const struct value *file = get(m->arguments, m->request->prefix, "file");
    const struct value *dt = get(m->arguments, m->request->prefix, "dt");
    const struct stimulus *present = present_of(m, d);
    *samples = NULL;
    if (!m->request->type->samples)
        return true;
    if (!file && !present)
        return error_set(error, "the input %s needs a file: input NAME %s @FILE.csv", m->request->type->name,
                         m->request->type->name);
    if (!file) {
        *samples = copy_samples(present);
        return true;
    }
    long column = m->columns.value[m->columns.count > 1 ? d : 0];
    *samples = make_samples(file->table, file->text + 1, m->columns.time, column, dt ? dt->number : m->request->dt);
    if (m->columns.count > 1 && file->table->name)
        (*samples)->column = xstrdup(file->table->name[column]);
    return true;
}

static struct stimulus *make_part(const struct making *m, size_t d, struct error *error)
{
    const struct stimulus_type *type = m->request->type;
    const struct stimulus *present = present_of(m, d);
    const struct value *seed = type->seeded ? get(m->arguments, m->request->prefix, "seed") : NULL;
    double values[STIMULUS_MAX_PARAMS] = {0};
    struct stimulus_samples *samples;
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && type->params[i].name; i++) {
        const struct value *value = get(m->arguments, m->request->prefix, type->params[i].name);
        values[i] = value     ? value->points.value[value->points.count > 1 ? d : 0]
                    : present ? present->param[i]
                              : type->params[i].fallback;
    }
    if (!samples_of(m, d, &samples, error))
        return NULL;
    uint64_t use =
        seed || !present ? stimulus_seed(seed ? seed->count : m->request->own_seed, m->first + d) : present->seed;
    return stimulus_new(type, values, use, samples, error);
}

/* Lists have a number for each dimension they are about. */
static bool check_lists(const struct making *m, struct error *error)
{
    const struct stimulus_param *params = m->request->type->params;
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && params[i].name; i++) {
        const struct value *value = get(m->arguments, m->request->prefix, params[i].name);
        if (value && value->points.count > 1 && value->points.count != m->dims)
            return error_set(error, "%s=%.60s: %zu numbers, and x has %zu dimension%s%s", params[i].name, value->text,
                             value->points.count, m->dims, m->dims == 1 ? "" : "s", m->single ? " with dim=" : "");
    }
    return true;
}

static bool has_lists(const struct making *m)
{
    const struct stimulus_param *params = m->request->type->params;
    bool several = false;
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && params[i].name; i++) {
        const struct value *value = get(m->arguments, m->request->prefix, params[i].name);
        several = several || (value && value->points.count > 1);
    }
    return several;
}

/* Whether one stimulus does for all dimensions. */
static bool is_shared(const struct making *m)
{
    bool several = m->request->type == &stimulus_noise || m->columns.count > 1 || has_lists(m);
    return !several && !(m->request->change && m->request->present && m->request->present->next);
}

static struct stimulus *make_chain(const struct making *m, struct error *error)
{
    struct stimulus *whole = NULL, **end = &whole;
    size_t count = is_shared(m) ? 1 : m->dims;
    for (size_t d = 0; d < count; d++) {
        *end = make_part(m, d, error);
        if (!*end) {
            stimulus_free(whole);
            return NULL;
        }
        end = &(*end)->next;
    }
    return whole;
}

/* The dimensions it is about; false when dim= is none of them. */
static bool begin(struct making *m, struct error *error)
{
    const struct value *dim = get(m->arguments, m->request->prefix, "dim");
    size_t only = m->request->only ? m->request->only : dim ? (size_t)dim->count : 0;
    m->single = only > 0;
    m->dims = m->single ? 1 : m->request->dims;
    m->first = m->single ? only - 1 : 0;
    return m->first < m->request->dims ||
           error_set(error, "dim=%zu: x has %zu dimension%s", only, m->request->dims, m->request->dims == 1 ? "" : "s");
}

/* Noise of the neurons' own goes to neurons, not to dimensions. */
static bool check_private(const struct making *m, bool list, const char *name, bool private, struct error *error)
{
    const struct stimulus *present = m->request->present;
    if (m->request->dims == 1)
        return true;
    if (private && (m->single || list))
        return error_set(
            error, "%s goes to every neuron, whatever the dimensions of x: it takes neither dim= nor lists", name);
    if (m->single && !private && present && present->type->private_noise)
        return error_set(error, "%s goes to every neuron, so that no dimension has an input of its own: leave out dim=",
                         present->type->name);
    return true;
}

/* With dim= what was made is one of several. Takes it; NULL stays NULL. */
static struct stimulus *put_in_place(const struct making *m, struct stimulus *made)
{
    if (!made || !m->single)
        return made;
    return stimulus_replace(m->request->present, m->request->dims, m->first, made);
}

struct stimulus *input_rows_make(const struct arguments *arguments, const struct input_request *request, bool *own_seed,
                                 struct error *error)
{
    struct making m = {.arguments = arguments, .request = request};
    const struct value *file = request->type->samples ? get(arguments, request->prefix, "file") : NULL;
    if (!begin(&m, error) || !check_lists(&m, error))
        return NULL;
    if (!check_private(&m, has_lists(&m), request->type->name, request->type->private_noise, error))
        return NULL;
    if (file && file->table->columns == 0)
        return error_set(error, "%.200s has no columns", file->text + 1), NULL;
    if (file && !choose_columns(arguments, request, m.dims, file->table, &m.columns, error))
        return NULL;
    struct stimulus *made = make_chain(&m, error);
    if (made && request->type->seeded && get(arguments, request->prefix, "seed"))
        *own_seed = true;
    else if (made && !present_of(&m, 0))
        *own_seed = false;
    return put_in_place(&m, made);
}

struct stimulus *input_rows_constant(const struct arguments *arguments, const struct input_request *request,
                                     const struct value *value, struct error *error)
{
    struct making m = {.arguments = arguments, .request = request};
    struct stimulus *whole = NULL, **end = &whole;
    if (!begin(&m, error) || !check_private(&m, false, "constant", false, error))
        return NULL;
    if (value->points.count > 1 && value->points.count != m.dims)
        return error_set(error, "%.60s: %zu numbers, and x has %zu dimension%s%s", value->text, value->points.count,
                         m.dims, m.dims == 1 ? "" : "s", m.single ? " with dim=" : ""),
               NULL;
    for (size_t d = 0; d < value->points.count; d++) {
        double constant[STIMULUS_MAX_PARAMS] = {value->points.value[d]};
        *end = stimulus_new(&stimulus_constant, constant, 1, NULL, error);
        if (!*end) {
            stimulus_free(whole);
            return NULL;
        }
        end = &(*end)->next;
    }
    return put_in_place(&m, whole);
}
