/* Kinds, the making of a kernel, and from spike times to samples; the sums live in kernel_decay.c,
 * kernel_gauss.c and kernel_sum.c. */
#include "signal/kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "isi_reach.h"
#include "kernel_shape.h"
#include "signal/kernel_sum.h"

#define SMALLEST 1e-3 /* of tau / dt */

const struct rate_kernel kernel_expon = {
    .name = "expon",
    .summary = "each spike jumps up and decays, by e in tau",
    .shape = &kernel_shape_expon,
};

const struct rate_kernel kernel_gauss = {
    .name = "gauss",
    .summary = "each spike is a bell as wide as tau, half of it before the spike",
    .shape = &kernel_shape_gauss,
};

const struct rate_kernel kernel_expogauss = {
    .name = "expogauss",
    .summary = "expon, its jump rounded by a bell as wide as tau/4",
    .shape = &kernel_shape_expon,
    .smooth = &kernel_shape_gauss,
};

const struct rate_kernel kernel_alpha = {
    .name = "alpha",
    .summary = "each spike rises for tau, then decays; lags by tau",
    .shape = &kernel_shape_alpha,
};

const struct rate_kernel *const rate_kernels[] = {&kernel_expon, &kernel_gauss, &kernel_expogauss, &kernel_alpha};
const size_t rate_kernel_count = sizeof rate_kernels / sizeof *rate_kernels;

struct kernel {
    double dt, gain;
    bool causal;
    struct kernel_taps spread, smooth; /* smooth.shape NULL: there is none */
};

/* ---- making one ---- */

/* `count` taps are known to be few enough. */
static void make_taps(struct kernel_taps *taps, const struct kernel_shape *shape, double T, bool causal, double *gain)
{
    *taps = (struct kernel_taps){
        .shape = shape, .T = T, .count = (size_t)shape->count(T), .delay = causal ? 0 : (size_t)shape->delay(T)};
    taps->prepared = shape->prepare(taps);
    double sum = 0;
    for (size_t k = taps->count; k-- > 0;)
        sum += shape->tap(T, k);
    *gain *= sum;
}

static bool check_tau(const struct rate_kernel *kind, double tau, double dt, struct error *error)
{
    char human[NUMBER_HUMAN], step[NUMBER_HUMAN], limit[NUMBER_HUMAN], count[NUMBER_HUMAN], most[NUMBER_HUMAN];
    number_human(human, tau, DIMENSION_TIME);
    number_human(step, dt, DIMENSION_TIME);
    if (!(dt > 0) || !isfinite(1 / dt) || isinf(dt))
        return error_set(error, "a step of %s between samples gives no rates; it must be more than 0 s", step);
    if (!(tau > 0) || isinf(tau))
        return error_set(error, "tau = %s is no time constant of a kernel; it must be more than 0 s and finite", human);
    if (tau / dt < SMALLEST || !isfinite(1 / tau))
        return error_set(error, "tau = %s is too short for samples %s apart; at least %s is needed, or a smaller dt",
                         human, step, number_human(limit, SMALLEST * dt, DIMENSION_TIME));
    double taps = kind->shape->count(tau / dt);
    if (taps <= KERNEL_TAPS_MAX)
        return true;
    number_grouped(most, KERNEL_TAPS_MAX);
    number_human(limit, tau * (KERNEL_TAPS_MAX / taps), DIMENSION_TIME);
    if (taps < 1e15)
        number_grouped(count, (unsigned long long)taps);
    else
        number_human(count, taps, DIMENSION_NONE);
    return error_set(error,
                     "tau = %s with samples %s apart needs a kernel of %s samples, more than %s; choose tau up to "
                     "%s, or a larger dt",
                     human, step, count, most, limit);
}

struct kernel *kernel_new(const struct rate_kernel *kind, double tau, double dt, bool causal, struct error *error)
{
    if (!check_tau(kind, tau, dt, error))
        return NULL;
    struct kernel *kernel = xcalloc(1, sizeof *kernel);
    kernel->dt = dt;
    kernel->gain = 1;
    kernel->causal = causal;
    make_taps(&kernel->spread, kind->shape, tau / dt, causal, &kernel->gain);
    if (kind->smooth)
        make_taps(&kernel->smooth, kind->smooth, tau / dt / 4, causal, &kernel->gain);
    return kernel;
}

