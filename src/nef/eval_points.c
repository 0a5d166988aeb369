/* Points in the ball: a direction from Gaussian numbers, a distance from the d-th root of a uniform one. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "model/random.h"
#include "nef/decoder.h"

#define BYTES_MAX 2e9

size_t eval_points_usual(size_t n, size_t dims)
{
    size_t few = 500 * dims;
    few = few < 750 ? 750 : few > 2500 ? 2500 : few;
    return few > 2 * n ? few : 2 * n;
}

bool eval_points_fit(size_t count, size_t dims, size_t outputs, struct error *error)
{
    char given[NUMBER_HUMAN], most[NUMBER_HUMAN];
    double bytes = (double)(dims + outputs) * sizeof(double);
    if ((double)count * bytes <= BYTES_MAX)
        return memory_fits((double)count * bytes, error);
    return error_set(error, "%s points of x and f(x) need %.3g GB; up to %s work", number_grouped(given, count),
                     (double)count * bytes / 1e9, number_grouped(most, (uint64_t)(BYTES_MAX / bytes)));
}

static void draw_in_ball(struct random *random, size_t dims, double radius, double *x)
{
    double square = 0;
    while (square == 0)
        for (size_t d = 0; d < dims; d++) {
            x[d] = random_gaussian(random);
            square += x[d] * x[d];
        }
    double length = radius * pow(random_uniform(random, 0, 1), 1.0 / (double)dims) / sqrt(square);
    for (size_t d = 0; d < dims; d++)
        x[d] *= length;
}

static struct eval_points *new_points(size_t count, size_t dims)
{
    struct eval_points *points = xcalloc(1, sizeof *points);
    points->count = count;
    points->dims = dims;
    points->x = xreallocarray(NULL, count * dims, sizeof *points->x);
    return points;
}

struct eval_points *eval_points_draw(const struct population *population, size_t count, uint64_t seed)
{
    struct random *random = random_new(seed, RANDOM_EVAL_POINTS);
    struct eval_points *points =
        new_points(count ? count : eval_points_usual(population->n, population->dims), population->dims);
    for (size_t k = 0; k < points->count; k++)
        if (points->dims == 1)
            points->x[k] = random_uniform(random, -population->radius, population->radius);
        else
            draw_in_ball(random, points->dims, population->radius, points->x + k * points->dims);
    random_free(random);
    return points;
}

struct eval_points *eval_points_even(double low, double high, size_t count)
{
    struct eval_points *points = new_points(count, 1);
    double step = count > 1 ? (high - low) / (double)(count - 1) : 0;
    for (size_t k = 0; k < count; k++)
        points->x[k] = low + (double)k * step;
    if (count > 1)
        points->x[count - 1] = high;
    return points;
}

struct eval_points *eval_points_copy(const struct eval_points *points)
{
    struct eval_points *copy = new_points(points->count, points->dims);
    memcpy(copy->x, points->x, points->count * points->dims * sizeof *copy->x);
    return copy;
}

struct eval_points *eval_points_of(const struct population_spec *spec, const struct population *population)
{
    if (!spec->eval_points)
        return eval_points_draw(population, spec->eval_count, spec->seed);
    const struct eval_points given = {spec->eval_count, population->dims, spec->eval_points};
    return eval_points_copy(&given);
}

void eval_points_free(struct eval_points *points)
{
    if (!points)
        return;
    free(points->x);
    free(points);
}
