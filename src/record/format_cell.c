/* Cell: a file that is one column of times, the spikes of one neuron, which has the file's name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns_told.h"
#include "events_readings.h"
#include "record/format_private.h"
#include "text/column_name.h"

struct cell_reader {
    struct harvest *harvest;
    size_t column;
    uint32_t unit;
    char name[COLUMN_SHOWN];
};

#define FORM 4.5 /* points of a table with a column of times among others */
#define NAMELESS 1.0

static bool is_time(const struct look *look, size_t column)
{
    return column < look->names && look_role(look, column) == ROLE_TIME;
}

static double single_shape(const struct look *look)
{
    const struct column_facts *facts = &look->column[0];
    if (look->uneven > 0.1)
        return 0;
    if (look->data == look->sample.rows)
        return is_time(look, 0) ? 6 : 0;
    if (10 * facts->numbers < 9 * facts->cells || 10 * facts->falls > facts->numbers || 2 * facts->zeros > facts->cells)
        return 0;
    return look->header == HEADER_NONE ? 6 : is_time(look, 0) ? 7 : 1;
}

static size_t time_column(const struct look *look)
{
    size_t best = NO_COLUMN, rank = 0;
    for (size_t c = 0; c < look->names; c++) {
        struct column_meaning meaning = look_meaning(look, c);
        if (meaning.role == ROLE_TIME && (best == NO_COLUMN || meaning.rank < rank)) {
            best = c;
            rank = meaning.rank;
        }
    }
    return best;
}

static bool names_neurons(const struct look *look)
{
    for (size_t c = 0; c < look->names && look->names > 1; c++) {
        enum column_role role = look_role(look, c);
        if (role == ROLE_NEURON || role == ROLE_POPULATION)
            return true;
    }
    return false;
}

/* Rows are numbered, and their times rise at odd steps: no neuron is met twice, so the number is none. */
static bool numbered_times(const struct look *look)
{
    const struct column_facts *first = &look->column[0], *second = look->columns == 2 ? &look->column[1] : NULL;
    return look->names == 0 && second && first->counts && first->numbers == first->cells &&
           (first->least == 0 || first->least == 1) && second->numbers == second->cells && second->falls == 0 &&
           second->whole < second->numbers && second->distinct > 8 && !second->even;
}

/* Beside the times of one cell may stand what else is known of each spike: its amplitude. */
static void cell_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    const struct column_facts *first = &look->column[0];
    size_t time = time_column(look);
    double shape = 0;
    if (options->columns || names_neurons(look))
        return;
    if (look->columns == 1) {
        shape = single_shape(look);
        time = 0;
    } else if (time != NO_COLUMN && time < look->columns) {
        shape = FORM;
    } else if (look->names == 0 && look->columns == 2 && first->falls == 0 && first->whole < first->numbers &&
               first->numbers == first->cells && look->column[1].falls > 0) {
        shape = NAMELESS;
        time = 0;
    }
    if (numbered_times(look)) {
        shape = FORM;
        time = 1;
    }
    if (shape > 0)
        reading_add(list, &format_cell, shape)->columns.time = time;
}

static bool find_column(size_t *column, const struct look *look, const struct reading *reading,
                        const struct load_options *options, struct error *error)
{
    struct reading_columns columns;
    *column = reading->columns.time;
    if (options->columns) {
        if (!columns_told(&columns, look, options->columns, true, error))
            return false;
        *column = columns.time;
        return columns.ids == 0 || error_set(error,
                                             "columns=%.60s: a file of one cell has no column of neurons; "
                                             "format=events reads one",
                                             options->columns);
    }
    if (*column == NO_COLUMN)
        *column = time_column(look);
    if (*column == NO_COLUMN)
        *column = 0;
    return true;
}

static void say_left_out(struct harvest *harvest, const struct look *look, size_t time)
{
    struct reading reading = {.format = &format_cell, .columns = {.time = time, .offset = NO_COLUMN}};
    struct text out = {0};
    size_t n = events_say_trials(harvest, look, &reading.columns) ? 0 : reading_left_out(&reading, look, &out);
    if (n)
        text_printf(&harvest->remarks, "\n%s %s left out, and all spikes are taken for those of one neuron", out.bytes,
                    n == 1 ? "is" : "are");
    text_free(&out);
}

static void *cell_open(const struct look *look, const struct reading *reading, const struct load_options *options,
                       struct harvest *harvest, struct error *error)
{
    struct cell_reader plan = {.harvest = harvest};
    char from[COLUMN_SHOWN];
    if (!find_column(&plan.column, look, reading, options, error))
        return NULL;
    const char *name = look_name(look, plan.column);
    struct column_meaning meaning = column_meaning(name ? name : "");
    if (name && meaning.unit[0] == '\0')
        column_unit(name, meaning.unit);
    snprintf(from, sizeof from, "column %.40s", name ? name : "");
    if (!format_named_unit(harvest, plan.column, meaning.unit, from, options, error))
        return NULL;
    plan.unit = (uint32_t)harvest->labels.count;
    label_append(&harvest->labels, harvest->stem, strlen(harvest->stem));
    look_column_shown(look, plan.column, plan.name);
    if (look->columns > 1)
        say_left_out(harvest, look, plan.column);
    for (size_t c = 0; c < look->columns; c++)
        if (c != plan.column)
            harvest_leave_column(harvest, look, c);
    struct cell_reader *reader = xcalloc(1, sizeof *reader);
    *reader = plan;
    return reader;
}

static bool cell_row(void *context, const struct row *row, struct error *error)
{
    struct cell_reader *reader = context;
    double time;
    if (row->count <= reader->column)
        return error_set(error, "%zu column%s here, but times are %s", row->count, row->count == 1 ? "" : "s",
                         reader->name);
    if (!harvest_cell(reader->harvest, row, reader->column, reader->name, &time, error))
        return false;
    harvest_time(reader->harvest, time);
    return harvest_spike(reader->harvest, time, reader->unit, error);
}

static const struct format_private cell = {
    .row_by_row = true,
    .readings = cell_readings,
    .open = cell_open,
    .row = cell_row,
    .close = free,
};

const struct spike_format format_cell = {
    .name = "cell",
    .summary = "one neuron a file: one column of times; several files are several neurons",
    .private = &cell,
};
