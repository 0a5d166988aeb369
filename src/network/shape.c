#include "shape.h"

#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"

bool shape_to(struct connection *c, const struct connection_spec *spec, const struct connection_end *post,
              struct error *error)
{
    c->rows = spec->to.count ? spec->to.count : post->dims;
    c->to = xcalloc(c->rows, sizeof *c->to);
    for (size_t r = 0; r < c->rows; r++) {
        c->to[r] = spec->to.count ? spec->to.of[r] : r;
        if (c->to[r] >= post->dims)
            return error_set(error, "to=%zu: %s has %zu dimension%s", c->to[r] + 1, post->name, post->dims,
                             post->dims == 1 ? "" : "s");
    }
    return true;
}

double *shape_matrix(const struct matrix *given, size_t rows, size_t columns)
{
    bool number = given->rows == 0 || (given->rows == 1 && given->columns == 1);
    bool list = given->rows == 1 && given->columns == rows * columns;
    bool whole = given->rows == rows && given->columns == columns;
    if (!(number && rows == columns) && !list && !whole)
        return NULL;
    double *matrix = xcalloc(rows * columns, sizeof *matrix), one = given->rows ? given->value[0] : 1;
    for (size_t r = 0; r < rows; r++)
        for (size_t k = 0; k < columns; k++)
            matrix[r * columns + k] = list || whole ? given->value[r * columns + k] : r == k ? one : 0;
    return matrix;
}

static bool is_finite(const struct matrix *matrix, struct error *error)
{
    for (size_t i = 0; i < matrix->rows * matrix->columns; i++)
        if (!isfinite(matrix->value[i]))
            return error_set(error, "transform: %g is no number to multiply with", matrix->value[i]);
    return true;
}

bool shape_transform(struct connection *c, const struct connection_spec *spec, size_t rows, const char *what,
                     struct error *error)
{
    const struct matrix *given = &spec->transform;
    if (!is_finite(given, error))
        return false;
    c->transform = shape_matrix(given, rows, c->outputs);
    if (c->transform || spec->weights.rows)
        return true;
    const char *function = spec->function ? spec->function : "x";
    if (given->rows == 0 || (given->rows == 1 && given->columns == 1))
        return error_set(error, "%.60s has %zu value%s and %s takes %zu: transform=, from= or to= can make them fit",
                         function, c->outputs, c->outputs == 1 ? "" : "s", what, rows);
    return error_set(error,
                     "transform is %zu x %zu; %zu x %zu fits, a row for each of the %zu dimensions of %s and a "
                     "column for each value of %.60s",
                     given->rows, given->columns, rows, c->outputs, rows, what, function);
}
