/* The time that a table covers. UI thread only. */
#ifndef TABLE_TABLE_SPAN_H
#define TABLE_TABLE_SPAN_H

#include "rig/channel.h"
#include "signal/span.h"

struct session;

/* What was asked for, in seconds (NaN: not), within the half-open windows of signal/span.h; else what the channel's record
 * lasted. A record in which the neurons changed holds spikes of neurons that are no more: without `from` the table begins
 * at the last change, unless all of what was asked for lies before it. An empty span where nothing was recorded. */
struct time_span table_span(const struct channel *channel, double from, double to);
/* The same; the session is told where it begins at a change. */
struct time_span table_span_say(struct session *session, const struct channel *channel, double from, double to);
/* Tells the session where channel_rate_unit is not 1. */
void table_say_rate_unit(struct session *session, const struct channel *channel);

#endif
