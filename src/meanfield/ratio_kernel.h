/* The steps of ratio.c, written once as loops over eight lanes that the compiler turns into vectors; each
 * instruction set includes this with its own TARGET. Plain products and sums (no fused ones), so that every
 * set gives the same bits.
 *
 * Defines: static ratio_start, ratio_deep, ratio_series. */
#include <string.h>

#define INLINE static inline __attribute__((always_inline))
#define EACH for (int i = 0; i < RATIO_LANES; i++)

#define SERIES_MAX 160
/* Terms below this part of a sum end it. */
#define SERIES_END 1e-17
/* The backward recurrence is scaled down when it grows beyond this. */
#define RECUR_BIG 0x1p600
#define RECUR_SCALE 0x1p-600

/* Largest over the lanes of |term| / |sum| compared with `part`: whether a term still matters somewhere. */
TARGET INLINE bool lanes_matter(const struct ratio_lanes *term, double part, const struct ratio_lanes *sum)
{
    double most = 0, excess[RATIO_LANES];
    EACH excess[i] = fabs(term->re[i]) + fabs(term->im[i]) - part * (fabs(sum->re[i]) + fabs(sum->im[i]));
    EACH most = excess[i] > most ? excess[i] : most;
    return most > 0;
}

/* Lanes of `a` beyond `limit` get the factor that brings them back, the others 1; whether there are any. */
TARGET INLINE bool lanes_tame(const struct ratio_lanes *a, double limit, double factor, double *factors)
{
    bool over = false;
    EACH
    {
        bool big = fabs(a->re[i]) + fabs(a->im[i]) > limit;
        factors[i] = big ? factor : 1;
        over |= big;
    }
    return over;
}

TARGET INLINE void lanes_multiply(struct ratio_lanes *a, const double *factors)
{
    EACH a->re[i] *= factors[i];
    EACH a->im[i] *= factors[i];
}

TARGET INLINE void lanes_scale(struct ratio_lanes *a, double factor)
{
    EACH a->re[i] *= factor;
    EACH a->im[i] *= factor;
}

/* a / b, safe for any size of b. */
TARGET INLINE void lanes_divide(const struct ratio_lanes *a, const struct ratio_lanes *b, struct ratio_lanes *out)
{
    EACH
    {
        double big = fmax(fabs(b->re[i]), fabs(b->im[i])), c = b->re[i] / big, d = b->im[i] / big;
        double over = 1 / (c * c + d * d) / big, re = a->re[i];
        out->re[i] = (re * c + a->im[i] * d) * over;
        out->im[i] = (a->im[i] * c - re * d) * over;
    }
}

/* before <- v_{n-1} = v_n + (n + i Omega) / y^2 v_{n+1}, where v_n is `now` and v_{n+1} is `before` */
TARGET INLINE void recur_once(double m, const double *w, const struct ratio_lanes *now, struct ratio_lanes *before)
{
    EACH
    {
        double re = before->re[i], im = before->im[i];
        before->re[i] = now->re[i] + (m * re - w[i] * im);
        before->im[i] = now->im[i] + (m * im + w[i] * re);
    }
}

/* v_n = y^n u_n backwards from n = terms (even) to 0. v_0 ... v_keep are left in `kept` when it is not NULL,
 * with a common factor; v_1 and v_0 always in *one and *zero. */
TARGET INLINE void recur(double y, size_t terms, size_t keep, const double *omega, struct ratio_lanes *kept,
                         struct ratio_lanes *one, struct ratio_lanes *zero)
{
    double scale = 1 / (y * y), w[RATIO_LANES];
    EACH w[i] = omega[i] * scale;
    struct ratio_lanes a = {{0}, {0}}, b = {{0}, {0}}; /* v_{n+1}, v_n */
    EACH b.re[i] = 1;
    for (size_t n = terms; n > 0; n -= 2) {
        recur_once((double)n * scale, w, &b, &a);       /* a = v_{n-1} */
        recur_once((double)(n - 1) * scale, w, &a, &b); /* b = v_{n-2} */
        if (kept && n - 1 <= keep)
            kept[n - 1] = a;
        if (kept && n - 2 <= keep)
            kept[n - 2] = b;
        double factors[RATIO_LANES];
        if (n % 16 == 0 && lanes_tame(&b, RECUR_BIG, RECUR_SCALE, factors)) {
            lanes_multiply(&a, factors);
            lanes_multiply(&b, factors);
            for (size_t k = n - 2; kept && k <= keep; k++)
                lanes_multiply(&kept[k], factors);
        }
    }
    *one = a;
    *zero = b;
}

TARGET static void ratio_start(double y, size_t terms, const double *omega, struct ratio_lanes *p)
{
    struct ratio_lanes one, zero;
    recur(y, terms, 0, omega, NULL, &one, &zero);
    lanes_divide(&one, &zero, p);
    lanes_scale(p, 1 / y);
}

TARGET INLINE void lanes_add(struct ratio_lanes *to, const struct ratio_lanes *a)
{
    EACH to->re[i] += a->re[i];
    EACH to->im[i] += a->im[i];
}

