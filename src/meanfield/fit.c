/* Variable projection. With g_m = (1 + w_m^2 tau^2)^(-1/2) the best h0 is (g.y)/(g.g), and dS/dtau is
 * proportional to
 *
 *   F(tau) = sum_m w_m^2 g_m^3 (y_m - h0 g_m)        (S falls where F < 0)
 *
 * A coarse walk over log tau brackets every change of sign from - to +; Brent's method finds the roots, and
 * the one with the least S is the answer. Sums run in eight fixed lanes: quick, and the same everywhere. */
#include "meanfield/fit.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define LANES 8
#define GRID_FACTOR 4.0
#define GRID_MAX 400
#define REFINEMENTS 100
#define SAME 1e-13 /* of 1 - correlation^2 of the two unknowns: they are one */

const char *const fit_status_names[FIT_STATUSES] = {"ok", "no_low_pass", "no_time_constant", "too_few_frequencies"};

struct data {
    size_t count;            /* rounded up to LANES; what is added has weight 0 */
    double *y, *w2, *weight; /* modulus, w^2 in units of the largest, 1 */
};

/* What one tau gives. */
struct profile {
    double h0, F;
    double kept; /* (g.y)^2 / (g.g): the larger, the smaller is S */
};

static double sum_lanes(const double *lane)
{
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

static struct profile profile_at(const struct data *data, double tau2)
{
    double gy[LANES] = {0}, gg[LANES] = {0}, cy[LANES] = {0}, cg[LANES] = {0};
    for (size_t m = 0; m < data->count; m += LANES)
        for (size_t i = 0; i < LANES; i++) {
            double a = 1 / (1 + data->w2[m + i] * tau2), g = data->weight[m + i] * sqrt(a), y = data->y[m + i];
            double c = data->w2[m + i] * a * g;
            gy[i] += g * y;
            gg[i] += g * g;
            cy[i] += c * y;
            cg[i] += c * g;
        }
    double sum = sum_lanes(gy), square = sum_lanes(gg), h0 = sum / square;
    return (struct profile){h0, sum_lanes(cy) - h0 * sum_lanes(cg), sum * h0};
}

/* The same with differences taken before they are added: for the last digits. */
static double slope_at(double log_tau, void *context)
{
    const struct data *data = context;
    double tau2 = exp(2 * log_tau), h0 = profile_at(data, tau2).h0, lane[LANES] = {0};
    for (size_t m = 0; m < data->count; m += LANES)
        for (size_t i = 0; i < LANES; i++) {
            double a = 1 / (1 + data->w2[m + i] * tau2), g = data->weight[m + i] * sqrt(a);
            lane[i] += data->w2[m + i] * tau2 * a * g * (data->y[m + i] - h0 * g);
        }
    return sum_lanes(lane);
}

/* Between two values where F changes its sign, or where rounding leaves nothing of it. */
static double refine(struct data *data, double low, double high)
{
    double at_low = slope_at(low, data), at_high = slope_at(high, data);
    if (!(at_low < 0 && at_high > 0)) /* GSL would stop the program */
        return fabs(at_low) < fabs(at_high) ? low : high;
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (!solver) /* no memory */
        return NAN;
    gsl_function f = {slope_at, data};
    double root = 0.5 * (low + high);
    gsl_root_fsolver_set(solver, &f, low, high);
    for (int i = 0; i < REFINEMENTS; i++) {
        if (gsl_root_fsolver_iterate(solver) != GSL_SUCCESS)
            break;
        root = gsl_root_fsolver_root(solver);
        low = gsl_root_fsolver_x_lower(solver);
        high = gsl_root_fsolver_x_upper(solver);
        if (gsl_root_test_interval(low, high, 4e-16, 0) == GSL_SUCCESS)
            break;
    }
    gsl_root_fsolver_free(solver);
    return root;
}

struct best {
    double log_tau; /* -inf: tau 0, inf: no tau is long enough */
    double kept;
    bool found;
};

static void offer(struct best *best, double log_tau, double kept)
{
    if (best->found && !(kept > best->kept))
        return;
    *best = (struct best){log_tau, kept, true};
}

/* tau from far below the shortest to far above the longest period; the largest w is 1. */
static struct best search(struct data *data, double w2_least)
{
    struct best best = {0};
    double step = log(GRID_FACTOR), low = log(1e-8), last = 0;
    double high = log(1e6) - 0.5 * log(w2_least);
    size_t points = (size_t)ceil((high - low) / step) + 1;
    for (size_t i = 0; i < points && i < GRID_MAX; i++) {
        double at = low + (double)i * step;
        struct profile p = profile_at(data, exp(2 * at));
        if (i == 0 && p.F >= 0)
            offer(&best, -INFINITY, p.kept);
        if (i > 0 && last < 0 && p.F >= 0) {
            double root = refine(data, at - step, at);
            offer(&best, root, profile_at(data, exp(2 * root)).kept);
        }
        if (i + 1 == points && p.F < 0)
            offer(&best, INFINITY, p.kept);
        last = p.F;
    }
    return best;
}

/* From the covariance (J^T J)^-1 S / (count - 2) of log tau and log h0. False when tau and h0 cannot be told
 * apart. */
static bool relative_error(const struct data *data, size_t count, double tau2, double h0, double *error)
{
    double tt = 0, th = 0, hh = 0, S = 0;
    for (size_t m = 0; m < data->count; m++) {
        double a = 1 / (1 + data->w2[m] * tau2), g = data->weight[m] * sqrt(a);
        double dh = h0 * g, dt = -dh * data->w2[m] * tau2 * a, r = data->y[m] - dh;
        tt += dt * dt;
        th += dt * dh;
        hh += dh * dh;
        S += r * r;
    }
    double apart = 1 - th / tt * (th / hh);
    *error = count < 3 ? NAN : sqrt((1 / tt + 1 / hh) / apart * (S / (double)(count - 2)));
    return apart > SAME;
}

static double least_above_zero(const struct data *data)
{
    double least = INFINITY;
    for (size_t m = 0; m < data->count; m++)
        if (data->w2[m] > 0 && data->w2[m] < least)
            least = data->w2[m];
    return least;
}

/* Whether at least two frequencies differ in size. */
static bool data_vary(const struct data *data, size_t count)
{
    for (size_t m = 1; m < count; m++)
        if (data->w2[m] != data->w2[0])
            return true;
    return false;
}

static struct fit conclude(const struct data *data, size_t count, struct best best, double w_unit, double y_unit)
{
    struct fit none = {FIT_NO_TIME, NAN, NAN, NAN}, fit = {FIT_OK, 0, 0, NAN};
    if (best.log_tau == INFINITY)
        return none;
    double tau2 = best.log_tau == -INFINITY ? 0 : exp(2 * best.log_tau), h0 = profile_at(data, tau2).h0;
    fit.tau = sqrt(tau2) / w_unit;
    fit.h0 = h0 * y_unit;
    if (tau2 == 0)
        fit.status = FIT_NO_LOW_PASS;
    else if (!relative_error(data, count, tau2, h0, &fit.fit_error))
        return none;
    return fit;
}

static double largest(size_t count, const double *values)
{
    double most = 0;
    for (size_t m = 0; m < count; m++)
        most = fmax(most, fabs(values[m]));
    return most;
}

struct fit fit_low_pass(size_t count, const double *frequency, const double *modulus)
{
    size_t padded = (count + LANES - 1) / LANES * LANES;
    double w_unit = 2 * M_PI * largest(count, frequency), y_unit = largest(count, modulus);
    struct data data = {padded, xcalloc(3 * padded + 1, sizeof(double)), NULL, NULL};
    data.w2 = data.y + padded;
    data.weight = data.w2 + padded;
    for (size_t m = 0; m < count; m++) {
        double w = w_unit > 0 ? 2 * M_PI * frequency[m] / w_unit : 0;
        data.y[m] = y_unit > 0 ? modulus[m] / y_unit : 0;
        data.w2[m] = w * w;
        data.weight[m] = 1;
    }
    struct fit fit = {FIT_TOO_FEW, NAN, NAN, NAN};
    if (data_vary(&data, count))
        fit = conclude(&data, count, search(&data, least_above_zero(&data)), w_unit, y_unit);
    free(data.y);
    return fit;
}
