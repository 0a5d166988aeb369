/* The firing rate of one neuron in each dot column of a pane over time. Pure; any thread that may read the
 * subject. */
#ifndef DRAW_RATE_COLUMNS_H
#define DRAW_RATE_COLUMNS_H

#include "draw/subject.h"
#include "draw/timebase.h"
#include "picture/plot.h"
#include "signal/kernel.h"

/* The mean rate in a column is sum / time of what is known of it; low and high are the least and the largest rate in
 * it, Hz. Where a column is longer than what changes, the mean alone would beat with the grid of columns: a rhythm of 2
 * Hz would look like one of 0.3 Hz. */
struct rate_columns {
    double sum[PLOT_WIDEST], time[PLOT_WIDEST], low[PLOT_WIDEST], high[PLOT_WIDEST];
};

/* Nothing is known yet. */
void rate_columns_clear(struct rate_columns *columns);
/* A rate that held for some time (s) of a column. */
void rate_columns_add(struct rate_columns *columns, int column, double rate, double time);

/* One over the interval between spikes, held from the first to the second. The interval that is still open at
 * the end counts as soon as it is longer than the one before: its rate is then at most one over the time
 * waited. */
void rate_columns_intervals(struct rate_columns *columns, const struct subject *subject,
                            const struct timebase *timebase, uint32_t neuron);
/* What a spike is spread into; in the picture it counts as `gain` spikes, as in the table (signal/kernel.h). */
struct spike_spread {
    const struct rate_kernel *kind;
    double tau, gain;
    bool causal;
};
/* Every spike spread over time, at steps so small that the picture does not depend on them. */
void rate_columns_kernel(struct rate_columns *columns, const struct subject *subject, const struct timebase *timebase,
                         uint32_t neuron, const struct spike_spread *smoothing);
/* Every rate times `factor`. */
void rate_columns_scale(struct rate_columns *columns, int width, double factor);
/* Hz; NaN where nothing is known. */
double rate_columns_at(const struct rate_columns *columns, int column);

#endif
