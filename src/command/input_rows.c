/* Keys of inputs. A kind needs no word here: its numbers come from its parameter table, and the two that need
 * more than numbers (noise a seed, playback a file) say so in their descriptor. */
#include "command/input_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"

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
                       double shown, bool present)
{
    char human[NUMBER_HUMAN], typed[NUMBER_HUMAN];
    number_human(human, shown, param->dimension);
    number_typed(typed, shown, param->dimension);
    parameter_set_add(set, (struct parameter){.name = row_name(set, prefix, param->name),
                                              .type = TYPE_QUANTITY,
                                              .dimension = param->dimension,
                                              .low = param->low,
                                              .high = param->high,
                                              .shown_only = true,
                                              .fallback = parameter_set_store(set, human),
                                              .help = param->help,
                                              .present = present ? parameter_set_store(set, typed) : NULL});
}

static void add_file(struct parameter_set *set, const char *prefix)
{
    parameter_set_add(
        set, (struct parameter){.name = row_name(set, prefix, "file"),
                                .type = TYPE_TABLE,
                                .help = "the table played back: a column of times and one of values"});
    parameter_set_add(
        set, (struct parameter){.name = row_name(set, prefix, "column"),
                                .type = TYPE_TEXT,
                                .help = "name of the column of values (default: the first that is not "
                                        "the time)"});
    parameter_set_add(
        set, (struct parameter){.name = row_name(set, prefix, "time"),
                                .type = TYPE_TEXT,
                                .help = "name of the column of times (default: time, t, or the first "
                                        "of several)"});
    parameter_set_add(
        set, (struct parameter){.name = row_name(set, prefix, "dt"),
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
        add_number(set, &type->params[i], prefix, present ? present->param[i] : type->params[i].fallback,
                   present != NULL);
    if (type == &stimulus_noise)
        parameter_set_add(set, (struct parameter){.name = row_name(set, prefix, "seed"),
                                                  .type = TYPE_COUNT,
                                                  .help = "of the noise (default: the session's seed)"});
}

bool input_rows_typed(const struct stimulus *input, const char *prefix, struct text *out)
{
    const struct stimulus_type *type = input->type;
    char number[NUMBER_HUMAN];
    if (type->samples)
        return false;
    if (type == &stimulus_constant) {
        text_add(out, number_typed(number, input->param[0], DIMENSION_NONE));
        return true;
    }
    text_add(out, type->name);
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && type->params[i].name; i++)
        text_printf(out, " %s%s=%s", prefix, type->params[i].name,
                    number_typed(number, input->param[i], type->params[i].dimension));
    if (type == &stimulus_noise)
        text_printf(out, " %sseed=%llu", prefix, (unsigned long long)input->seed);
    return true;
}

static const struct value *get(const struct arguments *arguments, const char *prefix, const char *name)
{
    char whole[48];
    snprintf(whole, sizeof whole, "%s%s", prefix, name);
    const struct value *value = argument_if(arguments, whole);
    return value && value->given ? value : NULL;
}

bool input_rows_given(const struct arguments *arguments, const struct stimulus_type *type, const char *prefix)
{
    static const char *const further[] = {"seed", "file", "column", "time", "dt"};
    bool given = false;
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && type->params[i].name; i++)
        given = given || get(arguments, prefix, type->params[i].name);
    for (size_t i = 0; i < sizeof further / sizeof *further; i++)
        given = given || ((type == &stimulus_noise) == (i == 0) && (i == 0 || type->samples) &&
                          get(arguments, prefix, further[i]));
    return given;
}

/* ---- playback ---- */

static bool named_column(const struct csv_table *table, const struct value *wanted, const char *key,
                         long *column, struct error *error)
{
    if (!wanted)
        return true;
    *column = csv_table_column(table, wanted->text);
    if (*column >= 0)
        return true;
    struct text names = {0};
    for (size_t i = 0; table->name && i < table->columns; i++)
        text_printf(&names, "%s%s", i ? ", " : "; it has ", table->name[i]);
    error_set(error, "%s=%.60s: the file has no column of that name%.300s", key, wanted->text,
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

static struct stimulus_samples *make_samples(const struct csv_table *table, const char *path, long time,
                                             long value, double dt)
{
    struct stimulus_samples *samples = xcalloc(1, sizeof *samples);
    samples->count = table->rows;
    samples->time = xcalloc(table->rows, sizeof *samples->time);
    samples->value = xcalloc(table->rows, sizeof *samples->value);
    samples->source = xstrdup(path);
    for (size_t i = 0; i < table->rows; i++) {
        const double *row = table->value + i * table->columns;
        samples->time[i] = time < 0 ? (double)i * dt : row[time];
        samples->value[i] = row[value];
    }
    return samples;
}

static struct stimulus_samples *read_samples(const struct arguments *arguments, const char *prefix,
                                             double default_dt, struct error *error)
{
    const struct value *file = get(arguments, prefix, "file"), *dt = get(arguments, prefix, "dt");
    const struct csv_table *table = file->table;
    const struct value *column = get(arguments, prefix, "column");
    if (table->columns == 0)
        return error_set(error, "%.200s has no columns", file->text + 1), NULL;
    long time = dt ? -1 : time_column(table), value = -1;
    if (!named_column(table, get(arguments, prefix, "time"), "time", &time, error) ||
        !named_column(table, column, "column", &value, error))
        return NULL;
    if (value < 0)
        value = time == 0 && table->columns > 1 ? 1 : 0;
    if (time == value)
        time = -1;
    return make_samples(table, file->text + 1, time, value, dt ? dt->number : default_dt);
}

static struct stimulus_samples *copy_samples(const struct stimulus *present)
{
    struct stimulus *copy = stimulus_copy(present);
    struct stimulus_samples *samples = copy->samples;
    copy->samples = NULL;
    stimulus_free(copy);
    return samples;
}

struct stimulus *input_rows_make(const struct arguments *arguments, const struct stimulus_type *type,
                                 const char *prefix, const struct stimulus *present, uint64_t session_seed,
                                 double dt, bool *own_seed, struct error *error)
{
    double values[STIMULUS_MAX_PARAMS] = {0};
    struct stimulus_samples *samples = NULL;
    if (present && present->type != type)
        present = NULL;
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && type->params[i].name; i++) {
        const struct value *value = get(arguments, prefix, type->params[i].name);
        values[i] = value ? value->number : present ? present->param[i] : type->params[i].fallback;
    }
    if (type->samples) {
        if (get(arguments, prefix, "file"))
            samples = read_samples(arguments, prefix, dt, error);
        else if (present)
            samples = copy_samples(present);
        else
            error_set(error, "the input %s needs a file: input NAME %s @FILE.csv", type->name, type->name);
        if (!samples)
            return NULL;
    }
    const struct value *seed = type == &stimulus_noise ? get(arguments, prefix, "seed") : NULL;
    if (seed)
        *own_seed = true;
    else if (!present)
        *own_seed = false;
    uint64_t use = seed ? seed->count : present ? present->seed : session_seed;
    return stimulus_new(type, values, use, samples, error);
}
