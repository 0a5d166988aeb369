/* The style is found by look_at; then every row is read strictly, so that a table is right as a whole or
 * refused with the place of its first fault. */
#include "text/csv_read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "text/input.h"
#include "text/look.h"
#include "text/rows.h"

struct reading {
    struct csv_table *table;
    const char *const *wanted; /* names up to a NULL; NULL: every column must be numbers */
    bool *idle;                /* [columns] nobody looks at it; NULL: there is none */
    struct look look;
    bool first; /* the next row is the file's first */
    size_t first_line;
    size_t used, capacity;
};

/* Whether the first row holds anything but numbers. */
static bool has_header(const struct look *look)
{
    for (size_t c = 0; c < sample_width(&look->sample, 0); c++) {
        double value;
        struct field field = sample_field(&look->sample, sample_cell(&look->sample, 0, c));
        if (!field_number(&look->style, &field, &value))
            return true;
    }
    return false;
}

static void take_header(struct csv_table *table, const struct row *row)
{
    table->name = xcalloc(row->count, sizeof *table->name);
    for (size_t i = 0; i < row->count; i++)
        table->name[i] = xstrdup(row->field[i].text);
}

const char *const csv_columns_of_numbers[] = {NULL};

/* Columns that are not wanted, if any wanted one is there. */
static void find_idle(struct reading *reading)
{
    const struct csv_table *table = reading->table;
    bool *idle = xcalloc(table->columns, sizeof *idle), found = false;
    for (size_t i = 0; i < table->columns; i++) {
        idle[i] = reading->wanted[0] != NULL || look_facts(&reading->look, i)->numbers == 0;
        for (size_t w = 0; reading->wanted[w]; w++)
            if (strcmp(table->name[i], reading->wanted[w]) == 0)
                idle[i] = false;
        found |= !idle[i];
    }
    if (found)
        reading->idle = idle;
    else
        free(idle);
}

static bool explain_cell(const struct csv_table *table, const struct row *row, size_t column, struct error *error)
{
    char shown[FIELD_SHOWN], name[FIELD_SHOWN] = "";
    field_shown(shown, &row->field[column]);
    if (table->name)
        field_shown(name, &(struct field){table->name[column], strlen(table->name[column])});
    return error_set(error, "'%s' in column %zu%s%s%s is not a number", shown, column + 1, *name ? " (" : "", name,
                     *name ? ")" : "");
}

static bool take_row(void *context, const struct row *row, struct error *error)
{
    struct reading *reading = context;
    struct csv_table *table = reading->table;
    bool first = reading->first;
    reading->first = false;
    if (first) {
        table->columns = row->count;
        reading->first_line = row->line;
        if (has_header(&reading->look)) {
            take_header(table, row);
            if (reading->wanted)
                find_idle(reading);
            return true;
        }
    }
    if (row->count != table->columns)
        return error_set(error, "%zu column%s here, but %zu in line %zu", row->count, row->count == 1 ? "" : "s",
                         table->columns, reading->first_line);
    xgrow(&table->value, &reading->capacity, reading->used + row->count, sizeof *table->value);
    for (size_t i = 0; i < row->count; i++) {
        double *value = &table->value[reading->used + i];
        if (field_number(&reading->look.style, &row->field[i], value))
            continue;
        if (!reading->idle || !reading->idle[i])
            return explain_cell(table, row, i, error);
        *value = NAN;
    }
    reading->used += row->count;
    table->rows++;
    return true;
}

static bool feed_all(struct rows *rows, struct input *input, struct error *error)
{
    const char *bytes;
    size_t length;
    do {
        if (!input_next(input, &bytes, &length, error) || !rows_feed(rows, bytes, length, error))
            return false;
    } while (length > 0);
    return rows_finish(rows, error);
}

/* Takes the input. */
static struct csv_table *table_from(struct input *input, const char *const *wanted, struct error *error)
{
    struct reading reading = {.first = true, .wanted = wanted};
    if (!look_at(&reading.look, input, &(struct look_options){0}, error)) {
        input_close(input);
        return NULL;
    }
    struct csv_table *table = reading.table = xcalloc(1, sizeof *table);
    struct rows *rows = rows_new(input_name(input), &reading.look.style, take_row, &reading);
    if (!feed_all(rows, input, error)) {
        csv_table_free(table);
        table = NULL;
    }
    rows_free(rows);
    free(reading.idle);
    look_free(&reading.look);
    input_close(input);
    return table;
}

struct csv_table *csv_table_read(const char *path, struct error *error)
{
    return csv_table_read_columns(path, NULL, error);
}

struct csv_table *csv_table_read_columns(const char *path, const char *const *wanted, struct error *error)
{
    struct input *input = input_open(path, error);
    return input ? table_from(input, wanted, error) : NULL;
}

struct csv_table *csv_table_parse(const char *name, const char *bytes, size_t length, size_t piece,
                                  const char *const *wanted, struct error *error)
{
    return table_from(input_memory(name, bytes, length, piece), wanted, error);
}

void csv_table_free(struct csv_table *table)
{
    if (!table)
        return;
    for (size_t i = 0; table->name && i < table->columns; i++)
        free(table->name[i]);
    free(table->name);
    free(table->value);
    free(table);
}

long csv_table_column(const struct csv_table *table, const char *name)
{
    for (size_t i = 0; table->name && i < table->columns; i++)
        if (strcmp(table->name[i], name) == 0)
            return (long)i;
    return -1;
}
