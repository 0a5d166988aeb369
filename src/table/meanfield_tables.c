/* What theory says, as tables: a row a working point, or a frequency, or a population. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "table/meanfield_request.h"

const struct meanfield_neuron *meanfield_request_neuron(const struct meanfield_request *request)
{
    return &request->state.network.neuron[request->population];
}

void meanfield_put(struct sheet *sheet, double value)
{
    if (isnan(value))
        sheet_blank(sheet);
    else
        sheet_number(sheet, value);
}

void meanfield_put_point(struct sheet *sheet, struct working_point point)
{
    sheet_number(sheet, point.mu);
    sheet_number(sheet, point.sigma);
}

/* ---- what there is to say ---- */

static void note_negative(const struct meanfield_request *request, size_t of, const char *what)
{
    if (request->negative > 0)
        voice_note(&request->voice,
                   "method=taylor gives a rate below 0 at %zu of %zu %s: it does not hold so far below "
                   "threshold",
                   request->negative, of, what);
}

static void note_fits(const struct meanfield_request *request)
{
    static const char *const reasons[SCAN_STATUSES] = {
        [SCAN_NO_NOISE] = "without noise, so without a transfer function",
        [SCAN_NO_LOW_PASS] = "whose modulus does not fall with frequency (tau 0, h0 its mean)",
        [SCAN_NO_TIME] = "whose modulus falls as 1/f or faster, or whose frequencies are too much alike",
        [SCAN_TOO_FEW] = "with fewer than two frequencies that differ in size"};
    char text[400] = "";
    size_t used = 0, odd = 0;
    for (size_t s = 0; s < SCAN_STATUSES; s++)
        if (reasons[s] && request->shape[s] > 0) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%zu %s", odd ? ", " : "", request->shape[s],
                                     reasons[s]);
            odd += request->shape[s];
        }
    if (odd > 0)
        voice_note(&request->voice, "no low-pass fits %zu of %zu points: %s", odd, request->count, text);
    if (request->freq->count == 2 && request->shape[SCAN_OK] > 0)
        voice_note(&request->voice, "two frequencies leave no fit_error: it takes three");
}

static void note_external(const struct meanfield_request *request)
{
    char off[NUMBER_HUMAN];
    if (request->compromised > 0)
        voice_note(&request->voice,
                   "the populations differ, and no rates from outside put both at %zu of %zu points: those "
                   "given (least squares) leave mu or sigma up to %s off",
                   request->compromised, request->count, number_human(off, request->off, DIMENSION_VOLT));
}

/* Weights that follow from currents vanish with tau_s. */
static void note_no_weights(const struct meanfield_request *request)
{
    const struct meanfield_network *network = &request->state.network;
    bool instant = network->neuron[EXC].tau_s == 0 || network->neuron[INH].tau_s == 0;
    if (instant && !network->by_weight)
        voice_note(&request->voice, "tau_s=0 leaves nothing of the weights J = tau_s W / C: give J_exc and J_inh");
}

/* Before the i-th point. */
static bool stops(const struct meanfield_request *request, size_t i)
{
    const struct progress *progress = &request->progress;
    return progress->stop ? progress->stop(progress->context, (double)i / (double)request->count) : stop_requested();
}

/* ---- rate ---- */

bool meanfield_table_rate(struct meanfield_request *request, struct error *error)
{
    static const char *const columns[] = {"mu", "sigma", "rate", NULL};
    if (!sheet_header(request->sheet, error, columns))
        return false;
    for (size_t i = 0; i < request->count && !stops(request, i); i++) {
        struct siegert s =
            siegert_rate(meanfield_request_neuron(request), request->points[i], request->state.options.method);
        meanfield_put_point(request->sheet, request->points[i]);
        sheet_number(request->sheet, s.rate);
        sheet_row(request->sheet);
        request->negative += s.rate < 0;
    }
    note_negative(request, request->count, "points");
    return true;
}

/* ---- transfer ---- */

static bool transfer_rows(struct meanfield_request *request, struct working_point point, struct transfer *n,
                          struct error *error)
{
    const struct points *freq = request->freq;
    struct siegert rate;
    if (!transfer_function(meanfield_request_neuron(request), point, &request->state.options, freq->count, freq->value,
                           n, &rate, error))
        return false;
    request->negative += rate.rate < 0;
    for (size_t m = 0; m < freq->count; m++) {
        meanfield_put_point(request->sheet, point);
        sheet_number(request->sheet, freq->value[m]);
        sheet_number(request->sheet, n[m].re);
        sheet_number(request->sheet, n[m].im);
        sheet_number(request->sheet, n[m].amplitude);
        sheet_number(request->sheet, n[m].phase);
        sheet_row(request->sheet);
    }
    return true;
}

