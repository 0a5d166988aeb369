/* Interpolating B-splines of degree 2 and 3 with the knots of scipy.interpolate.make_interp_spline:
 *
 *   quadratic   ends three times, and midpoints of neighbouring points but for the outermost two midpoints
 *   cubic       ends four times, and all points but for the two at each end (not-a-knot)
 *
 * The collocation matrix B_c(rt_p) is banded, at most `degree` on each side of the diagonal; GSL evaluates
 * the basis and solves. GSL looks for a knot interval from the left each time, which would make long trains
 * quadratic in the number of spikes, so its workspace only ever holds the 2 degree + 2 knots round one
 * interval. */
#include "signal/isi.h"

#include <gsl/gsl_bspline.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_vector.h>
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"

struct spline {
    size_t degree, n; /* n points and coefficients */
    double *knot;     /* [n + degree + 1] */
    double *coefficient;
    gsl_bspline_workspace *basis; /* of one interval: degree + 1 functions */
    gsl_vector *value;            /* [degree + 1] theirs at one place */
};

static void place_knots(struct spline *s, const double *x)
{
    size_t d = s->degree, inner = s->n - d - 1;
    for (size_t i = 0; i <= d; i++) {
        s->knot[i] = x[0];
        s->knot[s->n + i] = x[s->n - 1];
    }
    for (size_t i = 0; i < inner; i++)
        s->knot[d + 1 + i] = d == 3 ? x[i + 2] : (x[i + 2] + x[i + 1]) / 2;
}

/* Moves *interval on to the one that holds x (knot[i] <= x < knot[i + 1], the last one closed) and evaluates
 * there. */
static void evaluate_basis(struct spline *s, double x, size_t *interval)
{
    size_t d = s->degree;
    while (*interval + 1 < s->n && s->knot[*interval + 1] <= x)
        ++*interval;
    for (size_t i = 0; i < 2 * d + 2; i++)
        gsl_vector_set(s->basis->knots, i, s->knot[*interval - d + i]);
    size_t first, last;
    gsl_bspline_eval_nonzero(x, s->value, &first, &last, s->basis);
}

static bool solve(struct spline *s, const double *x, const double *y)
{
    size_t d = s->degree, interval = d;
    gsl_matrix *band = gsl_matrix_calloc(s->n, 3 * d + 1);
    gsl_vector_uint *pivot = gsl_vector_uint_alloc(s->n);
    for (size_t p = 0; p < s->n; p++) {
        evaluate_basis(s, x[p], &interval);
        for (size_t j = 0; j <= d; j++) {
            size_t c = interval - d + j;
            /* Row p, column c of the matrix; outside the band all functions are 0. */
            if (c <= p + d && p <= c + d)
                gsl_matrix_set(band, c, 2 * d + p - c, gsl_vector_get(s->value, j));
        }
        s->coefficient[p] = y[p];
    }
    gsl_vector_view unknown = gsl_vector_view_array(s->coefficient, s->n);
    gsl_linalg_LU_band_decomp(s->n, d, d, band, pivot);
    gsl_linalg_LU_band_svx(d, d, band, pivot, &unknown.vector);
    gsl_vector_uint_free(pivot);
    gsl_matrix_free(band);
    for (size_t i = 0; i < s->n; i++)
        if (!isfinite(s->coefficient[i]))
            return false;
    return true;
}

static void evaluate(struct spline *s, const double *t, size_t n, double *out)
{
    size_t interval = s->degree;
    for (size_t j = 0; j < n; j++) {
        evaluate_basis(s, t[j], &interval);
        double sum = 0;
        for (size_t i = 0; i <= s->degree; i++)
            sum += s->coefficient[interval - s->degree + i] * gsl_vector_get(s->value, i);
        out[j] = sum;
    }
}

/* x strictly rising, n > degree. False when the points lie too close for numbers. */
static bool interpolate_spline(size_t degree, const double *x, const double *y, size_t n, const double *t,
                               size_t samples, double *out)
{
    struct spline s = {.degree = degree, .n = n};
    s.knot = xreallocarray(NULL, 2 * n + degree + 1, sizeof *s.knot);
    s.coefficient = s.knot + n + degree + 1;
    s.basis = gsl_bspline_alloc(degree + 1, 2);
    s.value = gsl_vector_alloc(degree + 1);
    place_knots(&s, x);
    bool solved = solve(&s, x, y);
    if (solved)
        evaluate(&s, t, samples, out);
    gsl_vector_free(s.value);
    gsl_bspline_free(s.basis);
    free(s.knot);
    return solved;
}

/* Of points at one place the last counts. Returns how many are left. */
static size_t distinct_points(const double *rt, const double *r, size_t k, double *x, double *y)
{
    size_t n = 0;
    for (size_t i = 0; i < k; i++) {
        if (n && x[n - 1] == rt[i])
            n--;
        x[n] = rt[i];
        y[n++] = r[i];
    }
    return n;
}

static void interpolate_order(size_t degree, const double *rt, const double *r, size_t k, const double *t,
                              size_t n, double *out)
{
    double *x = xreallocarray(NULL, k, 2 * sizeof *x);
    double *y = x + k;
    size_t points = distinct_points(rt, r, k, x, y);
    if (degree >= points)
        degree = points - 1;
    if (degree < 2 || !interpolate_spline(degree, x, y, points, t, n, out))
        isi_linear.interpolate(x, y, points, t, n, out);
    free(x);
}

static void interpolate_quadratic(const double *rt, const double *r, size_t k, const double *t, size_t n,
                                  double *out)
{
    interpolate_order(2, rt, r, k, t, n, out);
}

static void interpolate_cubic(const double *rt, const double *r, size_t k, const double *t, size_t n,
                              double *out)
{
    interpolate_order(3, rt, r, k, t, n, out);
}

const struct isi_interp isi_quadratic = {
    .name = "quadratic",
    .summary = "a smooth spline of degree 2; overshoots",
    .interpolate = interpolate_quadratic,
};

const struct isi_interp isi_cubic = {
    .name = "cubic",
    .summary = "a smooth spline of degree 3 (not-a-knot); overshoots",
    .interpolate = interpolate_cubic,
};
