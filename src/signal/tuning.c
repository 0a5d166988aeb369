#include "signal/tuning.h"

#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"

double tuning_bins_edge(const struct tuning_bins *b, size_t bin)
{
    return (b->low * (double)(b->bins - bin) + b->high * (double)bin) / (double)b->bins;
}

static double middle_of(const struct tuning_bins *b, size_t bin)
{
    double twice = 2 * (double)bin + 1, all = 2 * (double)b->bins;
    return (b->low * (all - twice) + b->high * twice) / all;
}

double tuning_bins_x(const struct tuning_bins *b, size_t bin)
{
    return b->time[bin] > 0 ? b->mean[bin] : middle_of(b, bin);
}

/* A negative number, or one from `bins` on, is outside. The highest value belongs to the last bin. */
static double place_of(const struct tuning_bins *b, double x)
{
    if (!(b->width > 0))
        return 0;
    double place = floor((x - b->low) / b->width);
    return place >= (double)b->bins && x <= b->high ? (double)b->bins - 1 : place;
}

/* `time` seconds in which x went evenly from a to b, all within the bin. Moments are taken about its middle, or about
 * the value that x was held at first: a bin which sees only that one has it without rounding. */
static void add_time(struct tuning_bins *t, size_t bin, double time, double a, double b)
{
    if (t->time[bin] == 0)
        t->origin[bin] = a == b ? a : middle_of(t, bin);
    a -= t->origin[bin];
    b -= t->origin[bin];
    t->time[bin] += time;
    t->mean[bin] += time * (a + b) / 2;
    t->spread[bin] += time * (a * a + a * b + b * b) / 3;
}

static void add_line(struct tuning_bins *t, double time, double low, double high)
{
    double first = fmax(place_of(t, low), 0), last = fmin(place_of(t, high), (double)t->bins - 1);
    for (double place = first; place <= last; place++) {
        double a = fmax(low, tuning_bins_edge(t, (size_t)place)),
               b = fmin(high, tuning_bins_edge(t, (size_t)place + 1));
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
        t->mean[b] = t->origin[b] + mean;
        t->spread[b] = sqrt(fmax(square - mean * mean, 0));
        if (t->time[b] == 0)
            t->mean[b] = t->spread[b] = NAN;
    }
}

static struct tuning_bins *bins_alloc(size_t bins, size_t units)
{
    struct tuning_bins *t = xcalloc(1, sizeof *t);
    *t = (struct tuning_bins){.bins = bins, .units = units};
    t->time = xcalloc(bins, sizeof *t->time);
    t->origin = xcalloc(bins, sizeof *t->origin);
    t->mean = xcalloc(bins, sizeof *t->mean);
    t->spread = xcalloc(bins, sizeof *t->spread);
    t->spikes = xcalloc(bins * units, sizeof *t->spikes);
    return t;
}

struct tuning_bins *tuning_bins_new(const struct trace *trace, double from, double to, double low, double high,
                                    size_t bins, size_t units)
{
    struct tuning_bins *t = bins_alloc(high > low ? bins : 1, units);
    t->low = low;
    t->high = high;
    t->from = from;
    t->to = to;
    t->width = high > low ? (high - low) / (double)t->bins : 0;
    add_trace(t, trace);
    finish(t);
    return t;
}

/* Mean and spread of bins first .. first + together - 1 of `from`, taken as one. */
static void merge_moments(struct tuning_bins *t, size_t bin, const struct tuning_bins *from, size_t together)
{
    double time = 0, moment = 0, square = 0;
    size_t first = bin * together;
    for (size_t b = first; b < first + together; b++) {
        if (!(from->time[b] > 0))
            continue;
        if (time == 0)
            t->origin[bin] = from->mean[b];
        double away = from->mean[b] - t->origin[bin];
        time += from->time[b];
        moment += from->time[b] * away;
        square += from->time[b] * (away * away + from->spread[b] * from->spread[b]);
    }
    t->time[bin] = time;
    t->mean[bin] = moment;
    t->spread[bin] = square;
}

struct tuning_bins *tuning_bins_merge(const struct tuning_bins *from, size_t together)
{
    struct tuning_bins *t = bins_alloc(from->bins / together, from->units);
    t->low = from->low;
    t->high = from->high;
    t->from = from->from;
    t->to = from->to;
    t->width = (t->high - t->low) / (double)t->bins;
    for (size_t b = 0; b < t->bins; b++)
        merge_moments(t, b, from, together);
    for (size_t i = 0; i < t->units; i++)
        for (size_t b = 0; b < t->bins * together; b++)
            t->spikes[i * t->bins + b / together] += tuning_bins_spikes(from, i, b);
    finish(t);
    return t;
}

void tuning_bins_free(struct tuning_bins *bins)
{
    if (!bins)
        return;
    free(bins->time);
    free(bins->origin);
    free(bins->mean);
    free(bins->spread);
    free(bins->spikes);
    free(bins);
}

static struct time_span span_of(const struct tuning_bins *t, const struct trace *trace)
{
    return (struct time_span){.from = t->from, .to = t->to, .steps = trace->kind == TRACE_STEPS};
}

static void add_spike(struct tuning_bins *t, const struct trace *trace, size_t unit, double time, size_t *near)
{
    struct time_span span = span_of(t, trace);
    if (!(time >= span_low(&span) && time <= span_high(&span)))
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
    struct time_span span = span_of(bins, trace);
    source_each(source, span_low(&span), span_high(&span), visit_spike, &(struct pass){bins, trace, 0});
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
