/* The history as a source of spikes: what panes, rates and statistics ask of it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "history_store.h"

/* The steps of one piece that lie in a time window: [first, end). */
struct part {
    const struct piece *piece;
    size_t first, end;
};

/* Pieces that touch [from, to]: *first .. the returned value - 1. */
static size_t touched(const struct history *history, double from, double to, size_t *first)
{
    *first = history_find_piece(history, from, false);
    size_t end = history_find_piece(history, to, true);
    /* The step after the window lies in this piece, steps inside the window may too. */
    return end < history->count ? end + 1 : end;
}

static struct part part_of(const struct history *history, size_t p, double from, double to)
{
    const struct piece *piece = piece_at(history, p);
    struct part part = {
        .piece = piece,
        .first = history_find_in(history, piece, from, false),
        .end = history_find_in(history, piece, to, true),
    };
    if (part.end < part.first)
        part.end = part.first;
    return part;
}

/* How many of neuron[0 .. n-1], rising, are < limit. */
static size_t count_below(const uint32_t *neuron, size_t n, size_t limit)
{
    size_t low = 0;
    while (low < n) {
        size_t middle = (low + n) / 2;
        if (neuron[middle] < limit)
            low = middle + 1;
        else
            n = middle;
    }
    return low;
}

struct slice {
    const uint32_t *neuron;
    size_t count;
};

static struct slice spikes_of(const struct history *history, const struct piece *piece, size_t i)
{
    uint64_t end = record_at(history, piece, i)->end;
    return (struct slice){spikes_at(piece, end), end - spikes_before(history, piece, i)};
}

static bool history_span(const struct spike_source *source, double *first, double *last)
{
    const struct history *history = source->data;
    size_t steps = history_steps(history);
    if (steps == 0)
        return false;
    *first = history_time(history, 0);
    *last = history_time(history, steps - 1);
    return true;
}

/* The first step began a step before its end. That of a single one is not known; the clock starts at 0. */
static bool history_extent(const struct spike_source *source, struct time_span *extent)
{
    const struct history *history = source->data;
    size_t steps = history_steps(history);
    *extent = (struct time_span){.steps = true};
    if (steps == 0)
        return false;
    double first = history_time(history, 0);
    if (steps > 1)
        extent->from = fmax(0, first - (history_time(history, 1) - first));
    else
        extent->from = history_dropped(history) ? first : 0;
    extent->to = history_time(history, steps - 1);
    return true;
}

static size_t count_part(const struct history *history, const struct part *part, size_t neurons)
{
    if (part->first == part->end)
        return 0;
    if (part->piece->largest < neurons)
        return spikes_before(history, part->piece, part->end) - spikes_before(history, part->piece, part->first);
    size_t count = 0;
    for (size_t i = part->first; i < part->end; i++) {
        struct slice slice = spikes_of(history, part->piece, i);
        count += count_below(slice.neuron, slice.count, neurons);
    }
    return count;
}

static size_t history_count(const struct spike_source *source, double from, double to)
{
    const struct history *history = source->data;
    size_t p, count = 0, end = touched(history, from, to, &p);
    for (; p < end; p++) {
        struct part part = part_of(history, p, from, to);
        count += count_part(history, &part, source->neurons);
    }
    return count;
}

static bool step_has(const struct history *history, const struct piece *piece, size_t i, uint32_t neuron)
{
    struct slice slice = spikes_of(history, piece, i);
    size_t at = count_below(slice.neuron, slice.count, neuron);
    return at < slice.count && slice.neuron[at] == neuron;
}

/* Backwards, because the newest spikes are the ones wanted when there is no room for all. */
static size_t history_train(const struct spike_source *source, uint32_t neuron, double from, double to, double *times,
                            size_t capacity)
{
    const struct history *history = source->data;
    if (neuron >= source->neurons)
        return 0;
    size_t first, found = 0;
    for (size_t p = touched(history, from, to, &first); p-- > first;) {
        struct part part = part_of(history, p, from, to);
        if (part.piece->largest < neuron)
            continue;
        for (size_t i = part.end; i-- > part.first;)
            if (step_has(history, part.piece, i, neuron)) {
                if (found < capacity)
                    times[capacity - 1 - found] = record_at(history, part.piece, i)->time;
                found++;
            }
    }
    if (found < capacity)
        memmove(times, times + (capacity - found), found * sizeof *times);
    return found;
}

static void history_each(const struct spike_source *source, double from, double to, spike_visitor *visit, void *context)
{
    const struct history *history = source->data;
    size_t p, end = touched(history, from, to, &p);
    for (; p < end; p++) {
        struct part part = part_of(history, p, from, to);
        for (size_t i = part.first; i < part.end; i++) {
            double time = record_at(history, part.piece, i)->time;
            struct slice slice = spikes_of(history, part.piece, i);
            for (size_t s = 0; s < slice.count && slice.neuron[s] < source->neurons; s++)
                visit(context, time, slice.neuron[s]);
        }
    }
}

static const char *history_label(const struct spike_source *source, uint32_t neuron, char *buffer, size_t size)
{
    (void)source;
    snprintf(buffer, size, "%u", neuron);
    return buffer;
}

static size_t history_samples(const struct spike_source *source)
{
    return history_steps(source->data);
}

static double history_sample(const struct spike_source *source, size_t i)
{
    return history_time(source->data, i);
}

static const struct spike_source_type history_source_type = {
    .span = history_span,
    .extent = history_extent,
    .count = history_count,
    .train = history_train,
    .each = history_each,
    .label = history_label,
    .samples = history_samples,
    .sample = history_sample,
};

struct spike_source history_source(const struct history *history, size_t neurons)
{
    return (struct spike_source){.type = &history_source_type, .data = history, .neurons = neurons};
}
