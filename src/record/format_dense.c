/* Dense: one time a row, one neuron a column, any nonzero cell a spike (Nengo writes 1/dt). Without a column
 * of times row k, counted from 1, is at k dt, as a simulator's first step ends at dt. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "columns_told.h"
#include "dense_columns.h"
#include "dense_save.h"
#include "own_times.h"
#include "record/format_private.h"
#include "text/column_name.h"

struct dense_reader {
    struct harvest *harvest;
    const struct look *look; /* outlives the reader */
    size_t time;             /* NO_COLUMN: rows are dt apart */
    size_t stimulus;         /* NO_COLUMN: there is none */
    double dt;
    bool *neuron;   /* [columns] */
    size_t columns; /* cells in a row */
    size_t first_line;
    double height; /* of the first spike */
    size_t rows;
};

static size_t column_named(const struct look *look, const char *name)
{
    for (size_t c = 0; name && c < look->names; c++)
        if (look_name(look, c) && strcmp(look_name(look, c), name) == 0)
            return c;
    return NO_COLUMN;
}

/* A nameless first column under a header is a data frame's index. */
static size_t index_columns(const struct look *look)
{
    return look->names > 1 && look->name[0][0] == '\0';
}

struct impression {
    bool numbers; /* nearly all cells outside the time column are */
    bool spikes;  /* mostly zeros, or nothing but zero and one other value in each column */
};

static struct impression look_at_cells(const struct look *look, size_t time, size_t stimulus)
{
    size_t cells = 0, numbers = 0, zeros = 0;
    bool two_valued = true, spikes = false;
    for (size_t c = 0; c < look->columns; c++)
        spikes |= c != time && dense_is_spikes(&look->column[c]);
    for (size_t c = index_columns(look); c < look->columns; c++) {
        const struct column_facts *facts = &look->column[c];
        if (c == time || c == stimulus || (spikes && dense_is_signal(look, c)))
            continue;
        cells += facts->cells;
        numbers += facts->numbers;
        zeros += facts->zeros;
        two_valued &= facts->distinct <= 2 && (facts->zeros > 0 || facts->distinct < 2);
    }
    return (struct impression){cells > 0 && 10 * numbers >= 9 * cells, zeros > 0 && (two_valued || 2 * zeros >= cells)};
}

/* Without names the first column must behave like the time of samples. */
static double fit_nameless(const struct look *look)
{
    const struct column_facts *time = &look->column[0];
    struct impression seen = look_at_cells(look, 0, NO_COLUMN);
    if (look->columns < 2 || !seen.numbers || time->numbers < 2 || time->falls + time->repeats > 0)
        return 0;
    if (look->columns > 5)
        return seen.spikes ? 8 : 3;
    return seen.spikes && time->even && (look->columns > 2 || time->numbers >= 10) ? 7 : 0;
}

static double dense_shape(const struct look *look, const struct load_options *options)
{
    size_t time = dense_named_time(look), stimulus = column_named(look, options->stimulus);
    struct impression seen = look_at_cells(look, time, stimulus);
    bool data = look->data < look->sample.rows;
    if (options->dt > 0 || (stimulus != NO_COLUMN && stimulus != time))
        return seen.numbers || !data ? 9.5 : 0;
    if (time == NO_COLUMN)
        return fit_nameless(look);
    if (dense_is_own(look))
        return own_times(look, 0) ? OWN_FORM : NAMED_FORM;
    if (!data)
        return look->columns > 2 ? 7 : 0;
    if (look->columns < 2 || !seen.numbers)
        return 0;
    return seen.spikes ? 8 : look->columns > 5 ? 4 : 0;
}

/* columns= names a time and columns that are 0 but for spikes. */
static bool tells_neurons(const struct look *look, const struct load_options *options)
{
    struct reading_columns told;
    struct error ignored;
    if (!columns_told(&told, look, options->columns, false, &ignored) || !look_facts(look, told.time)->regular)
        return false;
    for (size_t i = 0; i < told.ids; i++)
        if (!dense_is_spikes(look_facts(look, told.id[i])))
            return false;
    return true;
}

