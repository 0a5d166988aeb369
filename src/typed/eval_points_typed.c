#include "typed/eval_points_typed.h"

#include <math.h>
#include <string.h>

#include "base/xalloc.h"
#include "language/parameter.h"
#include "table/decoder_request.h"
#include "text/csv_read.h"

static struct eval_points *even(const char *text, size_t dims, struct error *error)
{
    const struct parameter row = {.name = "eval_points", .type = TYPE_POINTS};
    struct value value = {0};
    struct eval_points *points = NULL;
    if (dims != 1)
        error_set(error, "eval_points=%.60s: evenly spaced points are for one dimension; @FILE with x1, x2, ... works",
                  text);
    else if (parameter_read(NULL, &row, text, &value, error)) {
        points = xcalloc(1, sizeof *points);
        *points = (struct eval_points){value.points.count, 1, value.points.value};
        value.points.value = NULL;
    }
    value_free(&value);
    return points;
}

static struct eval_points *read(const char *text, size_t dims, struct error *error)
{
    struct csv_table *table = csv_table_read(text + 1, error);
    if (!table) {
        error_prefix(error, "eval_points: ");
        return NULL;
    }
    struct eval_points *points = decoder_request_points(table, "eval_points", text, dims, error);
    csv_table_free(table);
    return points;
}

bool eval_points_typed(const char *text, size_t dims, struct eval_points **points, size_t *count, struct error *error)
{
    double number;
    *points = NULL;
    *count = 0;
    if (text[0] == '@' || strchr(text, ':'))
        return (*points = (text[0] == '@' ? read : even)(text, dims, error));
    if (!number_parse(text, strlen(text), &number) || !(number >= 1 && number <= 1e8) || number != floor(number))
        return error_set(error, "eval_points=%.60s: a count, lo:hi:count or @FILE is wanted", text);
    *count = (size_t)number;
    return true;
}
