/* Which channels share one axis of time: all populations (one clock), and recordings that overlap in time, or
 * all of them, as `set link=` says; a stream has its own unless it says so. UI thread only. */
#ifndef VIEW_LINK_H
#define VIEW_LINK_H

#include <stdbool.h>

struct channel;
struct look;

bool view_linked(const struct look *look, const struct channel *a, const struct channel *b);
/* Gives the window of the channel to all that are linked with it. */
void view_link_share(struct look *look, struct channel *channel);
/* Another channel that is linked with this one; NULL. */
struct channel *view_link_other(const struct look *look, const struct channel *channel);

/* What there is to see on the axis of a channel. */
struct time_axis {
    bool any;           /* there is something */
    double first, last; /* s, of all channels of the axis */
    bool live;          /* a simulation is one of them */
    bool recorded;      /* a recording is */
    bool arriving;      /* no simulation, but a stream is */
    double now;         /* present of the simulation, the newest of the streams, or of the replay; NaN: none */
};
struct time_axis view_link_axis(const struct look *look, const struct channel *channel);

#endif
