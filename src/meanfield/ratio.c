/* Where to start and how far to step.
 *
 * Left of -2 Psi is the minimal solution of a three-term recurrence, so its logarithmic slope comes from
 * Miller's algorithm at any x <= -2. From there Taylor series of the differential equation carry it to the
 * right, the direction in which Psi grows and errors do not. The path from reset to threshold is walked with
 * g = 0 at the reset, which makes the differences without subtracting.
 *
 * Psi grows by about exp(int Re q dx), q = (x + sqrt(x^2 + 4 + 4 i Omega)) / 2 the slope of the WKB solution.
 * Where that exceeds exp(42) what lies to the left is below the last digit: the reset drops out, and a start
 * with the wrong slope is forgotten just as quickly. */
#include "meanfield/ratio.h"

#include <math.h>
#include <string.h>

#define EDGE (-2.0)    /* Miller's algorithm is good from here to the left */
#define FORGOTTEN 42.0 /* exp(-42) is less than half a unit in the last place */
#define WKB_ENOUGH 1e4 /* |sqrt(x^2 + 4 i Omega)| from which on one correction gives all digits */

const struct ratio_kernel *const ratio_kernels[CPU_SETS] = {
    [CPU_GENERIC] = &ratio_generic, [CPU_AVX2] = &ratio_avx2, [CPU_AVX512] = &ratio_avx512};

struct root {
    double re, im;
};

/* sqrt(a + i b) with re >= 0, for b >= 0 of any size. */
static struct root complex_root(double a, double b)
{
    double big = fmax(fabs(a), b), small = fmin(fabs(a), b);
    double size = big > 0 ? big * sqrt(1 + (small / big) * (small / big)) : 0;
    double half = sqrt(0.5 * (size + fabs(a)));
    double other = half > 0 ? b / (2 * half) : 0;
    return a >= 0 ? (struct root){half, other} : (struct root){other, half};
}

/* q = (x + S) / 2 and Re q without cancellation for x < 0 */
static double growth_rate(double x, double omega)
{
    struct root s = complex_root(x * x + 4, 4 * omega);
    if (x >= 0)
        return 0.5 * (x + s.re);
    /* q = (1 + i Omega) / ((S - x) / 2) */
    double re = 0.5 * (s.re - x), im = 0.5 * s.im, size = re * re + im * im;
    return (re + omega * im) / size;
}

/* The x below `from` from which Psi grows by exp(FORGOTTEN) until there; -inf when that is left of `limit`.
 */
static double forget_from(double from, double limit, double omega)
{
    double x = from, growth = 0;
    while (growth < FORGOTTEN) {
        double step = 6 / growth_rate(x, omega);
        growth += step * growth_rate(x - 0.5 * step, omega);
        x -= step;
        if (!(x >= limit))
            return -INFINITY;
    }
    return x;
}

/* R ~ q - q' / S with q = (x + S) / 2, S = sqrt(x^2 + 4 i Omega): the next term is of relative order S^-4. */
static void wkb_slope(double x, double omega, double *re, double *im)
{
    struct root s = complex_root(x * x, 4 * omega);
    double size = s.re * s.re + s.im * s.im, i_re = s.re / size, i_im = -s.im / size;
    double d_re = 0.5 * (1 + x * i_re), d_im = 0.5 * x * i_im; /* q' */
    double q_re = 0.5 * (x + s.re), q_im = 0.5 * s.im;
    if (x < 0 && size > 0) { /* x + S = 4 i Omega / (S - x) */
        double b_re = s.re - x, over = 2 * omega / (b_re * b_re + s.im * s.im);
        q_re = s.im * over;
        q_im = b_re * over;
    }
    *re = q_re - (d_re * i_re - d_im * i_im);
    *im = q_im - (d_re * i_im + d_im * i_re);
}

struct walk {
    const struct ratio_kernel *kernel;
    double low, high; /* least and largest Omega */
    struct ratio_state state;
};

static void lanes_fill(struct ratio_lanes *lanes, double re)
{
    for (int i = 0; i < RATIO_LANES; i++) {
        lanes->re[i] = re;
        lanes->im[i] = 0;
    }
}

static size_t miller_terms(double y, double omega, size_t keep)
{
    double a = 19 / y;
    return (keep + 8 + (size_t)(a * a + 2 * a * sqrt(omega))) / 2 * 2 + 2;
}

/* p and psi = 1, g = 0 at x <= EDGE */
static void begin_at(struct walk *walk, double x)
{
    walk->kernel->start(-x, miller_terms(-x, walk->high, 1), walk->state.omega, &walk->state.p);
    lanes_fill(&walk->state.g, 0);
    lanes_fill(&walk->state.dp, 0);
    lanes_fill(&walk->state.psi, 1);
}

