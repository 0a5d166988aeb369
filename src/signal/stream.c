/* Spikes come nearly in order: most are appended, a late one moves the few that are later. A full block is
 * divided in two, so that no insertion moves more than a block. */
#include "signal/stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "stream_store.h"

struct stream *stream_new(double keep, size_t limit, label_order *order)
{
    struct stream *stream = xcalloc(1, sizeof *stream);
    *stream = (struct stream){.keep = keep, .limit = limit, .order = order, .oldest = NAN, .newest = NAN};
    return stream;
}

void stream_forget_spikes(struct stream *stream)
{
    for (size_t i = 0; i < stream->count; i++)
        free(entry_at(stream, i)->block);
    stream->head = stream->count = 0;
    stream->earlies = stream->backs = 0;
    for (size_t i = 0; i < stream->units; i++)
        stream->last[i] = -INFINITY;
    stream->breaks = false;
    stream->turn = STREAM_NEXT;
    stream->oldest = stream->newest = NAN;
}

static void forget_units(struct stream *stream)
{
    for (size_t i = 0; i < stream->units; i++)
        free(stream->label[i]);
    stream->units = stream->settled = 0;
}

void stream_clear(struct stream *stream)
{
    stream_forget_spikes(stream);
    forget_units(stream);
    stream->facts = (struct stream_facts){0};
}

void stream_free(struct stream *stream)
{
    if (!stream)
        return;
    stream_forget_spikes(stream);
    forget_units(stream);
    free(stream->entry);
    free(stream->label);
    free(stream->place);
    free(stream->last);
    free(stream->shown);
    free(stream);
}

/* ---- blocks ---- */

/* An entry number i for a block, those from there on making room. */
static struct entry *insert_entry(struct stream *stream, size_t i, struct block *block)
{
    if (stream->head + stream->count == stream->capacity && stream->head > stream->count) {
        memmove(stream->entry, entry_at(stream, 0), stream->count * sizeof *stream->entry);
        stream->head = 0;
    }
    xgrow(&stream->entry, &stream->capacity, stream->head + stream->count + 1, sizeof *stream->entry);
    struct entry *entry = entry_at(stream, i);
    memmove(entry + 1, entry, (stream->count - i) * sizeof *entry);
    entry->block = block;
    stream->count++;
    return entry;
}

static struct block *block_new(void)
{
    struct block *block = xalloc(sizeof *block);
    block->begin = block->end = 0;
    block->indexed = false;
    return block;
}

static void drop_first(struct stream *stream)
{
    free(entry_at(stream, 0)->block);
    stream->head++;
    stream->count--;
}

/* The number of the spike behind the last one of block i. */
static uint64_t number_after(const struct stream *stream, size_t i)
{
    const struct entry *entry = entry_at(stream, i);
    return entry->before + (uint64_t)(entry->block->end - entry->block->begin);
}

/* The upper half of a full block becomes a block of its own. */
static void divide(struct stream *stream, size_t i)
{
    struct block *low = entry_at(stream, i)->block, *high = block_new();
    size_t half = BLOCK / 2;
    memcpy(high->time, low->time + half, (BLOCK - half) * sizeof *high->time);
    memcpy(high->unit, low->unit + half, (BLOCK - half) * sizeof *high->unit);
    high->end = (uint16_t)(BLOCK - half);
    low->end = (uint16_t)half;
    low->indexed = false;
    struct entry *entry = insert_entry(stream, i + 1, high);
    entry->first = high->time[0];
    entry->before = number_after(stream, i);
}

/* Room at the end of the block: what was forgotten at its beginning goes. */
static void compact(struct block *block)
{
    size_t n = (size_t)(block->end - block->begin);
    memmove(block->time, block->time + block->begin, n * sizeof *block->time);
    memmove(block->unit, block->unit + block->begin, n * sizeof *block->unit);
    block->begin = 0;
    block->end = (uint16_t)n;
    block->indexed = false;
}

static void insert_at(struct stream *stream, struct spot spot, double time, uint32_t unit)
{
    struct entry *entry = entry_at(stream, spot.entry);
    struct block *block = entry->block;
    size_t later = (size_t)block->end - spot.at;
    memmove(block->time + spot.at + 1, block->time + spot.at, later * sizeof *block->time);
    memmove(block->unit + spot.at + 1, block->unit + spot.at, later * sizeof *block->unit);
    block->time[spot.at] = time;
    block->unit[spot.at] = unit;
    block->end++;
    block->indexed = false;
    entry->first = block->time[block->begin];
    for (size_t i = spot.entry + 1; i < stream->count; i++)
        entry_at(stream, i)->before++;
}

/* Before the spike at that spot. */
static void insert(struct stream *stream, struct spot spot, double time, uint32_t unit)
{
    struct block *block = entry_at(stream, spot.entry)->block;
    if (block->end == BLOCK && block->begin > 0) {
        spot.at -= block->begin;
        compact(block);
    }
    if (block->end == BLOCK) {
        divide(stream, spot.entry);
        if (spot.at > BLOCK / 2) {
            spot.entry++;
            spot.at -= BLOCK / 2;
        }
    }
    insert_at(stream, spot, time, unit);
}

