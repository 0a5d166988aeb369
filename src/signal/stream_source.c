/* A stream as a source: places are found by two binary searches, one neuron's spikes in a block by its index.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stdio.h>

#include "base/xalloc.h"
#include "stream_store.h"

#define DIGIT 11 /* bits sorted by at once */

/* Places of the block by one digit of their units, keeping the order there was. */
static void sort_by_digit(const struct block *block, const uint16_t *from, uint16_t *to, size_t n, int shift)
{
    uint16_t start[(1 << DIGIT) + 1] = {0};
    const uint32_t mask = (1 << DIGIT) - 1;
    for (size_t i = 0; i < n; i++)
        start[((block->unit[from[i]] >> shift) & mask) + 1]++;
    for (size_t d = 0; d < mask; d++)
        start[d + 1] = (uint16_t)(start[d + 1] + start[d]);
    for (size_t i = 0; i < n; i++)
        to[start[(block->unit[from[i]] >> shift) & mask]++] = from[i];
}

void stream_index(struct block *block)
{
    uint16_t other[BLOCK];
    uint32_t largest = 0;
    size_t n = (size_t)(block->end - block->begin);
    if (block->indexed)
        return;
    for (size_t i = 0; i < n; i++) {
        block->by_unit[i] = (uint16_t)(block->begin + i);
        if (block->unit[block->begin + i] > largest)
            largest = block->unit[block->begin + i];
    }
    for (int shift = 0; shift < 32 && largest >> shift; shift += DIGIT) {
        sort_by_digit(block, block->by_unit, other, n, shift);
        memcpy(block->by_unit, other, n * sizeof *other);
    }
    block->indexed = true;
}

static bool span(const struct spike_source *source, double *first, double *last)
{
    const struct stream *s = source->data;
    if (isnan(s->newest))
        return false;
    *first = fmax(s->oldest, s->newest - s->keep);
    *last = s->newest;
    return true;
}

/* Nothing says how long a stream goes on behind its newest time. */
static bool extent(const struct spike_source *source, struct time_span *extent)
{
    *extent = (struct time_span){.closed = true};
    return span(source, &extent->from, &extent->to);
}

static uint64_t number_of(const struct stream *s, struct spot spot)
{
    if (spot.entry == s->count) {
        const struct entry *last = entry_at(s, s->count - 1);
        return last->before + (uint64_t)(last->block->end - last->block->begin);
    }
    const struct entry *entry = entry_at(s, spot.entry);
    return entry->before + spot.at - entry->block->begin;
}

static size_t count(const struct spike_source *source, double from, double to)
{
    const struct stream *s = source->data;
    if (s->count == 0 || !(from <= to))
        return 0;
    return (size_t)(number_of(s, stream_find(s, to, true)) - number_of(s, stream_find(s, from, false)));
}

/* One neuron's times, from the last to the first: `total` of them, the last `capacity` at the end of times.
 */
struct gathering {
    double from, to;
    uint32_t unit;
    double *times;
    size_t capacity, total;
};

