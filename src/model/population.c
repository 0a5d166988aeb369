/* Building a population from its spec, and the currents and rates that follow from it. */
#include "model/population.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/stop.h"
#include "base/xalloc.h"
#include "model/population_order.h"
#include "model/random.h"
#include "model/rate.h"

/* Who turns max rates and intercepts into gains and biases. */
struct maker {
    const struct neuron_model *model;
    const struct neuron_params *params;
};

static struct maker maker_of(const struct population_spec *spec)
{
    return spec->held_model ? (struct maker){spec->held_model, &spec->held}
                            : (struct maker){spec->model, &spec->params};
}

static bool check_max_rate(const struct maker *maker, double rate, struct error *error)
{
    const struct neuron_params *p = maker->params;
    bool above = p->tau_ref > 0 && rate >= 1 / p->tau_ref;
    if (!above && rate > 0 && isfinite(rate))
        return true;
    char given[NUMBER_HUMAN], low[NUMBER_HUMAN], high[NUMBER_HUMAN];
    number_human(given, rate, DIMENSION_RATE);
    number_human(low, maker->model->lowest_rate(p), DIMENSION_RATE);
    number_human(high, 1 / p->tau_ref, DIMENSION_RATE);
    return error_set(error, "max_rates: %s is not %s; from %s to below %s works", given,
                     above ? "below 1/tau_ref" : "a rate", low, high);
}

static bool check_intercept(double intercept, struct error *error)
{
    if (intercept < 1 && isfinite(intercept))
        return true;
    return error_set(error, "intercepts: %.4g: must be below 1, where the max rate is reached", intercept);
}

static bool gain_bias(const struct maker *maker, double max_rate, double intercept, double *gain, double *bias,
                      struct error *error)
{
    const struct neuron_params *p = maker->params;
    if (!check_max_rate(maker, max_rate, error) || !check_intercept(intercept, error))
        return false;
    maker->model->gain_bias(p, max_rate, intercept, gain, bias);
    if (*gain > 0 && isfinite(*gain) && isfinite(*bias))
        return true;
    char given[NUMBER_HUMAN], low[NUMBER_HUMAN];
    number_human(given, max_rate, DIMENSION_RATE);
    number_human(low, maker->model->lowest_rate(p), DIMENSION_RATE);
    if (*gain > 0)
        return error_set(error, "max_rates: %s with intercept %.17g needs a gain too large to represent", given,
                         intercept);
    return error_set(error, "max_rates: %s is too low to represent with these time constants; from %s on works", given,
                     low);
}

/* Asked at every neuron; a million of them take long. */
static bool go_on(size_t i, struct error *error)
{
    return i % 1024 || !stop_requested() || error_set(error, "interrupted");
}

/* Values of one property: drawn one after the other, so the first neurons stay the same when n grows. */
static bool fill_property(const struct distribution *from, const char *name, size_t n, struct random *random,
                          double *out, struct error *error)
{
    if (from->kind == DISTRIBUTION_VALUES && from->count != n)
        return error_set(error, "%s: %zu values for %zu neurons; give one, %zu or a range", name, from->count, n, n);
    if (from->kind == DISTRIBUTION_UNIFORM && !(from->low <= from->high))
        return error_set(error, "%s=%.6g:%.6g: the range is upside down", name, from->low, from->high);
    bool good = true;
    for (size_t i = 0; i < n && (good = go_on(i, error)); i++)
        if (from->kind == DISTRIBUTION_VALUES)
            out[i] = from->values[i];
        else
            out[i] = from->low == from->high ? from->low : random_uniform(random, from->low, from->high);
    return good;
}

static bool encoder_sign(double value, double *out, struct error *error)
{
    if (value == 0 || !isfinite(value))
        return error_set(error, "encoders: %g has no direction; a positive or a negative number works", value);
    *out = value > 0 ? 1 : -1;
    return true;
}

static bool fill_encoders_1d(const struct population_spec *spec, struct random *random, double *out,
                             struct error *error)
{
    const struct distribution *from = &spec->encoders;
    bool range = from->kind == DISTRIBUTION_UNIFORM && from->low != from->high;
    if (from->width > 1)
        return error_set(error, "encoders: the file has %zu columns of them, and x has one dimension; dims=%zu",
                         from->width, from->width);
    if (!fill_property(from, "encoders", spec->n, random, out, error))
        return false;
    for (size_t i = 0; i < spec->n; i++) {
        if (range && out[i] == 0)
            out[i] = 1;
        if (!encoder_sign(out[i], &out[i], error))
            return false;
    }
    return true;
}

