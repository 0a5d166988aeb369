/* A window of time in which a recording has nothing is empty for two reasons that look alike: silence, or that the
 * recording lies elsewhere. UI thread only. */
#ifndef DRAW_ELSEWHERE_H
#define DRAW_ELSEWHERE_H

#include "draw/subject.h"
#include "picture/plot.h"

/* Writes over the plot where the spikes are, and the command that goes there, if the window holds no part of the record. */
void elsewhere_draw(const struct subject *subject, const struct plot *plot);

#endif
