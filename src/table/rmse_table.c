/* The error is measured where decoders were not made for it, on even points; rmse_eval on the evaluation
 * points. */
#include "table/rmse_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/random.h"
#include "nef/decoder.h"

/* What one population came to. */
struct trial {
    double grid, noisy, eval;
};

/* Progress over all populations, by what solving for each costs. */
struct effort {
    struct progress progress;
    double done, present, total;
};

static double cost(double n, double m)
{
    return n * n * m + 1e5;
}

static bool go_on(void *context, double fraction)
{
    const struct effort *effort = context;
    const struct progress *progress = &effort->progress;
    return progress->stop &&
           progress->stop(progress->context, (effort->done + fraction * effort->present) / effort->total);
}

/* What all measurements of a population share. */
struct measuring {
    struct effort *effort;
    const struct population *population;
    const struct decoder *decoder;
    struct random *random;
    double *rate; /* [n], Hz */
};

/* Root mean square over points and outputs of what the decoder gives less the target; noise in Hz, 0: none. */
static bool measure(struct measuring *m, const struct eval_points *points, const double *target, double noise,
                    double *rms, struct error *error)
{
    const struct population *population = m->population;
    const struct decoder *decoder = m->decoder;
    double *rate = m->rate, y[FUNCTION_OUTPUTS_MAX], sum = 0;
    for (size_t k = 0; k < points->count; k++) {
        if (go_on(m->effort, 1))
            return error_set(error, "interrupted");
        for (size_t i = 0; i < population->n; i++) {
            rate[i] = population_rate(population, NULL, i, points->x + k * points->dims);
            if (noise > 0)
                rate[i] += noise * random_gaussian(m->random);
        }
        decoder_decode(decoder, rate, y);
        for (size_t o = 0; o < decoder->outputs; o++) {
            double off = y[o] - target[o * points->count + k];
            sum += off * off;
        }
    }
    *rms = sqrt(sum / (double)(points->count * decoder->outputs));
    return true;
}

struct eval_points *rmse_points(const struct population *population, size_t count)
{
    struct eval_points *grid = eval_points_draw(population, count, 0x6772696400000000);
    struct points line = points_linspace(-population->radius, population->radius, count);
    if (grid->dims == 1)
        memcpy(grid->x, line.value, count * sizeof *grid->x);
    free(line.value);
    return grid;
}

static bool measure_all(const struct rmse_table *plan, struct measuring *m, const struct eval_points *points,
                        struct trial *trial, struct error *error)
{
    struct eval_points *grid = rmse_points(m->population, plan->points);
    size_t larger = points->count > grid->count ? points->count : grid->count;
    double *target = xreallocarray(NULL, larger * m->decoder->outputs, sizeof *target);
    bool good = function_values(plan->function, grid->x, grid->count, target, error) &&
                measure(m, grid, target, 0, &trial->grid, error) &&
                measure(m, grid, target, plan->noise * m->decoder->highest, &trial->noisy, error) &&
                function_values(plan->function, points->x, points->count, target, error) &&
                measure(m, points, target, 0, &trial->eval, error);
    free(target);
    eval_points_free(grid);
    return good;
}

static bool measure_decoder(const struct rmse_table *plan, const struct population *population,
                            const struct decoder *decoder, const struct eval_points *points, struct effort *effort,
                            struct trial *trial, struct error *error)
{
    struct measuring m = {.effort = effort,
                          .population = population,
                          .decoder = decoder,
                          .random = random_new(plan->spec.seed + population->n, RANDOM_NOISE),
                          .rate = xreallocarray(NULL, population->n, sizeof *m.rate)};
    bool good = measure_all(plan, &m, points, trial, error);
    random_free(m.random);
    free(m.rate);
    return good;
}

static bool try_once(const struct rmse_table *plan, size_t n, uint64_t seed, struct effort *effort, struct trial *trial,
                     struct error *error)
{
    struct population_spec spec = plan->spec; /* borrows what it points to */
    spec.n = n;
    spec.seed = seed;
    struct population *population = population_new(&spec, error);
    if (!population)
        return false;
    struct eval_points *points = eval_points_draw(population, plan->eval_points, seed);
    struct decoder *decoder =
        decoder_solve(population, plan->function, points, plan->reg, (struct progress){go_on, effort}, error);
    bool good = decoder && measure_decoder(plan, population, decoder, points, effort, trial, error);
    decoder_free(decoder);
    eval_points_free(points);
    population_free(population);
    return good;
}

