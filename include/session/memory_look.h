/* How a session is looked at, as bytes; for session/memory.h. UI thread only. */
#ifndef SESSION_MEMORY_LOOK_H
#define SESSION_MEMORY_LOOK_H

#include "wire/bytes.h"

struct session;

/* Panes, windows in time, marks, selections, which rows are shown, settings, knobs. */
void memory_look_write(const struct session *session, struct bytes *out);
/* What of it is about channels that are gone is left out. The focus stays where it can. */
void memory_look_read(struct session *session, const struct bytes *from);

#endif
