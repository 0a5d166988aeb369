/* The rates are never all in memory: with m >= n points they come in blocks of points, and G = A'A + m
 * sigma^2 I (n x n) and A'Y grow with each; with m < n in blocks of neurons, for A A' + m sigma^2 I (m x m),
 * whose solution A' turns into the same decoders. sigma needs the highest rate of all, and is only on the
 * diagonal, so it comes last. */
#include "nef/decoder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "model/rate.h"
#include "nef/linear.h"

#define BLOCK 1024         /* points, or neurons, at a time */
#define BYTES_MAX 2e9      /* of the matrix that is solved */
#define SINGULAR_MAX 2.5e6 /* entries of a matrix whose singular values are found: a second, without progress */
#define RATE_WORK 200      /* multiplications in the time of a rate */
#define HIGHEST_MAX 1e100  /* Hz: its square is a number */

struct problem {
    const struct population *population;
    const struct rate_curve *curve;
    const struct eval_points *points;
    const double *target; /* [outputs][m] */
    double reg;
    size_t n, m, outputs;
    struct linear *linear;
    double highest;
    bool *fires;     /* [n] */
    uint32_t *order; /* [n] */
};

/* The rates of all neurons at one point. Those above threshold are taken together, because a curve branches
 * there and which way it goes would be anybody's guess; that costs more than the curve. */
static void put_rates(struct problem *p, const double *x, double *rate)
{
    size_t low = 0, high = p->n;
    population_tuning_currents(p->population, x, rate);
    for (size_t i = 0; i < p->n; i++) {
        bool above = rate[i] > 1;
        p->order[low] = (uint32_t)i;
        p->order[high - 1] = (uint32_t)i;
        low += !above;
        high -= above;
    }
    for (size_t k = 0; k < p->n; k++) {
        size_t i = p->order[k];
        rate[i] = neuron_rate(p->population->model, p->curve, &p->population->params, rate[i]);
    }
    for (size_t i = 0; i < p->n; i++) {
        p->fires[i] |= rate[i] > 0;
        p->highest = rate[i] > p->highest ? rate[i] : p->highest;
    }
}

static double put_rate(struct problem *p, size_t i, const double *x)
{
    double rate = population_rate(p->population, p->curve, i, x);
    if (rate > 0)
        p->fires[i] = true;
    if (rate > p->highest)
        p->highest = rate;
    return rate;
}

static bool check_highest(const struct problem *p, struct error *error)
{
    return p->highest <= HIGHEST_MAX ||
           error_set(error, "a neuron fires at %g Hz at some evaluation point, and no decoder is made of that",
                     p->highest);
}

/* The rates of `count` points from `first` on, [count][n], or of `count` neurons, [points][count]. */
static bool rates_of_points(struct problem *p, size_t first, size_t count, double *a, struct error *error)
{
    for (size_t k = 0; k < count; k++) {
        put_rates(p, p->points->x + (first + k) * p->points->dims, a + k * p->n);
        if (!linear_did(p->linear, RATE_WORK * (double)p->n, error))
            return false;
    }
    return check_highest(p, error);
}

static bool rates_of_neurons(struct problem *p, size_t first, size_t count, double *a, struct error *error)
{
    for (size_t k = 0; k < p->m; k++) {
        for (size_t i = 0; i < count; i++)
            a[k * count + i] = put_rate(p, first + i, p->points->x + k * p->points->dims);
        if (!linear_did(p->linear, RATE_WORK * (double)count, error))
            return false;
    }
    return check_highest(p, error);
}

static double ridge(const struct problem *p)
{
    double sigma = p->reg * p->highest;
    return (double)p->m * sigma * sigma;
}

static void add_ridge(const struct problem *p, size_t size, double *g)
{
    for (size_t i = 0; i < size; i++)
        g[i * size + i] += ridge(p);
}

/* ---- m >= n ---- */

static bool gather_points(struct problem *p, double *g, double *weight, struct error *error)
{
    double *a = xreallocarray(NULL, p->n * BLOCK, sizeof *a);
    bool good = true;
    for (size_t k = 0; k < p->m && good; k += BLOCK) {
        size_t count = p->m - k < BLOCK ? p->m - k : BLOCK;
        good = rates_of_points(p, k, count, a, error) && linear_add_square(p->linear, p->n, g, count, a, error);
        if (good)
            linear_add_product(p->linear, p->n, p->outputs, count, a, p->target + k, p->m, weight, p->n);
    }
    free(a);
    return good;
}

