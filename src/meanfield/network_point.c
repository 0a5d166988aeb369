/* The flow d nu/ds = F(nu) - nu from silence finds the fixed point that is wanted among several; GSL's
 * hybrid method then gives its digits. Tolerances are relative to the rates, however low these are. */
#include "meanfield/network.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multiroots.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <string.h>

#include "meanfield/siegert.h"

#define FLOW_END 1000.0
#define FLOW_STEPS 20000
#define SETTLED 1e-5 /* relative: near enough for the root finder */
#define EXACT 1e-11
#define ENOUGH 1e-13
#define ROOT_STEPS 100
#define STARTS 8     /* each begins with fresh derivatives where the one before got stuck */
#define RUNAWAY 1e12 /* Hz */

struct flow {
    const struct meanfield_network *network;
    const double *external;
    enum meanfield_method method;
};

static void predicted(const struct flow *flow, const double *rate, double *F)
{
    struct working_point point[POPULATIONS];
    network_input(flow->network, rate, flow->external, point);
    for (int i = 0; i < POPULATIONS; i++)
        F[i] = siegert_rate(&flow->network->neuron[i], point[i], flow->method).rate;
}

/* Largest relative distance between rates and what they predict. */
static double distance(const double *rate, const double *F)
{
    double most = 0;
    for (int i = 0; i < POPULATIONS; i++) {
        double scale = fmax(fabs(rate[i]), fabs(F[i]));
        double off = scale > 0 ? fabs(F[i] - rate[i]) / scale : 0;
        most = off <= most ? most : off; /* NaN stays */
    }
    return most;
}

static int flow_speed(double s, const double *rate, double *speed, void *context)
{
    (void)s;
    predicted(context, rate, speed);
    for (int i = 0; i < POPULATIONS; i++)
        speed[i] -= rate[i];
    return GSL_SUCCESS;
}

static bool runs_away(const double *rate)
{
    return !(fabs(rate[EXC]) < RUNAWAY && fabs(rate[INH]) < RUNAWAY);
}

static void run_flow(struct flow *flow, double *rate)
{
    double F[POPULATIONS], s = 0;
    predicted(flow, rate, F);
    gsl_odeiv2_system system = {flow_speed, NULL, POPULATIONS, flow};
    double floor = 1e-9 * fmax(fabs(F[EXC]), fabs(F[INH]));
    gsl_odeiv2_driver *driver =
        gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_rkf45, 0.01, floor > 0 ? floor : 1e-300, 1e-7);
    if (!driver) /* no memory: what is found from silence without it is judged as ever */
        return;
    gsl_odeiv2_driver_set_nmax(driver, FLOW_STEPS);
    for (double end = 1; end <= FLOW_END && distance(rate, F) > SETTLED; end += 1) {
        if (runs_away(rate))
            break;
        if (gsl_odeiv2_driver_apply(driver, &s, end, rate) != GSL_SUCCESS)
            break;
        predicted(flow, rate, F);
    }
    gsl_odeiv2_driver_free(driver);
}

/* What hybrids looks for zeros of: in units of the rates it begins with, so that one size suits all. */
struct residual {
    const struct flow *flow;
    double scale[POPULATIONS]; /* Hz */
    double least[POPULATIONS]; /* a rate above 0 stays there; those of the Taylor expansion may be below */
};

static double rate_at(const struct residual *r, const gsl_vector *x, int i)
{
    return fmax(gsl_vector_get(x, (size_t)i) * r->scale[i], r->least[i]);
}

static int residual(const gsl_vector *x, void *context, gsl_vector *off)
{
    const struct residual *r = context;
    double rate[POPULATIONS], F[POPULATIONS];
    for (int i = 0; i < POPULATIONS; i++)
        rate[i] = rate_at(r, x, i);
    predicted(r->flow, rate, F);
    for (int i = 0; i < POPULATIONS; i++)
        gsl_vector_set(off, (size_t)i, F[i] / r->scale[i] - gsl_vector_get(x, (size_t)i));
    return isfinite(F[EXC]) && isfinite(F[INH]) ? GSL_SUCCESS : GSL_EBADFUNC;
}

/* Rates that are nearer, if there are any. */
static void find_root(const struct flow *flow, double *rate, double *F)
{
    struct residual r = {.flow = flow};
    double most = fmax(fabs(rate[EXC]), fabs(rate[INH]));
    if (!(most > 0))
        return;
    double start[POPULATIONS];
    for (int i = 0; i < POPULATIONS; i++) {
        r.scale[i] = rate[i] != 0 ? fabs(rate[i]) : most;
        r.least[i] = rate[i] < 0 ? -INFINITY : 0;
        start[i] = rate[i] / r.scale[i];
    }
    gsl_multiroot_function function = {residual, POPULATIONS, &r};
    gsl_vector_const_view x = gsl_vector_const_view_array(start, POPULATIONS);
    gsl_multiroot_fsolver *solver = gsl_multiroot_fsolver_alloc(gsl_multiroot_fsolver_hybrids, POPULATIONS);
    int status = solver ? gsl_multiroot_fsolver_set(solver, &function, &x.vector) : GSL_ENOMEM;
    for (int step = 0; step < ROOT_STEPS && status == GSL_SUCCESS && distance(rate, F) > ENOUGH; step++) {
        double next[POPULATIONS], F_next[POPULATIONS];
        status = gsl_multiroot_fsolver_iterate(solver);
        for (int i = 0; i < POPULATIONS; i++)
            next[i] = rate_at(&r, solver->x, i);
        predicted(flow, next, F_next);
        if (distance(next, F_next) < distance(rate, F)) {
            memcpy(rate, next, sizeof next);
            memcpy(F, F_next, sizeof F_next);
        }
    }
    if (solver)
        gsl_multiroot_fsolver_free(solver);
}

bool network_point(const struct meanfield_network *network, const double external[POPULATIONS],
                   enum meanfield_method method, double rate[POPULATIONS], struct working_point point[POPULATIONS],
                   struct error *error)
{
    struct flow flow = {network, external, method};
    double F[POPULATIONS];
    rate[EXC] = rate[INH] = 0;
    run_flow(&flow, rate);
    if (runs_away(rate))
        return error_set(error, "from silence the network's rates grow without limit: excitation is too strong");
    predicted(&flow, rate, F);
    for (int i = 0; i < STARTS && distance(rate, F) > ENOUGH; i++)
        find_root(&flow, rate, F);
    network_input(network, rate, external, point);
    if (distance(rate, F) <= EXACT)
        return true;
    return error_set(error,
                     "from silence the network does not come to rest: near %.4g and %.4g Hz its rates should be "
                     "%.4g and %.4g Hz",
                     rate[EXC], rate[INH], F[EXC], F[INH]);
}