static void dense_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    double shape = dense_shape(look, options);
    size_t time = dense_named_time(look);
    if (shape <= 0 || (options->columns && !tells_neurons(look, options)))
        return;
    struct reading *reading = reading_add(list, &format_dense, shape);
    reading->columns.time = time == NO_COLUMN && options->dt == 0 ? 0 : time;
}

/* With names, or mostly zeros, the first column may be a neuron: then dt= is needed. */
static bool find_time(struct dense_reader *reader, const struct look *look, const struct load_options *options,
                      struct error *error)
{
    reader->time = dense_named_time(look);
    reader->dt = options->dt;
    if (options->dt > 0 && reader->time == NO_COLUMN)
        return true;
    const char *unit = reader->time == NO_COLUMN ? "" : look_meaning(look, reader->time).unit;
    if (options->dt > 0 && strcmp(unit, "steps") != 0 && strcmp(unit, "samples") != 0)
        return error_set(error, "dt= is for files without times, but column %zu (%.40s) holds them", reader->time + 1,
                         look->name[reader->time]);
    if (reader->time != NO_COLUMN)
        return true;
    const struct column_facts *first = &look->column[0];
    if (look->columns < 2 || first->numbers < 2 || first->falls + first->repeats > 0 || index_columns(look))
        return error_set(error, "no column rises as times do; dt=1ms makes each row a sample");
    reader->time = 0;
    return true;
}

static void name_neurons(struct dense_reader *reader, const struct look *look)
{
    struct label_set *labels = &reader->harvest->labels;
    for (size_t c = 0; c < reader->columns && !stop_requested(); c++) {
        char number[24];
        const char *name = look_name(look, c);
        snprintf(number, sizeof number, "%zu", labels->count);
        if (reader->neuron[c])
            label_append(labels, name ? name : number, strlen(name ? name : number));
    }
}

static bool find_stimulus(struct dense_reader *reader, const struct look *look, const char *name, struct error *error)
{
    reader->stimulus = column_named(look, name);
    if (!name)
        return true;
    if (reader->stimulus == NO_COLUMN)
        return error_set(error, "stimulus=%.60s: there is no column of that name here", name);
    return reader->stimulus != reader->time || error_set(error, "stimulus=%.60s: that is the column of times", name);
}

static bool set_unit(struct harvest *harvest, const struct look *look, size_t time, const struct load_options *options,
                     struct error *error)
{
    char from[COLUMN_SHOWN];
    if (time == NO_COLUMN) {
        strcpy(harvest->unit_from, "from dt");
        return time_unit_parse("s", &harvest->unit_of_time, error);
    }
    const char *name = look_name(look, time);
    snprintf(from, sizeof from, "column %.40s", name ? name : "");
    return format_named_unit(harvest, time, column_meaning(name ? name : "").unit, from, options, error);
}

static void *dense_open(const struct look *look, const struct reading *reading, const struct load_options *options,
                        struct harvest *harvest, struct error *error)
{
    struct dense_reader plan = {.harvest = harvest, .look = look};
    struct reading_columns told;
    (void)reading;
    if (options->columns && !columns_told(&told, look, options->columns, false, error))
        return NULL;
    if (options->unit && options->dt > 0 && dense_named_time(look) == NO_COLUMN) {
        error_set(error, "dt= gives the times in s already; unit= is for files that have a column of times");
        return NULL;
    }
    plan.columns = look->header == HEADER_ROW ? look->names : look->columns;
    plan.time = options->columns ? told.time : NO_COLUMN;
    if (options->columns && told.time >= plan.columns) {
        error_set(error, "columns=%.60s: the time would be column %zu, but the header names %zu", options->columns,
                  told.time + 1, plan.columns);
        return NULL;
    }
    if ((!options->columns && !find_time(&plan, look, options, error)) ||
        !find_stimulus(&plan, look, options->stimulus, error) || !set_unit(harvest, look, plan.time, options, error))
        return NULL;
    plan.first_line = look->sample.line[0];
    harvest->in_order = true;
    harvest->time_column = plan.time;
    plan.neuron = dense_neurons(look, plan.columns, plan.time, plan.stimulus, options->columns ? &told : NULL, harvest);
    name_neurons(&plan, look);
    if (stop_requested() || harvest->labels.count == 0) {
        free(plan.neuron);
        error_set(error,
                  stop_requested()
                      ? "interrupted"
                      : "there is only a column of times here; a dense file has one column more for each neuron");
        return NULL;
    }
    struct dense_reader *reader = xcalloc(1, sizeof *reader);
    *reader = plan;
    return reader;
}

