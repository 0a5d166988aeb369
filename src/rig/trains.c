/* A counting sort by neuron: count, add up, fill. */
#include "rig/trains.h"

#include <stdlib.h>

#include "base/xalloc.h"

static void count_spike(void *context, double time, uint32_t neuron)
{
    struct trains *trains = context;
    (void)time;
    trains->start[neuron + 1]++;
}

static void put_spike(void *context, double time, uint32_t neuron)
{
    struct trains *trains = context;
    trains->time[trains->start[neuron]++] = time;
}

struct trains trains_gather(const struct spike_source *source, double from, double to)
{
    struct trains trains = {.neurons = source->neurons};
    trains.start = xcalloc(trains.neurons + 1, sizeof *trains.start);
    source_each(source, from, to, count_spike, &trains);
    for (size_t i = 0; i < trains.neurons; i++)
        trains.start[i + 1] += trains.start[i];
    trains.time = xreallocarray(NULL, trains.start[trains.neurons], sizeof *trains.time);
    source_each(source, from, to, put_spike, &trains);
    /* Each start has moved to the next one's place. */
    for (size_t i = trains.neurons; i > 0; i--)
        trains.start[i] = trains.start[i - 1];
    trains.start[0] = 0;
    return trains;
}

void trains_free(struct trains *trains)
{
    free(trains->start);
    free(trains->time);
    *trains = (struct trains){0};
}
