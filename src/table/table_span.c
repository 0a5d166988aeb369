#include "table/table_span.h"

#include <math.h>

#include "base/number.h"
#include "session/message.h"
#include "session/session.h"

/* Whether the record has steps of the neurons that were there before the present ones, and no time was asked for that
 * only those were there. */
static bool begins_anew(const struct channel *channel, const struct time_span *record, double from, double to)
{
    return channel->population && isnan(from) && channel->changed > span_low(record) &&
           !(to <= channel->changed);
}

struct time_span table_span(const struct channel *channel, double from, double to)
{
    struct time_span span = {.steps = channel->population != NULL};
    struct spike_source source = channel_source(channel);
    if (!source_extent(&source, &span))
        span = (struct time_span){.steps = channel->population != NULL};
    if (begins_anew(channel, &span, from, to))
        span.from = fmin(channel->changed, span.to);
    if (!isnan(from))
        span.from = from;
    if (!isnan(to)) {
        span.to = to;
        span.closed = false;
    }
    return span;
}

/* Rounding of what was typed is no part of a record that is missing. */
static bool reaches_past(const struct time_span *record, double from, double to)
{
    double slack = 1e-9 * fmax(fabs(record->from), fabs(record->to));
    return from < record->from - slack || to > record->to + slack;
}

struct time_span table_span_say(struct session *session, const struct channel *channel, double from, double to)
{
    struct time_span record;
    struct spike_source source = channel_source(channel);
    char begin[NUMBER_HUMAN], end[NUMBER_HUMAN];
    if (!source_extent(&source, &record))
        return table_span(channel, from, to);
    if (begins_anew(channel, &record, from, to))
        session_note(session, "%s: begins at %s, when its neurons changed; from= asks for more", channel->name,
                     number_human(begin, channel->changed, DIMENSION_TIME));
    if (reaches_past(&record, from, to))
        session_note(session, "%s: only %s to %s is recorded; outside there are no spikes", channel->name,
                     number_human(begin, record.from, DIMENSION_TIME), number_human(end, record.to, DIMENSION_TIME));
    return table_span(channel, from, to);
}

void table_say_rate_unit(struct session *session, const struct channel *channel)
{
    if (channel_rate_unit(channel) != 1)
        session_note(session, "%s: rates are in the units of its curves, amplitude=%.4g times spikes per second", channel->name,
                     channel_rate_unit(channel));
}