static bool take_cell(struct dense_reader *reader, const struct row *row, size_t column, double time, uint32_t unit,
                      struct error *error)
{
    const struct field *field = &row->field[column];
    double value;
    char name[COLUMN_SHOWN], shown[FIELD_SHOWN];
    if ((!field_number(&reader->look->style, field, &value) && !field_truth(field, &value)) || isnan(value))
        return error_set(error, "'%s' in %s is not a number", field_shown(shown, field),
                         look_column_shown(reader->look, column, name));
    reader->harvest->cells++;
    if (value == 0)
        return true;
    if (reader->height == 0)
        reader->height = value;
    reader->harvest->shifted += value != reader->height;
    return harvest_spike(reader->harvest, time, unit, error);
}

/* A stimulus goes row by row with its time, so the rows must be in order. */
static bool take_stimulus(struct dense_reader *reader, const struct row *row, double time, struct error *error)
{
    struct harvest *harvest = reader->harvest;
    char name[COLUMN_SHOWN];
    double value;
    if (harvest->samples > 0 && time < harvest->sample[harvest->samples - 1])
        return error_set(error, "the time falls here; beside a stimulus the rows must be in order");
    if (!harvest_number(harvest, row, reader->stimulus, look_column_shown(reader->look, reader->stimulus, name), &value,
                        error))
        return false;
    xgrow(&harvest->stimulus, &harvest->stimulus_capacity, harvest->samples + 1, sizeof *harvest->stimulus);
    harvest->stimulus[harvest->samples] = value;
    return true;
}

static bool dense_row(void *context, const struct row *row, struct error *error)
{
    struct dense_reader *reader = context;
    struct harvest *harvest = reader->harvest;
    char name[COLUMN_SHOWN];
    double time = (double)++reader->rows * reader->dt;
    if (row->count != reader->columns)
        return error_set(error, "%zu column%s here, but %zu in line %zu", row->count, row->count == 1 ? "" : "s",
                         reader->columns, reader->first_line);
    if (reader->time != NO_COLUMN &&
        !harvest_cell(harvest, row, reader->time, look_column_shown(reader->look, reader->time, name), &time, error))
        return false;
    if (reader->stimulus != NO_COLUMN && !take_stimulus(reader, row, time, error))
        return false;
    size_t spikes = harvest->spikes, shifted = harvest->shifted, cells = harvest->cells;
    uint32_t unit = 0;
    for (size_t c = 0; c < row->count; c++)
        if (reader->neuron[c] && !take_cell(reader, row, c, time, unit++, error)) {
            harvest->spikes = spikes; /* the row as a whole is left out */
            harvest->shifted = shifted;
            harvest->cells = cells;
            return false;
        }
    harvest_time(harvest, time);
    xgrow(&harvest->sample, &harvest->sample_capacity, harvest->samples + 1, sizeof *harvest->sample);
    harvest->sample[harvest->samples++] = time;
    return true;
}

static void dense_close(void *context)
{
    struct dense_reader *reader = context;
    free(reader->neuron);
    free(reader);
}

static const struct format_private dense = {
    .row_by_row = true,
    .alone = true,
    .readings = dense_readings,
    .open = dense_open,
    .row = dense_row,
    .close = dense_close,
    .save = dense_save,
};

const struct spike_format format_dense = {
    .name = "dense",
    .summary = "one sample a row: a time column and one column a neuron, any nonzero a spike",
    .private = &dense,
};
