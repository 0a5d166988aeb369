/* The flow d nu/ds = F(nu) - nu from silence finds the fixed point that is wanted among several; Newton's
 * method then gives its digits. Tolerances are relative to the rates, however low these are. */
#include "meanfield/network.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>

#include "meanfield/siegert.h"

#define FLOW_END 1000.0
#define FLOW_STEPS 20000
#define SETTLED 1e-5 /* relative: near enough for Newton */
#define EXACT 1e-11
#define NEWTON_STEPS 60
#define HALVINGS 12
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

/* J_ij = d (F_i - nu_i) / d nu_j by differences. */
static void jacobian(const struct flow *flow, const double *rate, double J[POPULATIONS][POPULATIONS])
{
    double scale = fmax(fabs(rate[EXC]), fabs(rate[INH]));
    for (int j = 0; j < POPULATIONS; j++) {
        double up[POPULATIONS], down[POPULATIONS], F_up[POPULATIONS], F_down[POPULATIONS];
        double h = 1e-5 * (rate[j] != 0 ? fabs(rate[j]) : scale);
        for (int i = 0; i < POPULATIONS; i++)
            up[i] = down[i] = rate[i];
        up[j] += h;
        down[j] -= h;
        predicted(flow, up, F_up);
        predicted(flow, down, F_down);
        for (int i = 0; i < POPULATIONS; i++)
            J[i][j] = (h > 0 ? (F_up[i] - F_down[i]) / (up[j] - down[j]) : 0) - (i == j);
    }
}

/* One damped step; false when nothing comes nearer. */
static bool newton_step(const struct flow *flow, double *rate, double *F)
{
    double J[POPULATIONS][POPULATIONS] = {{0}}, now = distance(rate, F);
    jacobian(flow, rate, J);
    double det = J[0][0] * J[1][1] - J[0][1] * J[1][0], r0 = F[0] - rate[0], r1 = F[1] - rate[1];
    if (!(fabs(det) > 0))
        return false;
    double step[POPULATIONS] = {-(J[1][1] * r0 - J[0][1] * r1) / det, -(J[0][0] * r1 - J[1][0] * r0) / det};
    for (int halving = 0; halving < HALVINGS; halving++) {
        double part = ldexp(1, -halving), next[POPULATIONS], F_next[POPULATIONS];
        for (int i = 0; i < POPULATIONS; i++)
            next[i] = rate[i] + part * step[i];
        predicted(flow, next, F_next);
        if (!(distance(next, F_next) < now))
            continue;
        for (int i = 0; i < POPULATIONS; i++) {
            rate[i] = next[i];
            F[i] = F_next[i];
        }
        return true;
    }
    return false;
}

bool network_point(const struct meanfield_network *network, const double external[POPULATIONS],
                   enum meanfield_method method, double rate[POPULATIONS],
                   struct working_point point[POPULATIONS], struct error *error)
{
    struct flow flow = {network, external, method};
    double F[POPULATIONS];
    rate[EXC] = rate[INH] = 0;
    run_flow(&flow, rate);
    if (runs_away(rate))
        return error_set(error,
                         "from silence the network's rates grow without limit: excitation is too strong");
    predicted(&flow, rate, F);
    for (int i = 0; i < NEWTON_STEPS && distance(rate, F) > 0; i++)
        if (!newton_step(&flow, rate, F))
            break;
    network_input(network, rate, external, point);
    if (distance(rate, F) <= EXACT)
        return true;
    return error_set(
        error,
        "from silence the network does not come to rest: near %.4g and %.4g Hz its rates should be "
        "%.4g and %.4g Hz",
        rate[EXC], rate[INH], F[EXC], F[INH]);
}
