/* Lists and ranges. A ':' makes a range, a ',' a list, an '@' a file; what is left is one value. */
#include "language/parameter_list.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

struct points points_linspace(double lo, double hi, size_t count)
{
    struct points points = {xalloc(count * sizeof *points.value), count};
    double span = hi - lo, step = span / (double)(count - 1);
    for (size_t i = 0; i < count; i++) {
        double part = (double)i / (double)(count - 1);
        if (count == 1)
            points.value[i] = lo;
        else if (isinf(span))
            points.value[i] = lo * (1 - part) + hi * part;
        else /* a step that underflows: numpy divides first, too */
            points.value[i] = lo + (step == 0 ? part * span : (double)i * step);
    }
    if (count > 1)
        points.value[count - 1] = hi;
    return points;
}

/* One piece of a list or range, not NUL-terminated. `item` counts from 1; 0: the only one. */
static bool read_piece(const struct parameter *row, const char *text, size_t length, size_t item, double *value,
                       struct error *error)
{
    char piece[128];
    if (length == 0)
        return error_set(error, "%s: number %zu of the list is missing", row->name, item);
    if (length >= sizeof piece)
        return error_set(error, "%s: '%.40s...' is no number", row->name, text);
    memcpy(piece, text, length);
    piece[length] = '\0';
    if (!quantity_parse(piece, row->dimension, value, error))
        return error_prefix(error, "%s: ", row->name);
    if (parameter_within(row, *value, error))
        return true;
    return item ? error_prefix(error, "%s: %s (number %zu): ", row->name, piece, item)
                : error_prefix(error, "%s=%s: ", row->name, piece);
}

bool parameter_read_list(const struct parameter *row, const char *text, struct points *points, struct error *error)
{
    size_t capacity = 0;
    bool single = strchr(text, ',') == NULL;
    *points = (struct points){0};
    for (const char *piece = text;; piece++) {
        size_t length = strcspn(piece, ",");
        double value;
        if (!read_piece(row, piece, length, single ? 0 : points->count + 1, &value, error))
            return false;
        if (points->count == POINTS_MAX)
            return error_set(error, "%s: more than %d values", row->name, POINTS_MAX);
        xgrow(&points->value, &capacity, points->count + 1, sizeof *points->value);
        points->value[points->count++] = value;
        piece += length;
        if (*piece == '\0')
            return true;
    }
}

/* The ends and the count of LO:HI or LO:HI:COUNT; count 0 when it is not given. */
static bool read_colons(const struct parameter *row, const char *text, double *lo, double *hi, size_t *count,
                        struct error *error)
{
    const char *second = strchr(text, ':') + 1;
    size_t length = strcspn(second, ":");
    struct parameter ends = *row;
    ends.infinite = false;
    *count = 0;
    if (second == text + 1 || length == 0)
        return error_set(error, "%s=%.60s: a range has two ends, LO:HI or LO:HI:COUNT", row->name, text);
    if (strchr(text, ','))
        return error_set(error, "%s=%.60s: a list (a,b,c) holds no ranges (LO:HI:COUNT)", row->name, text);
    if (!read_piece(&ends, text, (size_t)(second - 1 - text), 0, lo, error) ||
        !read_piece(&ends, second, length, 0, hi, error))
        return false;
    if (second[length] == '\0')
        return true;
    double number;
    const char *third = second + length + 1;
    if (!number_parse(third, strlen(third), &number) || !(number >= 1) || number != floor(number) ||
        number > POINTS_MAX)
        return error_set(error, "%s=%.60s: the count of a range is a whole number from 1 to %d", row->name, text,
                         POINTS_MAX);
    *count = (size_t)number;
    return true;
}

static size_t wanted_column(const struct parameter *row, const struct csv_table *table)
{
    long found = csv_table_column(table, row->name);
    if (found < 0 && row->column)
        found = csv_table_column(table, row->column);
    return found < 0 ? 0 : (size_t)found;
}

