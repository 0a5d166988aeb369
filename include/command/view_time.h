/* Moving the window in time over a channel; live channels share one. UI thread only. */
#ifndef COMMAND_VIEW_TIME_H
#define COMMAND_VIEW_TIME_H

#include "command/channel.h"

/* Sets the width around the middle of what is shown (a window that follows keeps following). */
void view_time_width(struct session *session, struct channel *channel, double width);
/* The whole record. */
void view_time_all(struct session *session, struct channel *channel);
/* By so many seconds, as far as the record reaches; a live window that reaches its end follows again. */
void view_time_scroll(struct session *session, struct channel *channel, double by);
void view_time_centre(struct session *session, struct channel *channel, double time);

#endif
