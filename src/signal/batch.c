/* Bits to numbers: a word of 64 neurons holds about five spikes at 80 Hz, so the loop over words is what
 * costs. Eight entries are written whatever the word holds, and the surplus is overwritten by the next word;
 * that trades a branch that is mispredicted in every word for stores that are cheap. SLACK entries behind the
 * capacity make room. */
#include "signal/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define SLACK 64

struct spike_batch *batch_new(size_t dims, size_t step_capacity, size_t spike_capacity)
{
    struct spike_batch *batch = xcalloc(1, sizeof *batch);
    batch->dims = dims;
    batch->step_capacity = step_capacity;
    batch->spike_capacity = spike_capacity;
    batch->time = xreallocarray(NULL, step_capacity, sizeof *batch->time);
    batch->input = xreallocarray(NULL, step_capacity, dims * sizeof *batch->input);
    batch->ideal = xreallocarray(NULL, step_capacity, dims * sizeof *batch->ideal);
    batch->end = xreallocarray(NULL, step_capacity, sizeof *batch->end);
    batch->neuron = xreallocarray(NULL, spike_capacity + SLACK, sizeof *batch->neuron);
    return batch;
}

void batch_free(struct spike_batch *batch)
{
    if (!batch)
        return;
    free(batch->time);
    free(batch->input);
    free(batch->ideal);
    free(batch->end);
    free(batch->neuron);
    free(batch);
}

void batch_clear(struct spike_batch *batch)
{
    batch->steps = 0;
    batch->spikes = 0;
    batch->lost = 0;
}

/* Writes the numbers of the bits set in `word` (not 0), and up to seven surplus entries. */
static inline void write_word(uint32_t *out, uint32_t first, uint64_t word, size_t count)
{
    for (size_t done = 0; done < count; done += 8)
        for (size_t j = 0; j < 8; j++) {
            /* The top bit only keeps ctz defined once the word is used up. */
            out[done + j] = first + (uint32_t)__builtin_ctzll(word | UINT64_C(1) << 63);
            word &= word - 1;
        }
}

static void append_word(struct spike_batch *batch, uint32_t first, uint64_t word)
{
    size_t count = (size_t)__builtin_popcountll(word);
    size_t room = batch->spike_capacity - batch->spikes;
    write_word(batch->neuron + batch->spikes, first, word, count);
    if (count > room) {
        batch->lost += count - room;
        count = room;
    }
    batch->spikes += count;
}

bool batch_step(struct spike_batch *batch, double time, const double *input, const uint64_t *bits, size_t n)
{
    if (batch->steps == batch->step_capacity)
        return false;
    size_t words = n / 64;
    for (size_t w = 0; w < words; w++)
        if (bits[w])
            append_word(batch, (uint32_t)(w * 64), bits[w]);
    if (n % 64) {
        uint64_t last = bits[words] & ((UINT64_C(1) << n % 64) - 1);
        if (last)
            append_word(batch, (uint32_t)(words * 64), last);
    }
    size_t step = batch->steps++;
    batch->time[step] = time;
    if (batch->dims)
        memcpy(batch->input + step * batch->dims, input, batch->dims * sizeof *input);
    if (batch->dims)
        memcpy(batch->ideal + step * batch->dims, input, batch->dims * sizeof *input);
    batch->end[step] = batch->spikes;
    return true;
}

void batch_ideal(struct spike_batch *batch, const double *ideal)
{
    memcpy(batch->ideal + (batch->steps - 1) * batch->dims, ideal, batch->dims * sizeof *ideal);
}
