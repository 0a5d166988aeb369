#include "signal/tuning.h"

#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"

double tuning_bins_x(const struct tuning_bins *b, size_t bin)
{
    return b->low + (double)bin * b->width;
}

/* A negative number, or one from `bins` on, is outside. */
static double place_of(const struct tuning_bins *b, double x)
{
    return b->width > 0 ? floor((x - b->low) / b->width + 0.5) : 0;
}

/* `time` seconds in which x went evenly from a to b, all within the bin. Moments are taken about its middle. */
static void add_time(struct tuning_bins *t, size_t bin, double time, double a, double b)
{
    a -= tuning_bins_x(t, bin);
    b -= tuning_bins_x(t, bin);
    t->time[bin] += time;
    t->mean[bin] += time * (a + b) / 2;
    t->spread[bin] += time * (a * a + a * b + b * b) / 3;
}

static void add_line(struct tuning_bins *t, double time, double low, double high)
{
    double first = fmax(place_of(t, low), 0), last = fmin(place_of(t, high), (double)t->bins - 1);
    for (double place = first; place <= last; place++) {
        double middle = tuning_bins_x(t, (size_t)place);
        double a = fmax(low, middle - t->width / 2), b = fmin(high, middle + t->width / 2);
        if (high == low || t->width == 0)
            add_time(t, (size_t)place, time, low, high);
        else if (b > a)
            add_time(t, (size_t)place, time * ((b - a) / (high - low)), a, b);
    }
}

static void add_trace(struct tuning_bins *t, const struct trace *trace)
{
    size_t pieces = trace_pieces(trace);
    for (size_t i = 0; i < pieces; i++) {
        struct trace_piece p = trace_piece(trace, i);
        if (trace_piece_cut(&p, t->from, t->to))
            add_line(t, p.to - p.from, fmin(p.x, p.x_end), fmax(p.x, p.x_end));
    }
}

/* From sums to moments. */
static void finish(struct tuning_bins *t)
{
    for (size_t b = 0; b < t->bins; b++) {
        double mean = t->mean[b] / t->time[b], square = t->spread[b] / t->time[b];
        t->mean[b] = tuning_bins_x(t, b) + mean;
        t->spread[b] = sqrt(fmax(square - mean * mean, 0));
        if (t->time[b] == 0)
            t->mean[b] = t->spread[b] = NAN;
    }
}

struct tuning_bins *tuning_bins_new(const struct trace *trace, double from, double to, double low, double high,
                                    size_t bins, size_t units)
{
    struct tuning_bins *t = xcalloc(1, sizeof *t);
    *t = (struct tuning_bins){.units = units, .low = low, .from = from, .to = to};
    t->bins = high > low ? bins : 1;
    t->width = t->bins > 1 ? (high - low) / (double)(t->bins - 1) : 0;
    t->time = xcalloc(t->bins, sizeof *t->time);
    t->mean = xcalloc(t->bins, sizeof *t->mean);
    t->spread = xcalloc(t->bins, sizeof *t->spread);
    t->spikes = xcalloc(t->bins * units, sizeof *t->spikes);
    add_trace(t, trace);
    finish(t);
    return t;
}

void tuning_bins_free(struct tuning_bins *bins)
{
    if (!bins)
        return;
    free(bins->time);
    free(bins->mean);
    free(bins->spread);
    free(bins->spikes);
    free(bins);
}

static void add_spike(struct tuning_bins *t, const struct trace *trace, size_t unit, double time, size_t *near)
{
    if (!(time >= t->from && time <= t->to))
        return;
    size_t piece = trace_find(trace, time, *near);
    if (piece == trace_pieces(trace))
        return;
    *near = piece;
    struct trace_piece p = trace_piece(trace, piece);
    double place = place_of(t, trace_piece_x(&p, time));
    if (place >= 0 && place < (double)t->bins)
        t->spikes[unit * t->bins + (size_t)place]++;
}

void tuning_bins_count(struct tuning_bins *bins, const struct trace *trace, size_t unit, const double *spikes, size_t k)
{
    size_t near = 0;
    for (size_t i = 0; i < k; i++)
        add_spike(bins, trace, unit, spikes[i], &near);
}

struct pass {
    struct tuning_bins *bins;
    const struct trace *trace;
    size_t near;
};

static void visit_spike(void *context, double time, uint32_t neuron)
{
    struct pass *pass = context;
    add_spike(pass->bins, pass->trace, neuron, time, &pass->near);
}

void tuning_bins_source(struct tuning_bins *bins, const struct trace *trace, const struct spike_source *source)
{
    source_each(source, bins->from, bins->to, visit_spike, &(struct pass){bins, trace, 0});
}

uint32_t tuning_bins_spikes(const struct tuning_bins *bins, size_t unit, size_t bin)
{
    return bins->spikes[unit * bins->bins + bin];
}

double tuning_bins_rate(const struct tuning_bins *bins, size_t unit, size_t bin)
{
    return bins->time[bin] > 0 ? tuning_bins_spikes(bins, unit, bin) / bins->time[bin] : NAN;
}

double tuning_bins_error(const struct tuning_bins *bins, size_t unit, size_t bin)
{
    return bins->time[bin] > 0 ? sqrt(tuning_bins_spikes(bins, unit, bin)) / bins->time[bin] : NAN;
}