/* Steps with coefficients from the recurrence, over `width` up to `end` <= EDGE. Where a step begins is counted from
 * the end: counted from a start that is far away it would be off by the rounding of that, and the end never reached. */
static void walk_deep(struct walk *walk, double end, double width)
{
    while (width > 0) {
        double x = end - width, y = -x;
        struct root s = complex_root(x * x, 4 * walk->high);
        /* |q|, q = 2 i Omega / (S - x) */
        double q = 2 * walk->high / sqrt((s.re - x) * (s.re - x) + s.im * s.im);
        double h = fmin(0.42 * y, 3 / q);
        h = h < width ? h : width;
        double keep = fmax(38 / log(y / h), 14 + 5 * q * h) + 6;
        size_t kept = keep < RATIO_KEEP_MAX ? (size_t)keep : RATIO_KEEP_MAX;
        walk->kernel->deep(&walk->state, y, h, kept, miller_terms(y, walk->high, kept));
        width = h < width ? width - h : 0;
    }
}

static double series_step(double x, double omega)
{
    struct root s = complex_root(x * x + 4, 4 * omega);
    double re1 = 0.5 * (x + s.re), re2 = 0.5 * (x - s.re), im = 0.5 * s.im;
    double q1 = sqrt(re1 * re1 + im * im), q2 = sqrt(re2 * re2 + im * im);
    double h = 0.5 * (sqrt(q1 * q1 + 32) - q1);
    /* the other solution, and what turns instead of growing, must not outgrow the series */
    if ((q1 - re1) * h > 2)
        h = 2 / (q1 - re1);
    if ((q2 - re2) * h > 1.6)
        h = 1.6 / (q2 - re2);
    return h;
}

static void walk_series(struct walk *walk, double x, double width)
{
    while (width > 0) {
        double h = series_step(x, walk->high);
        h = h < width ? h : width;
        walk->kernel->series(&walk->state, x, h);
        width = h < width ? width - h : 0;
        x += h;
    }
}

static void divide(double a, double b, double c, double d, double *re, double *im)
{
    double big = fmax(fabs(c), fabs(d));
    if (!(big > 0)) {
        *re = *im = 0;
        return;
    }
    c /= big;
    d /= big;
    double over = 1 / (c * c + d * d) / big;
    *re = (a * c + b * d) * over;
    *im = (b * c - a * d) * over;
}

/* A solution that grew by exp(FORGOTTEN) up to x: g is Psi, p its slope, psi 0. It starts at `from`, or at
 * EDGE where its slope is known. */
static void walk_growing(struct walk *walk, double from, double x)
{
    struct ratio_state *s = &walk->state;
    double start = fmax(from, EDGE);
    if (from <= EDGE) {
        begin_at(walk, EDGE);
        for (int i = 0; i < RATIO_LANES; i++) { /* Psi' = i Omega p */
            double re = s->p.re[i];
            s->p.re[i] = -s->omega[i] * s->p.im[i];
            s->p.im[i] = s->omega[i] * re;
        }
    } else {
        lanes_fill(&s->dp, 0);
        for (int i = 0; i < RATIO_LANES; i++) {
            struct root r = complex_root(start * start + 4, 4 * s->omega[i]);
            s->p.re[i] = 0.5 * (start + r.re);
            s->p.im[i] = 0.5 * r.im;
        }
    }
    lanes_fill(&s->g, 1);
    lanes_fill(&s->psi, 0);
    walk_series(walk, start, x - start);
}

/* The reset is forgotten: R = Psi' / Psi at the threshold. */
static void threshold_alone(struct walk *walk, double x_t, double from, struct ratio *ratio)
{
    struct ratio_state *s = &walk->state;
    lanes_fill(&ratio->reset, 0);
    if (x_t <= EDGE)
        begin_at(walk, x_t);
    else
        walk_growing(walk, from, x_t);
    for (int i = 0; i < RATIO_LANES; i++) {
        if (x_t <= EDGE) {
            ratio->slope.re[i] = -s->omega[i] * s->p.im[i];
            ratio->slope.im[i] = s->omega[i] * s->p.re[i];
        } else {
            divide(s->p.re[i], s->p.im[i], s->g.re[i], s->g.im[i], &ratio->slope.re[i], &ratio->slope.im[i]);
        }
        ratio->curve.re[i] = x_t * ratio->slope.re[i];
        ratio->curve.im[i] = x_t * ratio->slope.im[i];
    }
}

static void threshold_far(double x_t, const double *omega, struct ratio *ratio)
{
    lanes_fill(&ratio->reset, 0);
    for (int i = 0; i < RATIO_LANES; i++) {
        wkb_slope(x_t, omega[i], &ratio->slope.re[i], &ratio->slope.im[i]);
        ratio->curve.re[i] = x_t * ratio->slope.re[i];
        ratio->curve.im[i] = x_t * ratio->slope.im[i];
    }
}

