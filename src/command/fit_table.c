/* One neuron after the other, so that Ctrl-C finds a place to stop. */
#include "command/fit_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "command/neuron_list.h"
#include "command/state.h"
#include "command/tuned.h"

static bool choose(const struct channel *channel, const char *neurons, bool *chosen, struct error *error)
{
    uint32_t *neuron;
    size_t count;
    if (!neurons) {
        memset(chosen, true, channel_neurons(channel) * sizeof *chosen);
        return true;
    }
    if (!neuron_list_read(channel, neurons, &neuron, &count, error))
        return false;
    for (size_t i = 0; i < count; i++)
        chosen[neuron[i]] = true;
    free(neuron);
    return true;
}

/* Points where x was at all. */
static struct rate_points points_of(const struct tuning_bins *bins, size_t unit)
{
    struct rate_points p = {0};
    double *room = xreallocarray(NULL, bins->bins, 4 * sizeof *room);
    p.x = room;
    p.spread = room + bins->bins;
    p.rate = room + 2 * bins->bins;
    p.time = room + 3 * bins->bins;
    for (size_t b = 0; b < bins->bins; b++) {
        if (!(bins->time[b] > 0))
            continue;
        p.x[p.count] = bins->mean[b];
        p.spread[p.count] = bins->spread[b];
        p.rate[p.count] = tuning_bins_rate(bins, unit, b);
        p.time[p.count++] = bins->time[b];
    }
    return p;
}

static struct rate_fit fit_unit(const struct tuning_bins *bins, size_t unit, const struct rate_fit_request *request)
{
    struct rate_points points = points_of(bins, unit);
    struct rate_fit fit = rate_fit(&points, request);
    free(points.x);
    return fit;
}

static void put_row(struct sheet *sheet, const struct channel *channel, size_t unit, const struct rate_fit *fit)
{
    char label[32], word[RATE_FIT_WORD];
    sheet_text(sheet, channel_label(channel, unit, label, sizeof label));
    sheet_number(sheet, fit->gain);
    sheet_number(sheet, fit->bias);
    sheet_number(sheet, fit->params.tau_rc);
    sheet_number(sheet, fit->params.tau_ref);
    sheet_number(sheet, fit->params.sigma);
    sheet_number(sheet, fit->rms);
    sheet_text(sheet, rate_fit_word(fit, word));
    sheet_row(sheet);
}

static bool fit_rows(const struct channel *channel, const struct tuning_bins *bins, const bool *chosen,
                     const struct rate_fit_request *request, struct rate_fit *fit, struct sheet *sheet,
                     struct error *error)
{
    static const char *const columns[] = {"neuron", "gain", "bias", "tau_rc", "tau_ref", "sigma", "rms", "status", NULL};
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t i = 0; i < bins->units; i++) {
        if (!chosen[i])
            continue;
        if (session_stopped())
            return error_set(error, "interrupted");
        fit[i] = fit_unit(bins, i, request);
        put_row(sheet, channel, i, &fit[i]);
    }
    return true;
}

static bool same_points(const struct tuning_bins *a, const struct tuning_bins *b)
{
    return a && a->bins == b->bins && a->low == b->low && a->width == b->width && a->from == b->from && a->to == b->to;
}

/* Takes bins and fits. Neurons that were fitted before, to the same points by the same curve, keep that. */
static void keep(struct channel *channel, struct tuning_bins *bins, struct rate_fit *fit,
                 const struct rate_curve *curve)
{
    struct tuned *tuned = channel->tuned;
    if (tuned->fit && tuned->curve == curve && same_points(tuned->bins, bins))
        for (size_t i = 0; i < bins->units; i++)
            if (fit[i].status == RATE_FIT_NONE)
                fit[i] = tuned->fit[i];
    tuning_bins_free(tuned->bins);
    free(tuned->fit);
    tuned->bins = bins;
    tuned->fit = fit;
    tuned->curve = curve;
}

bool fit_table(struct channel *channel, const struct fit_table *plan, struct sheet *sheet, struct error *error)
{
    struct rate_fit_request request = plan->request;
    struct tuning_bins *bins = measured_bins(channel, &plan->measure, error);
    if (!bins)
        return false;
    request.fallback = channel->population ? channel->population->params : neuron_defaults;
    bool *chosen = xcalloc(bins->units, sizeof *chosen);
    struct rate_fit *fit = xcalloc(bins->units, sizeof *fit);
    bool good = choose(channel, plan->neurons, chosen, error) &&
                fit_rows(channel, bins, chosen, &request, fit, sheet, error);
    free(chosen);
    if (good && channel->tuned) {
        keep(channel, bins, fit, request.curve);
        return true;
    }
    tuning_bins_free(bins);
    free(fit);
    return good;
}
