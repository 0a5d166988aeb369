/* Units are numbered as they come; those settled have their places in the order of the labels, and new ones
 * are merged with them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "signal/stream.h"
#include "stream_store.h"

uint32_t stream_unit(struct stream *stream, const char *label)
{
    xgrow(&stream->label, &stream->label_capacity, stream->units + 1, sizeof *stream->label);
    xgrow(&stream->place, &stream->place_capacity, stream->units + 1, sizeof *stream->place);
    xgrow(&stream->last, &stream->last_capacity, stream->units + 1, sizeof *stream->last);
    stream->label[stream->units] = xstrdup(label);
    stream->place[stream->units] = NOT_SETTLED;
    stream->last[stream->units] = -INFINITY;
    return (uint32_t)stream->units++;
}

bool stream_precedes(const struct stream *stream, uint32_t a, uint32_t b)
{
    if (stream->place[a] != NOT_SETTLED && stream->place[b] != NOT_SETTLED)
        return stream->place[a] < stream->place[b];
    int order = a == b ? 0 : stream->order(stream->label[a], stream->label[b]);
    return order ? order < 0 : a < b;
}

/* Merge sort; few at a time, but maybe a million at first. */
static void sort_units(const struct stream *stream, uint32_t *unit, uint32_t *scratch, size_t n)
{
    if (n < 2)
        return;
    size_t middle = n / 2, left = 0, right = middle, out = 0;
    sort_units(stream, unit, scratch, middle);
    sort_units(stream, unit + middle, scratch, n - middle);
    memcpy(scratch, unit, middle * sizeof *unit);
    while (left < middle && right < n)
        unit[out++] = stream_precedes(stream, unit[right], scratch[left]) ? unit[right++] : scratch[left++];
    memcpy(unit + out, scratch + left, (middle - left) * sizeof *unit);
}

/* The settled units and the new ones, both in order. */
static void merge_units(struct stream *stream, const uint32_t *fresh, size_t n)
{
    uint32_t *old = stream->shown, *all = xreallocarray(NULL, stream->units, sizeof *all);
    size_t i = 0, j = 0, out = 0;
    while (i < stream->settled || j < n) {
        bool from_old = j == n || (i < stream->settled && stream_precedes(stream, old[i], fresh[j]));
        all[out] = from_old ? old[i++] : fresh[j++];
        stream->place[all[out]] = (uint32_t)out;
        out++;
    }
    stream->shown = all;
}

uint32_t *stream_settle(struct stream *stream)
{
    size_t n = stream->units - stream->settled, before = stream->settled;
    if (n == 0)
        return NULL;
    uint32_t *old = stream->shown, *fresh = xreallocarray(NULL, n, sizeof *fresh);
    uint32_t *map = xreallocarray(NULL, stream->units, sizeof *map); /* scratch at first */
    for (size_t i = 0; i < n; i++)
        fresh[i] = (uint32_t)(before + i);
    sort_units(stream, fresh, map, n);
    merge_units(stream, fresh, n);
    for (size_t i = 0; i < before; i++)
        map[i] = stream->place[old[i]];
    stream->settled = stream->units;
    free(old);
    free(fresh);
    return map;
}
