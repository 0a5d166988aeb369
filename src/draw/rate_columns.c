/* However many spikes there are, a column has one mean: where it holds dozens, counting them says the same as
 * walking over their intervals, or spreading each, and costs next to nothing. */
#include "draw/rate_columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/* Spikes a column from which on they are counted. */
#define MANY 32

/* A column that is counted may have so many parts of so many spikes, for its range. */
#define PARTS 4
#define PART_SPIKES 8

void rate_columns_clear(struct rate_columns *c)
{
    memset(c->sum, 0, sizeof c->sum);
    memset(c->time, 0, sizeof c->time);
    for (int i = 0; i < PLOT_WIDEST; i++) {
        c->low[i] = INFINITY;
        c->high[i] = -INFINITY;
    }
}

void rate_columns_add(struct rate_columns *c, int column, double rate, double time)
{
    if (!(time > 0))
        return;
    c->sum[column] += rate * time;
    c->time[column] += time;
    c->low[column] = fmin(c->low[column], rate);
    c->high[column] = fmax(c->high[column], rate);
}

static void add_span(struct rate_columns *c, struct span span, double rate)
{
    int first = (int)span.from, last = (int)span.to;
    for (int i = first; i <= last; i++) {
        double part = fmin(span.to, i + 1) - fmax(span.from, i);
        rate_columns_add(c, i, rate, part);
    }
}

static void add_interval(struct rate_columns *c, const struct timebase *t, double from, double to, double rate)
{
    struct span span[2];
    int spans = timebase_spans(t, from, to, span);
    for (int i = 0; i < spans; i++)
        add_span(c, span[i], rate);
}

static double dot_of(const struct timebase *t)
{
    return (t->to - t->from) / t->width;
}

static bool is_crowded(const struct subject *s, const struct timebase *t, uint32_t neuron)
{
    double one;
    return source_train(&s->spikes, neuron, t->first, t->last, &one, 1) > (size_t)(MANY * t->width);
}

static void count_columns(struct rate_columns *c, const struct subject *s, const struct timebase *t, uint32_t neuron)
{
    double one, dot = dot_of(t), spikes = (double)source_train(&s->spikes, neuron, t->first, t->last, &one, 1);
    int parts = (int)fmin(fmax(spikes / t->width / PART_SPIKES, 1), PARTS);
    rate_columns_clear(c);
    for (int i = 0; i < parts * t->width; i++) {
        double begin = timebase_time(t, i / parts) + dot * ((double)(i % parts) / parts - 0.5);
        double from = fmax(begin, t->first), to = fmin(begin + dot / parts, t->last);
        if (!(to > from))
            continue;
        struct time_span span = {.from = from, .to = to, .steps = !subject_is_record(s)};
        size_t counted = source_train(&s->spikes, neuron, span_low(&span), span_high(&span), &one, 1);
        rate_columns_add(c, i / parts, (double)counted / (to - from), to - from);
    }
}

/* ---- intervals ---- */

/* How far spikes are known: scrolled back, the interval at the right edge is closed by a spike outside. */
static double known_until(const struct subject *s, const struct timebase *t)
{
    double first, end;
    if (t->sweep || !source_span(&s->spikes, &first, &end))
        return t->last;
    return fmin(end, t->last + fmax(t->to - t->from, 1));
}

/* A train read backwards, spike by spike. */
struct walk {
    const struct timebase *time;
    struct rate_columns *columns;
    double end, later; /* how far is known; the spike after those still to come, NaN: none yet */
    bool closed;       /* an interval was seen */
};

static void walk_spike(void *context, double time, uint32_t neuron)
{
    struct walk *w = context;
    (void)neuron;
    if (time == w->later)
        return; /* the same spike twice */
    if (!isnan(w->later)) {
        double interval = w->later - time;
        if (!w->closed && w->end - w->later > interval)
            add_interval(w->columns, w->time, w->later, w->end, 1 / (w->end - w->later));
        add_interval(w->columns, w->time, time, w->later, 1 / interval);
        w->closed = true;
    }
    w->later = time;
}

