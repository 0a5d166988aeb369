/* The way through: starting points from the measured curve's threshold and maximum, the best of them refined with
 * weights from the curve itself, then everything that the points leave open put back to its usual value. */
#include "model/rate_fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/rate_fit_problem.h"

#define LEAST_POINTS 3
/* Points that the search for a start looks at; more are taken together. */
#define SEARCHED 31
/* Of the highest rate. */
#define ERROR_LEAST 0.01
/* A standard error of a logarithm above this: the 95 % interval spans more than a factor e to each side. */
#define DOUBT_MOST 0.5
#define DOUBT_FULL 1
/* Variance of a logarithm from which on there is no error to speak of. */
#define SURELY_OPEN 1e4
/* Twice the log-likelihood that one more parameter must gain to be believed (90 %), and that four must (99 %). */
#define GAIN_OF_ONE 2.71
#define GAIN_OF_FOUR 13.3

static double fastest(const struct rate_points *points, size_t *where)
{
    double most = 0;
    for (size_t i = 0; i < points->count; i++)
        if (points->rate[i] > most) {
            most = points->rate[i];
            *where = i;
        }
    return most;
}

/* One over the variance of a rate measured for so long: of the spikes expected, one at least; and no error is taken to
 * be less than a part of the highest rate, or silent points would outweigh all others. */
static double weight_of(const struct fit_problem *p, double rate, double time)
{
    double least = ERROR_LEAST * p->fastest;
    return 1 / fmax(fmax(rate * time, p->floor) / (time * time), least * least / p->floor);
}

static double z_at(const struct fit_problem *p, size_t i)
{
    return (p->points->x[i] - p->middle) / p->half;
}

/* ---- the problem ---- */

static void hold(struct fit_problem *p, int unknown, double value)
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

static void take_points(struct fit_problem *p, const struct rate_points *points)
{
    p->points = points;
    p->weight = xcalloc(points->count, sizeof *p->weight);
    p->telling = 0;
    for (size_t i = 0; i < points->count; i++) {
        p->weight[i] = weight_of(p, points->rate[i], points->time[i]);
        p->telling += points->rate[i] > 0;
    }
    p->telling += p->telling < points->count;
}

static void set_up(struct fit_problem *p, const struct rate_points *points, const struct rate_fit_request *request)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < points->count; i++) {
        low = fmin(low, points->x[i]);
        high = fmax(high, points->x[i]);
    }
    *p = (struct fit_problem){.curve = request->curve, .points = points, .floor = 1};
    p->fastest = fastest(points, &p->top);
    double period = 1 / p->fastest;
    p->middle = low + (high - low) / 2;
    p->half = (high - low) / 2;
    p->free[FIT_MIDDLE] = p->free[FIT_SLOPE] = true;
    ask(p, FIT_TAU_RC, request->tau_rc, fmin(1e-4, period / 100), 10);
    ask(p, FIT_TAU_REF, request->tau_ref, period * 1e-5, period * 2);
    ask(p, FIT_SIGMA, request->sigma, 1e-4, 10);
    if (request->curve != &rate_softlif)
        hold(p, FIT_SIGMA, 0);
    take_points(p, points);
}

/* Where the curve, followed from its highest point towards lower (side -1) or higher z, falls below a tenth. Where it
 * does not, beyond the end, as if it went on in a straight line. */
static double threshold(const struct fit_problem *p, int side)
{
    const struct rate_points *points = p->points;
    size_t top = p->top;
    double least = points->rate[top] / 10, nearest = INFINITY, lowest = points->rate[top], end = z_at(p, top);
    for (size_t i = 0; i < points->count; i++) {
        double away = (z_at(p, i) - z_at(p, top)) * side;
        if (away > 0 && points->rate[i] <= least && away < nearest)
            nearest = away;
        if (away > (end - z_at(p, top)) * side) {
            end = z_at(p, i);
            lowest = points->rate[i];
        }
    }
    if (isfinite(nearest))
        return z_at(p, top) + side * nearest;
    double fallen = points->rate[top] - lowest, distance = fabs(end - z_at(p, top));
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
    double reach = z_at(p, p->top) - zero;
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

/* A hard corner has no slope below it and an endless one above it, so the solver cannot carry it past a point: it is
 * put between the points by hand, from two bins below to two above where it seems to be. */
static struct fit_solution solve_near(const struct fit_problem *p, const struct fit_values *start)
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
        hold(&soft, FIT_SIGMA, fmax(0.1 * fabs(start.v[FIT_SLOPE]), 1e-3));
    }
    return fit_solve(&soft, &start);
}

