/* Cursors, markers and what lies between the cursors, over a pane with a time axis. UI thread only. */
#ifndef DRAW_MARKS_H
#define DRAW_MARKS_H

#include "draw/foot.h"
#include "draw/timebase.h"

/* Lines through empty cells, signs on the axis, and in the heading, where it is blank, the names and what the
 * cursors measure. */
void marks_draw(const struct timebase *timebase, const struct plot *plot, const struct axes *axes,
                const struct subject *subject);

/* What the cursors measure, where there is no heading for it. */
void marks_foot(struct foot *foot, const struct axes *axes, const struct subject *subject);

#endif
