/* The spikes of a source neuron by neuron, gathered in one pass over them. UI thread only. */
#ifndef RIG_TRAINS_H
#define RIG_TRAINS_H

#include <stddef.h>

#include "signal/source.h"

struct trains {
    size_t neurons;
    size_t *start; /* [neurons + 1] */
    double *time;  /* neuron i's, rising: time[start[i]] .. time[start[i + 1] - 1] */
};

/* Spikes in [from, to]. */
struct trains trains_gather(const struct spike_source *source, double from, double to);
void trains_free(struct trains *trains);

#endif
