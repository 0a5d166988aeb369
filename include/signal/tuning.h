/* Tuning curves as they were measured: spikes of each neuron while x was near a value, over the time x was there.
 *
 *   rate = spikes / time,   standard error = sqrt(spikes) / time
 *
 * The error is that of a Poisson process. Neurons that fire regularly do better than it says; a bin without spikes has
 * error 0, though all it tells is that the rate is hardly above 1 / time.
 *
 * Time is counted exactly: a straight line that crosses a bin spends there what it needs to cross it. Filled by one
 * thread, then read-only. */
#ifndef SIGNAL_TUNING_H
#define SIGNAL_TUNING_H

#include <stddef.h>
#include <stdint.h>

#include "signal/source.h"
#include "signal/trace.h"

struct tuning_bins {
    size_t bins, units;
    double low, high; /* of x; bins of equal `width` lie side by side from one to the other */
    double width;
    double from, to;       /* s, the part of time that counts */
    double *time;          /* [bins] s spent in each */
    double *origin;        /* [bins] what moments are taken about */
    double *mean, *spread; /* [bins] mean and standard deviation of x in there, by time; NaN where time is 0 */
    uint32_t *spikes;      /* [units][bins] */
};

/* `bins` (>= 1) of them from low to high, with no spikes yet; one that holds all when low == high. A value on an edge
 * belongs to the bin above, the highest one to the last.
 * Only time between from and to counts, half-open as windows are (signal/span.h; steps for a trace of steps); either
 * may be infinite where the trace ends by itself. */
struct tuning_bins *tuning_bins_new(const struct trace *trace, double from, double to, double low, double high,
                                    size_t bins, size_t units);
void tuning_bins_free(struct tuning_bins *bins);
/* Adds the spikes of a unit, spikes[k] rising; those outside the time or the bins do not count. The trace is the one
 * the bins were made from. */
void tuning_bins_count(struct tuning_bins *bins, const struct trace *trace, size_t unit, const double *spikes,
                       size_t k);
/* Adds all spikes of a source of as many neurons, in one pass. */
void tuning_bins_source(struct tuning_bins *bins, const struct trace *trace, const struct spike_source *source);

/* The same with so many neighbours made one; their number must be divisible by that. */
struct tuning_bins *tuning_bins_merge(const struct tuning_bins *from, size_t together);

/* The value its rate belongs to: the mean of x in there, or its middle where x never was. */
double tuning_bins_x(const struct tuning_bins *bins, size_t bin);
/* Where it begins; bin == bins: where the last one ends. */
double tuning_bins_edge(const struct tuning_bins *bins, size_t bin);
uint32_t tuning_bins_spikes(const struct tuning_bins *bins, size_t unit, size_t bin);
/* Hz; NaN where x never was. */
double tuning_bins_rate(const struct tuning_bins *bins, size_t unit, size_t bin);
double tuning_bins_error(const struct tuning_bins *bins, size_t unit, size_t bin);

#endif