/* Brings the encoder of neuron i to length 1; one that has it already keeps its bits. */
static bool normalise(double *encoders, size_t dims, size_t padded, size_t i, struct error *error)
{
    double length = 0; /* neuron_table_length says the same of neurons given */
    for (size_t d = 0; d < dims; d++)
        length = hypot(length, encoders[d * padded + i]);
    if (!(length > 0) || !isfinite(length))
        return error_set(error, "encoders: that of neuron %zu has length %g, and so no direction", i, length);
    for (size_t d = 0; d < dims && fabs(length - 1) > 1e-9; d++)
        encoders[d * padded + i] /= length;
    return true;
}

/* Points spread evenly over the unit sphere: normalised Gaussian vectors. */
static void draw_encoder(struct random *random, size_t dims, double *encoder, size_t padded)
{
    double length = 0;
    while (length == 0) {
        double square = 0;
        for (size_t d = 0; d < dims; d++) {
            double e = random_gaussian(random);
            encoder[d * padded] = e;
            square += e * e;
        }
        length = sqrt(square);
    }
    for (size_t d = 0; d < dims; d++)
        encoder[d * padded] /= length;
}

/* Whether a list or table of encoders has as many numbers as it takes. */
static bool check_encoders(const struct distribution *from, size_t n, size_t dims, struct error *error)
{
    if (from->kind == DISTRIBUTION_UNIFORM)
        return error_set(error,
                         "encoders=%g: with dims=%zu one number is no direction; %zu numbers are one for all neurons, "
                         "and @FILE with columns e1, e2, ... has one for each",
                         from->low, dims, dims);
    if (from->width > 0 && from->width != dims)
        return error_set(error, "encoders: the file has %zu column%s of them, and x has %zu dimensions", from->width,
                         from->width == 1 ? "" : "s", dims);
    if (from->width > 0 && from->count != n * dims)
        return error_set(error, "encoders: the file has %zu rows for %zu neurons", from->count / dims, n);
    if (from->width == 0 && from->count != dims && from->count != n * dims)
        return error_set(error, "encoders: %zu numbers; %zu are one direction for all neurons, %zu one for each",
                         from->count, dims, n * dims);
    return true;
}

static bool fill_encoders_nd(const struct population_spec *spec, size_t padded, struct random *random, double *out,
                             struct error *error)
{
    const struct distribution *from = &spec->encoders;
    size_t dims = spec->dims;
    bool drawn = from->kind == DISTRIBUTION_UNIFORM && from->low != from->high;
    if (!drawn && !check_encoders(from, spec->n, dims, error))
        return false;
    bool same = !drawn && from->width == 0 && from->count == dims;
    bool good = true;
    for (size_t i = 0; i < spec->n && (good = go_on(i, error)); i++) {
        if (drawn) {
            draw_encoder(random, dims, out + i, padded);
            continue;
        }
        for (size_t d = 0; d < dims; d++)
            out[d * padded + i] = from->values[same ? d : i * dims + d];
        if (!normalise(out, dims, padded, i, error))
            return false;
    }
    return good;
}

/* A range is refused by its ends, not by what happened to be drawn. Only the upper end of intercepts may be 1: it is
 * never drawn. */
static bool check_ends(const struct population_spec *spec, struct error *error)
{
    const struct maker maker = maker_of(spec);
    const struct distribution *rates = &spec->max_rates, *intercepts = &spec->intercepts;
    double gain, bias;
    if (rates->kind == DISTRIBUTION_UNIFORM &&
        (!check_max_rate(&maker, rates->high, error) || !gain_bias(&maker, rates->low, 0, &gain, &bias, error)))
        return false;
    if (intercepts->kind != DISTRIBUTION_UNIFORM)
        return true;
    return check_intercept(intercepts->low, error) &&
           (intercepts->high == 1 || check_intercept(intercepts->high, error));
}

/* Neuron i stands on axis i % dims, in the positive direction and in the negative one in turn. */
static bool fill_encoders_axes(const struct population_spec *spec, size_t padded, double *out)
{
    for (size_t i = 0; i < spec->n; i++)
        out[i % spec->dims * padded + i] = i / spec->dims % 2 ? -1 : 1;
    return true;
}

