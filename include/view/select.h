/* The selected neuron of a channel. UI thread only. */
#ifndef VIEW_SELECT_H
#define VIEW_SELECT_H

#include <stdbool.h>

#include "rig/channel.h"
#include "view/look.h"

/* `which` is a number or label, or next, prev (in the order shown), none. False with a sentence. */
bool view_select(struct channel *channel, const char *which, struct error *error);
/* Says what the selected neuron is and does. */
void view_select_say(struct look *look, const struct channel *channel);

#endif
