/* A stretch of time as every table counts in it. Windows are half-open, so that two that adjoin count each spike once
 * and add up. Of a simulation a time is the end of a step, so a window holds from < t <= to; of a recording it holds
 * from <= t < to. Times and limits that differ by rounding only (eight units in the last place) are the same time.
 * Pure; any thread. */
#ifndef SIGNAL_SPAN_H
#define SIGNAL_SPAN_H

#include <stdbool.h>

struct time_span {
    double from, to; /* s; to >= from, equal when nothing is known of how long it lasts */
    bool steps;      /* times are ends of steps: from < t <= to */
    bool closed;     /* nobody said how long the record went on: it ends with its last spike, at `to`. That spike is
                        listed, and ends the last interval, but belongs to no window and to no rate */
};

/* Times t of the spikes to list: span_low <= t <= span_high. */
double span_low(const struct time_span *span);
double span_high(const struct time_span *span);
/* Whether a listed spike counts in windows and rates: all but one that closes the record. */
bool span_counts(const struct time_span *span, double time);
/* Leaves out what is before `time`; of one that is over by then, nothing is left. */
void span_since(struct time_span *span, double time);
/* Seconds; 0 for one that has no length. */
double span_length(const struct time_span *span);
/* `spikes` over its length, Hz; NaN for one that has no length. */
double span_rate(const struct time_span *span, double spikes);

#endif
