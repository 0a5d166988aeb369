/* A value over time as a line: all lines are read off the same points; a column of dots shows the last value in its
 * time, or everything between the least and the largest. UI thread only. */
#ifndef DRAW_COURSE_H
#define DRAW_COURSE_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/timebase.h"
#include "picture/plot.h"

/* What a line is drawn from, and how. */
struct course {
    const void *of; /* points [first, count), their times rising */
    size_t first, count;
    double (*time)(const void *of, size_t i);
    double (*value)(const void *of, size_t i, size_t index); /* what is not finite leaves a gap */
    size_t index;
    enum ink ink;
    int on, every; /* dashes: dots of four; or, when `every` is not 0, one dot in so many */
    bool range;    /* everything between the least and the largest of a column */
};

/* Values low..high fill the plot's height. True: something was beyond. */
bool course_draw(const struct course *course, const struct plot *plot, const struct timebase *timebase, double low,
                 double high);

#endif