/* p and psi at the reset, g = 0. */
static void walk_to_reset(struct walk *walk, double x_r)
{
    struct ratio_state *s = &walk->state;
    double from = x_r > EDGE ? forget_from(x_r, EDGE, walk->low) : -INFINITY;
    if (x_r <= EDGE) {
        begin_at(walk, x_r);
    } else if (from >= 0 || (from > EDGE && walk->low >= 1)) {
        walk_growing(walk, from, x_r);
        for (int i = 0; i < RATIO_LANES; i++) { /* p = 1, psi = i Omega Psi / Psi' */
            divide(-s->omega[i] * s->g.im[i], s->omega[i] * s->g.re[i], s->p.re[i], s->p.im[i], &s->psi.re[i],
                   &s->psi.im[i]);
        }
        lanes_fill(&s->p, 1);
    } else {
        begin_at(walk, EDGE);
        walk_series(walk, EDGE, x_r - EDGE);
        for (int i = 0; i < RATIO_LANES; i++) {
            s->psi.re[i] = 1 - s->omega[i] * s->g.im[i];
            s->psi.im[i] = s->omega[i] * s->g.re[i];
        }
    }
    lanes_fill(&s->g, 0);
    lanes_fill(&s->dp, 0);
}

static void both_ends(struct walk *walk, double x_t, double x_r, double width, struct ratio *ratio)
{
    struct ratio_state *s = &walk->state;
    walk_to_reset(walk, x_r);
    struct ratio_lanes p_r = s->p;
    double deep = x_r < EDGE ? fmin(EDGE - x_r, width) : 0;
    if (deep > 0)
        walk_deep(walk, fmin(x_t, EDGE), deep);
    if (width > deep)
        walk_series(walk, deep > 0 ? EDGE : x_r, width - deep);
    for (int i = 0; i < RATIO_LANES; i++) {
        double re = x_t * s->dp.re[i] + width * p_r.re[i], im = x_t * s->dp.im[i] + width * p_r.im[i];
        divide(s->dp.re[i], s->dp.im[i], s->g.re[i], s->g.im[i], &ratio->slope.re[i], &ratio->slope.im[i]);
        divide(re, im, s->g.re[i], s->g.im[i], &ratio->curve.re[i], &ratio->curve.im[i]);
        divide(s->psi.re[i], s->psi.im[i], s->g.re[i], s->g.im[i], &ratio->reset.re[i], &ratio->reset.im[i]);
    }
}

/* Lanes too unlike to walk together: the fastest would overflow on the way of the slowest. */
static bool unlike(const struct walk *walk)
{
    return walk->high > 1000 && walk->low < 0.01 * walk->high;
}

static void one_by_one(const struct ratio_kernel *kernel, double x_t, double x_r, double width,
                       const double omega[RATIO_LANES], struct ratio *ratio)
{
    for (int i = 0; i < RATIO_LANES; i++) {
        double same[RATIO_LANES];
        struct ratio one;
        for (int k = 0; k < RATIO_LANES; k++)
            same[k] = omega[i];
        ratio_evaluate_on(kernel, x_t, x_r, width, same, &one);
        ratio->slope.re[i] = one.slope.re[0], ratio->slope.im[i] = one.slope.im[0];
        ratio->curve.re[i] = one.curve.re[0], ratio->curve.im[i] = one.curve.im[0];
        ratio->reset.re[i] = one.reset.re[0], ratio->reset.im[i] = one.reset.im[0];
    }
}

void ratio_evaluate_on(const struct ratio_kernel *kernel, double x_t, double x_r, double width,
                       const double omega[RATIO_LANES], struct ratio *ratio)
{
    struct walk walk = {.kernel = kernel, .low = omega[0], .high = omega[0]};
    memcpy(walk.state.omega, omega, sizeof walk.state.omega);
    for (int i = 1; i < RATIO_LANES; i++) {
        walk.low = fmin(walk.low, omega[i]);
        walk.high = fmax(walk.high, omega[i]);
    }
    if (unlike(&walk)) {
        one_by_one(kernel, x_t, x_r, width, omega, ratio);
        return;
    }
    double from = forget_from(x_t, x_r, walk.low);
    struct root s = complex_root(x_t * x_t, 4 * walk.low);
    bool alone = from >= 0 || (from > -INFINITY && walk.low >= 1);
    if (alone && s.re * s.re + s.im * s.im > WKB_ENOUGH * WKB_ENOUGH)
        threshold_far(x_t, omega, ratio);
    else if (alone)
        threshold_alone(&walk, x_t, from, ratio);
    else
        both_ends(&walk, x_t, x_r, width, ratio);
}

void ratio_evaluate(double x_t, double x_r, double width, const double omega[RATIO_LANES], struct ratio *ratio)
{
    ratio_evaluate_on(ratio_kernels[cpu_set()], x_t, x_r, width, omega, ratio);
}
