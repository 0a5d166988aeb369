/* Playing a recording as if it happened now. It is moved on by session_collect, once a frame. UI thread only.
 */
#ifndef VIEW_REPLAY_H
#define VIEW_REPLAY_H

#include <stdbool.h>

#include "base/error.h"

struct channel;
struct look;

/* Whether what shares the axis of the channel is being replayed, running or paused. */
bool replay_on(const struct look *look, const struct channel *channel);
/* Plays from `from` to `until` at a speed (NaN: as before, 1 at first). Without a clock to follow (scripts)
 * it is there at once. False with a sentence when there is nothing to play. */
bool replay_play(struct look *look, struct channel *channel, double from, double until, double speed,
                 struct error *error);
/* The same from its place to the end. */
bool replay_resume(struct look *look, struct channel *channel, struct error *error);
/* Where a replay would start: where it paused, else at the point gone to, else at the left edge of the
 * window. */
double replay_place(struct look *look, const struct channel *channel);
void replay_pause(struct look *look);
void replay_seek(struct look *look, double time);
/* Leaves it: everything is seen again. */
void replay_stop(struct look *look);
/* True if it moved. */
bool replay_advance(struct look *look);

/* One is going on, and not paused. */
bool replay_moves(const struct look *look);

#endif
