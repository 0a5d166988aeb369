#include "network/dale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/random.h"
#include "model/rate.h"
#include "nef/linear.h"
#include "nef/nnls.h"

#define BLOCK 1024    /* points at a time */
#define RATE_WORK 200 /* multiplications in the time of a rate */

/* An unknown is a neuron of PRE with a sign; one that does both has two of them. Known values of POST's current are
 * f's and 1 (for the bias), `known` in all. */
struct dale {
    const struct dale_request *request;
    size_t n, unknowns, known;
    size_t *neuron; /* [unknowns] */
    double *sign;   /* [unknowns] */
    struct linear *linear;
    double highest;
    double *gram;   /* [n][n] of the rates, then [unknowns][unknowns] with signs and ridge */
    double *cross;  /* [known][n] rates times known values, then [known][unknowns] */
    double *moment; /* [known][known] of the known values */
    double *square; /* gram: [unknowns][unknowns] G G */
};

void dale_signs(size_t n, double share, uint64_t seed, double *sign)
{
    struct random *random = random_new(seed, RANDOM_SIGN);
    size_t left = (size_t)llround(share * (double)n);
    for (size_t i = 0; i < n; i++) {
        bool excites = random_uniform(random, 0, 1) * (double)(n - i) < (double)left;
        sign[i] = excites ? 1 : -1;
        left -= excites;
    }
    random_free(random);
}

static void number_unknowns(struct dale *d)
{
    const double *sign = d->request->sign;
    for (size_t i = 0; i < d->n; i++)
        for (int s = 1; s >= -1; s -= 2)
            if (sign[i] == 0 || sign[i] == s) {
                d->neuron[d->unknowns] = i;
                d->sign[d->unknowns++] = s;
            }
}

static void put_rates(struct dale *d, const double *x, double *rate)
{
    const struct population *p = d->request->pre;
    population_tuning_currents(p, x, rate);
    for (size_t i = 0; i < d->n; i++) {
        rate[i] = neuron_rate(p->model, NULL, &p->params, rate[i]);
        d->highest = rate[i] > d->highest ? rate[i] : d->highest;
    }
}

/* Value c of the known ones at point k. */
static double known_value(const struct dale_request *r, size_t c, size_t k)
{
    return c < r->rows ? r->target[c * r->points->count + k] : 1;
}

static void add_moments(struct dale *d, size_t first, size_t count)
{
    for (size_t a = 0; a < d->known; a++)
        for (size_t b = 0; b < d->known; b++)
            for (size_t k = first; k < first + count; k++)
                d->moment[a * d->known + b] += known_value(d->request, a, k) * known_value(d->request, b, k);
}

static bool gather_block(struct dale *d, size_t first, size_t count, double *rates, double *values, struct error *error)
{
    for (size_t k = 0; k < count; k++) {
        put_rates(d, d->request->points->x + (first + k) * d->request->points->dims, rates + k * d->n);
        for (size_t c = 0; c < d->known; c++)
            values[c * count + k] = known_value(d->request, c, first + k);
        if (!linear_did(d->linear, RATE_WORK * (double)d->n, error))
            return false;
    }
    add_moments(d, first, count);
    linear_add_product(d->linear, d->n, d->known, count, rates, values, count, d->cross, d->n);
    return linear_add_square(d->linear, d->n, d->gram, count, rates, error);
}

static bool gather(struct dale *d, struct error *error)
{
    size_t m = d->request->points->count;
    double *rates = xreallocarray(NULL, d->n * BLOCK, sizeof *rates);
    double *values = xreallocarray(NULL, d->known * BLOCK, sizeof *values);
    bool good = true;
    for (size_t k = 0; k < m && good; k += BLOCK)
        good = gather_block(d, k, m - k < BLOCK ? m - k : BLOCK, rates, values, error);
    free(rates);
    free(values);
    return good;
}

/* From neurons to unknowns. The lower triangle of the rates' Gram matrix is what there is. */
static void put_signs(struct dale *d)
{
    size_t u = d->unknowns;
    double *gram = xcalloc(u * u, sizeof *gram), *cross = xcalloc(d->known * u, sizeof *cross);
    double sigma = d->request->reg * d->highest, ridge = (double)d->request->points->count * sigma * sigma;
    for (size_t a = 0; a < u; a++)
        for (size_t b = 0; b < u; b++) {
            size_t i = d->neuron[a], j = d->neuron[b], low = i > j ? i : j, high = i > j ? j : i;
            gram[b * u + a] = d->sign[a] * d->sign[b] * d->gram[high * d->n + low] + (a == b ? ridge : 0);
        }
    for (size_t c = 0; c < d->known; c++)
        for (size_t a = 0; a < u; a++)
            cross[c * u + a] = d->sign[a] * d->cross[c * d->n + d->neuron[a]];
    free(d->gram);
    free(d->cross);
    d->gram = gram;
    d->cross = cross;
}

static void mirror(size_t n, double *g)
{
    for (size_t j = 0; j < n; j++)
        for (size_t i = j + 1; i < n; i++)
            g[i * n + j] = g[j * n + i];
}

static bool put_square(struct dale *d, struct error *error)
{
    if (!d->request->gram)
        return true;
    d->square = xcalloc(d->unknowns * d->unknowns, sizeof *d->square);
    bool good = linear_add_square(d->linear, d->unknowns, d->square, d->unknowns, d->gram, error);
    mirror(d->unknowns, d->square);
    return good;
}

