/* The mean rate of all neurons of a subject, spikes per neuron and second. Pure; any thread that may read the
 * subject. */
#ifndef DRAW_MEAN_RATE_H
#define DRAW_MEAN_RATE_H

#include "draw/subject.h"
#include "draw/timebase.h"

/* How long a bin must be at least, s: as long as a column of dots, two samples of a dense recording, and the time that
 * brings some twenty spikes. In shorter ones a line would show how finely time was divided and not the rate. */
double mean_rate_bin(const struct subject *subject, const struct timebase *timebase);
/* From `from` to `to`, half-open as the tables are (subject_span), Hz, over as much of that as the record spans; NaN
 * where nothing is known of it. */
double mean_rate(const struct subject *subject, double from, double to);
/* The time for which the record stands there, s; 0 when nothing is known of it. */
double mean_rate_known(const struct subject *subject, double from, double to);
/* Into how many parts a dot can be divided so that each still is as long as it must be. */
int mean_rate_parts(const struct subject *subject, const struct timebase *timebase);

#endif
