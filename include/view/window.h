/* Moving the window in time over a channel and all that share its axis. UI thread only. */
#ifndef VIEW_WINDOW_H
#define VIEW_WINDOW_H

#include <stdbool.h>

#include "base/error.h"
#include "rig/channel.h"
#include "view/look.h"

/* The window a channel is looked at through: its own, or the one that all populations share (NULL, too). */
struct time_window *channel_window(struct look *look, struct channel *channel);

/* Sets the width, s. The time `at` (s) keeps its place on the screen; NaN: the point that goto went to does, or else
 * the cursors, if they are in sight, else the middle. A window that follows goes on following, unless the simulation is
 * paused and something was asked for. */
void view_time_width(struct look *look, struct channel *channel, double width, double at);
/* Makes the window as wide as the whole record. */
void view_time_all(struct look *look, struct channel *channel);
/* Moves the window by so many seconds, later if > 0, as far as the record reaches; a live window that reaches its end
 * follows again. */
void view_time_scroll(struct look *look, struct channel *channel, double by);
/* Shows the present of the simulation again, or of a replay. */
void view_time_follow(struct look *look, struct channel *channel);
/* The window that all populations share shows the present of the simulation again, and the point that goto went to is
 * forgotten. */
void view_time_present(struct look *look);
/* Stops following where the window is. */
void view_time_hold(struct look *look, struct channel *channel);
/* Brings a time to the middle, and marks it; a replay goes on from there. */
void view_time_centre(struct look *look, struct channel *channel, double time);
/* Goes to the next spike of the selected neuron, or the one before; the window moves only if it has to. False
 * with a sentence. */
bool view_time_spike(struct look *look, struct channel *channel, bool next, struct error *error);

/* The stretch of time that is seen, s. */
struct time_seen {
    double from, to;
    double now; /* s; NaN: neither a simulation, nor a replay, nor a point gone to */
    bool sweep; /* from..to is a page that fills up to now */
};
struct time_seen view_time_seen(const struct look *look, const struct channel *channel);

#endif
