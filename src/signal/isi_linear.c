/* Straight lines from point to point, in numpy.interp's order of operations, so that the results are the same
 * bits. A B-spline of order 1 (the peer's slinear) is the same line; it differs from this in the last bits
 * only. */
#include "signal/isi.h"

#include <math.h>

#include "isi_reach.h"

#define STRIDE 8

/* Samples from .. to - 1, which lie between points i and i + 1. Intervals may be so short that the slope
 * overflows. Most are a few samples long, so whole strides are written, beyond `to` if need be: the next line
 * writes over that. */
static void draw_line(const double *rt, const double *r, size_t i, const double *t, size_t n, size_t from, size_t to,
                      double *restrict out)
{
    double start = rt[i], value = r[i], rise = (r[i + 1] - value) / (rt[i + 1] - start);
    if (isfinite(rise)) {
        for (; from < to && from + STRIDE <= n; from += STRIDE)
            for (size_t k = 0; k < STRIDE; k++)
                out[from + k] = rise * (t[from + k] - start) + value;
        for (; from < to; from++)
            out[from] = rise * (t[from] - start) + value;
        return;
    }
    for (size_t j = from; j < to; j++) {
        double w = (t[j] - start) / (rt[i + 1] - start);
        out[j] = (1 - w) * value + w * r[i + 1];
    }
}

static void interpolate_line(const double *rt, const double *r, size_t k, const double *t, size_t n, double *out)
{
    double density = isi_density(t, n);
    size_t j = 0;
    for (size_t i = 0; i + 1 < k; i++) {
        size_t end = isi_reach(t, n, j, rt[i + 1], density);
        if (end > j)
            draw_line(rt, r, i, t, n, j, end, out);
        j = end;
    }
    while (j < n)
        out[j++] = r[k - 1];
}

const struct isi_interp isi_linear = {
    .name = "linear",
    .summary = "straight lines between the values",
    .interpolate = interpolate_line,
};

const struct isi_interp isi_slinear = {
    .name = "slinear",
    .summary = "a spline of order 1, the same as linear",
    .interpolate = interpolate_line,
};
