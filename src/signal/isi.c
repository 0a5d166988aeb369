/* From spikes to points (rt, r); the kinds of interpolation live in isi_hold.c, isi_linear.c and
 * isi_spline.c. */
#include "signal/isi.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

const struct isi_interp *const isi_interps[] = {
    &isi_zero, &isi_nearest, &isi_linear, &isi_slinear, &isi_previous, &isi_next, &isi_quadratic, &isi_cubic,
};
const size_t isi_interp_count = sizeof isi_interps / sizeof *isi_interps;

/* Copies the spikes within [first, last], each time once; returns how many. */
static size_t distinct_within(const double *spikes, size_t k, double first, double last, double *out)
{
    size_t count = 0;
    for (size_t i = 0; i < k; i++) {
        if (!(spikes[i] >= first && spikes[i] <= last))
            continue;
        if (count == 0 || isfinite(1 / (spikes[i] - out[count - 1])))
            out[count++] = spikes[i];
    }
    return count;
}

/* Points from `count` >= 2 spikes in e, which is rt + 1; rt and r have count + 2 places. Returns the points
 * made. */
static size_t make_points(double *rt, double *r, size_t count, double first, double last, bool midpoint)
{
    double *e = rt + 1;
    r[0] = 0;
    for (size_t i = 0; i + 1 < count; i++)
        r[i + 1] = 1 / (e[i + 1] - e[i]);
    if (midpoint)
        for (size_t i = 0; i + 1 < count; i++)
            e[i] = 0.5 * (e[i] + e[i + 1]);
    size_t points = midpoint ? count + 1 : count + 2;
    rt[0] = first;
    rt[points - 1] = last;
    r[count] = 0;
    r[points - 1] = 0;
    return points;
}

void isi_rates(const double *spikes, size_t k, const double *t, size_t n, const struct isi_interp *interp,
               bool midpoint, double *out)
{
    if (n == 0)
        return;
    double *rt = xreallocarray(NULL, k + 2, 2 * sizeof *rt);
    double *r = rt + k + 2;
    size_t count = distinct_within(spikes, k, t[0], t[n - 1], rt + 1);
    if (count >= 2) {
        size_t points = make_points(rt, r, count, t[0], t[n - 1], midpoint);
        interp->interpolate(rt, r, points, t, n, out);
    } else {
        memset(out, 0, n * sizeof *out);
    }
    free(rt);
}
