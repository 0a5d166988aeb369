/* What the accuracy pane shows of a population: neurons with its parameters, simulated at currents from 0 to the
 * largest that its own neurons meet, a little each time somebody looks, until there is enough. Begun anew when a
 * parameter or dt is another one. UI thread only. */
#ifndef RIG_ACCURATE_H
#define RIG_ACCURATE_H

#include <stdbool.h>

#include "draw/view.h"

struct channel;
struct rig;
struct accurate;

/* Does some more, in a script all there is to do; the view is valid until the next call. */
const struct accuracy_view *accurate_look(const struct rig *rig, struct channel *channel);
/* There is more to do for whoever looks again. */
bool accurate_busy(const struct channel *channel);
void accurate_free(struct accurate *accurate);

#endif
