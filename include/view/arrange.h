/* Which panes show what there is, when something comes or goes. UI thread only. */
#ifndef VIEW_ARRANGE_H
#define VIEW_ARRANGE_H

#include "view/look.h"

/* Opens the panes a first channel gets; where there are panes, those whose channel was removed take it. True if it is
 * shown then. */
bool channel_show_first(struct look *look, const struct channel *channel);
/* The same for a population that is new; a neuron of one that is shown is selected. */
void channel_show_live(struct look *look, struct channel *channel);
/* What was looked at so far gives its place to it, unless it is shown already or they share an axis of time. */
void channel_show(struct look *look, const struct channel *channel);
/* "data/2024-run 3.csv" -> "R2024_run_3", into name[SUBJECT_NAME]. */
void channel_name_from_path(const char *path, char *name);

#endif
