/* Where spikes come from, for whoever looks at them: the history of a live population or a recording. Panes, rates,
 * statistics and `spikes` know only this. Times are absolute seconds. Borrowed; one thread. */
#ifndef SIGNAL_SOURCE_H
#define SIGNAL_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void spike_visitor(void *context, double time, uint32_t neuron);

struct spike_source;

struct spike_source_type {
    /* First and last time known of (steps simulated, or rows of a dense file), whether or not a spike fell there;
     * false when there is nothing yet. */
    bool (*span)(const struct spike_source *source, double *first, double *last);
    /* How many spikes lie in [from, to]. */
    size_t (*count)(const struct spike_source *source, double from, double to);
    /* Times of one neuron's spikes in [from, to], rising, into times[capacity]; returns how many there are in all
     * (maybe more than capacity, then the last `capacity` of them are given). */
    size_t (*train)(const struct spike_source *source, uint32_t neuron, double from, double to, double *times,
                    size_t capacity);
    /* Every spike in [from, to], times rising, neurons rising within one time. */
    void (*each)(const struct spike_source *source, double from, double to, spike_visitor *visit, void *context);
    /* Label of a neuron ("7", "cortex:12", "D3_31"); buffer belongs to the caller. */
    const char *(*label)(const struct spike_source *source, uint32_t neuron, char *buffer, size_t size);
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

#endif
