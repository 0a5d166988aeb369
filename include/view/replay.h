/* Playing a recording as if it happened now. It is moved on by session_collect, once a frame. UI thread only.
 */
#ifndef VIEW_REPLAY_H
#define VIEW_REPLAY_H

#include <stdbool.h>

#include "base/error.h"

struct channel;
struct session;

/* Whether what shares the axis of the channel is being replayed, running or paused. */
bool replay_on(const struct session *session, const struct channel *channel);
/* Plays from `from` to `until` at a speed (NaN: as before, 1 at first). Without a clock to follow (scripts)
 * it is there at once. False with a sentence when there is nothing to play. */
bool replay_play(struct session *session, struct channel *channel, double from, double until, double speed,
                 struct error *error);
/* The same from its place to the end. */
bool replay_resume(struct session *session, struct channel *channel, struct error *error);
/* Where a replay would start: where it paused, else at the point gone to, else at the left edge of the
 * window. */
double replay_place(struct session *session, const struct channel *channel);
void replay_pause(struct session *session);
void replay_seek(struct session *session, double time);
/* Leaves it: everything is seen again. */
void replay_stop(struct session *session);
/* True if it moved. */
bool replay_advance(struct session *session);

#endif
