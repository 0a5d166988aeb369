/* Which time stands in which column. Not sweeping, the window runs from its left to its right edge. Sweeping, as on an
 * oscilloscope, a page fills up to `now` and right of that the page before is still there; so between two frames only
 * the cells next to now change. Pure; any thread. */
#ifndef DRAW_TIMEBASE_H
#define DRAW_TIMEBASE_H

#include <stdbool.h>

#include "draw/axis.h"
#include "draw/view.h"
#include "picture/plot.h"

struct timebase {
    double from, to;    /* the page */
    double first, last; /* times that are visible: first < t <= last while sweeping, else first <= t <= last */
    bool sweep;
    int width; /* dots from..to */
};

struct timebase timebase_of(const struct subject *subject, const struct plot *plot);
/* Dot column of a visible time as a fraction (0 <= column < width); NaN when it is not visible. */
double timebase_column(const struct timebase *timebase, double time);
/* The time in the middle of a dot column. */
double timebase_time(const struct timebase *timebase, int column);
/* An interval of time as pieces of dot columns (two where it runs over the edge of a page); returns how many. */
struct span {
    double from, to;
};
int timebase_spans(const struct timebase *timebase, double from, double to, struct span out[2]);
/* The line at now (sweeping, between what is new and what is old; else through empty cells and on the axis), and the
 * subject's cursors and markers. Draw it last, after the heading. */
void timebase_cursor(const struct timebase *timebase, const struct plot *plot, const struct axes *axes,
                     const struct subject *subject);
/* "7.4 ms/dot" */
void timebase_scale(const struct timebase *timebase, char *out, size_t size);

#endif