/* ---- rows ---- */

static double mean(const struct trial *trial, size_t count, size_t offset)
{
    double sum = 0;
    for (size_t s = 0; s < count; s++)
        sum += *(const double *)(const void *)((const char *)&trial[s] + offset);
    return sum / (double)count;
}

/* NaN with one trial. */
static double deviation(const struct trial *trial, size_t count, size_t offset)
{
    double middle = mean(trial, count, offset), sum = 0;
    for (size_t s = 0; s < count; s++) {
        double off = *(const double *)(const void *)((const char *)&trial[s] + offset) - middle;
        sum += off * off;
    }
    return sqrt(sum / (double)(count - 1));
}

static void put_row(struct sheet *sheet, size_t n, size_t m, const struct trial *trial, size_t count)
{
    double least = INFINITY, most = 0;
    for (size_t s = 0; s < count; s++) {
        least = fmin(least, trial[s].grid);
        most = fmax(most, trial[s].grid);
    }
    sheet_integer(sheet, (int64_t)n);
    sheet_integer(sheet, (int64_t)count);
    sheet_integer(sheet, (int64_t)m);
    sheet_number(sheet, mean(trial, count, offsetof(struct trial, grid)));
    sheet_number(sheet, deviation(trial, count, offsetof(struct trial, grid)));
    sheet_number(sheet, least);
    sheet_number(sheet, most);
    sheet_number(sheet, mean(trial, count, offsetof(struct trial, noisy)));
    sheet_number(sheet, deviation(trial, count, offsetof(struct trial, noisy)));
    sheet_number(sheet, mean(trial, count, offsetof(struct trial, eval)));
    sheet_row(sheet);
}

static size_t points_of(const struct rmse_table *plan, size_t n)
{
    return plan->eval_points ? plan->eval_points : eval_points_usual(n, plan->spec.dims);
}

static bool size_row(const struct rmse_table *plan, size_t n, struct effort *effort, struct sheet *sheet,
                     struct error *error)
{
    struct trial *trial = xcalloc(plan->seeds, sizeof *trial);
    bool good = true;
    effort->present = cost((double)n, (double)points_of(plan, n));
    for (size_t s = 0; s < plan->seeds && good; s++) {
        good = !go_on(effort, 0) || error_set(error, "interrupted");
        good = good && try_once(plan, n, plan->spec.seed + s, effort, &trial[s], error);
        effort->done += effort->present;
    }
    if (good)
        put_row(sheet, n, points_of(plan, n), trial, plan->seeds);
    free(trial);
    return good;
}

static bool check_sizes(const struct rmse_table *plan, struct effort *effort, struct error *error)
{
    for (size_t i = 0; i < plan->n->count; i++) {
        double n = plan->n->value[i];
        if (!(n >= 1 && n <= POPULATION_MAX_NEURONS && n == floor(n)))
            return error_set(error, "n: %g is no number of neurons; whole numbers from 1 on are", n);
        size_t outputs = function_outputs(plan->function), points = points_of(plan, (size_t)n);
        if (!decoder_fits((size_t)n, points, error) ||
            !eval_points_fit(points > plan->points ? points : plan->points, plan->spec.dims, outputs, error))
            return false;
        effort->total += (double)plan->seeds * cost(n, (double)points_of(plan, (size_t)n));
    }
    return true;
}

bool rmse_table(const struct rmse_table *plan, struct sheet *sheet, struct progress progress, struct error *error)
{
    static const char *const columns[] = {"n",
                                          "seeds",
                                          "m",
                                          "rmse_mean",
                                          "rmse_sd",
                                          "rmse_min",
                                          "rmse_max",
                                          "rmse_noisy_mean",
                                          "rmse_noisy_sd",
                                          "rmse_eval_mean",
                                          NULL};
    struct effort effort = {.progress = progress};
    bool good = check_sizes(plan, &effort, error) && sheet_header(sheet, error, columns);
    for (size_t i = 0; i < plan->n->count && good; i++)
        good = size_row(plan, (size_t)plan->n->value[i], &effort, sheet, error);
    return good;
}
