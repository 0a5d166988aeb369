/* Numbers become whole ones that rise with them, which are sorted by their bytes, the lowest first, each pass keeping
 * what the passes before have ordered: of a million neurons, turned by a knob, qsort took most of the time. */
#include "model/population_order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"

#define BITS 11 /* of a pass */
#define BINS ((size_t)1 << BITS)

struct keyed {
    uint64_t key;
    uint32_t neuron;
};

static double place(const struct population *p, size_t i)
{
    if (p->dims > 1)
        return atan2(p->encoders[p->padded + i], p->encoders[i]);
    double intercept = isnan(p->intercept[i]) ? 0 : p->intercept[i];
    return p->encoders[i] < 0 ? -intercept : intercept;
}

/* Rises with the number; -0 is 0. */
static uint64_t key_of(double number)
{
    uint64_t bits;
    number += 0.0;
    memcpy(&bits, &number, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static void sort_by_bits(const struct keyed *from, struct keyed *to, size_t n, int shift)
{
    size_t start[BINS + 1] = {0};
    for (size_t i = 0; i < n; i++)
        start[(from[i].key >> shift) % BINS + 1]++;
    for (size_t b = 0; b < BINS; b++)
        start[b + 1] += start[b];
    for (size_t i = 0; i < n; i++)
        to[start[(from[i].key >> shift) % BINS]++] = from[i];
}

static bool is_off(const struct population *p, size_t i)
{
    return p->dims == 1 && p->encoders[i] < 0;
}

bool population_sort(struct population *p, struct error *error)
{
    struct keyed *from = xcalloc(p->n, sizeof *from), *to = xcalloc(p->n, sizeof *to);
    for (size_t i = 0; i < p->n; i++)
        from[i] = (struct keyed){key_of(place(p, i)), (uint32_t)i};
    for (int shift = 0; shift < 64 && !stop_requested(); shift += BITS) {
        sort_by_bits(from, to, p->n, shift);
        struct keyed *other = from;
        from = to;
        to = other;
    }
    size_t at = 0;
    for (int on = 0; on < 2; on++)
        for (size_t i = 0; i < p->n; i++)
            if (is_off(p, from[i].neuron) != on)
                p->order[at++] = from[i].neuron;
    free(from);
    free(to);
    return !stop_requested() || error_set(error, "interrupted");
}