static void append(struct stream *stream, double time, uint32_t unit)
{
    struct block *block = stream->count ? entry_at(stream, stream->count - 1)->block : NULL;
    if (!block || block->end == BLOCK) {
        uint64_t number = block ? number_after(stream, stream->count - 1) : 0;
        block = block_new();
        struct entry *entry = insert_entry(stream, stream->count, block);
        entry->first = time;
        entry->before = number;
    }
    block->time[block->end] = time;
    block->unit[block->end++] = unit;
    block->indexed = false;
}

/* What is looked for: the first spike after a time, or from it on, or after those of it that stand before a
 * unit. */
struct key {
    double time;
    bool beyond;
    const uint32_t *unit; /* NULL: of no account */
};

/* Is what is looked for behind this spike? */
static bool is_behind(const struct stream *stream, const struct key *key, double time, const struct block *block,
                      size_t at)
{
    if (time != key->time)
        return time < key->time;
    return key->unit ? !stream_precedes(stream, *key->unit, block->unit[at]) : key->beyond;
}

static struct spot find(const struct stream *stream, const struct key *key)
{
    size_t low = 0, high = stream->count; /* the last block that begins before it */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct entry *entry = entry_at(stream, middle);
        if (is_behind(stream, key, entry->first, entry->block, entry->block->begin))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return (struct spot){0, stream->count ? entry_at(stream, 0)->block->begin : 0};
    const struct block *block = entry_at(stream, low - 1)->block;
    size_t from = block->begin, to = block->end;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (is_behind(stream, key, block->time[middle], block, middle))
            from = middle + 1;
        else
            to = middle;
    }
    if (from < block->end)
        return (struct spot){low - 1, from};
    return (struct spot){low, low < stream->count ? entry_at(stream, low)->block->begin : 0};
}

struct spot stream_find(const struct stream *stream, double t, bool beyond)
{
    return find(stream, &(struct key){.time = t, .beyond = beyond});
}

/* ---- spikes ---- */

void stream_put(struct stream *stream, double time, uint32_t unit)
{
    struct key key = {.time = time, .unit = &unit};
    const struct block *last = stream->count ? entry_at(stream, stream->count - 1)->block : NULL;
    bool newest = !last || is_behind(stream, &key, last->time[last->end - 1], last, (size_t)last->end - 1);
    struct spot spot = newest ? (struct spot){stream->count, 0} : find(stream, &key);
    if (spot.entry == stream->count)
        append(stream, time, unit);
    else
        insert(stream, spot, time, unit);
}

/* Spikes that are older than what is kept go one by one, blocks beyond the limit at once. */
void stream_forget_old(struct stream *stream)
{
    double edge = stream->newest - stream->keep;
    while (stream->count > 0 && entry_at(stream, 0)->first < edge) {
        struct entry *entry = entry_at(stream, 0);
        struct block *block = entry->block;
        size_t begin = block->begin;
        while (begin < block->end && block->time[begin] < edge)
            begin++;
        stream->facts.expired += begin - block->begin;
        entry->before += begin - block->begin;
        block->begin = (uint16_t)begin;
        block->indexed = false;
        if (begin == block->end)
            drop_first(stream);
        else
            entry->first = block->time[begin];
    }
    while (stream->count > 1 && stream->count * sizeof(struct block) > stream->limit) {
        const struct block *block = entry_at(stream, 0)->block;
        stream->facts.dropped += (uint64_t)(block->end - block->begin);
        drop_first(stream);
        stream->oldest = entry_at(stream, 0)->first;
    }
}

void stream_advance(struct stream *stream, double time)
{
    if (time <= stream->newest)
        return;
    stream->newest = time;
    stream->oldest = fmin(stream->oldest, time);
    stream_forget_old(stream);
}

void stream_scale(struct stream *stream, double factor)
{
    for (size_t i = 0; i < stream->count; i++) {
        struct entry *entry = entry_at(stream, i);
        for (size_t s = entry->block->begin; s < entry->block->end; s++)
            entry->block->time[s] *= factor;
        entry->first *= factor;
    }
    for (size_t i = 0; i < stream->earlies; i++)
        stream->early[i].time *= factor;
    for (size_t i = 0; i < stream->units; i++)
        stream->last[i] *= factor;
    stream->oldest *= factor;
    stream->newest *= factor;
    stream_forget_old(stream);
}

void stream_keep(struct stream *stream, double keep, size_t limit)
{
    stream->keep = keep;
    stream->limit = limit;
    stream_forget_old(stream);
}

/* ---- questions ---- */

size_t stream_neurons(const struct stream *stream)
{
    return stream->settled;
}

const char *stream_label(const struct stream *stream, size_t neuron)
{
    return stream->label[stream->shown[neuron]];
}

double stream_newest(const struct stream *stream)
{
    return stream->newest;
}

double stream_kept(const struct stream *stream)
{
    return stream->keep;
}

size_t stream_spikes(const struct stream *stream)
{
    if (stream->count == 0)
        return 0;
    return (size_t)(number_after(stream, stream->count - 1) - entry_at(stream, 0)->before);
}

size_t stream_bytes(const struct stream *stream)
{
    return stream->count * sizeof(struct block);
}

struct stream_facts stream_facts(const struct stream *stream)
{
    struct stream_facts facts = stream->facts;
    for (size_t i = 0; i < stream->earlies; i++)
        facts.too_late += !stream->early[i].taken;
    return facts;
}
