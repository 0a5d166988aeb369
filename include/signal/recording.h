/* Spikes that were recorded elsewhere. Read-only once built: sorted by time (stably), with an index by unit, so
 * either way of asking is quick. 16 bytes a spike. Any thread may read. */
#ifndef SIGNAL_RECORDING_H
#define SIGNAL_RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "signal/source.h"

struct recording {
    size_t units;
    char **label;     /* [units] */
    size_t spikes;
    double *time;     /* [spikes] s, absolute, rising */
    uint32_t *unit;   /* [spikes] */
    uint32_t *start;  /* [units + 1] unit u's spikes are by_unit[start[u]] .. by_unit[start[u + 1] - 1] */
    uint32_t *by_unit;/* [spikes] indices into time, grouped by unit, rising */
    double first, last; /* span: first and last sample of a dense file, first and last spike of events */
    size_t samples;     /* dense files: number of rows, else 0 */
    double *sample_time;/* [samples] s, rising; NULL for events */
    char *source;       /* the file it came from */
    char *described;    /* what the loader said, one line */
};

/* Takes the arrays (malloc'ed) and labels; sorts and indexes. spikes < 2^32. */
struct recording *recording_new(char **label, size_t units, double *time, uint32_t *unit, size_t spikes);
/* The same with sample times of a dense file (taken; rising). */
void recording_set_samples(struct recording *recording, double *sample_time, size_t samples);
void recording_free(struct recording *recording);
struct spike_source recording_source(const struct recording *recording);

#endif