TARGET INLINE struct ratio_lanes lanes_product(const struct ratio_lanes *a, const struct ratio_lanes *b)
{
    struct ratio_lanes out;
    EACH out.re[i] = a->re[i] * b->re[i] - a->im[i] * b->im[i];
    EACH out.im[i] = a->re[i] * b->im[i] + a->im[i] * b->re[i];
    return out;
}

/* Psi(x + h) / Psi(x) = 1 + i Omega sum d_n,  d_n = (1 + i Omega)_{n-1} / n! (h/y)^n v_n / v_0 */
TARGET static void ratio_deep(struct ratio_state *state, double y, double h, size_t keep, size_t terms)
{
    struct ratio_lanes v[RATIO_KEEP_MAX + 2], one, zero;
    struct ratio_lanes g = {{0}, {0}}, p = g, c = g, P; /* c = (1 + i Omega)_{n-1} / n! t^n */
    const double *w = state->omega;
    double t = h / y;
    recur(y, terms, keep, w, v, &one, &zero);
    EACH c.re[i] = t;
    for (size_t n = 1; n <= keep; n++) {
        double m = (double)n, factor = t / (double)(n + 1);
        EACH
        {
            double re = c.re[i] * v[n].re[i] - c.im[i] * v[n].im[i], im = c.re[i] * v[n].im[i] + c.im[i] * v[n].re[i];
            g.re[i] += re, g.im[i] += im;
            p.re[i] += n > 1 ? m * re : 0, p.im[i] += n > 1 ? m * im : 0;
            re = (c.re[i] * m - c.im[i] * w[i]) * factor;
            c.im[i] = (c.im[i] * m + c.re[i] * w[i]) * factor;
            c.re[i] = re;
        }
    }
    /* times P = Psi(x) / Psi(x_r) = psi + i Omega g, over v_0 */
    EACH P.re[i] = state->psi.re[i] - w[i] * state->g.im[i];
    EACH P.im[i] = state->psi.im[i] + w[i] * state->g.re[i];
    lanes_divide(&P, &zero, &P);
    g = lanes_product(&g, &P);
    p = lanes_product(&p, &P);
    lanes_scale(&p, 1 / h);
    lanes_add(&state->g, &g);
    lanes_add(&state->p, &p);
    lanes_add(&state->dp, &p);
}

struct series {
    struct ratio_lanes g, q; /* sums: g, and h times the change of p */
};

/* before <- f_{n+2} from now = f_{n+1} and before = f_n, added to the sums */
TARGET INLINE void series_once(double n, double u, double v, const double *w, const struct ratio_lanes *now,
                               struct ratio_lanes *before, struct series *sum)
{
    double vn = v * n, m = n + 2;
    EACH
    {
        double re = before->re[i], im = before->im[i], vw = v * w[i];
        double next_re = u * now->re[i] + (vn * re - vw * im), next_im = u * now->im[i] + (vn * im + vw * re);
        before->re[i] = next_re;
        before->im[i] = next_im;
        sum->g.re[i] += next_re;
        sum->g.im[i] += next_im;
        sum->q.re[i] += m * next_re;
        sum->q.im[i] += m * next_im;
    }
}

/* f_n = g^(n) h^n / n!:  f_{n+2} = x h / (n+2) f_{n+1} + h^2 (n + i Omega) / ((n+1)(n+2)) f_n,  with psi in
 * f_2. */
TARGET static void ratio_series(struct ratio_state *state, double x, double h)
{
    double xh = x * h, hh = h * h, w[RATIO_LANES];
    struct ratio_lanes a, b; /* f_{n+1}, f_n */
    struct series sum;
    memcpy(w, state->omega, sizeof w);
    EACH
    {
        double g_re = state->g.re[i], g_im = state->g.im[i];
        b.re[i] = state->p.re[i] * h, b.im[i] = state->p.im[i] * h;             /* f_1 */
        a.re[i] = 0.5 * (xh * b.re[i] + hh * (state->psi.re[i] - w[i] * g_im)); /* f_2 */
        a.im[i] = 0.5 * (xh * b.im[i] + hh * (state->psi.im[i] + w[i] * g_re));
        sum.g.re[i] = g_re + b.re[i] + a.re[i], sum.g.im[i] = g_im + b.im[i] + a.im[i];
        sum.q.re[i] = 2 * a.re[i], sum.q.im[i] = 2 * a.im[i];
    }
    double over = 0.5, next;
    for (size_t n = 1; n < SERIES_MAX; n += 2) {
        double m = (double)n;
        next = 1 / (m + 2);
        series_once(m, xh * next, hh * next * over, w, &a, &b, &sum); /* b = f_{n+2} */
        over = 1 / (m + 3);
        series_once(m + 1, xh * over, hh * next * over, w, &b, &a, &sum); /* a = f_{n+3} */
        if (n % 4 == 3 && !lanes_matter(&a, SERIES_END * over, &sum.q) &&
            !lanes_matter(&b, SERIES_END * over, &sum.q) && !lanes_matter(&a, SERIES_END, &sum.g))
            break;
    }
    state->g = sum.g;
    lanes_scale(&sum.q, 1 / h);
    lanes_add(&state->p, &sum.q);
    lanes_add(&state->dp, &sum.q);
}
