/* What a frame shows of a connection. UI thread only. */
#ifndef VIEW_CONNECTION_SUBJECT_H
#define VIEW_CONNECTION_SUBJECT_H

#include "draw/view.h"
#include "rig/wired.h"
#include "view/look.h"

/* The channel whose neurons stand across a map of its weights: PRE, or where that is POST as well, another that has the
 * same neurons and a selection of its own. */
struct channel *connection_across(struct look *look, struct wired *wired);
/* Fills *subject. `place` has the subject of each of the rig's channels, in their order, and stays as long as it. What
 * a rule has made of the connection is asked for, though not for every frame while it runs: to ask means to wait. */
void connection_subject_fill(struct look *look, struct wired *wired, const struct subject *place,
                             struct subject *subject);
/* Frees what the frames have kept with it. */
void connection_subject_free(struct wired *wired);

#endif