static struct fit_solution solve_from_everywhere(const struct fit_problem *p, const struct rate_fit_request *request)
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
    return p->curve == &rate_softlif ? best : solve_near(p, &best.values);
}

static void weigh_by_curve(struct fit_problem *p, const struct fit_values *values)
{
    for (size_t i = 0; i < p->points->count; i++) {
        double rate = fit_rate(p, values, z_at(p, i), p->points->spread[i] / p->half);
        p->weight[i] = weight_of(p, rate, p->points->time[i]);
    }
}

static void refine(struct fit_problem *p, struct fit_solution *best)
{
    for (int round = 0; round < 2 && isfinite(best->chi2); round++) {
        weigh_by_curve(p, &best->values);
        *best = round ? solve_near(p, &best->values) : fit_solve(p, &best->values);
    }
}

/* ---- what the points leave open ---- */

static const struct {
    int unknown;
    unsigned bit;
    const char *name;
} timid[] = {
    {FIT_TAU_RC, RATE_FIT_TAU_RC, "tau_rc"},
    {FIT_TAU_REF, RATE_FIT_TAU_REF, "tau_ref"},
    {FIT_SIGMA, RATE_FIT_SIGMA, "sigma"},
};

static double usual(const struct fit_problem *p, const struct rate_fit_request *request, int unknown)
{
    double period = 1 / p->fastest;
    if (unknown == FIT_TAU_RC)
        return request->fallback.tau_rc;
    if (unknown == FIT_SIGMA)
        return request->fallback.sigma;
    return fmin(request->fallback.tau_ref, period / 2);
}

/* The rest fitted anew with one unknown held; true if the points have nothing against it. */
static bool try_without(struct fit_problem *p, int unknown, const struct rate_fit_request *request,
                        struct fit_solution *solution)
{
    double scale = fit_scale(p, solution->chi2);
    if (unknown == FIT_TAU_RC && solution->doubt[unknown] > DOUBT_FULL) /* regular trains agree so well that they object to anything */
        scale = fmax(scale, 1);
    struct fit_problem fewer = *p;
    hold(&fewer, unknown, usual(p, request, unknown));
    struct fit_values start = solution->values;
    if (unknown == FIT_TAU_RC) { /* far above threshold only tau_rc / j counts */
        start.v[FIT_MIDDLE] *= fewer.held.v[unknown] / start.v[unknown];
        start.v[FIT_SLOPE] *= fewer.held.v[unknown] / start.v[unknown];
    }
    start.v[unknown] = fewer.held.v[unknown];
    struct fit_solution found = solve_near(&fewer, &start);
    if (!(found.chi2 <= solution->chi2 + GAIN_OF_ONE * scale))
        return false;
    *p = fewer;
    *solution = found;
    return true;
}

/* One after the other, the most doubtful first, each tried once. */
static unsigned hold_what_is_open(struct fit_problem *p, const struct rate_fit_request *request,
                                  struct fit_solution *solution)
{
    unsigned held = 0, tried = 0;
    for (;;) {
        int worst = -1;
        for (int i = 0; i < 3; i++)
            if (p->free[timid[i].unknown] && !(tried & timid[i].bit) && solution->doubt[timid[i].unknown] > DOUBT_MOST &&
                (worst < 0 || solution->doubt[timid[i].unknown] > solution->doubt[timid[worst].unknown]))
                worst = i;
        if (worst < 0)
            return held;
        tried |= timid[worst].bit;
        if (try_without(p, timid[worst].unknown, request, solution)) {
            held |= timid[worst].bit;
            tried = held; /* what was needed before may not be needed now */
        }
    }
}

