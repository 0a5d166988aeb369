/* Sorting spikes by time, and by unit within one time. */
#ifndef SIGNAL_SPIKE_SORT_H
#define SIGNAL_SPIKE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Takes 1.5 bytes a spike for a while, and none where the order is nearly right. */
void spike_sort(double *time, uint32_t *unit, size_t n);

#endif