void kernel_free(struct kernel *kernel)
{
    if (!kernel)
        return;
    free(kernel->spread.prepared);
    free(kernel->smooth.prepared);
    free(kernel);
}

size_t kernel_taps(const struct kernel *kernel)
{
    return kernel->spread.count;
}

size_t kernel_delay(const struct kernel *kernel)
{
    return kernel->spread.delay;
}

double kernel_tap(const struct kernel *kernel, size_t k)
{
    return k < kernel->spread.count ? kernel->spread.shape->tap(kernel->spread.T, k) : 0;
}

double kernel_gain(const struct kernel *kernel)
{
    return kernel->gain;
}

bool kernel_sums_to_one(double gain)
{
    return fabs(gain - 1) < 0.0005;
}

size_t kernel_reach(const struct kernel *kernel)
{
    return kernel->spread.count + (kernel->smooth.shape ? kernel->smooth.count : 0) + 2;
}

/* ---- samples ---- */

static bool is_even(const double *t, size_t n, double step)
{
    for (size_t i = 1; i < n; i++)
        if (!(fabs(t[i] - (t[0] + (double)i * step)) < step / 2 && t[i] - t[i - 1] > step / 2))
            return false;
    return true;
}

/* The sample whose step is farthest from the mean. */
static size_t find_worst(const double *t, size_t n, double mean)
{
    size_t worst = 1;
    for (size_t i = 2; i < n; i++)
        if (fabs(t[i] - t[i - 1] - mean) > fabs(t[worst] - t[worst - 1] - mean))
            worst = i;
    return worst;
}

bool kernel_step(const double *t, size_t n, double *dt, struct error *error)
{
    if (n < 2)
        return true;
    double mean = (t[n - 1] - t[0]) / (double)(n - 1);
    if (!is_even(t, n, mean)) {
        char step[NUMBER_HUMAN], time[NUMBER_HUMAN], usual[NUMBER_HUMAN];
        size_t worst = find_worst(t, n, mean);
        return error_set(error,
                         "a kernel needs evenly spaced samples, but the step is %s before t = %s and %s on average; "
                         "choose even steps with dt",
                         number_human(step, t[worst] - t[worst - 1], DIMENSION_TIME),
                         number_human(time, t[worst], DIMENSION_TIME), number_human(usual, mean, DIMENSION_TIME));
    }
    *dt = fabs(t[1] - t[0] - mean) <= 1e-6 * mean ? t[1] - t[0] : mean;
    return true;
}

/* The sample nearest to each spike, of a causal kernel the next, into sample[k]; returns how many there are. */
static size_t find_samples(const struct kernel *kernel, const double *spikes, size_t k, const double *t, size_t n,
                           size_t *sample)
{
    /* A spike half-way, or at a sample, must not fall this way or that by the rounding of its time. */
    double tiny = 1e-6 * kernel->dt, density = isi_density(t, n);
    double before = (kernel->causal ? kernel->dt : kernel->dt / 2) - tiny, after = kernel->causal ? tiny : before;
    size_t count = 0, last = 0;
    for (size_t i = 0; i < k; i++) {
        if (!(spikes[i] >= t[0] - before && spikes[i] <= t[n - 1] + after))
            continue;
        size_t j = isi_reach(t, n, last, spikes[i] - after, density);
        if (j < n)
            sample[count++] = last = j;
    }
    return count;
}

void kernel_rates(const struct kernel *kernel, const double *spikes, size_t k, const double *t, size_t n, double *out)
{
    if (n == 0)
        return;
    size_t *sample = xreallocarray(NULL, k, sizeof *sample);
    size_t count = find_samples(kernel, spikes, k, t, n, sample);
    const struct kernel_taps *spread = &kernel->spread, *smooth = &kernel->smooth;
    if (!smooth->shape) {
        spread->shape->spread(spread, sample, count, 1 / kernel->dt, out, n);
    } else {
        double *x = xcalloc(n + 2 * KERNEL_BLOCK, sizeof *x);
        spread->shape->spread(spread, sample, count, 1 / kernel->dt, x + KERNEL_BLOCK, n);
        smooth->shape->smooth(smooth, x + KERNEL_BLOCK, out, n);
        free(x);
    }
    free(sample);
}
