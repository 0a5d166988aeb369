/* Two histograms over x: of time, and of spikes neuron by neuron. A step's spikes belong to the x of that
 * step. */
#include "command/measured.h"

#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "command/rate_table.h"

struct bins {
    const struct history *history;
    double low, width; /* of the first bin's middle; between middles */
    size_t points;
    double *time;     /* [points] s spent in each bin */
    uint64_t *spikes; /* [points][neurons] */
    size_t neurons;
    double last_time; /* of the step looked up last */
    long last_bin;
};

/* -1: outside. */
static long bin_of(const struct bins *bins, size_t step)
{
    double place = (history_input(bins->history, step)[0] - bins->low) / bins->width;
    double nearest = floor(place + 0.5);
    return nearest >= 0 && nearest < (double)bins->points ? (long)nearest : -1;
}

static void count_time(struct bins *bins)
{
    size_t steps = history_steps(bins->history);
    for (size_t i = 0; i < steps; i++) {
        long bin = bin_of(bins, i);
        size_t other = i ? i - 1 : steps > 1 ? 1 : 0;
        double length = fabs(history_time(bins->history, i) - history_time(bins->history, other));
        if (bin >= 0)
            bins->time[bin] += other == i ? history_time(bins->history, i) : length;
    }
}

static void count_spike(void *context, double time, uint32_t neuron)
{
    struct bins *bins = context;
    if (time != bins->last_time) {
        bins->last_time = time;
        bins->last_bin = bin_of(bins, history_find(bins->history, time));
    }
    if (bins->last_bin >= 0)
        bins->spikes[(size_t)bins->last_bin * bins->neurons + neuron]++;
}

bool measured_table(const struct channel *channel, size_t points, struct sheet *sheet, struct error *error)
{
    double radius = channel->population->radius, first, last;
    struct spike_source source = channel_source(channel);
    if (points < 2)
        return error_set(error, "points=%zu: measured curves need 2 at least", points);
    if ((double)points * (double)source.neurons > 1e9)
        return error_set(error, "%zu points of %zu neurons make too large a table", points, source.neurons);
    if (!analyse_labels(sheet, channel, "x", error))
        return false;
    struct bins bins = {.history = channel->history,
                        .low = -radius,
                        .width = 2 * radius / (double)(points - 1),
                        .points = points,
                        .neurons = source.neurons,
                        .last_time = NAN};
    bins.time = xcalloc(points, sizeof *bins.time);
    bins.spikes = xcalloc(points * source.neurons, sizeof *bins.spikes);
    count_time(&bins);
    if (source_span(&source, &first, &last))
        source_each(&source, first, last, count_spike, &bins);
    struct points x = points_linspace(-radius, radius, points);
    for (size_t p = 0; p < points; p++) {
        sheet_number(sheet, x.value[p]);
        for (size_t i = 0; i < source.neurons; i++)
            sheet_number(sheet,
                         bins.time[p] > 0 ? (double)bins.spikes[p * source.neurons + i] / bins.time[p] : NAN);
        sheet_row(sheet);
    }
    free(x.value);
    free(bins.time);
    free(bins.spikes);
    return true;
}
