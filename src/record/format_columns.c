/* Columns: the spikes of one neuron a column, its name in the first row. Columns end where the neuron has no
 * more spikes, with blanks or without, so the rows get shorter; NeuroExplorer writes such files, with columns
 * of events (the start and stop of the sweep) among them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/format_private.h"
#include "text/column_name.h"

#define NO_UNIT UINT32_MAX

struct columns_reader {
    struct harvest *harvest;
    size_t columns;
    uint32_t *unit;   /* [columns] NO_UNIT: a data frame's index */
    double *previous; /* [columns] */
    char (*name)[COLUMN_SHOWN];
    bool zeros;    /* fill columns up */
    size_t filled; /* cells that hold nan, or such a zero */
};

/* A column that only numbers the rows. */
static size_t index_columns(const struct look *look)
{
    return look->names > 1 && look->name[0][0] == '\0';
}

static double columns_shape(const struct look *look, const struct load_options *options)
{
    size_t cells = 0, numbers = 0, falls = 0, repeats = 0, used = 0;
    bool ragged = look->uneven > 0;
    (void)options;
    for (size_t c = index_columns(look); c < look->columns; c++) {
        const struct column_facts *facts = &look->column[c];
        enum column_role role = c < look->names ? look_role(look, c) : ROLE_NONE;
        if (role == ROLE_TIME || ((role == ROLE_NEURON || role == ROLE_POPULATION) && look->columns <= 5))
            return 0;
        size_t filled = look->zero_columns ? facts->zeros : 0;
        cells += facts->cells - filled;
        numbers += facts->numbers - filled;
        falls += facts->falls - (filled > 0 && facts->falls > 0);
        repeats += facts->repeats - (filled > 0 ? filled - 1 : 0);
        ragged |= filled > 0;
        ragged |= facts->cells < look->sample.rows - look->data;
        used += facts->cells > 0;
    }
    if (numbers == 0 || 10 * numbers < 9 * cells || 50 * falls > numbers || 5 * repeats > numbers)
        return 0;
    if (look->header == HEADER_NONE)
        return ragged && used > 1 && look->rows_rise < 0.9 ? 6.8 : 0;
    return ragged && used > 1 ? 7.5 : 5.5;
}

static void columns_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    double shape = options->columns ? 0 : columns_shape(look, options);
    if (shape > 0)
        reading_add(list, &format_columns, shape);
}

static void say_if_event(struct columns_reader *reader, const char *name, size_t column)
{
    static const char *const events[] = {"sweep", "start", "stop", "event", "trigger", "stimulus", "marker", "onset"};
    char lower[40] = "", shown[COLUMN_SHOWN];
    for (size_t i = 0; name[i] && i < sizeof lower - 1; i++)
        lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] - 'A' + 'a') : name[i];
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (strstr(lower, events[i])) {
            struct field field = {name, strlen(name)};
            char text[FIELD_SHOWN];
            snprintf(shown, sizeof shown, "%s", field_shown(text, &field));
            text_printf(&reader->harvest->remarks,
                        "\ncolumn %zu (%s) sounds like an event; it is read as a neuron like "
                        "the others",
                        column + 1, shown);
            return;
        }
}

static void name_units(struct columns_reader *reader, const struct look *look)
{
    struct harvest *harvest = reader->harvest;
    for (size_t c = 0; c < reader->columns; c++) {
        struct text label = {0};
        const char *name = look_name(look, c);
        reader->unit[c] = c < index_columns(look) ? NO_UNIT : (uint32_t)harvest->labels.count;
        reader->previous[c] = -INFINITY;
        look_column_shown(look, c, reader->name[c]);
        if (reader->unit[c] == NO_UNIT)
            continue;
        if (harvest->several)
            text_printf(&label, "%s:", harvest->stem);
        if (name)
            text_add(&label, name);
        else
            text_printf(&label, "%zu", c);
        label_append(&harvest->labels, label.bytes, label.length);
        text_free(&label);
        if (name)
            say_if_event(reader, name, c);
    }
}

static void *columns_open(const struct look *look, const struct reading *reading, const struct load_options *options,
                          struct harvest *harvest, struct error *error)
{
    (void)reading;
    if (options->columns) {
        error_set(error, "columns= is for events; with format=columns each column is a neuron");
        return NULL;
    }
    if (!format_named_unit(harvest, NO_COLUMN, "", "", options, error))
        return NULL;
    struct columns_reader *reader = xcalloc(1, sizeof *reader);
    reader->harvest = harvest;
    reader->zeros = look->zero_columns;
    reader->columns = look->names > look->columns ? look->names : look->columns;
    for (size_t r = look->data; r < look->sample.rows; r++)
        if (sample_width(&look->sample, r) > reader->columns)
            reader->columns = sample_width(&look->sample, r);
    reader->unit = xcalloc(reader->columns, sizeof *reader->unit);
    reader->previous = xcalloc(reader->columns, sizeof *reader->previous);
    reader->name = xcalloc(reader->columns, sizeof *reader->name);
    harvest->in_order = true;
    harvest->counted = "times";
    name_units(reader, look);
    return reader;
}

static bool is_beyond(const struct columns_reader *reader, const struct row *row)
{
    for (size_t c = reader->columns; c < row->count; c++)
        if (row->field[c].length > 0)
            return true;
    return false;
}

/* A zero behind the spikes of its column. */
static bool is_filling(const struct columns_reader *reader, const struct field *field, size_t column)
{
    double value;
    return reader->zeros && reader->previous[column] > 0 && field_number(&reader->harvest->style, field, &value) &&
           value == 0;
}

static bool columns_row(void *context, const struct row *row, struct error *error)
{
    struct columns_reader *reader = context;
    struct harvest *harvest = reader->harvest;
    struct error why;
    if (is_beyond(reader, row))
        return error_set(error, "%zu columns here, but %zu above", row->count, reader->columns);
    for (size_t c = 0; c < row->count && c < reader->columns; c++) {
        double time;
        if (reader->unit[c] == NO_UNIT)
            continue;
        if (field_is_missing(&row->field[c]) || is_filling(reader, &row->field[c], c)) {
            reader->filled += row->field[c].length > 0;
            continue;
        }
        if (!harvest_cell(harvest, row, c, reader->name[c], &time, &why)) {
            harvest_leave_out(harvest, row->line, &why);
            continue;
        }
        harvest->previous = reader->previous[c];
        harvest_time(harvest, time);
        reader->previous[c] = time;
        if (!harvest_spike(harvest, time, reader->unit[c], error))
            return false;
    }
    return true;
}

static void columns_finish(void *context)
{
    struct columns_reader *reader = context;
    harvest_say_filled(reader->harvest, reader->filled, reader->zeros ? "0" : "nan or NA", "columns");
}

static void columns_close(void *context)
{
    struct columns_reader *reader = context;
    free(reader->unit);
    free(reader->previous);
    free(reader->name);
    free(reader);
}

static const struct format_private columns = {
    .readings = columns_readings,
    .open = columns_open,
    .row = columns_row,
    .finish = columns_finish,
    .close = columns_close,
};

const struct spike_format format_columns = {
    .name = "columns",
    .summary = "one neuron a column: the times of its spikes under its name, as NeuroExplorer writes",
    .private = &columns,
};
