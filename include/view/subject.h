/* What a frame shows of a channel. UI thread only. */
#ifndef VIEW_SUBJECT_H
#define VIEW_SUBJECT_H

#include "draw/view.h"
#include "pane/pane.h"
#include "view/look.h"

/* Whether a pane of this type can show the channel: a recording has no tuning curves. */
bool view_suits(const struct pane_type *type, const struct channel *channel);
/* The channel of the focused pane (of a connection: POST), else of the first one; NULL. */
struct channel *view_channel(const struct look *look);
/* Present x of a live channel: [dims], borrowed until the next call. */
const double *view_input(struct look *look, struct channel *channel);
/* Fills *subject with what panes show of the channel; everything in it is borrowed from the channel. */
void subject_fill(struct look *look, struct channel *channel, struct subject *subject);
/* Something that panes show is still being computed. */
bool subject_busy(const struct look *look);

#endif
