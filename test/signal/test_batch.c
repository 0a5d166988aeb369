/* Bits into lists of neurons: every word pattern, ends inside a word, and what happens when the room runs
 * out. */
#include "harness.h"

#include "base/xalloc.h"
#include "signal/batch.h"

static uint64_t state = 88172645463325252u;

static uint64_t draw(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* Compares the batch's last step with the bits, asked one by one. */
static void check_last(const struct spike_batch *batch, const uint64_t *bits, size_t n)
{
    size_t step = batch->steps - 1, at = step ? batch->end[step - 1] : 0;
    for (size_t i = 0; i < n; i++) {
        if (!(bits[i / 64] >> i % 64 & 1))
            continue;
        ck_assert_msg(at < batch->end[step], "neuron %zu of %zu is missing", i, n);
        ck_assert_msg(batch->neuron[at] == i, "entry %zu is neuron %u, not %zu", at, batch->neuron[at], i);
        at++;
    }
    ck_assert_msg(at == batch->end[step], "%zu entries too many", batch->end[step] - at);
}

START_TEST(lists_the_bits)
{
    static const size_t sizes[] = {1, 7, 63, 64, 65, 128, 1000};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int density = 0; density < 6; density++) {
            struct spike_batch *batch = batch_new(1, 20, 20 * sizes[s]);
            for (int step = 0; step < 20; step++) {
                uint64_t bits[16];
                for (size_t w = 0; w < 16; w++) {
                    bits[w] = density == 5 ? UINT64_MAX : draw();
                    for (int d = density; d < 4; d++)
                        bits[w] &= draw();
                }
                double x = step;
                ck_assert(batch_step(batch, step * 0.25, &x, bits, sizes[s]));
                check_last(batch, bits, sizes[s]);
            }
            ck_assert_uint_eq(batch->lost, 0);
            ck_assert_double_eq(batch->time[19], 4.75);
            ck_assert_double_eq(batch->input[19], 19);
            batch_free(batch);
        }
}
END_TEST

START_TEST(counts_what_is_lost)
{
    struct spike_batch *batch = batch_new(2, 3, 100);
    uint64_t bits[2] = {UINT64_MAX, UINT64_MAX};
    double x[2] = {1, 2};
    ck_assert(batch_step(batch, 1, x, bits, 90));
    ck_assert_uint_eq(batch->spikes, 90);
    ck_assert(batch_step(batch, 2, x, bits, 128));
    ck_assert_uint_eq(batch->spikes, 100);
    ck_assert_uint_eq(batch->lost, 118);
    ck_assert_uint_eq(batch->neuron[99], 9);
    ck_assert(batch_step(batch, 3, x, bits, 128));
    ck_assert_uint_eq(batch->lost, 246);
    ck_assert_uint_eq(batch->end[2], 100);
    ck_assert_msg(!batch_step(batch, 4, x, bits, 128), "a fourth step has no room");
    ck_assert_uint_eq(batch->lost, 246);
    batch_clear(batch);
    ck_assert(batch->steps == 0 && batch->spikes == 0 && batch->lost == 0);
    ck_assert(batch_step(batch, 4, x, bits, 3));
    ck_assert_uint_eq(batch->end[0], 3);
    batch_free(batch);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: batch", lists_the_bits, counts_what_is_lost);
}
