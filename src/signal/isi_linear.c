/* Straight lines from point to point, in numpy.interp's order of operations, so that the results are the same
 * bits. A B-spline of order 1 (the peer's slinear) is the same line; it differs from this in the last bits
 * only. */
#include "signal/isi.h"

#include <math.h>

#include "isi_reach.h"

/* Samples from .. to - 1, which lie between points i and i + 1. Intervals may be so short that the slope
 * overflows. */
static void draw_line(const double *rt, const double *r, size_t i, const double *t, size_t from, size_t to,
                      double *out)
{
    double rise = (r[i + 1] - r[i]) / (rt[i + 1] - rt[i]);
    if (isfinite(rise)) {
        for (size_t j = from; j < to; j++)
            out[j] = rise * (t[j] - rt[i]) + r[i];
        return;
    }
    for (size_t j = from; j < to; j++) {
        double w = (t[j] - rt[i]) / (rt[i + 1] - rt[i]);
        out[j] = (1 - w) * r[i] + w * r[i + 1];
    }
}

static void interpolate_line(const double *rt, const double *r, size_t k, const double *t, size_t n,
                             double *out)
{
    double density = isi_density(t, n);
    size_t j = 0;
    for (size_t i = 0; i + 1 < k; i++) {
        size_t end = isi_reach(t, n, j, rt[i + 1], density);
        if (end > j)
            draw_line(rt, r, i, t, j, end, out);
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
