/* Filling the pieces and finding steps in them; history_store.h shows how they are laid out. */
#include "signal/history.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "history_store.h"

#define FIRST_PIECE ((size_t)16 << 10)
#define SMALLEST_LIMIT ((size_t)1 << 20)
#define LARGEST_PIECE ((size_t)8 << 20)
#define PIECES_A_LIMIT 16

struct history *history_new_pieces(size_t dims, size_t limit, size_t piece)
{
    struct history *history = xcalloc(1, sizeof *history);
    history->dims = dims;
    history->stride = sizeof(struct record) + dims * sizeof(double);
    history->limit = limit;
    history->piece = piece;
    return history;
}

struct history *history_new(size_t dims, size_t limit)
{
    if (limit < SMALLEST_LIMIT)
        limit = SMALLEST_LIMIT;
    size_t piece = limit / PIECES_A_LIMIT;
    return history_new_pieces(dims, limit, piece < LARGEST_PIECE ? piece : LARGEST_PIECE);
}

struct history *history_new_ideal(size_t dims, size_t limit)
{
    struct history *history = history_new(dims, limit);
    history->ideals = true;
    history->stride += dims * sizeof(double);
    return history;
}

void history_free(struct history *history)
{
    if (!history)
        return;
    history_clear(history);
    free(history->pieces);
    free(history);
}

static void queue_piece(struct history *history, struct piece piece)
{
    if (history->head > history->count) {
        memmove(history->pieces, history->pieces + history->head, history->count * sizeof piece);
        history->head = 0;
    }
    xgrow(&history->pieces, &history->capacity, history->head + history->count + 1, sizeof piece);
    history->pieces[history->head + history->count++] = piece;
    history->bytes += piece.bytes;
}

/* Steps that are there are never written again, so that whoever holds a piece of a certain length may read it while
 * more steps are put behind. */
struct history *history_snapshot(const struct history *history)
{
    struct history *snapshot = xcalloc(1, sizeof *snapshot);
    *snapshot = *history;
    snapshot->pieces = NULL;
    snapshot->head = snapshot->count = snapshot->capacity = snapshot->bytes = 0;
    for (size_t i = 0; i < history->count; i++) {
        ++*piece_at(history, i)->holders;
        queue_piece(snapshot, *piece_at(history, i));
    }
    return snapshot;
}

static void release(const struct piece *piece)
{
    if (--*piece->holders > 0)
        return;
    free(piece->block);
    free(piece->holders);
}

/* Takes the oldest piece out of the queue and gives it. */
static struct piece drop_oldest(struct history *history)
{
    struct piece oldest = history->pieces[history->head];
    history->dropped += oldest.steps;
    history->bytes -= oldest.bytes;
    history->head++;
    history->count--;
    return oldest;
}

void history_clear(struct history *history)
{
    while (history->count) {
        struct piece oldest = drop_oldest(history);
        release(&oldest);
    }
    history->head = 0;
    history->dropped = 0;
    history->lost = 0;
}

void history_keep(struct history *history, size_t limit)
{
    history->limit = limit < SMALLEST_LIMIT ? SMALLEST_LIMIT : limit;
    if (history->piece > history->limit / PIECES_A_LIMIT)
        history->piece = history->limit / PIECES_A_LIMIT;
    while (history->count > 1 && history->bytes > history->limit) {
        struct piece oldest = drop_oldest(history);
        release(&oldest);
    }
}

/* ---- appending ---- */

/* Bytes of a block whose free part must be at least `need`. */
static size_t block_size(const struct history *history, size_t need)
{
    size_t bytes = history->count ? newest(history)->bytes * 2 : FIRST_PIECE;
    if (bytes > history->piece)
        bytes = history->piece;
    if (bytes < need)
        bytes = need;
    return (bytes + 7) / 8 * 8;
}

/* Opens a piece with room for at least `need` bytes, dropping old ones to stay within the limit. */
static void open_piece(struct history *history, size_t need)
{
    struct piece piece = {.bytes = block_size(history, need)};
    if (history->count) {
        piece.first = newest(history)->first + newest(history)->steps;
        piece.before = newest(history)->after;
    }
    piece.after = piece.before;
    while (history->count && history->bytes + piece.bytes > history->limit) {
        struct piece oldest = drop_oldest(history);
        if (oldest.bytes == piece.bytes && *oldest.holders == 1 && !piece.block) {
            piece.block = oldest.block;
            piece.holders = oldest.holders;
        } else {
            release(&oldest);
        }
    }
    if (!piece.block) {
        piece.block = xalloc(piece.bytes);
        piece.holders = xalloc(sizeof *piece.holders);
        *piece.holders = 1;
    }
    queue_piece(history, piece);
}