/* What the points neither tell nor leave to its usual value. */
static unsigned still_open(const struct fit_problem *p, const struct rate_fit_request *request,
                           const struct fit_solution *solution)
{
    unsigned open = 0;
    for (int i = 0; i < 3; i++)
        if (p->free[timid[i].unknown] && solution->doubt[timid[i].unknown] > DOUBT_MOST)
            open |= timid[i].bit;
    /* A corner that is hard, surely harder than usual. */
    if (solution->doubt[FIT_SIGMA] * solution->values.v[FIT_SIGMA] < request->fallback.sigma)
        open &= ~RATE_FIT_SIGMA;
    return open;
}

/* So few points with spikes that there is nothing left to judge the fit by: what is least likely to be told is held. */
static unsigned hold_for_want_of_points(struct fit_problem *p, const struct rate_fit_request *request)
{
    unsigned held = 0;
    for (int i = 3; i-- > 0;)
        if (p->telling <= fit_free_count(p) && p->free[timid[i].unknown]) {
            hold(p, timid[i].unknown, usual(p, request, timid[i].unknown));
            held |= timid[i].bit;
        }
    return held;
}

/* ---- the answer ---- */

/* Of what is left over in each point shown: the curve's mean over the values that x had there, less the rate. */
static double residual_of_shown(const struct fit_problem *p, const struct fit_values *values)
{
    const struct rate_points *points = p->points;
    double squares = 0, all = 0;
    for (size_t i = 0; i < points->count;) {
        double time = 0, spikes = 0;
        size_t first = i;
        do {
            double rate = fit_rate(p, values, z_at(p, i), points->spread[i] / p->half);
            spikes += (rate - points->rate[i]) * points->time[i];
            time += points->time[i];
        } while (++i < points->count && points->shown && points->shown[i] == points->shown[first]);
        squares += spikes * spikes / time;
        all += time;
    }
    return sqrt(squares / all);
}

static void free_again(struct fit_problem *p, int unknown, double given, const struct rate_fit_request *request)
{
    p->free[unknown] = isnan(given) && (unknown != FIT_SIGMA || request->curve == &rate_softlif);
}

static double error_of(double value, double variance)
{
    return variance < SURELY_OPEN ? value * sqrt(variance) : INFINITY;
}

static struct rate_fit_errors find_errors(const struct fit_problem *p, const struct fit_solution *solution,
                                          const struct rate_fit_request *request)
{
    double c[FIT_UNKNOWNS][FIT_UNKNOWNS], scale = fit_scale(p, solution->chi2), away = p->middle / p->half;
    const struct fit_values *values = &solution->values;
    struct fit_problem all = *p;
    if (p->telling <= fit_free_count(p)) /* nothing is left over to judge by */
        scale = fmax(scale, 1);
    free_again(&all, FIT_TAU_RC, request->tau_rc, request);
    free_again(&all, FIT_TAU_REF, request->tau_ref, request);
    free_again(&all, FIT_SIGMA, request->sigma, request);
    fit_covariance(&all, values, c);
    double bias = c[FIT_MIDDLE][FIT_MIDDLE] - 2 * away * c[FIT_MIDDLE][FIT_SLOPE] + away * away * c[FIT_SLOPE][FIT_SLOPE];
    return (struct rate_fit_errors){.gain = sqrt(c[FIT_SLOPE][FIT_SLOPE] * scale) / p->half,
                                    .bias = sqrt(fmax(bias, 0) * scale),
                                    .tau_rc = error_of(values->v[FIT_TAU_RC], c[FIT_TAU_RC][FIT_TAU_RC] * scale),
                                    .tau_ref = error_of(values->v[FIT_TAU_REF], c[FIT_TAU_REF][FIT_TAU_REF] * scale),
                                    .sigma = error_of(values->v[FIT_SIGMA], c[FIT_SIGMA][FIT_SIGMA] * scale)};
}

static struct rate_fit answer(const struct fit_problem *p, const struct fit_solution *solution,
                              const struct rate_fit_request *request)
{
    const struct fit_values *values = &solution->values;
    return (struct rate_fit){.status = solution->converged ? RATE_FIT_OK : RATE_FIT_NOT_CONVERGED,
                             .gain = values->v[FIT_SLOPE] / p->half,
                             .bias = 1 + values->v[FIT_MIDDLE] - values->v[FIT_SLOPE] * (p->middle / p->half),
                             .params = fit_params(values),
                             .rms = residual_of_shown(p, values),
                             .error = find_errors(p, solution, request)};
}

