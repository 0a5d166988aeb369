/* A recording as a source of spikes: binary searches in times that never fall. */
#include <stdio.h>

#include "recording_index.h"

size_t recording_find(const struct recording *r, double t, bool after)
{
    size_t low = 0, high = r->spikes;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->time[middle] < t || (after && r->time[middle] == t))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The same among one unit's spikes; an index into by_unit. */
static size_t find_unit_time(const struct recording *r, uint32_t unit, double t, bool after)
{
    size_t low = r->start[unit], high = r->start[unit + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        double time = r->time[r->by_unit[middle]];
        if (time < t || (after && time == t))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool span(const struct spike_source *source, double *first, double *last)
{
    const struct recording *r = source->data;
    if (r->spikes == 0 && r->samples == 0 && !r->told)
        return false;
    *first = r->told ? r->begin : r->first;
    *last = r->told ? r->end : r->last;
    return true;
}

static bool extent(const struct spike_source *source, struct time_span *extent)
{
    const struct recording *r = source->data;
    *extent = (struct time_span){.from = r->begin, .to = r->end, .closed = r->closed};
    return r->spikes > 0 || r->samples > 0 || r->told;
}

static size_t count(const struct spike_source *source, double from, double to)
{
    size_t begin = recording_find(source->data, from, false), end = recording_find(source->data, to, true);
    return end > begin ? end - begin : 0;
}

static size_t train(const struct spike_source *source, uint32_t neuron, double from, double to, double *times,
                    size_t capacity)
{
    const struct recording *r = source->data;
    if (neuron >= r->units)
        return 0;
    size_t begin = find_unit_time(r, neuron, from, false), end = find_unit_time(r, neuron, to, true);
    if (end <= begin)
        return 0;
    size_t total = end - begin, given = total < capacity ? total : capacity;
    for (size_t i = 0; i < given; i++)
        times[i] = r->time[r->by_unit[end - given + i]];
    return total;
}

static void each(const struct spike_source *source, double from, double to, spike_visitor *visit, void *context)
{
    const struct recording *r = source->data;
    for (size_t i = recording_find(r, from, false); i < r->spikes && r->time[i] <= to; i++)
        visit(context, r->time[i], recording_unit(r, i));
}

static const char *label(const struct spike_source *source, uint32_t neuron, char *buffer, size_t size)
{
    const struct recording *r = source->data;
    snprintf(buffer, size, "%s", neuron < r->units ? r->label[neuron] : "");
    return buffer;
}

static size_t samples(const struct spike_source *source)
{
    const struct recording *r = source->data;
    return r->samples;
}

static double sample(const struct spike_source *source, size_t i)
{
    const struct recording *r = source->data;
    return r->sample_time[i];
}

static const struct spike_source_type recording_type = {.span = span,
                                                        .extent = extent,
                                                        .count = count,
                                                        .train = train,
                                                        .each = each,
                                                        .density = recording_density,
                                                        .label = label,
                                                        .samples = samples,
                                                        .sample = sample};

struct spike_source recording_source(const struct recording *recording)
{
    return (struct spike_source){.type = &recording_type, .data = recording, .neurons = recording->units};
}
