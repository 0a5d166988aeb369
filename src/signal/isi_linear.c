/* Straight lines from point to point, in numpy.interp's order of operations, so that the results are the same
 * bits. A B-spline of order 1 (the peer's slinear) is the same line; it differs from this in the last bits
 * only. */
#include "signal/isi.h"

#include <math.h>

static double slope(const double *rt, const double *r, size_t i)
{
    return (r[i + 1] - r[i]) / (rt[i + 1] - rt[i]);
}

/* For intervals so short that the slope overflows. */
static double weighted(const double *rt, const double *r, size_t i, double t)
{
    double w = (t - rt[i]) / (rt[i + 1] - rt[i]);
    return (1 - w) * r[i] + w * r[i + 1];
}

static void interpolate_line(const double *rt, const double *r, size_t k, const double *t, size_t n,
                             double *out)
{
    size_t i = 0, at = k;
    double rise = 0;
    for (size_t j = 0; j < n; j++) {
        while (i + 1 < k && rt[i + 1] <= t[j])
            i++;
        if (i + 1 == k || rt[i] == t[j]) {
            out[j] = r[i];
            continue;
        }
        if (at != i) {
            rise = slope(rt, r, i);
            at = i;
        }
        out[j] = isfinite(rise) ? rise * (t[j] - rt[i]) + r[i] : weighted(rt, r, i, t[j]);
    }
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
