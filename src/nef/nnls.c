#include "nef/nnls.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define REFINEMENTS 2
#define PATIENCE 3 /* rounds that may get worse before unknowns are exchanged one by one, which always ends */
#define ROUNDS 1000
#define NOISE 1e-12 /* of the largest |f|: less than this a gradient is 0 */

struct nnls {
    const struct nnls_problem *problem;
    struct linear *linear;
    size_t n, count;  /* unknowns, positive ones */
    size_t *place;    /* [count] which they are */
    double *factor;   /* [count][count] */
    double *part;     /* [n] */
    double *gradient; /* [n] of the present w */
    double largest;   /* |f| */
};

static void multiply(size_t n, const double *matrix, const double *x, double *y)
{
    memset(y, 0, n * sizeof *y);
    for (size_t j = 0; j < n; j++) {
        const double *column = matrix + j * n;
        double by = x[j];
        for (size_t i = 0; by != 0 && i < n; i++)
            y[i] += column[i] * by;
    }
}

static void find_gradient(struct nnls *s, const double *w)
{
    const struct nnls_problem *p = s->problem;
    if (!p->root) {
        multiply(s->n, p->h, w, s->gradient);
        for (size_t i = 0; i < s->n; i++)
            s->gradient[i] -= p->f[i];
        return;
    }
    multiply(s->n, p->root, w, s->part);
    for (size_t i = 0; i < s->n; i++)
        s->part[i] -= p->b[i];
    multiply(s->n, p->root, s->part, s->gradient);
}

static void gather(struct nnls *s, const bool *positive)
{
    s->count = 0;
    for (size_t i = 0; i < s->n; i++)
        if (positive[i])
            s->place[s->count++] = i;
    for (size_t j = 0; j < s->count; j++)
        for (size_t i = j; i < s->count; i++)
            s->factor[j * s->count + i] = s->problem->h[s->place[j] * s->n + s->place[i]];
}

/* The best w with nothing but the positive unknowns. */
static bool solve_part(struct nnls *s, const bool *positive, double *w, struct error *error)
{
    bool good = true;
    gather(s, positive);
    memset(w, 0, s->n * sizeof *w);
    for (size_t i = 0; i < s->count; i++)
        s->part[i] = s->problem->f[s->place[i]];
    if (s->count > 0 && !linear_cholesky(s->linear, s->count, s->factor, 1, s->part, &good, error))
        return false;
    if (!good)
        return error_set(error, "the rates of some neurons cannot be told apart; a greater reg than this one works");
    for (size_t i = 0; i < s->count; i++)
        w[s->place[i]] = s->part[i];
    find_gradient(s, w);
    for (int r = 0; r < REFINEMENTS && s->count > 0; r++) {
        for (size_t i = 0; i < s->count; i++)
            s->part[i] = s->gradient[s->place[i]];
        linear_cholesky_again(s->linear, s->count, s->factor, 1, s->part);
        for (size_t i = 0; i < s->count; i++)
            w[s->place[i]] -= s->part[i];
        find_gradient(s, w);
    }
    return true;
}

static bool is_wrong(const struct nnls *s, const bool *positive, const double *w, size_t i)
{
    return positive[i] ? !(w[i] >= 0) : !(s->gradient[i] >= -NOISE * s->largest);
}

/* Exchanges all unknowns that are wrong, or the last of them alone. Returns how many were. */
static size_t exchange(const struct nnls *s, const double *w, bool *positive, bool one)
{
    size_t wrong = 0, last = 0;
    bool *change = s->n ? xcalloc(s->n, sizeof *change) : NULL;
    for (size_t i = 0; i < s->n; i++)
        if (is_wrong(s, positive, w, i)) {
            change[i] = !one;
            last = i;
            wrong++;
        }
    if (wrong > 0)
        change[last] = true;
    for (size_t i = 0; i < s->n; i++)
        positive[i] = positive[i] != change[i];
    free(change);
    return wrong;
}

static size_t count_wrong(const struct nnls *s, const double *w, const bool *positive)
{
    size_t wrong = 0;
    for (size_t i = 0; i < s->n; i++)
        wrong += is_wrong(s, positive, w, i);
    return wrong;
}

static void judge(const struct nnls *s, const bool *positive, double *w, struct nnls_result *result)
{
    double worst = 0;
    for (size_t i = 0; i < s->n; i++) {
        double y = s->gradient[i];
        worst = fmax(worst, positive[i] ? fabs(y) : -y);
        w[i] = fmax(w[i], 0);
    }
    result->violation = s->largest > 0 ? worst / s->largest : 0;
}

static bool iterate(struct nnls *s, bool *positive, double *w, struct nnls_result *result, struct error *error)
{
    size_t fewest = s->n + 1, patience = PATIENCE;
    for (result->rounds = 1; result->rounds <= ROUNDS; result->rounds++) {
        if (!solve_part(s, positive, w, error))
            return false;
        size_t wrong = count_wrong(s, w, positive);
        result->settled = wrong == 0;
        if (wrong == 0)
            break;
        if (wrong < fewest) {
            fewest = wrong;
            patience = PATIENCE;
        } else if (patience > 0) {
            patience--;
        }
        exchange(s, w, positive, wrong >= fewest && patience == 0);
        if (!linear_did(s->linear, (double)s->count * (double)s->count * (double)s->count / 6, error))
            return false;
    }
    judge(s, positive, w, result);
    return true;
}

bool nnls_solve(struct linear *linear, const struct nnls_problem *problem, bool *positive, double *w,
                struct nnls_result *result, struct error *error)
{
    size_t n = problem->n;
    struct nnls s = {.problem = problem, .linear = linear, .n = n};
    s.place = xcalloc(n, sizeof *s.place);
    s.factor = xcalloc(n * n, sizeof *s.factor);
    s.part = xcalloc(n, sizeof *s.part);
    s.gradient = xcalloc(n, sizeof *s.gradient);
    for (size_t i = 0; i < n; i++)
        s.largest = fmax(s.largest, fabs(problem->f[i]));
    *result = (struct nnls_result){0};
    bool good = iterate(&s, positive, w, result, error);
    free(s.place);
    free(s.factor);
    free(s.part);
    free(s.gradient);
    return good;
}
