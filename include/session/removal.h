/* Taking channels away. UI thread only. */
#ifndef SESSION_REMOVAL_H
#define SESSION_REMOVAL_H

#include "session/session.h"

/* Takes it off the list and frees it, with its marks, its replay and the knobs on it. Its panes stay, and wait for
 * something new. */
void channel_remove(struct session *session, struct channel *channel);
/* The same for a population, which the engine lets go of. */
void live_remove(struct session *session, struct channel *channel);

#endif
