/* Where spikes come from, for whoever looks at them: the history of a live population or a recording. Panes, rates,
 * statistics and `spikes` know only this. Times are absolute seconds. Borrowed; one thread. */
#ifndef SIGNAL_SOURCE_H
#define SIGNAL_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "signal/span.h"

typedef void spike_visitor(void *context, double time, uint32_t neuron);

struct spike_source;

/* A picture of many spikes: how many fall into each cell of rows x columns. Column c holds the times t with
 * edge(c) <= t < edge(c + 1), edge(c) = from + (to - from) c / columns, the last one `to` as well. */
struct spike_grid {
    double from, to; /* finite, from < to */
    size_t columns, rows;
    const uint32_t *row_of; /* [neurons] row of each neuron, SOURCE_NO_ROW: none; NULL: all in row 0 */
    uint32_t *count;        /* [columns][rows]; spikes are added to what is there */
};
#define SOURCE_NO_ROW UINT32_MAX

struct spike_source_type {
    /* First and last time known of (steps simulated, or rows of a dense file), whether or not a spike fell there;
     * false when there is nothing yet. */
    bool (*span)(const struct spike_source *source, double *first, double *last);
    /* The time that the record lasted, as tables count in it: from the beginning of its first step, to the end of its
     * last row; false when there is nothing yet. */
    bool (*extent)(const struct spike_source *source, struct time_span *span);
    /* How many spikes lie in [from, to]. */
    size_t (*count)(const struct spike_source *source, double from, double to);
    /* Times of one neuron's spikes in [from, to], rising, into times[capacity]; returns how many there are in all
     * (maybe more than capacity, then the last `capacity` of them are given). */
    size_t (*train)(const struct spike_source *source, uint32_t neuron, double from, double to, double *times,
                    size_t capacity);
    /* Every spike in [from, to], times rising, neurons rising within one time. */
    void (*each)(const struct spike_source *source, double from, double to, spike_visitor *visit, void *context);
    /* Fills a grid in much less time than it takes to look at every spike of a large record. Returns 1, or, where that
     * would still take too long, n: then about one spike in n was looked at and each counted n times. May be NULL: then
     * all are looked at. */
    size_t (*density)(const struct spike_source *source, const struct spike_grid *grid);
    /* Label of a neuron ("7", "cortex:12", "D3_31"); buffer belongs to the caller. */
    const char *(*label)(const struct spike_source *source, uint32_t neuron, char *buffer, size_t size);
    /* How many samples (steps, rows of a dense file) there are, and the time of the i-th; NULL: they are not known. */
    size_t (*samples)(const struct spike_source *source);
    double (*sample)(const struct spike_source *source, size_t i);
};

struct spike_source {
    const struct spike_source_type *type;
    const void *data;
    size_t neurons;
};

static inline bool source_span(const struct spike_source *s, double *first, double *last)
{
    return s->type->span(s, first, last);
}
static inline bool source_extent(const struct spike_source *s, struct time_span *span)
{
    return s->type->extent(s, span);
}
static inline size_t source_count(const struct spike_source *s, double from, double to)
{
    return s->type->count(s, from, to);
}
static inline size_t source_train(const struct spike_source *s, uint32_t neuron, double from, double to, double *times,
                                  size_t capacity)
{
    return s->type->train(s, neuron, from, to, times, capacity);
}
static inline void source_each(const struct spike_source *s, double from, double to, spike_visitor *visit,
                               void *context)
{
    s->type->each(s, from, to, visit, context);
}
static inline const char *source_label(const struct spike_source *s, uint32_t neuron, char *buffer, size_t size)
{
    return s->type->label(s, neuron, buffer, size);
}
static inline size_t source_samples(const struct spike_source *s)
{
    return s->type->samples ? s->type->samples(s) : 0;
}
static inline double source_sample(const struct spike_source *s, size_t i)
{
    return s->type->sample(s, i);
}

/* Where column c of a grid begins; c == columns: where the last one ends. */
static inline double source_edge(const struct spike_grid *grid, size_t c)
{
    return c == grid->columns ? grid->to : grid->from + (grid->to - grid->from) * ((double)c / (double)grid->columns);
}
size_t source_density(const struct spike_source *s, const struct spike_grid *grid);
/* All spikes that count in the span (signal/span.h: none that closes the record). */
size_t source_counted(const struct spike_source *s, const struct time_span *span);
/* One neuron's spikes that count in the span over its length, Hz; NaN for a span without length. */
double source_rate(const struct spike_source *s, uint32_t neuron, const struct time_span *span);
/* Every spike of one neuron in [from, to], the newest first; of very many equal times some may be left out. Allocates
 * nothing. */
void source_walk(const struct spike_source *s, uint32_t neuron, double from, double to, spike_visitor *visit,
                 void *context);

#endif