/* One that is silent has rate 0. */
void rate_columns_intervals(struct rate_columns *columns, const struct subject *s, const struct timebase *t,
                            uint32_t neuron)
{
    double reach = subject_is_record(s) ? INFINITY : fmax(t->to - t->from, 1), before;
    struct walk w = {.time = t, .columns = columns, .end = known_until(s, t), .later = NAN};
    if (is_crowded(s, t, neuron)) {
        count_columns(columns, s, t, neuron);
        return;
    }
    rate_columns_clear(columns);
    source_walk(&s->spikes, neuron, t->first, w.end, walk_spike, &w);
    double outside = nextafter(t->first, -INFINITY);
    if (source_train(&s->spikes, neuron, t->first - reach, outside, &before, 1) > 0)
        walk_spike(&w, before, neuron);
    if (!w.closed)
        add_interval(columns, t, t->first, w.end, 0);
}

/* ---- kernels ---- */

/* Evenly spaced sample times from..., a whole number of steps from 0, so that nothing trembles while time
 * goes on. */
struct samples {
    double from, dt;
    size_t count;
    double *rate;
};

static struct samples samples_for(const struct timebase *t, double tau)
{
    double dot = dot_of(t), reach = 6 * tau;
    struct samples s = {.dt = fmax(dot / ceil(10 * dot / tau), tau / 200)};
    s.from = floor((t->first - reach) / s.dt) * s.dt;
    s.count = (size_t)((t->last + reach - s.from) / s.dt) + 2;
    return s;
}

static void estimate(struct samples *s, const struct subject *subject, uint32_t neuron, const struct kernel *kernel)
{
    double one, to = s->from + (double)s->count * s->dt, gain = kernel_gain(kernel);
    size_t spikes = source_train(&subject->spikes, neuron, s->from, to, &one, 1);
    double *time = xreallocarray(NULL, s->count, sizeof *time), *train = xreallocarray(NULL, spikes, sizeof *train);
    for (size_t i = 0; i < s->count; i++)
        time[i] = s->from + (double)i * s->dt;
    source_train(&subject->spikes, neuron, s->from, to, train, spikes);
    kernel_rates(kernel, train, spikes, time, s->count, s->rate);
    for (size_t i = 0; i < s->count; i++)
        s->rate[i] /= gain;
    free(time);
    free(train);
}

/* The samples in each column, or the one next to its middle. */
static void gather(struct rate_columns *c, const struct timebase *t, const struct samples *s)
{
    double dot = dot_of(t);
    rate_columns_clear(c);
    for (int column = 0; column < t->width; column++) {
        double middle = timebase_time(t, column);
        if (!(middle >= t->first && middle <= t->last))
            continue;
        size_t first = (size_t)ceil((middle - dot / 2 - s->from) / s->dt);
        size_t end = (size_t)ceil((middle + dot / 2 - s->from) / s->dt);
        if (end <= first) {
            first = (size_t)floor((middle - s->from) / s->dt + 0.5);
            end = first + 1;
        }
        for (size_t i = first; i < end && i < s->count; i++) {
            rate_columns_add(c, column, s->rate[i], s->dt);
        }
    }
}

void rate_columns_scale(struct rate_columns *c, int width, double factor)
{
    for (int column = 0; column < width; column++) {
        c->sum[column] *= factor;
        c->low[column] *= factor;
        c->high[column] *= factor;
    }
}

void rate_columns_kernel(struct rate_columns *columns, const struct subject *s, const struct timebase *t,
                         uint32_t neuron, const struct spike_spread *smoothing)
{
    struct error ignored;
    struct samples samples = samples_for(t, smoothing->tau);
    /* A kernel much shorter than a dot shows nothing but the count in it. */
    struct kernel *kernel = smoothing->tau < dot_of(t) / 4
                                ? NULL
                                : kernel_new(smoothing->kind, smoothing->tau, samples.dt, smoothing->causal, &ignored);
    if (kernel) {
        samples.rate = xreallocarray(NULL, samples.count, sizeof *samples.rate);
        estimate(&samples, s, neuron, kernel);
        gather(columns, t, &samples);
        free(samples.rate);
        kernel_free(kernel);
    } else {
        count_columns(columns, s, t, neuron);
    }
    rate_columns_scale(columns, t->width, smoothing->gain);
}

double rate_columns_at(const struct rate_columns *c, int column)
{
    return c->time[column] > 0 ? c->sum[column] / c->time[column] : NAN;
}
