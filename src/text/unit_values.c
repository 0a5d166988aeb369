#include "text/unit_values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/xalloc.h"
#include "text/column_name.h"
#include "text/input.h"
#include "text/look.h"
#include "text/rows.h"

struct reading {
    struct unit_values *values;
    struct look look;
    long units, numbers; /* columns; units -1: none */
    size_t label_capacity, value_capacity;
};

static long find_column(const struct look *look, const char *name)
{
    for (size_t c = 0; c < look->columns; c++) {
        const char *has = look_name(look, c);
        if (has && strcasecmp(has, name) == 0)
            return (long)c;
    }
    return -1;
}

/* The likeliest column of units that is not the one of numbers. */
static long find_units(const struct look *look, long numbers)
{
    long best = -1;
    size_t rank = 0;
    for (size_t c = 0; c < look->columns; c++) {
        const char *name = look_name(look, c);
        struct column_meaning meaning = column_meaning(name ? name : "");
        if ((long)c == numbers || meaning.role != ROLE_NEURON || (best >= 0 && meaning.rank >= rank))
            continue;
        best = (long)c;
        rank = meaning.rank;
    }
    return best >= 0 ? best : look->columns < 2 ? -1 : numbers == 0 ? 1 : 0;
}

static bool choose_columns(struct reading *r, const char *path, const char *column, struct error *error)
{
    const struct look *look = &r->look;
    r->numbers = find_column(look, column ? column : "depth");
    if (column && r->numbers < 0)
        return error_set(error, "%s has no column '%.60s'", path, column);
    r->units = find_units(look, r->numbers);
    if (r->numbers < 0)
        r->numbers = r->units == 0 ? 1 : 0;
    const char *name = look_name(look, (size_t)r->numbers);
    snprintf(r->values->name, sizeof r->values->name, "%s", name ? name : "");
    return true;
}

static bool take_row(void *context, const struct row *row, struct error *error)
{
    struct reading *r = context;
    struct unit_values *values = r->values;
    char shown[FIELD_SHOWN], column[COLUMN_SHOWN];
    size_t last = (size_t)(r->units > r->numbers ? r->units : r->numbers);
    double number = NAN;
    if (r->look.header == HEADER_ROW && row->line == r->look.header_line)
        return true;
    if (row->count <= last)
        return error_set(error, "%s is missing here", look_column_shown(&r->look, last, column));
    const struct field *field = &row->field[r->numbers];
    if (field->length > 0 && !field_number(&r->look.style, field, &number))
        return error_set(error, "'%s' in %s is not a number", field_shown(shown, field),
                         look_column_shown(&r->look, (size_t)r->numbers, column));
    xgrow(&values->value, &r->value_capacity, values->rows + 1, sizeof *values->value);
    values->value[values->rows] = number;
    if (r->units >= 0) {
        xgrow(&values->label, &r->label_capacity, values->rows + 1, sizeof *values->label);
        values->label[values->rows] = xstrdup(row->field[r->units].text);
    }
    values->rows++;
    return true;
}

static bool feed_all(struct reading *r, struct input *input, struct error *error)
{
    struct rows *rows = rows_new(input_name(input), &r->look.style, take_row, r);
    const char *bytes;
    size_t length;
    bool good = true;
    do
        good = input_next(input, &bytes, &length, error) && rows_feed(rows, bytes, length, error);
    while (good && length > 0);
    good = good && rows_finish(rows, error);
    rows_free(rows);
    return good;
}

struct unit_values *unit_values_read(const char *path, const char *column, struct error *error)
{
    struct input *input = input_open(path, error);
    struct reading r = {0};
    if (!input || !look_at(&r.look, input, &(struct look_options){0}, error)) {
        input_close(input);
        return NULL;
    }
    r.values = xcalloc(1, sizeof *r.values);
    bool good = choose_columns(&r, input_name(input), column, error) && feed_all(&r, input, error);
    look_free(&r.look);
    input_close(input);
    if (good)
        return r.values;
    unit_values_free(r.values);
    return NULL;
}

void unit_values_free(struct unit_values *values)
{
    if (!values)
        return;
    for (size_t i = 0; values->label && i < values->rows; i++)
        free(values->label[i]);
    free(values->label);
    free(values->value);
    free(values);
}
