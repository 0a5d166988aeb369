/* Recordings of one session overlap in time and belong together; those of different days do not. Overlapping
 * goes on from one to the next: three recordings in a chain share one axis. */
#include "view/link.h"

#include <math.h>

#include "rig/followed.h"
#include "view/look.h"
#include "view/window.h"

static bool overlap(const struct channel *a, const struct channel *b)
{
    const struct recording *x = a->recording, *y = b->recording;
    return x->last > x->first && y->last > y->first && x->first < y->last && y->first < x->last;
}

/* Whether recording b is reached from a over recordings that overlap. */
static bool reaches(const struct look *look, const struct channel *a, const struct channel *b)
{
    const struct channel *reached[CHANNELS_MAX] = {a};
    bool seen[CHANNELS_MAX] = {false};
    for (size_t count = 1, next = 0; next < count; next++) {
        if (reached[next] == b)
            return true;
        for (size_t i = 0; i < look->rig->channels; i++) {
            const struct channel *other = look->rig->channel[i];
            if (other == a || seen[i] || !other->recording || !overlap(reached[next], other))
                continue;
            seen[i] = true;
            reached[count++] = other;
        }
    }
    return false;
}

bool view_linked(const struct look *look, const struct channel *a, const struct channel *b)
{
    if (a == b || (a->population && b->population))
        return true;
    if (look->link != LINK_AUTO || !a->recording || !b->recording)
        return look->link == LINK_ON;
    return reaches(look, a, b);
}

void view_link_share(struct look *look, struct channel *channel)
{
    struct time_window window = *channel_window(look, channel);
    for (size_t i = 0; i < look->rig->channels; i++)
        if (view_linked(look, channel, look->rig->channel[i]))
            *channel_window(look, look->rig->channel[i]) = window;
}

struct channel *view_link_other(const struct look *look, const struct channel *channel)
{
    for (size_t i = 0; i < look->rig->channels; i++)
        if (look->rig->channel[i] != channel && view_linked(look, channel, look->rig->channel[i]))
            return look->rig->channel[i];
    return NULL;
}

static void add_span(struct time_axis *axis, const struct channel *channel)
{
    struct spike_source source = channel_source(channel);
    double first, last;
    if (!source_span(&source, &first, &last))
        return;
    axis->first = axis->any ? fmin(axis->first, first) : first;
    axis->last = axis->any ? fmax(axis->last, last) : last;
    axis->any = true;
}

struct time_axis view_link_axis(const struct look *look, const struct channel *channel)
{
    struct time_axis axis = {.now = NAN};
    for (size_t i = 0; i < look->rig->channels; i++) {
        const struct channel *other = look->rig->channel[i];
        if (!view_linked(look, channel, other))
            continue;
        add_span(&axis, other);
        axis.live = axis.live || other->population;
        axis.recorded = axis.recorded || other->recording;
        axis.arriving = axis.arriving || other->followed;
        if (other->followed)
            axis.now = fmax(axis.now, stream_newest(followed_stream(other->followed))); /* fmax ignores NaN */
    }
    const struct channel *played = look->replay.channel;
    axis.arriving = axis.arriving && !axis.live;
    if (axis.live)
        axis.now = look->rig->status.time;
    else if (!axis.arriving && played && view_linked(look, channel, played))
        axis.now = look->replay.at;
    return axis;
}
