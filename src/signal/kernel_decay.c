/* The kernels that decay, exp(-k/T) and k exp(-k/T). The sum over all spikes that have begun goes on as one
 * curve of the same form, sum of exp(-(j + a)/T)         =  F exp(-j/T)                      F = sum of
 * exp(-a/T) sum of (j + a) exp(-(j + a)/T) =  F j exp(-j/T) + R exp(-j/T)      R = sum of a exp(-a/T) so F
 * and R, carried from block to block of samples, stand for them however many they are. What a curve would add
 * behind its cut-off is taken off when it ends, which gives the sum of the cut-off taps up to rounding. */
#include <math.h>

#include "base/xalloc.h"
#include "kernel_shape.h"
#include "signal/kernel_sum.h"

static double count(double T)
{
    return ceil(5 * T);
}

static double delay(double T)
{
    return rint(T);
}

static double tap_expon(double T, size_t k)
{
    return exp(-(double)k / T) / T;
}

static double tap_alpha(double T, size_t k)
{
    return (double)k / (T * T) * exp(-(double)k / T);
}

static struct kernel_decay *prepare(const struct kernel_taps *taps)
{
    struct kernel_decay *d = xcalloc(1, sizeof *d);
    d->count = taps->count;
    d->delay = taps->delay;
    for (size_t j = 0; j <= KERNEL_BLOCK; j++) {
        double k = (double)j, last = (double)(taps->count + j);
        d->begin_fade[KERNEL_BLOCK + j] = exp(-k / taps->T);
        d->begin_ramp[KERNEL_BLOCK + j] = k * exp(-k / taps->T);
        d->end_fade[KERNEL_BLOCK + j] = exp(-last / taps->T);
        d->end_ramp[KERNEL_BLOCK + j] = last * exp(-last / taps->T);
    }
    return d;
}

static void *prepare_expon(const struct kernel_taps *taps)
{
    return prepare(taps);
}

static void *prepare_alpha(const struct kernel_taps *taps)
{
    struct kernel_decay *d = prepare(taps);
    d->ramps = true;
    return d;
}

static void spread(const struct kernel_taps *taps, const size_t *sample, size_t spikes, double height, double *out,
                   size_t n)
{
    double fade = 0, ramp = 0;
    size_t begun = 0;
    for (; begun < spikes && sample[begun] < taps->delay; begun++) {
        size_t age = taps->delay - sample[begun];
        if (age < taps->count) {
            fade += exp(-(double)age / taps->T);
            ramp += (double)age * exp(-(double)age / taps->T);
        }
    }
    kernel_sum()->decay(taps->prepared, begun, fade, ramp, sample, spikes, height, out, n);
}

static void spread_expon(const struct kernel_taps *taps, const size_t *sample, size_t spikes, double height,
                         double *out, size_t n)
{
    spread(taps, sample, spikes, height / taps->T, out, n);
}

static void spread_alpha(const struct kernel_taps *taps, const size_t *sample, size_t spikes, double height,
                         double *out, size_t n)
{
    spread(taps, sample, spikes, height / (taps->T * taps->T), out, n);
}

const struct kernel_shape kernel_shape_expon = {
    .count = count,
    .delay = delay,
    .tap = tap_expon,
    .prepare = prepare_expon,
    .spread = spread_expon,
};

const struct kernel_shape kernel_shape_alpha = {
    .count = count,
    .delay = delay,
    .tap = tap_alpha,
    .prepare = prepare_alpha,
    .spread = spread_alpha,
};