static bool solve_by_neurons(struct problem *p, double *weight, bool *definite, struct error *error)
{
    double *g = xcalloc(p->n * p->n, sizeof *g);
    bool good = gather_points(p, g, weight, error);
    add_ridge(p, p->n, g);
    good = good && linear_cholesky(p->linear, p->n, g, p->outputs, weight, definite, error);
    free(g);
    return good;
}

/* ---- m < n ---- */

static bool gather_neurons(struct problem *p, double *g, double *a, struct error *error)
{
    bool good = true;
    for (size_t i = 0; i < p->n && good; i += BLOCK) {
        size_t count = p->n - i < BLOCK ? p->n - i : BLOCK;
        good = rates_of_neurons(p, i, count, a, error) && linear_add_gram(p->linear, p->m, g, count, a, error);
    }
    return good;
}

/* The rates are computed a second time rather than kept. */
static bool weigh_neurons(struct problem *p, const double *solution, double *a, double *weight, struct error *error)
{
    for (size_t i = 0; i < p->n; i += BLOCK) {
        size_t count = p->n - i < BLOCK ? p->n - i : BLOCK;
        if (!rates_of_neurons(p, i, count, a, error) ||
            !linear_did(p->linear, (double)p->m * (double)count * (double)p->outputs, error))
            return false;
        linear_add_product(p->linear, count, p->outputs, p->m, a, solution, p->m, weight + i, p->n);
    }
    return true;
}

static bool solve_by_points(struct problem *p, double *weight, bool *definite, struct error *error)
{
    double *g = xcalloc(p->m * p->m, sizeof *g), *a = xreallocarray(NULL, p->m * BLOCK, sizeof *a);
    double *solution = xreallocarray(NULL, p->m * p->outputs, sizeof *solution);
    memcpy(solution, p->target, p->m * p->outputs * sizeof *solution);
    bool good = gather_neurons(p, g, a, error);
    add_ridge(p, p->m, g);
    good = good && linear_cholesky(p->linear, p->m, g, p->outputs, solution, definite, error) &&
           (!*definite || weigh_neurons(p, solution, a, weight, error));
    free(g);
    free(a);
    free(solution);
    return good;
}

/* ---- where A'A has no inverse ---- */

static bool check_singular(const struct problem *p, size_t rows, struct error *error)
{
    if ((double)rows * (double)p->n <= SINGULAR_MAX)
        return true;
    return error_set(error, "%zu neurons at %zu points are too many for plain least squares (reg=%g); reg=1e-4 works",
                     p->n, p->m, p->reg);
}

/* The ridge as rows of its own, sqrt(m) sigma I, below the rates: the same problem without the square of A.
 */
static bool solve_by_singular_values(struct problem *p, double *weight, struct error *error)
{
    bool ridged = ridge(p) > 0;
    size_t rows = p->m + (ridged ? p->n : 0), larger = rows > p->n ? rows : p->n;
    if (!check_singular(p, rows, error))
        return false;
    double *a = xcalloc(rows * p->n, sizeof *a), *b = xcalloc(larger * p->outputs, sizeof *b);
    for (size_t i = 0; i < p->n; i++) {
        for (size_t k = 0; k < p->m; k++)
            a[i * rows + k] = put_rate(p, i, p->points->x + k * p->points->dims);
        if (ridged)
            a[i * rows + p->m + i] = sqrt(ridge(p));
    }
    for (size_t o = 0; o < p->outputs; o++)
        memcpy(b + o * larger, p->target + o * p->m, p->m * sizeof *b);
    bool good = check_highest(p, error) && linear_least_squares(p->linear, rows, p->n, a, p->outputs, b, error);
    for (size_t o = 0; o < p->outputs && good; o++)
        memcpy(weight + o * p->n, b + o * larger, p->n * sizeof *b);
    free(a);
    free(b);
    return good;
}

/* ---- all of it ---- */

bool decoder_fits(size_t n, size_t m, struct error *error)
{
    double least = (double)(m < n ? m : n), bytes = 8 * least * least;
    if (bytes <= BYTES_MAX && n <= POPULATION_MAX_NEURONS)
        return memory_fits(bytes, error) || error_prefix(error, "decoders of %zu neurons at %zu points: ", n, m);
    char neurons[NUMBER_HUMAN], points[NUMBER_HUMAN];
    return error_set(error,
                     "decoders of %s neurons at %s points need a matrix of %.3g %s; up to 15 000 neurons work, or more "
                     "with fewer points: eval_points=2000",
                     number_grouped(neurons, n), number_grouped(points, m), bytes < 1e12 ? bytes / 1e9 : bytes / 1e12,
                     bytes < 1e12 ? "GB" : "TB");
}