static bool fill_encoders(struct population *p, const struct population_spec *spec, struct random *random,
                          struct error *error)
{
    if (spec->encoders.kind == DISTRIBUTION_AXES)
        return fill_encoders_axes(spec, p->padded, p->encoders);
    return p->dims == 1 ? fill_encoders_1d(spec, random, p->encoders, error)
                        : fill_encoders_nd(spec, p->padded, random, p->encoders, error);
}

static bool put_given(const struct distribution *from, const char *name, double *out, struct population *p,
                      struct random *random, struct error *error)
{
    if (!fill_property(from, name, p->n, random, out, error))
        return false;
    for (size_t i = 0; i < p->n; i++)
        if (!isfinite(out[i]))
            return error_set(error, "%s: that of neuron %zu is %g; it must be finite", name, i, out[i]);
    return true;
}

/* gain= and bias=, each in place of what max rate and intercept make of it. */
static bool fill_given_values(struct population *p, const struct population_spec *spec, struct error *error)
{
    if (!spec->given_gain && !spec->given_bias && !spec->held_model)
        return true;
    struct random *random = random_new(spec->seed, RANDOM_GAIN);
    bool ok = (!spec->given_gain || put_given(&spec->gain, "gain", p->gain, p, random, error)) &&
              (!spec->given_bias || put_given(&spec->bias, "bias", p->bias, p, random, error));
    random_free(random);
    for (size_t i = 0; ok && i < p->n; i++)
        p->model->recover(&p->params, p->gain[i], p->bias[i], &p->max_rate[i], &p->intercept[i]);
    return ok;
}

static bool fill_drawn(struct population *p, const struct population_spec *spec, struct error *error)
{
    const struct maker maker = maker_of(spec);
    struct random *rates = random_new(spec->seed, RANDOM_MAX_RATE);
    struct random *intercepts = random_new(spec->seed, RANDOM_INTERCEPT);
    struct random *encoders = random_new(spec->seed, RANDOM_ENCODER);
    bool ok = fill_property(&spec->max_rates, "max_rates", p->n, rates, p->max_rate, error) &&
              fill_property(&spec->intercepts, "intercepts", p->n, intercepts, p->intercept, error) &&
              fill_encoders(p, spec, encoders, error);
    random_free(rates);
    random_free(intercepts);
    random_free(encoders);
    ok = ok && check_ends(spec, error);
    for (size_t i = 0; ok && i < p->n; i++)
        ok = go_on(i, error) && gain_bias(&maker, p->max_rate[i], p->intercept[i], &p->gain[i], &p->bias[i], error);
    return ok && fill_given_values(p, spec, error);
}

double neuron_table_length(const struct neuron_table *given, size_t i)
{
    double length = 0;
    for (size_t d = 0; d < given->dims; d++)
        length = hypot(length, given->encoders[i * given->dims + d]);
    return fabs(length - 1) > 1e-9 ? length : 1;
}

static bool fill_given(struct population *p, const struct neuron_table *given, struct error *error)
{
    bool good = true;
    for (size_t i = 0; i < p->n && (good = go_on(i, error)); i++) {
        p->gain[i] = given->gain[i];
        p->bias[i] = given->bias[i];
        bool finite = isfinite(p->gain[i]) && isfinite(p->bias[i]);
        for (size_t d = 0; d < p->dims; d++) {
            p->encoders[d * p->padded + i] = given->encoders[i * p->dims + d];
            finite = finite && isfinite(p->encoders[d * p->padded + i]);
        }
        if (!finite)
            return error_set(error,
                             "neurons: neuron %zu has gain %g, bias %g; gains, biases and encoders must be "
                             "finite",
                             i, p->gain[i], p->bias[i]);
        if (!normalise(p->encoders, p->dims, p->padded, i, error))
            return error_prefix(error, "neurons: ");
        p->gain[i] *= neuron_table_length(given, i); /* J stays */
        p->model->recover(&p->params, p->gain[i], p->bias[i], &p->max_rate[i], &p->intercept[i]);
    }
    return good;
}

