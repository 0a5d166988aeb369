/* Numbers that describe one spike train. Pure; any thread. */
#ifndef SIGNAL_STATS_H
#define SIGNAL_STATS_H

#include <stddef.h>

#include "signal/span.h"

struct train_stats {
    size_t spikes;
    double rate;       /* those that count over its length, Hz; NaN when the span has none */
    double isi_mean;   /* s; NaN with fewer than two spikes (of different times) */
    double isi_median; /* s; NaN likewise */
    double isi_cv;     /* sd / mean of intervals (population sd); NaN with fewer than three */
    double isi_min;    /* s; NaN with fewer than two spikes (of different times) */
    /* Of neighbouring intervals, so that a slowly changing rate does not count as irregular; both are 0 for a
     * regular train and 1 on average for a Poisson train, and NaN with fewer than three spikes (of different
     * times). */
    double isi_cv2;    /* mean of 2 |b - a| / (a + b): Holt, Softky, Koch & Douglas 1996 */
    double isi_lv;     /* mean of 3 ((a - b) / (a + b))^2: Shinomoto, Shima & Tanji 2003 */
    size_t duplicates; /* equal successive times, left out of the intervals */
};

/* spikes[k] rising: all that the span lists. */
struct train_stats train_stats(const double *spikes, size_t k, const struct time_span *span);

/* Fano factor: variance over mean of the spike counts in windows of `window` seconds, one after the other
 * from the beginning of the span on, half-open as it is; what does not fill a window before its end is left out, and so
 * is a spike that does not count. The variance is the population's, as with isi_cv. 0 for a regular train whose period
 * divides the window, 1 for a Poisson train. NaN with fewer than two windows or no spike in them. spikes[k] rising.
 */
double train_fano(const double *spikes, size_t k, const struct time_span *span, double window);

/* Intervals shorter than `limit` seconds, which a neuron that refractory cannot have. Equal times are
 * `duplicates` instead; a difference that may be rounding of the times does not count. spikes[k] rising. */
size_t train_violations(const double *spikes, size_t k, double limit);

#endif
