/* What was typed goes before what is set; neither changes the other. */
#include "table/decoder_request.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "session/message.h"
#include "session/session.h"

struct function *decoder_request_function(const struct arguments *arguments, const struct channel *channel,
                                          struct error *error)
{
    const struct value *typed = argument(arguments, "function");
    const char *set = channel->spec.function ? channel->spec.function : "x";
    return function_new(typed->given ? typed->text : set, channel->population->dims, error);
}

double decoder_request_reg(const struct arguments *arguments, const struct channel *channel)
{
    return argument_number(arguments, "reg", channel->spec.reg);
}

/* ---- points from a file ---- */

static bool find_column(const struct csv_table *table, const char *key, const char *file, size_t dims, size_t d,
                        size_t *column, struct error *error)
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
    return error_set(error, "%s=%.100s has no column %s: x1 to x%zu are needed, one a dimension", key, file, name,
                     dims);
}

static bool copy_column(const struct csv_table *table, const char *key, const char *file, size_t column, size_t d,
                        struct eval_points *points, struct error *error)
{
    for (size_t k = 0; k < points->count; k++) {
        double x = table->value[k * table->columns + column];
        if (!isfinite(x))
            return error_set(error, "%s=%.100s: row %zu of the table has x%zu = %g; x must be finite", key, file, k + 1,
                             d + 1, x);
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

/* What takes long, drawing them, is left to whoever solves. */
static bool choose_points(const struct arguments *arguments, const struct population *population,
                          struct decoder_request *request, struct error *error)
{
    const struct value *typed = argument(arguments, "eval_points"), *seed = argument(arguments, "seed");
    const struct population_spec *spec = &request->spec;
    if (typed->table) {
        request->points = decoder_request_points(typed->table, "eval_points", typed->text, population->dims, error);
        return request->points;
    }
    if (!typed->given && !seed->given && (spec->eval_points || spec->eval_count > 0))
        return true;
    request->count = typed->given ? (size_t)typed->count : eval_points_usual(population->n, population->dims);
    request->seed = seed->given ? seed->count : spec->seed;
    return decoder_fits(population->n, request->count, error) &&
           eval_points_fit(request->count, population->dims, function_outputs(request->function), error);
}

bool decoder_request_read(const struct arguments *arguments, const struct channel *channel,
                          struct decoder_request *request, struct error *error)
{
    *request = (struct decoder_request){.reg = decoder_request_reg(arguments, channel)};
    snprintf(request->name, sizeof request->name, "%s", channel->name);
    population_spec_copy(&request->spec, &channel->spec);
    request->function = decoder_request_function(arguments, channel, error);
    return request->function && choose_points(arguments, channel->population, request, error) && decoder_prepare(error);
}

bool decoder_request_solve(struct decoder_request *request, struct progress progress, struct error *error)
{
    request->population = population_new(&request->spec, error);
    if (!request->population)
        return false;
    if (!request->points)
        request->points = request->count ? eval_points_draw(request->population, request->count, request->seed)
                                         : eval_points_of(&request->spec, request->population);
    request->decoder =
        decoder_solve(request->population, request->function, request->points, request->reg, progress, error);
    return request->decoder;
}

void decoder_request_say(struct session *session, const struct decoder_request *request)
{
    if (request->decoder->silent == request->decoder->n)
        session_note(session, "%s: no neuron fires at any evaluation point, so all decoders are 0", request->name);
}

void decoder_request_free(struct decoder_request *request)
{
    population_spec_free(&request->spec);
    function_free(request->function);
    eval_points_free(request->points);
    population_free(request->population);
    decoder_free(request->decoder);
    *request = (struct decoder_request){0};
}
