/* Rate, transfer function, fit and external rates of one working point, each where the ones before allow it.
 */
#include "meanfield/scan.h"

#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"

const char *const scan_status_names[SCAN_STATUSES] = {
    "ok",          "no_noise",         "no_external_rate",   "negative_external_rate", "negative_rate",
    "no_low_pass", "no_time_constant", "too_few_frequencies"};

static enum scan_status worse(enum scan_status a, enum scan_status b)
{
    return a == SCAN_OK || (b != SCAN_OK && b < a) ? b : a;
}

/* Rounding is far below, and what can be seen far above this part of V_th - V_0. */
#define OFF_LEAST 1e-6

static double off_by(const struct meanfield_network *network, const double *rate, const double *external,
                     struct working_point wanted)
{
    struct working_point is[POPULATIONS];
    double off = 0, width = INFINITY;
    network_input(network, rate, external, is);
    for (int p = 0; p < POPULATIONS; p++) {
        off = fmax(off, fmax(fabs(is[p].mu - wanted.mu), fabs(is[p].sigma - wanted.sigma)));
        width = fmin(width, network->neuron[p].V_th - network->neuron[p].V_0);
    }
    return off > OFF_LEAST * width ? off : 0;
}

static enum scan_status external_rates(const struct meanfield_network *network, const struct transfer_options *options,
                                       struct scan_row *row)
{
    double rate[POPULATIONS], external[POPULATIONS];
    for (int p = 0; p < POPULATIONS; p++)
        rate[p] = siegert_rate(&network->neuron[p], row->point, options->method).rate;
    if (!network_external(network, row->point, rate, external))
        return SCAN_NO_EXTERNAL_RATE;
    if (external[EXC] < 0 || external[INH] < 0)
        return SCAN_NEGATIVE_EXTERNAL;
    row->external[EXC] = external[EXC];
    row->external[INH] = external[INH];
    row->off = off_by(network, rate, external, row->point);
    return SCAN_OK;
}

static enum scan_status low_pass(const struct meanfield_network *network, int p, const struct siegert *rate,
                                 size_t count, const double *frequency, const struct transfer *values,
                                 struct scan_row *row)
{
    static const enum scan_status status[FIT_STATUSES] = {[FIT_OK] = SCAN_OK,
                                                          [FIT_NO_LOW_PASS] = SCAN_NO_LOW_PASS,
                                                          [FIT_NO_TIME] = SCAN_NO_TIME,
                                                          [FIT_TOO_FEW] = SCAN_TOO_FEW};
    double *gain = xreallocarray(NULL, count + 1, sizeof *gain);
    for (size_t m = 0; m < count; m++)
        gain[m] = values[m].gain;
    struct fit fit = fit_low_pass(count, frequency, gain);
    free(gain);
    row->tau = fit.tau;
    row->h0 = fit.h0 * rate->base;
    row->fit_error = fit.fit_error;
    for (int j = 0; j < POPULATIONS; j++)
        row->weight[j] =
            row->h0 * network->neuron[p].tau_m * network_weight(network, p, j) * network->K[j] + 0.0; /* no -0 */
    return status[fit.status];
}

void scan_point(const struct meanfield_network *network, int population, struct working_point point,
                const struct transfer_options *options, size_t count, const double *frequency, struct transfer *values,
                struct scan_row *row)
{
    struct error no_noise;
    struct siegert rate;
    struct transfer *n = values ? values : xreallocarray(NULL, count + 1, sizeof *n);
    *row = (struct scan_row){.point = point,
                             .external = {NAN, NAN},
                             .rate = NAN,
                             .tau = NAN,
                             .h0 = NAN,
                             .weight = {NAN, NAN},
                             .fit_error = NAN};
    bool noisy = transfer_function(&network->neuron[population], point, options, count, frequency, n, &rate, &no_noise);
    row->rate = rate.rate;
    row->outside = external_rates(network, options, row);
    row->status = worse(row->status, row->outside);
    row->status = worse(row->status, rate.rate < 0 ? SCAN_NEGATIVE_RATE : SCAN_OK);
    row->shape = noisy ? low_pass(network, population, &rate, count, frequency, n, row) : SCAN_NO_NOISE;
    row->status = worse(row->status, row->shape);
    if (!values)
        free(n);
}
