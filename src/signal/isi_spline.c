/* Interpolating B-splines of degree 2 and 3 with the knots of scipy.interpolate.make_interp_spline:
 *
 *   quadratic   ends three times, and midpoints of neighbouring points but for the outermost two midpoints
 *   cubic       ends four times, and all points but for the two at each end (not-a-knot)
 *
 * Row p of the collocation matrix, B_c(rt_p), is zero but for c = p - 1, p, p + 1, and one place more in the second row
 * and the last but one of the cubic. Such a matrix is totally positive, so that elimination needs no pivots (de Boor &
 * Pinkus 1977). From the coefficients come the spline's derivatives at every knot, and the samples in between from
 * these. All of it is written out because it is done for every spike: GSL's general band solver and its basis, one call
 * a place, take five times as long. */
#include "signal/isi.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "isi_reach.h"

#define DEGREE_MOST 3
#define STRIDE 8

struct band {
    double a[5]; /* of row p, columns p - 2 ... p + 2 */
};

struct spline {
    size_t degree, n;                     /* n points and coefficients */
    double *knot;                         /* [n + degree + 1] */
    double *coefficient[DEGREE_MOST + 1]; /* [n] of the spline, and of its derivatives: m-th from index m on */
    struct band *row;                     /* [n] */
};

static void spline_alloc(struct spline *s, size_t degree, size_t n)
{
    double *room = xreallocarray(NULL, (DEGREE_MOST + 2) * n + degree + 1, sizeof *room);
    *s = (struct spline){.degree = degree, .n = n, .knot = room};
    for (size_t m = 0; m <= DEGREE_MOST; m++)
        s->coefficient[m] = room + n + degree + 1 + m * n;
    s->row = xcalloc(n, sizeof *s->row);
}

static void spline_free(struct spline *s)
{
    free(s->knot);
    free(s->row);
}

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

/* The degree + 1 functions that are not 0 between knots i and i + 1, at x: Cox and de Boor's recurrence. */
static void evaluate_basis(const double *knot, size_t degree, size_t i, double x, double *value)
{
    value[0] = 1;
    for (size_t m = 1; m <= degree; m++) {
        double saved = 0;
        for (size_t k = 0; k < m; k++) {
            double right = knot[i + k + 1] - x, left = x - knot[i + k + 1 - m];
            double part = value[k] / (right + left);
            value[k] = saved + right * part;
            saved = left * part;
        }
        value[m] = saved;
    }
}

static void fill_rows(struct spline *s, const double *x)
{
    size_t d = s->degree, interval = d;
    double value[DEGREE_MOST + 1];
    for (size_t p = 0; p < s->n; p++) {
        while (interval + 1 < s->n && s->knot[interval + 1] <= x[p])
            interval++;
        evaluate_basis(s->knot, d, interval, x[p], value);
        for (size_t k = 0; k <= d; k++) {
            size_t place = interval - d + k + 2 - p;
            if (place < 5)
                s->row[p].a[place] = value[k];
        }
    }
}

/* The right side becomes the solution. */
static void eliminate(struct band *row, double *y, size_t n)
{
    for (size_t p = 0; p < n; p++)
        for (size_t r = p + 1; r <= p + 2 && r < n; r++) {
            double *below = row[r].a + (2 - (r - p)); /* the column of row p's diagonal */
            if (below[0] == 0)
                continue;
            double factor = below[0] / row[p].a[2];
            below[1] -= factor * row[p].a[3];
            below[2] -= factor * row[p].a[4];
            y[r] -= factor * y[p];
        }
    for (size_t p = n; p-- > 0;) {
        double left = y[p];
        for (size_t k = 1; k <= 2 && p + k < n; k++)
            left -= row[p].a[2 + k] * y[p + k];
        y[p] = left / row[p].a[2];
    }
}

