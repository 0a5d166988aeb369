/* A window is kept where there is something to see; "now" is the end of a live record, or where a replay is.
 */
#include "view/window.h"

#include <math.h>

#include "draw/subject.h"
#include "view/link.h"
#include "view/look.h"
#include "view/replay.h"

#define WIDTH_MIN 1e-6
#define WIDTH_MAX 1e9

static const struct time_window *window_of(const struct look *look, const struct channel *channel)
{
    return channel->population ? &look->window : &channel->window;
}

struct time_window *channel_window(struct look *look, struct channel *channel)
{
    return channel && !channel->population ? &channel->window : &look->window;
}

/* Where pages begin on an axis: a simulation's at 0, even when the oldest of its record was dropped, and a stream's, of
 * which the oldest goes all the time. */
static double origin_of(const struct time_axis *axis)
{
    return axis->live || axis->arriving ? 0 : axis->first;
}

/* A strip that ends now; before a simulation or a recording there is nothing to see. */
static double strip_from(const struct time_axis *axis, double width)
{
    return axis->arriving ? axis->now - width : fmax(origin_of(axis), axis->now - width);
}

static bool follows(const struct time_window *window, const struct time_axis *axis)
{
    return window->follow && !isnan(axis->now);
}

/* A page ends with the step on its edge, as a spike has the time of the end of its step: now = 2 s is the end
 * of a page of 1 s and not the beginning of an empty one. */
static double page_from(double origin, double now, double width)
{
    double pages = ceil((now - origin) / width - 1e-9) - 1;
    return origin + fmax(pages, 0) * width;
}

struct time_seen view_time_seen(const struct look *look, const struct channel *channel)
{
    const struct time_window *window = window_of(look, channel);
    struct time_axis axis = view_link_axis(look, channel);
    struct time_seen seen = {.from = window->from, .now = axis.now};
    double origin = origin_of(&axis);
    if (isnan(axis.now) && window->point.on)
        seen.now = window->point.time;
    if (follows(window, &axis)) {
        /* The first page of a replay fills even where pictures scroll: what is to come must not be seen. */
        bool grows = axis.live || axis.arriving;
        seen.sweep = look->sweep || (!grows && axis.now < origin + window->width);
        seen.from = seen.sweep ? page_from(origin, axis.now, window->width) : strip_from(&axis, window->width);
    }
    seen.to = seen.from + window->width;
    return seen;
}

/* Where the window begins at present, whether it follows or not. */
static double window_from(const struct look *look, const struct channel *channel)
{
    const struct time_window *window = window_of(look, channel);
    struct time_axis axis = view_link_axis(look, channel);
    return follows(window, &axis) ? strip_from(&axis, window->width) : window->from;
}

/* `keep` (NaN: none) was asked for and stays in sight, so a window round it does not follow. */
static void place(struct look *look, struct channel *channel, double from, double keep)
{
    struct time_window *window = channel_window(look, channel);
    struct time_axis axis = view_link_axis(look, channel);
    double width = window->width;
    bool grows = (axis.live || (axis.arriving && axis.any)) && !axis.recorded;
    if (grows && keep < axis.now) {
        window->follow = false;
        window->from = fmax(from, fmin(axis.first, keep));
    } else if (grows) {
        window->follow = from + width >= axis.now;
        window->from = fmax(fmin(from, axis.now - width), fmin(axis.first, axis.now - width));
    } else {
        /* A recording may be looked at a little beyond its ends. */
        double low = axis.first - 0.1 * width, high = fmax(low, axis.last - 0.9 * width);
        window->follow = false;
        window->from = fmin(fmax(from, low), high);
    }
    view_link_share(look, channel);
}

static bool in_sight(double time, double from, double width)
{
    return time >= from && time <= from + width;
}

/* What was asked for and is in sight: where goto went, or what is between the cursors, or one of them; else NaN. */
static double asked_for(const struct time_window *window, double from, double width)
{
    const struct instant *point = &window->point, *one = &window->cursor[0], *two = &window->cursor[1];
    bool first = one->on && in_sight(one->time, from, width), second = two->on && in_sight(two->time, from, width);
    if (point->on && in_sight(point->time, from, width))
        return point->time;
    if (first && second)
        return (one->time + two->time) / 2;
    return first ? one->time : second ? two->time : NAN;
}

void view_time_width(struct look *look, struct channel *channel, double width, double at)
{
    struct time_window *window = channel_window(look, channel);
    struct time_seen seen = view_time_seen(look, channel);
    struct time_axis axis = view_link_axis(look, channel);
    double from = seen.from, before = window->width, asked = isnan(at) ? asked_for(window, from, before) : at;
    bool follow = follows(window, &axis), stands = axis.live && !look->rig->status.running;
    window->width = fmin(fmax(width, WIDTH_MIN), WIDTH_MAX);
    if (follow && (isnan(asked) || !isnan(at) || !stands)) {
        view_link_share(look, channel);
        return;
    }
    double fixed = isnan(asked) ? from + before / 2 : asked;
    place(look, channel, fixed - (fixed - from) / before * window->width, isnan(at) ? asked : NAN);
}