static double multiplications(const struct problem *p)
{
    double n = (double)p->n, m = (double)p->m, least = n < m ? n : m, most = n < m ? m : n;
    double rates = RATE_WORK * n * m * (m < n ? 2 : 1);
    return least * least * most / 2 + least * least * least / 6 + (m < n ? n * m * (double)p->outputs : 0) + rates;
}

static bool solve(struct problem *p, double *weight, struct error *error)
{
    bool definite = false;
    if (p->reg > 0 && !(p->m < p->n ? solve_by_points : solve_by_neurons)(p, weight, &definite, error))
        return false;
    if (p->reg > 0 && p->highest == 0) {
        memset(weight, 0, p->n * p->outputs * sizeof *weight);
        return true;
    }
    return definite || solve_by_singular_values(p, weight, error);
}

static bool check_request(const struct population *population, const struct eval_points *points, double reg,
                          struct error *error)
{
    if (!(reg >= 0) || !isfinite(reg))
        return error_set(error, "reg=%g: must be 0 or more, and finite", reg);
    if (points->count == 0)
        return error_set(error, "there are no evaluation points; one or more are needed");
    if (points->dims != population->dims)
        return error_set(error, "evaluation points of dimension %zu do not fit a population of dimension %zu",
                         points->dims, population->dims);
    return decoder_fits(population->n, points->count, error);
}

static struct decoder *new_decoder(const struct problem *p)
{
    struct decoder *decoder = xcalloc(1, sizeof *decoder);
    decoder->n = p->n;
    decoder->outputs = p->outputs;
    decoder->points = p->m;
    decoder->weight = xcalloc(p->n * p->outputs, sizeof *decoder->weight);
    return decoder;
}

static void finish(struct decoder *decoder, const struct problem *p)
{
    decoder->highest = p->highest;
    for (size_t i = 0; i < p->n; i++)
        decoder->silent += !p->fires[i];
}

struct decoder *decoder_solve_targets(const struct population *population, const double *target, size_t outputs,
                                      const struct eval_points *points, double reg, struct progress progress,
                                      struct error *error)
{
    struct problem p = {.population = population,
                        .curve = population->model->curve,
                        .points = points,
                        .target = target,
                        .reg = reg,
                        .n = population->n,
                        .m = points->count,
                        .outputs = outputs};
    if (!check_request(population, points, reg, error))
        return NULL;
    struct decoder *decoder = NULL;
    p.fires = xcalloc(p.n, sizeof *p.fires);
    p.order = xcalloc(p.n, sizeof *p.order);
    if ((p.linear = linear_open(progress, multiplications(&p), error))) {
        decoder = new_decoder(&p);
        if (solve(&p, decoder->weight, error)) {
            finish(decoder, &p);
        } else {
            decoder_free(decoder);
            decoder = NULL;
        }
    }
    linear_close(p.linear);
    free(p.fires);
    free(p.order);
    return decoder;
}

struct decoder *decoder_solve(const struct population *population, struct function *function,
                              const struct eval_points *points, double reg, struct progress progress,
                              struct error *error)
{
    size_t outputs = function_outputs(function);
    if (!check_request(population, points, reg, error))
        return NULL;
    double *target = xreallocarray(NULL, points->count * outputs, sizeof *target);
    struct decoder *decoder = NULL;
    if (function_values(function, points->x, points->count, target, error))
        decoder = decoder_solve_targets(population, target, outputs, points, reg, progress, error);
    free(target);
    return decoder;
}

bool decoder_prepare(struct error *error)
{
    struct linear *linear = linear_open((struct progress){0}, 1, error);
    linear_close(linear);
    return linear;
}

void decoder_free(struct decoder *decoder)
{
    if (!decoder)
        return;
    free(decoder->weight);
    free(decoder);
}

void decoder_decode(const struct decoder *decoder, const double *rate, double *y)
{
    for (size_t o = 0; o < decoder->outputs; o++) {
        const double *weight = decoder->weight + o * decoder->n;
        double sum = 0;
        for (size_t i = 0; i < decoder->n; i++)
            sum += rate[i] * weight[i];
        y[o] = sum;
    }
}

void decoder_value(const struct decoder *decoder, const struct population *population, const double *x, double *y)
{
    memset(y, 0, decoder->outputs * sizeof *y);
    for (size_t i = 0; i < decoder->n; i++) {
        double rate = population_rate(population, NULL, i, x);
        for (size_t o = 0; o < decoder->outputs; o++)
            y[o] += rate * decoder->weight[o * decoder->n + i];
    }
}