/* What multiplies each known value in the current of neuron j. */
static void coefficients(const struct dale_request *r, size_t j, double *by)
{
    for (size_t c = 0; c < r->rows; c++)
        by[c] = r->post->encoders[r->to[c] * r->post->padded + j] * (r->post->gain[j] / r->post->radius);
    by[r->rows] = r->post->bias[j];
}

static double quadratic(size_t n, const double *matrix, const double *x)
{
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        double part = 0;
        for (size_t i = 0; x[j] != 0 && i < n; i++)
            part += matrix[j * n + i] * x[i];
        sum += x[j] * part;
    }
    return sum;
}

static double dot(size_t n, const double *a, const double *b)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Mean square of A w - J and of J; the ridge is no part of the rates. */
static void judge(const struct dale *d, size_t j, const double *w, const double *b, const double *by,
                  struct currents_met *met)
{
    double sigma = d->request->reg * d->highest, m = (double)d->request->points->count;
    double wanted = quadratic(d->known, d->moment, by);
    double missed = quadratic(d->unknowns, d->gram, w) - m * sigma * sigma * dot(d->unknowns, w, w) -
                    2 * dot(d->unknowns, w, b) + wanted;
    met->rms[j] = sqrt(fmax(missed, 0) / m);
    met->wanted[j] = sqrt(fmax(wanted, 0) / m);
    met->rms_all += met->rms[j] * met->rms[j];
    met->wanted_all += met->wanted[j] * met->wanted[j];
}

static bool solve_neuron(struct dale *d, size_t j, bool *positive, double *room, double *weights,
                         struct currents_met *met, struct error *error)
{
    size_t u = d->unknowns, padded = d->request->post->padded;
    double *w = room, *b = room + u, *f = room + 2 * u, *by = room + 3 * u;
    struct nnls_result result;
    coefficients(d->request, j, by);
    memset(b, 0, u * sizeof *b);
    for (size_t c = 0; c < d->known; c++)
        for (size_t a = 0; a < u; a++)
            b[a] += by[c] * d->cross[c * u + a];
    struct nnls_problem problem = {.n = u, .h = d->gram, .f = b};
    if (d->request->gram) {
        for (size_t a = 0; a < u; a++)
            f[a] = dot(u, d->gram + a * u, b);
        problem = (struct nnls_problem){.n = u, .h = d->square, .f = f, .root = d->gram, .b = b};
    }
    if (!nnls_solve(d->linear, &problem, positive, w, &result, error))
        return false;
    for (size_t a = 0; a < u; a++)
        weights[d->neuron[a] * padded + j] += d->sign[a] * w[a];
    met->violation = fmax(met->violation, result.violation);
    judge(d, j, w, b, by, met);
    return true;
}

/* Neighbours in the order of display need nearly the same currents: the one's positive unknowns are where the next one
 * begins. */
static bool solve_all(struct dale *d, double *weights, struct currents_met *met, struct error *error)
{
    const struct population *post = d->request->post;
    double *room = xcalloc(3 * d->unknowns + d->known, sizeof *room);
    bool *positive = xcalloc(d->unknowns, sizeof *positive), good = true;
    memset(positive, 1, d->unknowns * sizeof *positive);
    met->neurons = post->n;
    met->rms = xcalloc(post->n, sizeof *met->rms);
    met->wanted = xcalloc(post->n, sizeof *met->wanted);
    for (size_t k = 0; k < post->n && good; k++)
        good = solve_neuron(d, post->order[k], positive, room, weights, met, error);
    met->rms_all = sqrt(met->rms_all / (double)post->n);
    met->wanted_all = sqrt(met->wanted_all / (double)post->n);
    free(room);
    free(positive);
    return good;
}

static void count_zero(const struct dale_request *r, const double *weights, struct currents_met *met)
{
    for (size_t i = 0; i < r->pre->n; i++) {
        met->excitatory += r->sign[i] > 0;
        for (size_t j = 0; j < r->post->n; j++)
            met->zero += weights[i * r->post->padded + j] == 0;
    }
}

bool dale_solve(const struct dale_request *request, double *weights, struct currents_met *met, struct progress progress,
                struct error *error)
{
    struct dale d = {.request = request, .n = request->pre->n, .known = request->rows + 1};
    if (!decoder_fits(d.n, request->points->count < d.n ? d.n : request->points->count, error))
        return false;
    double n = (double)d.n, m = (double)request->points->count;
    d.linear = linear_open(progress, n * m * (n / 2 + RATE_WORK) + 4 * (double)request->post->n * n * n * n / 6, error);
    if (!d.linear)
        return false;
    d.neuron = xcalloc(2 * d.n, sizeof *d.neuron);
    d.sign = xcalloc(2 * d.n, sizeof *d.sign);
    number_unknowns(&d);
    d.gram = xcalloc(d.n * d.n, sizeof *d.gram);
    d.cross = xcalloc(d.known * d.n, sizeof *d.cross);
    d.moment = xcalloc(d.known * d.known, sizeof *d.moment);
    bool good = gather(&d, error);
    if (good)
        put_signs(&d);
    good = good && put_square(&d, error) && solve_all(&d, weights, met, error);
    if (good)
        count_zero(request, weights, met);
    linear_close(d.linear);
    free(d.neuron);
    free(d.sign);
    free(d.gram);
    free(d.cross);
    free(d.moment);
    free(d.square);
    return good;
}
