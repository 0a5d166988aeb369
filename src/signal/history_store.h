/* A queue of pieces, each one block of memory filled from both ends:
 *
 *     | step 0 | step 1 | step 2 | ->      free      <- | spikes of 2 | spikes of 1 | spikes of 0 |
 *
 * so that a silent population fills it with steps and a busy one with spikes, and nothing has to be guessed.
 * A step record is its time, `end` (spikes appended to the history up to and including this step, which makes
 * counting a subtraction) and its input. Pieces start small and double, so an idle population costs little;
 * once the limit is reached the oldest piece goes and its block is used again. */
#ifndef SIGNAL_HISTORY_STORE_H
#define SIGNAL_HISTORY_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "signal/history.h"

struct record {
    double time;
    uint64_t end;
    double input[]; /* [dims], and where ideals are kept [dims] more */
};

struct piece {
    size_t first; /* index of its first step, counted since the last clear */
    size_t steps;
    uint64_t before;  /* spikes appended before its first step */
    uint64_t after;   /* and up to its last */
    uint32_t largest; /* neuron number in it */
    size_t bytes;
    unsigned char *block;
    size_t *holders; /* histories that have the block: this one and snapshots of it, which is owned by all together */
};

struct history {
    size_t dims, stride; /* stride: bytes of a step record */
    bool ideals;
    size_t limit, piece; /* bytes */
    size_t bytes;
    struct piece *pieces; /* pieces[head .. head + count - 1] are in use, oldest first */
    size_t head, count, capacity;
    uint64_t dropped, lost;
};

static inline const struct record *record_at(const struct history *history, const struct piece *piece, size_t i)
{
    return (const struct record *)(piece->block + i * history->stride);
}

static inline uint64_t spikes_before(const struct history *history, const struct piece *piece, size_t i)
{
    return i ? record_at(history, piece, i - 1)->end : piece->before;
}

/* Where the spikes of a step start that ends at `end`. */
static inline uint32_t *spikes_at(const struct piece *piece, uint64_t end)
{
    return (uint32_t *)(piece->block + piece->bytes) - (end - piece->before);
}

static inline const struct piece *piece_at(const struct history *history, size_t p)
{
    return &history->pieces[history->head + p];
}

static inline const struct piece *newest(const struct history *history)
{
    return piece_at(history, history->count - 1);
}

/* The piece in which the first step with time >= t (> t if `beyond`) is; the number of pieces when none. */
size_t history_find_piece(const struct history *history, double t, bool beyond);
/* First step of a piece with time >= t, or > t if `beyond`; its number of steps when none. */
size_t history_find_in(const struct history *history, const struct piece *piece, double t, bool beyond);

#endif