void view_time_all(struct look *look, struct channel *channel)
{
    struct time_window *window = channel_window(look, channel);
    struct time_axis axis = view_link_axis(look, channel);
    double span = axis.last - axis.first;
    /* A little room, so that the first and last spike do not stick to the edges. */
    window->width = axis.recorded && span == 0 ? 1 : fmin(fmax(span * 1.02, WIDTH_MIN), WIDTH_MAX);
    place(look, channel, axis.first - (window->width - span) / 2, NAN);
}

void view_time_scroll(struct look *look, struct channel *channel, double by)
{
    place(look, channel, window_from(look, channel) + by, NAN);
}

void view_time_follow(struct look *look, struct channel *channel)
{
    channel_window(look, channel)->follow = true;
    if (channel)
        view_link_share(look, channel);
}

void view_time_hold(struct look *look, struct channel *channel)
{
    struct time_window *window = channel_window(look, channel);
    window->from = view_time_seen(look, channel).from;
    window->follow = false;
    view_link_share(look, channel);
}

/* The point, and a replay with it. */
static void go(struct look *look, struct channel *channel, double time)
{
    channel_window(look, channel)->point = (struct instant){true, time};
    if (replay_on(look, channel)) {
        replay_seek(look, time);
        channel_window(look, channel)->follow = true;
        view_link_share(look, channel);
    }
}

void view_time_centre(struct look *look, struct channel *channel, double time)
{
    place(look, channel, time - channel_window(look, channel)->width / 2, time);
    go(look, channel, time);
    view_link_share(look, channel);
}

/* ---- spikes ---- */

/* The first spike after `after`: the window asked about is doubled until it holds one, then halved until what
 * it holds fits. NaN: there is none. */
static double spike_after(const struct spike_source *source, uint32_t neuron, double after, double last)
{
    enum { ROOM = 64 };
    double times[ROOM], from = nextafter(after, INFINITY), width = 1e-3;
    while (from <= last) {
        double to = fmin(from + width, last);
        size_t count = source_train(source, neuron, from, to, times, ROOM);
        if (count > 0 && count <= ROOM)
            return times[0];
        if (count > 0) {
            /* Too many at one instant are that instant. */
            if (times[0] == times[ROOM - 1] && width < 1e-12)
                return times[0];
            width /= 2;
        } else {
            if (to >= last)
                break;
            from = nextafter(to, INFINITY);
            width *= 2;
        }
    }
    return NAN;
}

static double spike_before(const struct spike_source *source, uint32_t neuron, double before, double first)
{
    double time;
    double to = nextafter(before, -INFINITY);
    return to >= first && source_train(source, neuron, first, to, &time, 1) > 0 ? time : NAN;
}

/* Where the search starts: at the point, if it is in sight, else at the edge that lets every spike in sight
 * count. */
static double search_from(const struct look *look, const struct channel *channel, bool next)
{
    const struct time_window *window = window_of(look, channel);
    struct time_seen seen = view_time_seen(look, channel);
    if (replay_on(look, channel))
        return seen.now;
    if (window->point.on && in_sight(window->point.time, seen.from, seen.to - seen.from))
        return window->point.time;
    return next ? nextafter(seen.from, -INFINITY) : nextafter(seen.to, INFINITY);
}

bool view_time_spike(struct look *look, struct channel *channel, bool next, struct error *error)
{
    struct spike_source source = channel_source(channel);
    char label[64];
    double first, last, time = NAN;
    if (channel->selected < 0)
        return error_set(error, "whose spike? select %s NEURON chooses one, Up and Down do in a pane", channel->name);
    if (source.neurons == 0)
        return error_set(error, "%s is a population of rate neurons, which do not spike", channel->name);
    uint32_t neuron = (uint32_t)channel->selected;
    double start = search_from(look, channel, next);
    if (source_span(&source, &first, &last))
        time = next ? spike_after(&source, neuron, fmax(start, nextafter(first, -INFINITY)), last)
                    : spike_before(&source, neuron, start, first);
    const char *name = channel_label(channel, neuron, label, sizeof label);
    if (isnan(time))
        return error_set(error, "%s%.40s of %s has no spike %s this", subject_word(name), name, channel->name,
                         next ? "after" : "before");
    struct time_seen seen = view_time_seen(look, channel);
    double margin = 0.05 * (seen.to - seen.from);
    if (seen.sweep || time < seen.from + margin || time > seen.to - margin)
        view_time_centre(look, channel, time);
    go(look, channel, time);
    view_link_share(look, channel);
    return true;
}

void view_time_present(struct look *look)
{
    struct channel *live = NULL;
    for (size_t i = 0; i < look->rig->channels && !live; i++)
        live = look->rig->channel[i]->population ? look->rig->channel[i] : NULL;
    look->window.point.on = false; /* looked at the present, no moment is meant any more */
    view_time_follow(look, live);
}
