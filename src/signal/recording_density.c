/* How many spikes of each unit lie between any two moments, at a cost that hardly grows with the record.
 *
 * Marks stand every `mark_step` spikes, evenly in the sorted spikes and not in time, so they are dense where
 * the spikes are. Each holds, for all units, how far the unit's spikes had come. The spikes of a column of
 * the picture are then the difference of two marks, corrected by the few spikes between each edge of the
 * column and the mark next to it:
 *
 *     spikes  ......|..........|..........|..........|......
 *     marks         k         k+1        k+2        k+3
 *     column            [--------------------)              = mark(k+2) - mark(k+1) + both margins
 *
 * so every answer is exact, at any zoom. The marks take the same memory for ten million spikes as for a
 * thousand million. When there are so many units that marks are too far apart, and so many spikes that
 * looking at each takes too long, blocks of spikes stand for their neighbours; always the same ones, so that
 * the picture stands still. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "recording_index.h"

#define MARK_CELLS ((size_t)16 << 20) /* 64 MB */
#define MARK_STEP 4096
#define LOOKED_AT ((size_t)8 << 20) /* spikes, about, that one picture may cost */
#define BLOCK 1024

void recording_plan_marks(struct recording *r)
{
    free(r->mark);
    r->mark = NULL;
    r->mark_step = 0;
    size_t most = r->units ? MARK_CELLS / r->units : 0;
    if (most < 16 || r->spikes < 64 * MARK_STEP)
        return;
    size_t step = r->spikes / (most - 1) + 1;
    step = step < MARK_STEP ? MARK_STEP : step;
    r->mark_step = step < 4 * r->units ? 4 * r->units : step; /* a byte a spike at most */
    r->mark = xreallocarray(NULL, (r->spikes / r->mark_step + 1) * r->units, sizeof *r->mark);
}

static uint32_t row_of(const struct spike_grid *grid, uint32_t unit)
{
    return grid->row_of ? grid->row_of[unit] : 0;
}

static void count_all(const struct recording *r, const struct spike_grid *grid, size_t from, size_t to, uint32_t *count)
{
    for (size_t i = from; i < to; i++) {
        uint32_t row = row_of(grid, recording_unit(r, i));
        if (row != SOURCE_NO_ROW)
            count[row]++;
    }
}

/* One block in `n`, wherever the column begins. */
static void count_some(const struct recording *r, const struct spike_grid *grid, size_t from, size_t to, size_t n,
                       uint32_t *count)
{
    for (size_t block = from / (n * BLOCK) * (n * BLOCK); block < to; block += n * BLOCK) {
        size_t end = block + BLOCK < to ? block + BLOCK : to;
        for (size_t i = block > from ? block : from; i < end; i++) {
            uint32_t row = row_of(grid, recording_unit(r, i));
            if (row != SOURCE_NO_ROW)
                count[row] += (uint32_t)n;
        }
    }
}

/* The mark nearest to a position. */
static size_t mark_at(const struct recording *r, size_t position)
{
    size_t k = (position + r->mark_step / 2) / r->mark_step;
    return k * r->mark_step <= r->spikes ? k : k - 1;
}

static void count_between(const struct recording *r, const struct spike_grid *grid, size_t k, size_t next,
                          uint32_t *count)
{
    const uint32_t *a = r->mark + k * r->units, *b = r->mark + next * r->units;
    for (size_t u = 0; u < r->units && next != k; u++) {
        uint32_t row = row_of(grid, (uint32_t)u);
        if (row != SOURCE_NO_ROW)
            count[row] += b[u] - a[u];
    }
}

/* Moves the spikes between an edge and the mark it was taken for to the right side of the edge. Counts are
 * unsigned and may pass below zero on the way. `left`, `right`: the columns there, NULL at the ends. */
static void correct(const struct recording *r, const struct spike_grid *grid, size_t edge, uint32_t *left,
                    uint32_t *right)
{
    size_t mark = mark_at(r, edge) * r->mark_step;
    size_t from = edge < mark ? edge : mark, to = edge < mark ? mark : edge;
    uint32_t more = mark < edge ? 1 : UINT32_MAX;
    for (size_t i = from; i < to; i++) {
        uint32_t row = row_of(grid, recording_unit(r, i));
        if (row == SOURCE_NO_ROW)
            continue;
        if (left)
            left[row] += more;
        if (right)
            right[row] -= more;
    }
}

/* The first spike of column c; c == columns: one past the last of all. */
static size_t edge_of(const struct recording *r, const struct spike_grid *grid, size_t c)
{
    return recording_find(r, source_edge(grid, c), c == grid->columns);
}

enum way { BY_SPIKES, BY_MARKS, BY_TOTALS };

static size_t fill(const struct recording *r, const struct spike_grid *grid, enum way way, size_t n)
{
    size_t before = edge_of(r, grid, 0);
    if (way == BY_MARKS)
        correct(r, grid, before, NULL, grid->count);
    for (size_t c = 0; c < grid->columns; c++) {
        uint32_t *count = grid->count + c * grid->rows;
        size_t edge = edge_of(r, grid, c + 1);
        if (way == BY_TOTALS) {
            count[0] += (uint32_t)(edge - before);
        } else if (way == BY_MARKS) {
            count_between(r, grid, mark_at(r, before), mark_at(r, edge), count);
            correct(r, grid, edge, count, c + 1 < grid->columns ? count + grid->rows : NULL);
        } else if (n > 1) {
            count_some(r, grid, before, edge, n, count);
        } else {
            count_all(r, grid, before, edge, count);
        }
        before = edge;
    }
    return n;
}

size_t recording_density(const struct spike_source *source, const struct spike_grid *grid)
{
    const struct recording *r = source->data;
    if (!grid->row_of)
        return fill(r, grid, BY_TOTALS, 1);
    size_t spikes = edge_of(r, grid, grid->columns) - edge_of(r, grid, 0);
    size_t by_marks = r->mark ? (grid->columns + 1) * (r->units + r->mark_step / 2) : SIZE_MAX;
    if (by_marks < spikes && by_marks <= 2 * LOOKED_AT)
        return fill(r, grid, BY_MARKS, 1);
    return fill(r, grid, BY_SPIKES, spikes / LOOKED_AT + 1);
}