static bool read_column(const struct parameter *row, const char *path, struct points *points, struct error *error)
{
    if (path[0] == '\0')
        return error_set(error, "%s: '@' is followed by the name of a file", row->name);
    const char *const wanted[] = {row->name, row->column, NULL};
    struct csv_table *table = csv_table_read_columns(path, wanted, error);
    if (!table)
        return error_prefix(error, "%s: ", row->name);
    size_t column = wanted_column(row, table);
    *points = (struct points){xalloc(table->rows * sizeof *points->value), table->rows};
    bool good = table->rows > 0 || error_set(error, "%s: %s has no rows", row->name, path);
    for (size_t i = 0; i < table->rows && good; i++) {
        points->value[i] = table->value[i * table->columns + column];
        good = parameter_within(row, points->value[i], error) ||
               error_prefix(error, "%s: %s: %.6g (row %zu): ", row->name, path, points->value[i], i + 1);
    }
    csv_table_free(table);
    return good;
}

bool parameter_read_points(const struct parameter *row, const char *text, struct points *points, struct error *error)
{
    double lo, hi;
    size_t count;
    if (text[0] == '@')
        return read_column(row, text + 1, points, error);
    if (!strchr(text, ':'))
        return parameter_read_list(row, text, points, error);
    if (!read_colons(row, text, &lo, &hi, &count, error))
        return false;
    if (count == 0)
        return error_set(error, "%s=%.60s: how many points? LO:HI:COUNT, as in %.60s:101", row->name, text, text);
    *points = points_linspace(lo, hi, count);
    return true;
}

static bool read_uniform(const struct parameter *row, const char *text, struct distribution *distribution,
                         struct error *error)
{
    double lo, hi;
    size_t count;
    if (!read_colons(row, text, &lo, &hi, &count, error))
        return false;
    if (count > 0) {
        struct points points = points_linspace(lo, hi, count);
        *distribution = (struct distribution){.kind = DISTRIBUTION_VALUES, .values = points.value, .count = count};
        return true;
    }
    if (lo > hi)
        return error_set(error, "%s=%.60s: a range goes up, from the lower end to the higher", row->name, text);
    *distribution = (struct distribution){.kind = DISTRIBUTION_UNIFORM, .low = lo, .high = hi};
    return true;
}

/* Columns e1, e2, ... of a file, row by row; width 0: it has no e1 and e2, and one column is what counts. */
static bool read_vectors(const struct parameter *row, const char *path, struct distribution *distribution,
                         struct error *error)
{
    size_t column[POPULATION_MAX_DIMS], width = 0;
    struct csv_table *table = csv_table_read(path, error);
    *distribution = (struct distribution){.kind = DISTRIBUTION_VALUES};
    if (!table)
        return error_prefix(error, "%s: ", row->name);
    for (; width < POPULATION_MAX_DIMS; width++) {
        char name[24];
        snprintf(name, sizeof name, "e%zu", width + 1);
        long found = csv_table_column(table, name);
        if (found < 0)
            break;
        column[width] = (size_t)found;
    }
    if (width > 1) {
        distribution->width = width;
        distribution->count = table->rows * width;
        distribution->values = xalloc((distribution->count + 1) * sizeof *distribution->values);
    }
    for (size_t i = 0; i < distribution->count; i++)
        distribution->values[i] = table->value[i / width * table->columns + column[i % width]];
    csv_table_free(table);
    return true;
}

bool parameter_read_range(const struct parameter *row, const char *text, struct distribution *distribution,
                          struct error *error)
{
    struct points points = {0};
    if (row->vectors && text[0] == '@' && text[1]) {
        if (!read_vectors(row, text + 1, distribution, error))
            return false;
        if (distribution->width > 0)
            return true;
    }
    if (text[0] != '@' && strchr(text, ':'))
        return read_uniform(row, text, distribution, error);
    if (!parameter_read_points(row, text, &points, error)) {
        free(points.value);
        return false;
    }
    if (points.count == 1) {
        *distribution = (struct distribution){.low = points.value[0], .high = points.value[0]};
        free(points.value);
        return true;
    }
    *distribution = (struct distribution){.kind = DISTRIBUTION_VALUES, .values = points.value, .count = points.count};
    return true;
}
