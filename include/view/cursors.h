/* Cursors and markers on an axis of time, and what lies between the cursors. UI thread only. */
#ifndef VIEW_CURSORS_H
#define VIEW_CURSORS_H

#include <stdbool.h>

#include "rig/channel.h"
#include "view/look.h"

/* Fills channel->mark with the markers and the point that goto went to, then the cursors. */
void view_marks_fill(struct look *look, struct channel *channel);
/* Off unless both cursors are there, at different times. */
struct between view_marks_between(struct look *look, struct channel *channel);

/* Adds a marker; the label is cut to what a marker holds. */
void view_marks_add(struct look *look, const struct channel *channel, double time, const char *label);
/* Takes away the markers of a channel (with this label; NULL: any). Returns how many. */
size_t view_marks_remove(struct look *look, const struct channel *channel, const char *label);

#endif
