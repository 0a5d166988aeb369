/* One neuron after the other, so that Ctrl-C finds a place to stop. */
#include "table/fit_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "rig/neuron_list.h"
#include "rig/tuned.h"
#include "session/session.h"

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

/* Points where x was at all. `together` of them are one point of the picture. */
static struct rate_points points_of(const struct tuning_bins *bins, size_t unit, size_t together)
{
    struct rate_points p = {0};
    double *room = xreallocarray(NULL, bins->bins, 4 * sizeof *room);
    p.x = room;
    p.spread = room + bins->bins;
    p.rate = room + 2 * bins->bins;
    p.time = room + 3 * bins->bins;
    p.shown = xreallocarray(NULL, bins->bins, sizeof *p.shown);
    for (size_t b = 0; b < bins->bins; b++) {
        if (!(bins->time[b] > 0))
            continue;
        p.x[p.count] = bins->mean[b];
        p.spread[p.count] = bins->spread[b];
        p.rate[p.count] = tuning_bins_rate(bins, unit, b);
        p.shown[p.count] = b / together;
        p.time[p.count++] = bins->time[b];
    }
    return p;
}

static struct rate_fit fit_unit(const struct tuning_bins *bins, size_t unit, size_t together,
                                const struct rate_fit_request *request)
{
    struct rate_points points = points_of(bins, unit, together);
    struct rate_fit fit = rate_fit(&points, request);
    free(points.x);
    free(points.shown);
    return fit;
}

static void put_row(struct sheet *sheet, const struct channel *channel, size_t unit, const struct rate_fit *fit)
{
    char label[32], word[RATE_FIT_WORD];
    const double numbers[] = {fit->gain,           fit->bias,         fit->params.tau_rc,
                              fit->params.tau_ref, fit->params.sigma, channel_rate_unit(channel) * fit->rms};
    const double errors[] = {fit->error.gain, fit->error.bias, fit->error.tau_rc, fit->error.tau_ref, fit->error.sigma};
    sheet_text(sheet, channel_label(channel, unit, label, sizeof label));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sheet_number(sheet, numbers[i]);
    sheet_text(sheet, rate_fit_word(fit, word));
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        sheet_number(sheet, errors[i]);
    sheet_row(sheet);
}

static bool fit_rows(const struct channel *channel, const struct tuning_bins *bins, const bool *chosen, size_t together,
                     const struct rate_fit_request *request, struct rate_fit *fit, struct sheet *sheet,
                     struct progress progress, struct error *error)
{
    static const char *const columns[] = {"neuron", "gain",    "bias",    "tau_rc",    "tau_ref",    "sigma",    "rms",
                                          "status", "gain_se", "bias_se", "tau_rc_se", "tau_ref_se", "sigma_se", NULL};
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t i = 0; i < bins->units; i++) {
        if (!chosen[i])
            continue;
        if (progress.stop(progress.context, (double)i / (double)bins->units))
            return error_set(error, "interrupted");
        fit[i] = fit_unit(bins, i, together, request);
        put_row(sheet, channel, i, &fit[i]);
    }
    return true;
}

static bool same_points(const struct tuning_bins *a, const struct tuning_bins *b)
{
    return a && a->bins == b->bins && a->low == b->low && a->width == b->width && a->from == b->from && a->to == b->to;
}

void fit_found_free(struct fit_found *found)
{
    tuning_bins_free(found->bins);
    free(found->fit);
    *found = (struct fit_found){0};
}

void fit_keep(struct tuned *tuned, struct fit_found *found)
{
    if (tuned->fit && tuned->curve == found->curve && same_points(tuned->bins, found->bins))
        for (size_t i = 0; i < found->bins->units; i++)
            if (found->fit[i].status == RATE_FIT_NONE)
                found->fit[i] = tuned->fit[i];
    tuning_bins_free(tuned->bins);
    free(tuned->fit);
    tuned->bins = found->bins;
    tuned->fit = found->fit;
    tuned->curve = found->curve;
    *found = (struct fit_found){0};
}

/* How many finer bins make one that is shown. */
static size_t fineness(const struct channel *channel, size_t points)
{
    size_t wanted = (TUNED_FINE + points - 1) / points;
    double room = TUNED_COUNTS_MAX / ((double)points * (double)channel_neurons(channel));
    return room < (double)wanted ? (size_t)fmax(room, 1) : wanted;
}

bool fit_table(const struct channel *channel, const struct fit_table *plan, struct fit_found *found,
               struct sheet *sheet, struct progress progress, struct error *error)
{
    struct rate_fit_request request = plan->request;
    struct measured_request measure = plan->measure;
    size_t together = fineness(channel, measure.points);
    measure.points *= together;
    struct tuning_bins *bins = measured_bins(channel, &measure, error);
    if (!bins)
        return false;
    if (bins->bins % together)
        together = 1;
    request.fallback = channel->population ? channel->population->params : neuron_defaults;
    bool *chosen = xcalloc(bins->units, sizeof *chosen);
    struct rate_fit *fit = xcalloc(bins->units, sizeof *fit);
    bool good = choose(channel, plan->neurons, chosen, error) &&
                fit_rows(channel, bins, chosen, together, &request, fit, sheet, progress, error);
    free(chosen);
    if (good && channel->tuned) {
        *found = (struct fit_found){tuning_bins_merge(bins, together), fit, request.curve};
        tuning_bins_free(bins);
        return true;
    }
    tuning_bins_free(bins);
    free(fit);
    return good;
}