bool meanfield_table_transfer(struct meanfield_request *request, struct error *error)
{
    static const char *const columns[] = {"mu", "sigma", "freq", "re", "im", "amplitude", "phase", NULL};
    for (size_t i = 0; i < request->count; i++)
        if (!transfer_noisy(request->points[i], error))
            return false;
    if (!transfer_check(meanfield_request_neuron(request), request->freq->count, request->freq->value, error) ||
        !sheet_header(request->sheet, error, columns))
        return false;
    struct transfer *n = xreallocarray(NULL, request->freq->count, sizeof *n);
    bool good = true;
    for (size_t i = 0; i < request->count && good && !stops(request, i); i++)
        good = transfer_rows(request, request->points[i], n, error);
    free(n);
    note_negative(request, request->count, "points");
    return good;
}

/* ---- fit and scan ---- */

static bool each_scan(struct meanfield_request *request, const char *const *columns,
                      void (*write)(struct sheet *sheet, const struct scan_row *row), struct error *error)
{
    const struct points *freq = request->freq;
    if (!transfer_check(meanfield_request_neuron(request), freq->count, freq->value, error) ||
        !sheet_header(request->sheet, error, columns))
        return false;
    struct transfer *n = xreallocarray(NULL, freq->count, sizeof *n);
    for (size_t i = 0; i < request->count && !stops(request, i); i++) {
        struct scan_row row;
        scan_point(&request->state.network, request->population, request->points[i], &request->state.options,
                   freq->count, freq->value, n, &row);
        write(request->sheet, &row);
        sheet_row(request->sheet);
        request->negative += row.rate < 0;
        request->shape[row.shape]++;
        request->compromised += row.off > 0;
        request->off = fmax(request->off, row.off);
    }
    free(n);
    note_negative(request, request->count, "points");
    return true;
}

static void write_fit(struct sheet *sheet, const struct scan_row *row)
{
    meanfield_put_point(sheet, row->point);
    meanfield_put(sheet, row->rate);
    meanfield_put(sheet, row->tau);
    meanfield_put(sheet, row->h0);
    meanfield_put(sheet, row->fit_error);
}

bool meanfield_table_fit(struct meanfield_request *request, struct error *error)
{
    static const char *const columns[] = {"mu", "sigma", "rate", "tau", "h0", "fit_error", NULL};
    if (!each_scan(request, columns, write_fit, error))
        return false;
    note_fits(request);
    return true;
}

static void write_scan(struct sheet *sheet, const struct scan_row *row)
{
    meanfield_put_point(sheet, row->point);
    sheet_text(sheet, scan_status_names[row->status]);
    meanfield_put(sheet, row->external[EXC]);
    meanfield_put(sheet, row->external[INH]);
    meanfield_put(sheet, row->rate);
    meanfield_put(sheet, row->tau);
    meanfield_put(sheet, row->h0);
    meanfield_put(sheet, row->weight[EXC]);
    meanfield_put(sheet, row->weight[INH]);
    meanfield_put(sheet, row->fit_error);
}

bool meanfield_table_scan(struct meanfield_request *request, struct error *error)
{
    static const char *const columns[] = {"mu",  "sigma", "status", "nu_ext_exc", "nu_ext_inh", "rate",
                                          "tau", "h0",    "w_exc",  "w_inh",      "fit_error",  NULL};
    if (!each_scan(request, columns, write_scan, error))
        return false;
    note_external(request);
    note_no_weights(request);
    return true;
}

/* ---- point ---- */

bool meanfield_table_point(struct meanfield_request *request, struct error *error)
{
    static const char *const columns[] = {"population", "rate", "mu", "sigma", NULL};
    double external[POPULATIONS] = {argument(request->arguments, "nu_ext_exc")->number,
                                    argument(request->arguments, "nu_ext_inh")->number};
    double rate[POPULATIONS];
    struct working_point point[POPULATIONS];
    if (!network_point(&request->state.network, external, request->state.options.method, rate, point, error) ||
        !sheet_header(request->sheet, error, columns))
        return false;
    for (int p = 0; p < POPULATIONS; p++) {
        sheet_text(request->sheet, meanfield_population_names[p]);
        sheet_number(request->sheet, rate[p]);
        meanfield_put_point(request->sheet, point[p]);
        sheet_row(request->sheet);
        request->negative += rate[p] < 0;
    }
    note_negative(request, POPULATIONS, "populations");
    note_no_weights(request);
    return true;
}