/* Coefficients of the derivatives; false when the points lie too close for numbers. */
static bool differentiate(struct spline *s)
{
    double bad = 0;
    for (size_t m = 1; m <= s->degree; m++) {
        size_t width = s->degree + 1 - m;
        const double *of = s->coefficient[m - 1];
        for (size_t j = m; j < s->n; j++)
            s->coefficient[m][j] = (double)width * (of[j] - of[j - 1]) / (s->knot[j + width] - s->knot[j]);
    }
    for (size_t m = 0; m <= s->degree; m++)
        for (size_t j = m; j < s->n; j++)
            bad += s->coefficient[m][j] * 0;
    return bad == 0;
}

/* A spline of degree 2 at knot i, whose coefficients are given. */
static double at_knot(const double *knot, size_t i, const double *coefficient)
{
    double after = knot[i + 1] - knot[i], before = knot[i] - knot[i - 1];
    return (after * coefficient[i - 2] + before * coefficient[i - 1]) / (after + before);
}

/* Value, slope, half the curvature and a sixth of the third derivative right of knot i. */
static void expand(const struct spline *s, size_t i, const double *y, double taylor[4])
{
    if (s->degree == 3) { /* the knot is a point, the first one or i - 2 */
        taylor[0] = i == 3 ? y[0] : y[i - 2];
        taylor[1] = at_knot(s->knot, i, s->coefficient[1]);
        taylor[2] = s->coefficient[2][i - 1] / 2;
        taylor[3] = s->coefficient[3][i] / 6;
    } else {
        taylor[0] = at_knot(s->knot, i, s->coefficient[0]);
        taylor[1] = s->coefficient[1][i - 1];
        taylor[2] = s->coefficient[2][i] / 2;
        taylor[3] = 0;
    }
}

/* Samples from .. to - 1. Most intervals are a few samples long, so whole strides are written, beyond `to` if need be:
 * the next interval writes over that. */
static void draw_piece(const double c[4], double start, const double *t, size_t n, size_t from, size_t to,
                       double *restrict out)
{
    for (; from < to && from + STRIDE <= n; from += STRIDE)
        for (size_t k = 0; k < STRIDE; k++) {
            double u = t[from + k] - start;
            out[from + k] = c[0] + u * (c[1] + u * (c[2] + u * c[3]));
        }
    for (; from < to; from++) {
        double u = t[from] - start;
        out[from] = c[0] + u * (c[1] + u * (c[2] + u * c[3]));
    }
}

static void evaluate(const struct spline *s, const double *y, const double *t, size_t n, double *out)
{
    double density = isi_density(t, n), taylor[4];
    size_t j = 0;
    for (size_t i = s->degree; i < s->n; i++) {
        size_t end = i + 1 < s->n ? isi_reach(t, n, j, s->knot[i + 1], density) : n;
        if (end == j)
            continue;
        expand(s, i, y, taylor);
        draw_piece(taylor, s->knot[i], t, n, j, end, out);
        j = end;
    }
}

/* x strictly rising, n > degree. False when the points lie too close for numbers. */
static bool interpolate_spline(size_t degree, const double *x, const double *y, size_t n, const double *t,
                               size_t samples, double *out)
{
    struct spline s;
    spline_alloc(&s, degree, n);
    place_knots(&s, x);
    fill_rows(&s, x);
    memcpy(s.coefficient[0], y, n * sizeof *y);
    eliminate(s.row, s.coefficient[0], n);
    bool good = differentiate(&s);
    if (good)
        evaluate(&s, y, t, samples, out);
    spline_free(&s);
    return good;
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

static void interpolate_order(size_t degree, const double *rt, const double *r, size_t k, const double *t, size_t n,
                              double *out)
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

static void interpolate_quadratic(const double *rt, const double *r, size_t k, const double *t, size_t n, double *out)
{
    interpolate_order(2, rt, r, k, t, n, out);
}

static void interpolate_cubic(const double *rt, const double *r, size_t k, const double *t, size_t n, double *out)
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
