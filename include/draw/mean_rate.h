/* The mean rate of all neurons of a subject, spikes per neuron and second. Pure; any thread that may read the
 * subject. */
#ifndef DRAW_MEAN_RATE_H
#define DRAW_MEAN_RATE_H

#include "draw/subject.h"
#include "draw/timebase.h"

/* How long a bin must be at least, s: a dot, but two samples of a dense recording and some twenty spikes,
 * else a line would show how finely it was drawn. */
double mean_rate_bin(const struct subject *subject, const struct timebase *timebase);
/* In from <= t < to, Hz; NaN where nothing is known of it. */
double mean_rate(const struct subject *subject, double from, double to);

#endif
