/* How a stream keeps spikes: blocks of some thousand, oldest first, sorted by time and, within one time, by
 * the order of the labels. A block gets an index by unit when it is first asked for one after its last
 * change. Inside signal/. */
#ifndef SIGNAL_STREAM_STORE_H
#define SIGNAL_STREAM_STORE_H

#include "signal/stream.h"

#define BLOCK 8192
#define NOT_SETTLED UINT32_MAX

struct block {
    double time[BLOCK];
    uint32_t unit[BLOCK];
    uint16_t by_unit[BLOCK]; /* places begin .. end - 1, unit by unit, rising; when `indexed` */
    uint16_t begin, end;
    bool indexed;
};

/* What is searched stands together, apart from the blocks themselves. */
struct entry {
    struct block *block;
    double first;    /* time[begin] */
    uint64_t before; /* number of the spike at begin, counted over all blocks from any start */
};

/* One of the spikes that may be the beginning of another run. */
struct early {
    double time;
    uint32_t unit;
    bool taken; /* into the record, and not only held; */
    bool late;  /* and counted as such then */
};
#define EARLY_MOST (4 * STREAM_SET_BACK)

struct stream {
    double keep;
    size_t limit;
    label_order *order;
    struct entry *entry; /* entry[head .. head + count - 1] are in use; none is empty */
    size_t head, count, capacity;
    double oldest, newest; /* NaN: nothing came yet */
    struct early early[EARLY_MOST];
    size_t earlies, backs; /* backs: those of them that went back */
    bool breaks;           /* the next spike is the first after stream_break */
    enum stream_turn turn; /* and what it was told, the surest of it */
    struct stream_facts facts;
    /* units */
    char **label;
    uint32_t *place; /* of a unit among those shown; NOT_SETTLED */
    double *last;    /* newest time of a unit in this run, -inf: none */
    size_t units, label_capacity, place_capacity, last_capacity;
    uint32_t *shown; /* [settled] units in the order of their labels */
    size_t settled;
};

static inline struct entry *entry_at(const struct stream *stream, size_t i)
{
    return &stream->entry[stream->head + i];
}

/* A spike: place `at` of block number `entry`; at the end {count, 0}. */
struct spot {
    size_t entry, at;
};

/* The first spike with time >= t, or > t if `beyond`. */
struct spot stream_find(const struct stream *stream, double t, bool beyond);
/* Makes the block's index, if need be. */
void stream_index(struct block *block);

/* Whether unit a stands before unit b in the order of the labels. */
bool stream_precedes(const struct stream *stream, uint32_t a, uint32_t b);

/* Gives a spike its place; the oldest time there can be is the caller's. */
void stream_put(struct stream *stream, double time, uint32_t unit);
/* What has become too old, or too much. */
void stream_forget_old(struct stream *stream);
/* All of them; units stay. */
void stream_forget_spikes(struct stream *stream);

#endif
