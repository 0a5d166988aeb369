/* The way through: the best of several starts on points that are not too many, refined on all of them,
 * everything that the points leave open put back to its usual value, and the answer in the words of the
 * request. */
#include "model/rate_fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "model/rate_fit_problem.h"

#define LEAST_POINTS 3
/* Points that the search for a start looks at; more are taken together. */
#define SEARCHED 31
/* Variance of a logarithm from which on there is no error to speak of. */
#define SURELY_OPEN 1e4
/* Twice the log-likelihood that four parameters more must gain to be believed (99 %). */
#define GAIN_OF_FOUR 13.3

/* Of what is left over in each point shown: the curve's mean over the values that x had there, less the rate.
 */
static double residual_of_shown(const struct fit_problem *p, const struct fit_values *values)
{
    const struct rate_points *points = p->points;
    double squares = 0, all = 0;
    for (size_t i = 0; i < points->count;) {
        double time = 0, spikes = 0;
        size_t first = i;
        do {
            double rate = fit_rate(p, values, fit_z(p, i), points->spread[i] / p->half);
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
    double bias =
        c[FIT_MIDDLE][FIT_MIDDLE] - 2 * away * c[FIT_MIDDLE][FIT_SLOPE] + away * away * c[FIT_SLOPE][FIT_SLOPE];
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
    fit_hold_all(p, request);
    for (size_t i = 0; i < p->points->count; i++) {
        double r = p->points->rate[i] - mean, weight = fit_weight(p, mean, p->points->time[i]);
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
    struct neuron_params none = {.tau_rc = NAN, .tau_ref = NAN, .sigma = NAN, .amplitude = 1, .min_voltage = NAN};
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
        fit_take_points(&problem, points);
        fit_refine(&problem, &solution);
    }
    held |= fit_hold_what_is_open(&problem, request, &solution);
    struct rate_fit fit = answer(&problem, &solution, request);
    fit.held = held;
    fit.open = fit_still_open(&problem, request, &solution);
    if (finer)
        free(problem.weight);
    return fit;
}

static struct rate_fit search(struct fit_problem *problem, const struct rate_points *points,
                              const struct rate_fit_request *request)
{
    unsigned held = fit_hold_for_want_of_points(problem, request);
    if (problem->points->count < LEAST_POINTS || !(problem->half > 0))
        return no_answer(RATE_FIT_TOO_FEW_POINTS);
    struct fit_solution solution = fit_solve_from_everywhere(problem, request);
    fit_refine(problem, &solution);
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
    if (!(fit_fastest(points, &top) > 0))
        return no_answer(RATE_FIT_NO_SPIKES);
    fit_set_up(&problem, points, request);
    struct rate_points fewer = {0};
    if (points->count > SEARCHED && problem.half > 0) {
        fewer = merge_points(&problem, points);
        free(problem.weight);
        fit_set_up(&problem, &fewer, request);
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
    fit_add_names(out, "held", fit->held);
    fit_add_names(out, out[0] ? "_open" : "open", fit->open & ~fit->held);
    return out;
}
