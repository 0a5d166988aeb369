/* Populations, recordings and streams by their names. UI thread only. */
#ifndef SESSION_NAMES_H
#define SESSION_NAMES_H

#include "base/error.h"
#include "language/names.h"
#include "rig/channel.h"

struct session;

/* The channel called `name`; NULL with a sentence that lists what there is. */
struct channel *channel_find(const struct session *session, const char *name, enum channel_wanted wanted,
                             struct error *error);
/* The one meant when no name is given: the focused pane's, else the only one (the first pane's when there are
 * several); NULL with a sentence. */
struct channel *channel_default(const struct session *session, enum channel_wanted wanted, struct error *error);

/* The two for the language. */
extern const struct names session_names;

#endif
