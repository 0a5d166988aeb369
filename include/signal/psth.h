/* Spikes around events: the peri-stimulus time histogram, with the spread from event to event. Pure; any thread. */
#ifndef SIGNAL_PSTH_H
#define SIGNAL_PSTH_H

#include <stddef.h>
#include <stdint.h>

struct psth {
    size_t bins;
    double bin, before; /* s; bin k holds lags from k bin - before up to (k + 1) bin - before */
    size_t trials;      /* events that were added */
    uint64_t *spikes;   /* [bins] over all trials */
    double *squares;    /* [bins] sums of the squared counts of single trials */
};

/* Adds a trial: spikes (times rise) around an event. `scratch`[bins] is overwritten. */
void psth_add(struct psth *psth, const double *time, size_t count, double event, uint64_t *scratch);
/* Spikes a second in bin k, the mean over trials; NaN without a trial. */
double psth_rate(const struct psth *psth, size_t k);
/* Its standard error: the standard deviation over trials (n - 1) over the root of n; NaN for fewer than two. */
double psth_error(const struct psth *psth, size_t k);

#endif
