#include "table/table_span.h"

#include <math.h>

#include "base/number.h"
#include "session/message.h"
#include "session/session.h"

/* Whether the record has steps of the neurons that were there before the present ones, and no time was asked for that
 * only those were there. */
static bool begins_anew(const struct channel *channel, const struct time_span *record, double from, double to)
{
    return channel->population && isnan(from) && channel->changed > span_low(record) && !(to <= channel->changed);
}

/* What is known of the channel; false for nothing at all. */
static bool record_of(const struct channel *channel, struct time_span *record)
{
    struct spike_source source = channel_source(channel);
    if (source_extent(&source, record))
        return true;
    *record = (struct time_span){.steps = channel->population != NULL};
    return false;
}

static double within(const struct time_span *record, double time)
{
    return fmin(fmax(time, record->from), record->to);
}

struct time_span table_span(const struct channel *channel, double from, double to)
{
    struct time_span record;
    record_of(channel, &record);
    struct time_span span = record;
    if (begins_anew(channel, &record, from, to))
        span_since(&span, channel->changed);
    if (!isnan(from))
        span.from = record.closed ? from : within(&record, from);
    if (!isnan(to)) {
        span.to = record.closed ? to : within(&record, to);
        span.closed = false;
    }
    return span;
}

/* ---- what there is to say ---- */

/* By more than rounding. */
static bool below(double a, double b)
{
    return a < b - 1e-9 * fmax(fabs(a), fabs(b));
}

static void say_beyond(struct session *session, const struct channel *channel, double from, double to)
{
    struct time_span record;
    char first[NUMBER_HUMAN], last[NUMBER_HUMAN];
    if (isnan(from) && isnan(to))
        return;
    if (!record_of(channel, &record)) {
        session_note(session, "%s has no record yet", channel->name);
        return;
    }
    number_human(first, record.from, DIMENSION_TIME);
    number_human(last, record.to, DIMENSION_TIME);
    bool spikes = record.closed; /* alone say how long it was */
    if (to <= record.from || (spikes ? from > record.to : from >= record.to))
        session_note(session, "%s has no record there: it goes from %s to %s", channel->name, first, last);
    else if ((below(from, record.from) || below(record.to, to)) && spikes)
        session_note(session, "%s: its spikes go from %s to %s; the rest of the window is taken for silence",
                     channel->name, first, last);
    else if (below(from, record.from) || below(record.to, to))
        session_note(session, "%s: its record goes from %s to %s; of the rest of the window nothing is known",
                     channel->name, first, last);
}

bool table_window_say(struct session *session, const struct channel *channel, double from, double to,
                      struct error *error)
{
    char low[NUMBER_HUMAN], high[NUMBER_HUMAN];
    if (from > to)
        return error_set(error, "from=%s is after to=%s", number_human(low, from, DIMENSION_TIME),
                         number_human(high, to, DIMENSION_TIME));
    say_beyond(session, channel, from, to);
    return true;
}

bool table_span_say(struct session *session, const struct channel *channel, double from, double to,
                    struct time_span *span, struct error *error)
{
    struct time_span record;
    char time[NUMBER_HUMAN];
    *span = table_span(channel, from, to);
    if (!table_window_say(session, channel, from, to, error))
        return false;
    if (record_of(channel, &record) && begins_anew(channel, &record, from, to))
        session_note(session, "%s: begins at %s, when its neurons changed; from= asks for more", channel->name,
                     number_human(time, channel->changed, DIMENSION_TIME));
    return true;
}

void table_say_rate_unit(struct session *session, const struct channel *channel)
{
    if (channel_rate_unit(channel) != 1)
        session_note(session, "%s: rates are in the units of its curves, amplitude=%.4g times spikes per second",
                     channel->name, channel_rate_unit(channel));
}
