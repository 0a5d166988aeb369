/* Where a fit begins: what is asked for within which bounds, curves through the measured threshold and
 * maximum to start from, and the best of them refined with weights from the curve itself. */
#include <math.h>

#include "base/xalloc.h"
#include "model/rate_fit_problem.h"

/* Of the highest rate. */
#define ERROR_LEAST 0.01

double fit_fastest(const struct rate_points *points, size_t *where)
{
    double most = 0;
    for (size_t i = 0; i < points->count; i++)
        if (points->rate[i] > most) {
            most = points->rate[i];
            *where = i;
        }
    return most;
}

/* One over the variance of a rate measured for so long: of the spikes expected, one at least; and no error is
 * taken to be less than a part of the highest rate, or silent points would outweigh all others. */
double fit_weight(const struct fit_problem *p, double rate, double time)
{
    double least = ERROR_LEAST * p->fastest;
    return 1 / fmax(fmax(rate * time, p->floor) / (time * time), least * least / p->floor);
}

double fit_z(const struct fit_problem *p, size_t i)
{
    return (p->points->x[i] - p->middle) / p->half;
}

void fit_hold(struct fit_problem *p, int unknown, double value)
{
    p->free[unknown] = false;
    p->held.v[unknown] = value;
}

static void ask(struct fit_problem *p, int unknown, double value, double low, double high)
{
    p->low[unknown] = low;
    p->high[unknown] = high;
    p->free[unknown] = isnan(value);
    p->held.v[unknown] = value;
}

void fit_take_points(struct fit_problem *p, const struct rate_points *points)
{
    p->points = points;
    p->weight = xcalloc(points->count, sizeof *p->weight);
    p->telling = 0;
    for (size_t i = 0; i < points->count; i++) {
        p->weight[i] = fit_weight(p, points->rate[i], points->time[i]);
        p->telling += points->rate[i] > 0;
    }
    p->telling += p->telling < points->count;
}

void fit_set_up(struct fit_problem *p, const struct rate_points *points, const struct rate_fit_request *request)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < points->count; i++) {
        low = fmin(low, points->x[i]);
        high = fmax(high, points->x[i]);
    }
    *p = (struct fit_problem){.curve = request->curve, .points = points, .floor = 1};
    p->fastest = fit_fastest(points, &p->top);
    double period = 1 / p->fastest;
    p->middle = low + (high - low) / 2;
    p->half = (high - low) / 2;
    p->free[FIT_MIDDLE] = p->free[FIT_SLOPE] = true;
    ask(p, FIT_TAU_RC, request->tau_rc, fmin(1e-4, period / 100), 10);
    ask(p, FIT_TAU_REF, request->tau_ref, period * 1e-5, period * 2);
    ask(p, FIT_SIGMA, request->sigma, 1e-4, 10);
    if (request->curve != &rate_softlif)
        fit_hold(p, FIT_SIGMA, 0);
    fit_take_points(p, points);
}

/* Where the curve, followed from its highest point towards lower (side -1) or higher z, falls below a tenth.
 * Where it does not, beyond the end, as if it went on in a straight line. */
static double threshold(const struct fit_problem *p, int side)
{
    const struct rate_points *points = p->points;
    size_t top = p->top;
    double least = points->rate[top] / 10, nearest = INFINITY, lowest = points->rate[top], end = fit_z(p, top);
    for (size_t i = 0; i < points->count; i++) {
        double away = (fit_z(p, i) - fit_z(p, top)) * side;
        if (away > 0 && points->rate[i] <= least && away < nearest)
            nearest = away;
        if (away > (end - fit_z(p, top)) * side) {
            end = fit_z(p, i);
            lowest = points->rate[i];
        }
    }
    if (isfinite(nearest))
        return fit_z(p, top) + side * nearest;
    double fallen = points->rate[top] - lowest, distance = fabs(end - fit_z(p, top));
    double more = fallen > 0 ? fmin(lowest * distance / fallen, 8) : 8;
    return end + side * more;
}

