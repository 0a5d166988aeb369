/* A window of time with nothing in it is empty for reasons that look alike: nothing has run or come yet, the record
 * lies elsewhere, or it is silent here. UI thread only. */
#ifndef DRAW_ELSEWHERE_H
#define DRAW_ELSEWHERE_H

#include "draw/subject.h"
#include "picture/plot.h"

/* Writes over the plot why it is empty, if it is: that nothing has run, or where the spikes are, and the command that
 * goes there. Returns whether something was written. */
bool elsewhere_draw(const struct subject *subject, const struct plot *plot);
/* The same, and silence too: for panes that then show nothing at all. `spikes` of the neurons shown are in the window
 * `from`..`to`, s. */
void elsewhere_or_silent(const struct subject *subject, const struct plot *plot, size_t spikes, double from, double to);

#endif