/* The same rate everywhere. The bias is where the LIF curve has it. */
static struct rate_fit flat_answer(struct fit_problem *p, const struct rate_fit_request *request, double mean)
{
    double spread = 0, weights = 0;
    for (int i = 0; i < 3; i++)
        if (p->free[timid[i].unknown])
            hold(p, timid[i].unknown, usual(p, request, timid[i].unknown));
    for (size_t i = 0; i < p->points->count; i++) {
        double r = p->points->rate[i] - mean, weight = weight_of(p, mean, p->points->time[i]);
        spread += weight * r * r;
        weights += weight;
    }
    struct rate_fit fit = {.status = RATE_FIT_FLAT, .params = fit_params(&p->held), .rms = sqrt(spread / weights)};
    double left = 1 / mean - fit.params.tau_ref, sigma = fit.params.sigma;
    double j = left > 0 ? 1 / expm1(left / fit.params.tau_rc) : INFINITY;
    if (sigma > 0 && j / sigma < 34) /* the round corner lifts the curve */
        j = j > 1e-300 ? sigma * log(expm1(j / sigma)) : -700 * sigma;
    fit.bias = 1 + j;
    return fit;
}

static double mean_rate(const struct rate_points *points)
{
    double spikes = 0, time = 0;
    for (size_t i = 0; i < points->count; i++) {
        spikes += points->rate[i] * points->time[i];
        time += points->time[i];
    }
    return spikes / time;
}

static bool is_flat(const struct fit_problem *p, const struct fit_solution *solution, double mean)
{
    double scale = fit_scale(p, solution->chi2), constant = 0, rounding = 0;
    for (size_t i = 0; i < p->points->count; i++) {
        double r = p->points->rate[i] - mean;
        constant += p->weight[i] * r * r;
        rounding += p->weight[i] * mean * mean * 1e-18;
    }
    return constant <= solution->chi2 + GAIN_OF_FOUR * scale + rounding;
}

static bool too_fast(const struct fit_problem *p, const struct rate_fit_request *request)
{
    double most = p->fastest;
    return !isnan(request->tau_ref) && most * request->tau_ref >= 1 &&
           most - 2 * sqrt(most / p->points->time[p->top]) > 1 / request->tau_ref;
}

static struct rate_fit no_answer(enum rate_fit_status status)
{
    struct neuron_params none = {NAN, NAN, NAN, 1, NAN};
    struct rate_fit_errors no_error = {NAN, NAN, NAN, NAN, NAN};
    return (struct rate_fit){.status = status, .gain = NAN, .bias = NAN, .params = none, .rms = NAN, .error = no_error};
}

/* ---- the search, on points that are not too many ---- */

/* Neighbours within one of so many equal cells of x, taken together. */
static struct rate_points merge_points(const struct fit_problem *p, const struct rate_points *fine)
{
    struct rate_points all = {0};
    double *room = xreallocarray(NULL, fine->count, 4 * sizeof *room), before = -1;
    all.x = room;
    all.spread = room + fine->count;
    all.rate = room + 2 * fine->count;
    all.time = room + 3 * fine->count;
    for (size_t i = 0; i < fine->count; i++) {
        double cell = fmin(floor((fine->x[i] - p->middle + p->half) / (2 * p->half) * SEARCHED), SEARCHED - 1);
        if (all.count == 0 || cell > before) {
            all.x[all.count] = fine->x[i];
            all.spread[all.count] = all.rate[all.count] = all.time[all.count] = 0;
            all.count++;
        }
        before = cell;
        size_t k = all.count - 1;
        double time = all.time[k] + fine->time[i], share = fine->time[i] / time, away = fine->x[i] - all.x[k];
        double within = fine->spread[i] * fine->spread[i], square = all.spread[k] * all.spread[k];
        all.spread[k] = sqrt(square + share * (within - square + (1 - share) * away * away));
        all.x[k] += share * away;
        all.rate[k] += share * (fine->rate[i] - all.rate[k]);
        all.time[k] = time;
    }
    return all;
}