/* A curve that is at threshold at one place and has the measured rate at another. */
static struct fit_values start_at(const struct fit_problem *p, double zero, double tau_rc, double sigma,
                                  const struct rate_fit_request *request)
{
    struct fit_values start = p->held;
    double period = 1 / p->fastest;
    if (p->free[FIT_TAU_RC])
        start.v[FIT_TAU_RC] = tau_rc;
    if (p->free[FIT_TAU_REF])
        start.v[FIT_TAU_REF] = fmin(fmax(request->fallback.tau_ref, 1e-6), period / 2);
    double left = fmax(period - start.v[FIT_TAU_REF], period / 100);
    double j = 1 / expm1(fmin(left / start.v[FIT_TAU_RC], 50));
    double reach = fit_z(p, p->top) - zero;
    start.v[FIT_SLOPE] = j / (fabs(reach) > 1e-3 ? reach : 1e-3);
    start.v[FIT_MIDDLE] = -start.v[FIT_SLOPE] * zero;
    if (p->free[FIT_SIGMA])
        start.v[FIT_SIGMA] = fmin(fmax(sigma * fabs(start.v[FIT_SLOPE]), 2e-4), 5);
    return start;
}

static void keep_better(struct fit_solution *best, const struct fit_solution *found)
{
    if (isfinite(found->chi2) && !(found->chi2 >= best->chi2))
        *best = *found;
}

/* A hard corner has no slope below it and an endless one above it, so the solver cannot carry it past a
 * point: it is put between the points by hand, from two bins below to two above where it seems to be. */
struct fit_solution fit_solve_near(const struct fit_problem *p, const struct fit_values *start)
{
    struct fit_solution best = fit_solve(p, start);
    if (p->curve == &rate_softlif)
        return best;
    double half_bin = 1 / (double)p->points->count;
    for (int shift = -4; shift <= 4; shift++) {
        struct fit_values moved = *start;
        moved.v[FIT_MIDDLE] -= moved.v[FIT_SLOPE] * half_bin * shift;
        struct fit_solution found = fit_solve(p, &moved);
        keep_better(&best, &found);
    }
    return best;
}

/* A curve with a round corner finds the place of a hard one. */
static struct fit_solution solve_from(const struct fit_problem *p, struct fit_values start)
{
    struct fit_problem soft = *p;
    if (p->curve != &rate_softlif) {
        soft.curve = &rate_softlif;
        fit_hold(&soft, FIT_SIGMA, fmax(0.1 * fabs(start.v[FIT_SLOPE]), 1e-3));
    }
    return fit_solve(&soft, &start);
}

struct fit_solution fit_solve_from_everywhere(const struct fit_problem *p, const struct rate_fit_request *request)
{
    static const double tau_rc[] = {0.02, 0.005, 0.08}, sigma[] = {0.02, 0.2, 0.05};
    struct fit_solution best = {.chi2 = INFINITY};
    for (int side = -1; side <= 1; side += 2)
        for (size_t k = 0; k < sizeof tau_rc / sizeof *tau_rc; k++) {
            struct fit_values start = start_at(p, threshold(p, side), tau_rc[k], sigma[k], request);
            struct fit_solution found = solve_from(p, start);
            if (p->curve != &rate_softlif) {
                struct fit_solution direct = fit_solve(p, &start);
                found.values.v[FIT_SIGMA] = 0;
                found.chi2 = fit_chi2(p, &found.values);
                keep_better(&found, &direct);
            }
            if (side < 0 && k == 0)
                best = found;
            keep_better(&best, &found);
        }
    return p->curve == &rate_softlif ? best : fit_solve_near(p, &best.values);
}

static void weigh_by_curve(struct fit_problem *p, const struct fit_values *values)
{
    for (size_t i = 0; i < p->points->count; i++) {
        double rate = fit_rate(p, values, fit_z(p, i), p->points->spread[i] / p->half);
        p->weight[i] = fit_weight(p, rate, p->points->time[i]);
    }
}

void fit_refine(struct fit_problem *p, struct fit_solution *best)
{
    for (int round = 0; round < 2 && isfinite(best->chi2); round++) {
        weigh_by_curve(p, &best->values);
        *best = round ? fit_solve_near(p, &best->values) : fit_solve(p, &best->values);
    }
}
