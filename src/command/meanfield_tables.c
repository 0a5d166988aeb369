/* What theory says, as tables: a row a working point, or a frequency, or a population. */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "command/meanfield_request.h"
#include "meanfield/scan.h"

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

/* ---- rate ---- */

bool meanfield_table_rate(struct meanfield_request *request, struct error *error)
{
    static const char *const columns[] = {"mu", "sigma", "rate", NULL};
    if (!sheet_header(request->sheet, error, columns))
        return false;
    for (size_t i = 0; i < request->count && !session_stopped(); i++) {
        struct siegert s = siegert_rate(meanfield_request_neuron(request), request->points[i],
                                        request->state.options.method);
        meanfield_put_point(request->sheet, request->points[i]);
        sheet_number(request->sheet, s.rate);
        sheet_row(request->sheet);
        request->odd += s.rate < 0;
    }
    if (request->odd > 0)
        session_note(request->session,
                     "method=taylor gives a rate below 0 at %zu of %zu points: it does not hold so far below "
                     "threshold",
                     request->odd, request->count);
    return true;
}

/* ---- transfer ---- */

static bool transfer_rows(struct meanfield_request *request, struct working_point point, struct transfer *n,
                          struct error *error)
{
    const struct points *freq = request->freq;
    if (!transfer_function(meanfield_request_neuron(request), point, &request->state.options, freq->count,
                           freq->value, n, NULL, error))
        return false;
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
        if (!transfer_noisy(meanfield_request_neuron(request), request->points[i], error))
            return false;
    if (!transfer_check(meanfield_request_neuron(request), request->freq->count, request->freq->value,
                        error) ||
        !sheet_header(request->sheet, error, columns))
        return false;
    struct transfer *n = xreallocarray(NULL, request->freq->count, sizeof *n);
    bool good = true;
    for (size_t i = 0; i < request->count && good && !session_stopped(); i++)
        good = transfer_rows(request, request->points[i], n, error);
    free(n);
    return good;
}

/* ---- fit and scan ---- */

static void note_fits(struct meanfield_request *request)
{
    if (request->odd > 0)
        session_note(
            request->session,
            "no low-pass fits %zu of %zu points: no noise (no transfer function), or a modulus that does not "
            "fall with frequency (tau 0, h0 its mean)",
            request->odd, request->count);
}

static bool each_scan(struct meanfield_request *request, const char *const *columns,
                      void (*write)(struct sheet *sheet, const struct scan_row *row), struct error *error)
{
    const struct points *freq = request->freq;
    if (!transfer_check(meanfield_request_neuron(request), freq->count, freq->value, error) ||
        !sheet_header(request->sheet, error, columns))
        return false;
    struct transfer *n = xreallocarray(NULL, freq->count, sizeof *n);
    for (size_t i = 0; i < request->count && !session_stopped(); i++) {
        struct scan_row row;
        scan_point(&request->state.network, request->population, request->points[i], &request->state.options,
                   freq->count, freq->value, n, &row);
        write(request->sheet, &row);
        sheet_row(request->sheet);
        request->odd += isnan(row.fit_error) && freq->count > 2;
    }
    free(n);
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
    return each_scan(request, columns, write_scan, error);
}

/* ---- point ---- */

bool meanfield_table_point(struct meanfield_request *request, struct error *error)
{
    static const char *const columns[] = {"population", "rate", "mu", "sigma", NULL};
    double external[POPULATIONS] = {argument(request->arguments, "nu_ext_exc")->number,
                                    argument(request->arguments, "nu_ext_inh")->number};
    double rate[POPULATIONS];
    struct working_point point[POPULATIONS];
    if (!network_point(&request->state.network, external, request->state.options.method, rate, point,
                       error) ||
        !sheet_header(request->sheet, error, columns))
        return false;
    for (int p = 0; p < POPULATIONS; p++) {
        sheet_text(request->sheet, meanfield_population_names[p]);
        sheet_number(request->sheet, rate[p]);
        meanfield_put_point(request->sheet, point[p]);
        sheet_row(request->sheet);
    }
    return true;
}
