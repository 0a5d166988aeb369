/* The time that a table covers. UI thread only. */
#ifndef TABLE_TABLE_SPAN_H
#define TABLE_TABLE_SPAN_H

#include "base/error.h"
#include "rig/channel.h"
#include "signal/span.h"

struct session;

/* What was asked for, in seconds (NaN: not), within the half-open windows of signal/span.h; else what the channel's
 * record lasted. A record in which the neurons changed holds spikes of neurons that are no more: without `from` the
 * table begins at the last change, unless all of what was asked for lies before it. Where it is known how long the
 * record lasted (of populations, dense files and what `load from= to=` told), the span ends with it: what lies beyond
 * is not silence. Of others a `from` or `to` says how long it was recorded. A span without length where nothing was
 * recorded. */
struct time_span table_span(const struct channel *channel, double from, double to);
/* The same; the session is told where the table begins at a change, and of a window that reaches beyond the record.
 * False with a sentence when `from` is above `to`. */
bool table_span_say(struct session *session, const struct channel *channel, double from, double to,
                    struct time_span *span, struct error *error);
/* Of that only what is about the window: for tables to which it is all one which neurons there were. */
bool table_window_say(struct session *session, const struct channel *channel, double from, double to,
                      struct error *error);
/* Tells the session where channel_rate_unit is not 1. */
void table_say_rate_unit(struct session *session, const struct channel *channel);

#endif