/* The index's first place, before `high`, with a unit >= u. */
static size_t find_unit(const struct block *block, size_t high, uint64_t u)
{
    size_t low = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (block->unit[block->by_unit[middle]] < u)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Among one unit's places low .. high - 1 the first with a time >= t, or > t if `beyond`. */
static size_t find_in_unit(const struct block *block, size_t low, size_t high, double t, bool beyond)
{
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        double time = block->time[block->by_unit[middle]];
        if (time < t || (beyond && time == t))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void gather(struct gathering *g, struct block *block)
{
    stream_index(block);
    size_t n = (size_t)(block->end - block->begin);
    size_t low = find_unit(block, n, g->unit), high = find_unit(block, n, (uint64_t)g->unit + 1);
    if (block->time[block->begin] < g->from)
        low = find_in_unit(block, low, high, g->from, false);
    if (block->time[block->end - 1] > g->to)
        high = find_in_unit(block, low, high, g->to, true);
    for (size_t i = high, at = g->total; i > low && at < g->capacity; i--, at++)
        g->times[g->capacity - 1 - at] = block->time[block->by_unit[i - 1]];
    g->total += high - low;
}

static size_t train(const struct spike_source *source, uint32_t neuron, double from, double to, double *times,
                    size_t capacity)
{
    const struct stream *s = source->data;
    if (neuron >= s->settled || s->count == 0 || !(from <= to))
        return 0;
    struct gathering g = {from, to, s->shown[neuron], times, capacity, 0};
    struct spot first = stream_find(s, from, false), end = stream_find(s, to, true);
    size_t blocks = end.entry < s->count && end.at > entry_at(s, end.entry)->block->begin ? end.entry + 1 : end.entry;
    for (size_t i = blocks; i-- > first.entry;)
        gather(&g, entry_at(s, i)->block);
    if (g.total < capacity)
        memmove(times, times + capacity - g.total, g.total * sizeof *times);
    return g.total;
}

static void each(const struct spike_source *source, double from, double to, spike_visitor *visit, void *context)
{
    const struct stream *s = source->data;
    struct spot spot = stream_find(s, from, false);
    for (size_t i = spot.entry; i < s->count; i++) {
        const struct block *block = entry_at(s, i)->block;
        for (size_t k = i == spot.entry ? spot.at : block->begin; k < block->end; k++) {
            if (block->time[k] > to)
                return;
            if (s->place[block->unit[k]] != NOT_SETTLED)
                visit(context, block->time[k], s->place[block->unit[k]]);
        }
    }
}

/* Spikes of a window that is this full are sampled. */
#define DENSITY_MOST 4000000

/* Without rows the numbers at the edges tell. */
static void count_columns(const struct stream *s, const struct spike_grid *grid)
{
    uint64_t before = number_of(s, stream_find(s, grid->from, false));
    for (size_t c = 0; c < grid->columns; c++) {
        struct spot end = stream_find(s, source_edge(grid, c + 1), c + 1 == grid->columns);
        uint64_t number = number_of(s, end);
        grid->count[c * grid->rows] += (uint32_t)(number - before);
        before = number;
    }
}

static void count_rows(const struct stream *s, const struct spike_grid *grid, size_t step)
{
    struct spot spot = stream_find(s, grid->from, false);
    size_t column = 0, beyond = 0; /* how far the last step went into the next block */
    double edge = source_edge(grid, 1);
    for (size_t i = spot.entry; i < s->count; i++) {
        const struct block *block = entry_at(s, i)->block;
        size_t at = i == spot.entry ? spot.at : block->begin + beyond;
        for (; at < block->end; at += step) {
            if (block->time[at] > grid->to)
                return;
            while (column + 1 < grid->columns && block->time[at] >= edge)
                edge = source_edge(grid, ++column + 1);
            uint32_t place = s->place[block->unit[at]];
            if (place != NOT_SETTLED && grid->row_of[place] != SOURCE_NO_ROW)
                grid->count[column * grid->rows + grid->row_of[place]] += (uint32_t)step;
        }
        beyond = at - block->end;
    }
}

static size_t density(const struct spike_source *source, const struct spike_grid *grid)
{
    const struct stream *s = source->data;
    if (s->count == 0)
        return 1;
    if (!grid->row_of) {
        count_columns(s, grid);
        return 1;
    }
    size_t step = count(source, grid->from, grid->to) / DENSITY_MOST + 1;
    count_rows(s, grid, step);
    return step;
}

static const char *label(const struct spike_source *source, uint32_t neuron, char *buffer, size_t size)
{
    const struct stream *s = source->data;
    snprintf(buffer, size, "%s", neuron < s->settled ? stream_label(s, neuron) : "");
    return buffer;
}

static const struct spike_source_type stream_type = {
    .span = span, .extent = extent, .count = count, .train = train, .each = each, .density = density, .label = label};

struct spike_source stream_source(const struct stream *stream)
{
    return (struct spike_source){.type = &stream_type, .data = stream, .neurons = stream->settled};
}

struct copying {
    double *time;
    uint32_t *unit;
    size_t n;
};

static void copy_spike(void *context, double time, uint32_t neuron)
{
    struct copying *copying = context;
    copying->time[copying->n] = time;
    copying->unit[copying->n++] = neuron;
}

struct recording *stream_recording(const struct stream *stream)
{
    size_t spikes = stream_spikes(stream);
    struct copying copying = {.time = xreallocarray(NULL, spikes, sizeof *copying.time),
                              .unit = xreallocarray(NULL, spikes, sizeof *copying.unit)};
    struct spike_source source = stream_source(stream);
    char **labels = xcalloc(stream->settled, sizeof *labels);
    for (size_t i = 0; i < stream->settled; i++)
        labels[i] = xstrdup(stream_label(stream, i));
    source_each(&source, -INFINITY, INFINITY, copy_spike, &copying);
    return recording_new(labels, stream->settled, copying.time, copying.unit, copying.n);
}
