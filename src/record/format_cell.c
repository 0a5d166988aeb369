/* Cell: a file that is one column of times, the spikes of one neuron, which has the file's name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/format_private.h"
#include "text/column_name.h"

struct cell_reader {
    struct harvest *harvest;
    size_t column;
    uint32_t unit;
    char name[COLUMN_SHOWN];
};

static bool is_time(const struct look *look, size_t column)
{
    return column < look->names && column_meaning(look->name[column]).role == ROLE_TIME;
}

static int cell_fit(const struct look *look, const struct load_options *options)
{
    const struct column_facts *facts = &look->column[0];
    (void)options;
    if (look->columns != 1 || look->uneven > 0.1)
        return 0;
    if (look->data == look->sample.rows)
        return is_time(look, 0) ? 60 : 0;
    if (10 * facts->numbers < 9 * facts->cells || 10 * facts->falls > facts->numbers ||
        2 * facts->zeros > facts->cells)
        return 0;
    return look->header == HEADER_NONE ? 60 : is_time(look, 0) ? 70 : 10;
}

static void *cell_open(const struct look *look, const struct load_options *options, struct harvest *harvest,
                       struct error *error)
{
    struct cell_reader plan = {.harvest = harvest};
    char from[COLUMN_SHOWN];
    if (options->columns) {
        error_set(error, "columns= is for events; a file of one cell has one column");
        return NULL;
    }
    for (size_t c = look->columns; c > 0; c--)
        plan.column = is_time(look, c - 1) ? c - 1 : plan.column;
    const char *name = look_name(look, plan.column);
    snprintf(from, sizeof from, "column %.40s", name ? name : "");
    if (!format_named_unit(harvest, column_meaning(name ? name : "").unit, from, options, error))
        return NULL;
    plan.unit = (uint32_t)harvest->labels.count;
    label_append(&harvest->labels, harvest->stem, strlen(harvest->stem));
    look_column_shown(look, plan.column, plan.name);
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
    .fit = cell_fit,
    .open = cell_open,
    .row = cell_row,
    .close = free,
};

const struct spike_format format_cell = {
    .name = "cell",
    .summary = "one neuron a file: one column of times; several files are several neurons",
    .private = &cell,
};