/* From the best of the search to all the points. */
static struct rate_fit finish(const struct fit_problem *search, const struct fit_solution *found,
                              const struct rate_points *points, const struct rate_fit_request *request, unsigned held)
{
    struct fit_problem problem = *search;
    struct fit_solution solution = *found;
    bool finer = points != search->points;
    if (finer) {
        problem.floor = SEARCHED / (double)points->count;
        take_points(&problem, points);
        refine(&problem, &solution);
    }
    held |= hold_what_is_open(&problem, request, &solution);
    struct rate_fit fit = answer(&problem, &solution, request);
    fit.held = held;
    fit.open = still_open(&problem, request, &solution);
    if (finer)
        free(problem.weight);
    return fit;
}

static struct rate_fit search(struct fit_problem *problem, const struct rate_points *points,
                              const struct rate_fit_request *request)
{
    unsigned held = hold_for_want_of_points(problem, request);
    if (problem->points->count < LEAST_POINTS || !(problem->half > 0))
        return no_answer(RATE_FIT_TOO_FEW_POINTS);
    struct fit_solution solution = solve_from_everywhere(problem, request);
    refine(problem, &solution);
    if (too_fast(problem, request))
        return no_answer(RATE_FIT_TOO_FAST);
    double mean = mean_rate(points);
    if (is_flat(problem, &solution, mean))
        return flat_answer(problem, request, mean);
    return finish(problem, &solution, points, request, held);
}

struct rate_fit rate_fit(const struct rate_points *points, const struct rate_fit_request *request)
{
    struct fit_problem problem;
    size_t top = 0;
    if (!(fastest(points, &top) > 0))
        return no_answer(RATE_FIT_NO_SPIKES);
    set_up(&problem, points, request);
    struct rate_points fewer = {0};
    if (points->count > SEARCHED && problem.half > 0) {
        fewer = merge_points(&problem, points);
        free(problem.weight);
        set_up(&problem, &fewer, request);
    }
    struct rate_fit fit = search(&problem, points, request);
    free(problem.weight);
    free(fewer.x);
    /* Sizes beyond all measure leave no number behind. */
    bool lost = fit.status == RATE_FIT_OK || fit.status == RATE_FIT_FLAT || fit.status == RATE_FIT_NOT_CONVERGED;
    return lost && !(rate_fit_has_curve(&fit) && isfinite(fit.rms)) ? no_answer(RATE_FIT_NOT_CONVERGED) : fit;
}

bool rate_fit_has_curve(const struct rate_fit *fit)
{
    return isfinite(fit->gain) && isfinite(fit->bias);
}

double rate_fit_rate(const struct rate_fit *fit, const struct rate_curve *curve, double x)
{
    return curve->rate(&fit->params, fit->gain * x + fit->bias);
}

static void add_names(char *out, const char *word, unsigned bits)
{
    if (bits)
        strcat(out, word);
    for (int i = 0; i < 3; i++)
        if (bits & timid[i].bit) {
            strcat(out, "_");
            strcat(out, timid[i].name);
        }
}

char *rate_fit_word(const struct rate_fit *fit, char out[RATE_FIT_WORD])
{
    static const char *const words[] = {
        [RATE_FIT_NONE] = "not_tried",
        [RATE_FIT_OK] = "ok",
        [RATE_FIT_FLAT] = "flat",
        [RATE_FIT_NO_SPIKES] = "no_spikes",
        [RATE_FIT_TOO_FEW_POINTS] = "too_few_points",
        [RATE_FIT_TOO_FAST] = "above_1/tau_ref",
        [RATE_FIT_NOT_CONVERGED] = "not_converged",
    };
    snprintf(out, RATE_FIT_WORD, "%s", words[fit->status]);
    if (fit->status != RATE_FIT_OK || !(fit->held | fit->open))
        return out;
    out[0] = '\0';
    add_names(out, "held", fit->held);
    add_names(out, out[0] ? "_open" : "open", fit->open & ~fit->held);
    return out;
}
