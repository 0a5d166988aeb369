/* Sorting spikes by time, and by unit within one time. */
#ifndef SIGNAL_SPIKE_SORT_H
#define SIGNAL_SPIKE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Times are finite. Takes at most 1.5 bytes a spike for a while, and next to none where times are spread evenly or the
 * order is nearly right. */
void spike_sort(double *time, uint32_t *unit, size_t n);

#endif