static struct population *allocate(const struct population_spec *spec)
{
    struct population *p = xcalloc(1, sizeof *p);
    p->node = spec->node;
    p->n = spec->given ? spec->given->n : spec->n;
    p->dims = spec->given ? spec->given->dims : spec->dims;
    p->padded = (p->n + NEURON_BLOCK - 1) / NEURON_BLOCK * NEURON_BLOCK;
    p->radius = spec->radius;
    p->model = spec->model;
    p->params = spec->params;
    p->gain = xaligned(p->padded, sizeof *p->gain);
    p->bias = xaligned(p->padded, sizeof *p->bias);
    p->bias_acting = xaligned(p->padded, sizeof *p->bias_acting);
    p->encoders = xaligned_raw(p->padded * p->dims, sizeof *p->encoders);
    p->scaled = xaligned_raw(p->padded * p->dims, sizeof *p->scaled);
    p->max_rate = xaligned(p->padded, sizeof *p->max_rate);
    p->intercept = xaligned(p->padded, sizeof *p->intercept);
    p->order = xcalloc(p->n, sizeof *p->order);
    return p;
}

/* Apart from the allocation: a gigabyte takes long. */
static bool clear_encoders(struct population *p, struct error *error)
{
    for (size_t d = 0; d < p->dims; d++) {
        memset(p->encoders + d * p->padded, 0, p->padded * sizeof *p->encoders);
        memset(p->scaled + d * p->padded, 0, p->padded * sizeof *p->scaled);
        if (!go_on(0, error))
            return false;
    }
    return true;
}

/* A peer's spikes may be 1/dt whatever the amplitude is, while curve and decoders know it: the two would not fit. */
static bool check_amplitude(const struct neuron_model *model, const struct neuron_params *params, struct error *error)
{
    struct neuron_params one = *params;
    one.amplitude = 1;
    if (params->amplitude == 1 || !model->spike_height ||
        model->spike_height(params, 1) != model->spike_height(&one, 1))
        return true;
    return error_set(error,
                     "amplitude=%g: %s spikes are 1/dt high whatever it is, so that its curves and decoders would not "
                     "fit them; model=lif has spikes of amplitude/dt",
                     params->amplitude, model->title);
}

/* Numbers of a neuron beside its encoders, with what is wanted while they are put in order. */
#define FIELDS 10

static bool check_spec(const struct population_spec *spec, struct error *error)
{
    size_t n = spec->given ? spec->given->n : spec->n, dims = spec->given ? spec->given->dims : spec->dims;
    if (n < 1 || n > POPULATION_MAX_NEURONS)
        return error_set(error, "n=%zu: a population has 1 to %d neurons", n, POPULATION_MAX_NEURONS);
    if (dims < 1 || dims > POPULATION_MAX_DIMS)
        return error_set(error, "dims=%zu: 1 to %d work", dims, POPULATION_MAX_DIMS);
    if (n * dims > POPULATION_MAX_ENCODERS)
        return error_set(error, "n=%zu: with dims=%zu a population has 1 to %zu neurons", n, dims,
                         POPULATION_MAX_ENCODERS / dims);
    double vectors = FIELDS + 2 * (double)dims;
    if (!memory_fits((double)n * vectors * sizeof(double), error))
        return error_prefix(error, "n=%zu: ", n);
    if (!(spec->radius > 0) || !isfinite(spec->radius))
        return error_set(error, "radius=%g: must be greater than 0 and finite", spec->radius);
    return neuron_params_check(spec->model, &spec->params, error) &&
           (!spec->held_model || neuron_params_check(spec->held_model, &spec->held, error)) &&
           check_amplitude(spec->model, &spec->params, error);
}

static bool fill_scaled(struct population *p, struct error *error)
{
    bool good = true;
    for (size_t d = 0; d < p->dims; d++)
        for (size_t i = 0; i < p->n && (good = go_on(i, error)); i++) {
            double scaled = p->encoders[d * p->padded + i] * (p->gain[i] / p->radius);
            if (!isfinite(scaled))
                return error_set(error, "radius=%g: gain %g over it is too large to represent (neuron %zu)", p->radius,
                                 p->gain[i], i);
            p->scaled[d * p->padded + i] = scaled;
        }
    return good;
}

