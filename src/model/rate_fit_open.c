/* What the points leave open: parameters they hardly tell are put back to their usual value, if nothing
 * speaks against it, and the rest is fitted anew. */
#include <math.h>
#include <string.h>

#include "model/rate_fit_problem.h"

/* A standard error of a logarithm above this: the 95 % interval spans more than a factor e to each side. */
#define DOUBT_MOST 0.5
#define DOUBT_FULL 1
/* Twice the log-likelihood that one more parameter must gain to be believed (90 %). */
#define GAIN_OF_ONE 2.71

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
    if (unknown == FIT_TAU_RC &&
        solution->doubt[unknown] > DOUBT_FULL) /* regular trains agree so well that they object to anything */
        scale = fmax(scale, 1);
    struct fit_problem fewer = *p;
    fit_hold(&fewer, unknown, usual(p, request, unknown));
    struct fit_values start = solution->values;
    if (unknown == FIT_TAU_RC) { /* far above threshold only tau_rc / j counts */
        start.v[FIT_MIDDLE] *= fewer.held.v[unknown] / start.v[unknown];
        start.v[FIT_SLOPE] *= fewer.held.v[unknown] / start.v[unknown];
    }
    start.v[unknown] = fewer.held.v[unknown];
    struct fit_solution found = fit_solve_near(&fewer, &start);
    if (!(found.chi2 <= solution->chi2 + GAIN_OF_ONE * scale))
        return false;
    *p = fewer;
    *solution = found;
    return true;
}

/* One after the other, the most doubtful first, each tried once. */
unsigned fit_hold_what_is_open(struct fit_problem *p, const struct rate_fit_request *request,
                               struct fit_solution *solution)
{
    unsigned held = 0, tried = 0;
    for (;;) {
        int worst = -1;
        for (int i = 0; i < 3; i++)
            if (p->free[timid[i].unknown] && !(tried & timid[i].bit) &&
                solution->doubt[timid[i].unknown] > DOUBT_MOST &&
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
unsigned fit_still_open(const struct fit_problem *p, const struct rate_fit_request *request,
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

/* So few points with spikes that there is nothing left to judge the fit by: what is least likely to be told
 * is held. */
unsigned fit_hold_for_want_of_points(struct fit_problem *p, const struct rate_fit_request *request)
{
    unsigned held = 0;
    for (int i = 3; i-- > 0;)
        if (p->telling <= fit_free_count(p) && p->free[timid[i].unknown]) {
            fit_hold(p, timid[i].unknown, usual(p, request, timid[i].unknown));
            held |= timid[i].bit;
        }
    return held;
}

void fit_hold_all(struct fit_problem *p, const struct rate_fit_request *request)
{
    for (int i = 0; i < 3; i++)
        if (p->free[timid[i].unknown])
            fit_hold(p, timid[i].unknown, usual(p, request, timid[i].unknown));
}

void fit_add_names(char *out, const char *word, unsigned bits)
{
    if (bits)
        strcat(out, word);
    for (int i = 0; i < 3; i++)
        if (bits & timid[i].bit) {
            strcat(out, "_");
            strcat(out, timid[i].name);
        }
}
