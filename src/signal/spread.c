/* Neurons are dealt out to groups in turn; the spread of the groups' rates is the error of their mean, as
 * that of single neurons would be. */
#include "signal/spread.h"

#include <math.h>

#define GROUPS 1024

struct groups {
    size_t count, spikes;
    size_t of[GROUPS];
};

static void add(void *context, double time, uint32_t neuron)
{
    struct groups *groups = context;
    (void)time;
    groups->of[neuron % groups->count]++;
    groups->spikes++;
}

/* Group g of `count` among n neurons. */
static double group_size(size_t n, size_t count, size_t g)
{
    return (double)(n / count + (g < n % count));
}

struct rate_spread rate_spread(const struct spike_source *source, const struct time_span *span)
{
    size_t n = source->neurons;
    double time = span_length(span), square = 0;
    if (n == 0 || !(time > 0))
        return (struct rate_spread){0, NAN, NAN};
    struct groups groups = {.count = n < GROUPS ? n : GROUPS};
    source_each(source, span_low(span), span_high(span), add, &groups);
    struct rate_spread out = {groups.spikes, (double)groups.spikes / ((double)n * time),
                              sqrt((double)groups.spikes) / ((double)n * time)};
    if (n == 1)
        return out;
    for (size_t g = 0; g < groups.count; g++) {
        double off = (double)groups.of[g] / (group_size(n, groups.count, g) * time) - out.rate;
        square += off * off;
    }
    out.error = sqrt(square / (double)(groups.count - 1) / (double)groups.count);
    return out;
}