/* round(lesion n) neurons, drawn by seed: each is taken with the chance that leaves the right number. */
static bool fill_acting(struct population *p, const struct population_spec *spec, struct error *error)
{
    if (!(spec->lesion >= 0 && spec->lesion <= 1))
        return error_set(error, "lesion=%g: a share of the neurons is between 0 and 1 (0 and 100%%)", spec->lesion);
    size_t left = (size_t)llround(spec->lesion * (double)p->n);
    for (size_t i = 0; i < p->n && !spec->bias_off; i++)
        p->bias_acting[i] = p->bias[i];
    if (left == 0)
        return true;
    p->alive = xcalloc(p->padded / 64, sizeof *p->alive);
    struct random *random = random_new(spec->seed, RANDOM_LESION);
    bool good = true;
    for (size_t i = 0; i < p->n && (good = go_on(i, error)); i++) {
        bool dead = random_uniform(random, 0, 1) * (double)(p->n - i) < (double)left;
        left -= dead;
        p->alive[i / 64] |= (uint64_t)!dead << i % 64;
        for (size_t d = 0; dead && d < p->dims; d++)
            p->scaled[d * p->padded + i] = 0;
        p->bias_acting[i] = dead ? 0 : p->bias_acting[i];
    }
    random_free(random);
    return good;
}

struct population *population_new(const struct population_spec *spec, struct error *error)
{
    if (!check_spec(spec, error))
        return NULL;
    struct population *p = allocate(spec);
    if (clear_encoders(p, error) && (spec->given ? fill_given(p, spec->given, error) : fill_drawn(p, spec, error)) &&
        fill_scaled(p, error) && fill_acting(p, spec, error) && population_sort(p, error))
        return p;
    population_free(p);
    return NULL;
}

struct population *population_share(struct population *p)
{
    p->shared++;
    return p;
}

void population_free(struct population *p)
{
    if (!p)
        return;
    if (p->shared > 0) {
        p->shared--;
        return;
    }
    free(p->gain);
    free(p->bias);
    free(p->bias_acting);
    free(p->alive);
    free(p->encoders);
    free(p->scaled);
    free(p->max_rate);
    free(p->intercept);
    free(p->order);
    free(p);
}

double population_current(const struct population *p, size_t i, const double *x)
{
    double dot = p->scaled[i] * x[0];
    for (size_t d = 1; d < p->dims; d++)
        dot += p->scaled[d * p->padded + i] * x[d];
    return p->bias_acting[i] + dot;
}

double population_tuning_current(const struct population *p, size_t i, const double *x)
{
    double dot = p->encoders[i] * x[0];
    for (size_t d = 1; d < p->dims; d++)
        dot += p->encoders[d * p->padded + i] * x[d];
    return p->gain[i] * (dot / p->radius) + p->bias[i];
}

void population_tuning_currents(const struct population *p, const double *x, double *J)
{
    for (size_t i = 0; i < p->n; i++)
        J[i] = p->encoders[i] * x[0];
    for (size_t d = 1; d < p->dims; d++)
        for (size_t i = 0; i < p->n; i++)
            J[i] += p->encoders[d * p->padded + i] * x[d];
    for (size_t i = 0; i < p->n; i++)
        J[i] = p->gain[i] * (J[i] / p->radius) + p->bias[i];
}

double population_rate(const struct population *p, const struct rate_curve *curve, size_t i, const double *x)
{
    return neuron_rate(p->model, curve, &p->params, population_tuning_current(p, i, x));
}

double population_highest_rate(const struct population *p, size_t i)
{
    double x[POPULATION_MAX_DIMS];
    for (size_t d = 0; d < p->dims; d++)
        x[d] = p->radius * p->encoders[d * p->padded + i];
    return population_rate(p, NULL, i, x);
}

static bool same_column(const double *a, const double *b, size_t n)
{
    return memcmp(a, b, n * sizeof *a) == 0;
}

bool population_same(const struct population *a, const struct population *b)
{
    struct neuron_params one = a->params, two = b->params;
    if (a->model->advance)
        one.sigma = two.sigma;
    bool same = a->n == b->n && a->dims == b->dims && a->radius == b->radius && a->model == b->model &&
                memcmp(&one, &two, sizeof one) == 0 && same_column(a->gain, b->gain, a->n) &&
                same_column(a->bias, b->bias, a->n);
    for (size_t d = 0; same && d < a->dims; d++)
        same = same_column(a->encoders + d * a->padded, b->encoders + d * b->padded, a->n);
    return same;
}