static size_t free_bytes(const struct history *history, const struct piece *piece)
{
    return piece->bytes - piece->steps * history->stride - (piece->after - piece->before) * sizeof(uint32_t);
}

static void append_step(struct history *history, double time, const double *input, const double *ideal,
                        const uint32_t *neuron, size_t spikes)
{
    size_t need = history->stride + spikes * sizeof *neuron;
    if (history->count == 0 || free_bytes(history, newest(history)) < need)
        open_piece(history, need);
    struct piece *piece = &history->pieces[history->head + history->count - 1];
    struct record *record = (struct record *)(piece->block + piece->steps * history->stride);
    piece->steps++;
    piece->after += spikes;
    record->time = time;
    record->end = piece->after;
    if (history->dims)
        memcpy(record->input, input, history->dims * sizeof *input);
    if (history->dims && history->ideals)
        memcpy(record->input + history->dims, ideal, history->dims * sizeof *ideal);
    if (spikes == 0)
        return;
    memcpy(spikes_at(piece, piece->after), neuron, spikes * sizeof *neuron);
    if (neuron[spikes - 1] > piece->largest)
        piece->largest = neuron[spikes - 1];
}

static double last_time(const struct history *history)
{
    const struct piece *piece = newest(history);
    return record_at(history, piece, piece->steps - 1)->time;
}

void history_append(struct history *history, const struct spike_batch *batch)
{
    assert(batch->dims == history->dims);
    size_t start = 0;
    for (size_t s = 0; s < batch->steps; s++) {
        if (history->count && batch->time[s] < last_time(history))
            history_clear(history);
        append_step(history, batch->time[s], batch->input + s * batch->dims, batch->ideal + s * batch->dims,
                    batch->neuron + start, batch->end[s] - start);
        start = batch->end[s];
    }
    history->lost += batch->lost;
}

/* ---- steps ---- */

/* The piece that holds the i-th kept step; *i becomes its index in there. */
static const struct piece *locate(const struct history *history, size_t *i)
{
    size_t base = piece_at(history, 0)->first;
    size_t low = 0, high = history->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (piece_at(history, middle)->first - base <= *i)
            low = middle;
        else
            high = middle;
    }
    *i -= piece_at(history, low)->first - base;
    return piece_at(history, low);
}

size_t history_find_in(const struct history *history, const struct piece *piece, double t, bool beyond)
{
    size_t low = 0, high = piece->steps;
    while (low < high) {
        size_t middle = (low + high) / 2;
        double time = record_at(history, piece, middle)->time;
        if (time < t || (beyond && time == t))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t history_find_piece(const struct history *history, double t, bool beyond)
{
    size_t low = 0, high = history->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct piece *piece = piece_at(history, middle);
        double last = record_at(history, piece, piece->steps - 1)->time;
        if (last < t || (beyond && last == t))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t history_steps(const struct history *history)
{
    if (history->count == 0)
        return 0;
    return newest(history)->first + newest(history)->steps - piece_at(history, 0)->first;
}

double history_time(const struct history *history, size_t i)
{
    const struct piece *piece = locate(history, &i);
    return record_at(history, piece, i)->time;
}

const double *history_input(const struct history *history, size_t i)
{
    const struct piece *piece = locate(history, &i);
    return record_at(history, piece, i)->input;
}

const double *history_ideal(const struct history *history, size_t i)
{
    const struct piece *piece = locate(history, &i);
    return record_at(history, piece, i)->input + (history->ideals ? history->dims : 0);
}

const uint32_t *history_spiked(const struct history *history, size_t i, size_t *count)
{
    const struct piece *piece = locate(history, &i);
    uint64_t end = record_at(history, piece, i)->end;
    *count = (size_t)(end - spikes_before(history, piece, i));
    return spikes_at(piece, end);
}

size_t history_find(const struct history *history, double t)
{
    size_t p = history_find_piece(history, t, false);
    if (p == history->count)
        return history_steps(history);
    const struct piece *piece = piece_at(history, p);
    return piece->first - piece_at(history, 0)->first + history_find_in(history, piece, t, false);
}

size_t history_bytes(const struct history *history)
{
    return history->bytes;
}

uint64_t history_spikes(const struct history *history)
{
    return history->count ? newest(history)->after - piece_at(history, 0)->before : 0;
}

uint64_t history_dropped(const struct history *history)
{
    return history->dropped;
}

uint64_t history_lost(const struct history *history)
{
    return history->lost;
}
