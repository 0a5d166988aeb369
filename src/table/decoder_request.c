/* What was typed goes before what is set; neither changes the other. */
#include "table/decoder_request.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "session/state.h"

struct function *decoder_request_function(const struct arguments *arguments, const struct channel *channel,
                                          struct error *error)
{
    const struct value *typed = argument(arguments, "function");
    const char *set = channel->spec.function ? channel->spec.function : "x";
    return function_new(typed->given ? typed->text : set, channel->population->dims, error);
}

double decoder_request_reg(const struct arguments *arguments, const struct channel *channel)
{
    const struct value *typed = argument(arguments, "reg");
    return typed->given ? typed->number : channel->spec.reg;
}

/* ---- points from a file ---- */

static bool find_column(const struct csv_table *table, const char *key, const char *file, size_t dims,
                        size_t d, size_t *column, struct error *error)
{
    char name[24];
    snprintf(name, sizeof name, "x%zu", d + 1);
    long found = csv_table_column(table, name);
    if (found < 0 && dims == 1)
        found = csv_table_column(table, "x");
    if (found < 0 && !table->name && table->columns == dims)
        found = (long)d;
    if (found >= 0) {
        *column = (size_t)found;
        return true;
    }
    if (dims == 1)
        return error_set(error, "%s=%.100s has no column x or x1", key, file);
    return error_set(error, "%s=%.100s has no column %s: x1 to x%zu are needed, one a dimension", key, file,
                     name, dims);
}

static bool copy_column(const struct csv_table *table, const char *key, const char *file, size_t column,
                        size_t d, struct eval_points *points, struct error *error)
{
    for (size_t k = 0; k < points->count; k++) {
        double x = table->value[k * table->columns + column];
        if (!isfinite(x))
            return error_set(error, "%s=%.100s: row %zu of the table has x%zu = %g; x must be finite", key,
                             file, k + 1, d + 1, x);
        points->x[k * points->dims + d] = x;
    }
    return true;
}

struct eval_points *decoder_request_points(const struct csv_table *table, const char *key, const char *file,
                                           size_t dims, struct error *error)
{
    if (table->rows == 0) {
        error_set(error, "%s=%.100s has no rows; one or more points are needed", key, file);
        return NULL;
    }
    struct eval_points *points = xcalloc(1, sizeof *points);
    points->count = table->rows;
    points->dims = dims;
    points->x = xreallocarray(NULL, points->count * dims, sizeof *points->x);
    for (size_t d = 0; d < dims; d++) {
        size_t column = 0;
        if (!find_column(table, key, file, dims, d, &column, error) ||
            !copy_column(table, key, file, column, d, points, error)) {
            eval_points_free(points);
            return NULL;
        }
    }
    return points;
}

/* ---- solving ---- */

static struct eval_points *choose_points(const struct arguments *arguments, const struct channel *channel,
                                         const struct function *function, struct error *error)
{
    const struct population *population = channel->population;
    const struct value *typed = argument(arguments, "eval_points"), *seed = argument(arguments, "seed");
    if (typed->table)
        return decoder_request_points(typed->table, "eval_points", typed->text, population->dims, error);
    if (!typed->given && !seed->given && (channel->spec.eval_points || channel->spec.eval_count > 0))
        return eval_points_of(&channel->spec, population);
    size_t count = typed->given ? (size_t)typed->count : eval_points_usual(population->n, population->dims);
    if (!decoder_fits(population->n, count, error) ||
        !eval_points_fit(count, population->dims, function_outputs(function), error))
        return NULL;
    return eval_points_draw(population, count, seed->given ? seed->count : channel->spec.seed);
}

static void say_silent(struct session *session, const struct channel *channel, const struct decoder *decoder)
{
    if (decoder->silent == decoder->n)
        session_note(session, "%s: no neuron fires at any evaluation point, so all decoders are 0",
                     channel->name);
}

bool decoder_request_solve(struct session *session, const struct arguments *arguments,
                           const struct channel *channel, struct decoder_request *request,
                           struct error *error)
{
    *request = (struct decoder_request){.reg = decoder_request_reg(arguments, channel)};
    request->function = decoder_request_function(arguments, channel, error);
    request->points = request->function ? choose_points(arguments, channel, request->function, error) : NULL;
    if (!request->points)
        return false;
    work_begin(session, "solving");
    request->decoder = decoder_solve(channel->population, request->function, request->points, request->reg,
                                     (struct progress){work_go_on, session}, error);
    work_end(session);
    if (request->decoder)
        say_silent(session, channel, request->decoder);
    return request->decoder;
}

void decoder_request_free(struct decoder_request *request)
{
    function_free(request->function);
    eval_points_free(request->points);
    decoder_free(request->decoder);
    *request = (struct decoder_request){0};
}
