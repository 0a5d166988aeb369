/* Numbers that describe one spike train. Pure; any thread. */
#ifndef SIGNAL_STATS_H
#define SIGNAL_STATS_H

#include <stddef.h>

struct train_stats {
    size_t spikes;
    double rate;       /* spikes / (to - from), Hz; 0 when the span is empty */
    double isi_mean;   /* s; NaN with fewer than two spikes (of different times) */
    double isi_median; /* s; NaN likewise */
    double isi_cv;     /* sd / mean of intervals (population sd); NaN with fewer than three */
    double isi_min;    /* s; NaN with fewer than two spikes (of different times) */
    size_t duplicates; /* equal successive times, left out of the intervals */
};

/* spikes[k] rising, all within [from, to]. */
struct train_stats train_stats(const double *spikes, size_t k, double from, double to);

#endif
