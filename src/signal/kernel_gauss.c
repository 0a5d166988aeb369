/* The Gaussian kernel: cut off at four deviations, with no recursion that would give the same numbers, so
 * taps are added spike by spike. */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "kernel_shape.h"
#include "signal/kernel_sum.h"

static double deviation(double T)
{
    return T / 2;
}

static double count(double T)
{
    return ceil(8 * deviation(T));
}

static double delay(double T)
{
    return rint(4 * deviation(T));
}

static double tap(double T, size_t k)
{
    static const double two_pi = 6.283185307179586477;
    double std = deviation(T), u = ((double)k - 4 * std) / std;
    return exp(-0.5 * u * u) / sqrt(two_pi * std * std);
}

static void *prepare(const struct kernel_taps *taps)
{
    double *table = xcalloc(taps->count + 2 * KERNEL_BLOCK, sizeof *table);
    for (size_t k = 0; k < taps->count; k++)
        table[KERNEL_BLOCK + k] = tap(taps->T, k);
    return table;
}

static void spread(const struct kernel_taps *taps, const size_t *sample, size_t spikes, double height, double *out,
                   size_t n)
{
    const double *table = taps->prepared;
    kernel_sum()->spread(table + KERNEL_BLOCK, taps->count, taps->delay, sample, spikes, height, out, n);
}

static void smooth(const struct kernel_taps *taps, const double *x, double *out, size_t n)
{
    const double *table = taps->prepared;
    kernel_sum()->smooth(table + KERNEL_BLOCK, taps->count, taps->delay, x, out, n);
}

const struct kernel_shape kernel_shape_gauss = {
    .count = count,
    .delay = delay,
    .tap = tap,
    .prepare = prepare,
    .spread = spread,
    .smooth = smooth,
};
