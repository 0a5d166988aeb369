/* A window is kept where there is something to see; "now" is the end of a live record. */
#include "command/view_time.h"

#include <math.h>

#include "command/state.h"

#define WIDTH_MIN 1e-6
#define WIDTH_MAX 1e9

static void record_span(const struct channel *channel, double *first, double *last)
{
    struct spike_source source = channel_source(channel);
    *first = *last = 0;
    source_span(&source, first, last);
}

/* Where the window begins at present, whether it follows or not. */
static double window_from(const struct session *session, const struct time_window *window)
{
    return window->follow ? fmax(0, session->status.time - window->width) : window->from;
}

static void place(struct session *session, struct channel *channel, double from)
{
    struct time_window *window = channel_window(session, channel);
    double first, last, width = window->width;
    record_span(channel, &first, &last);
    if (channel->population) {
        window->follow = from + width >= session->status.time;
        window->from = fmax(from, fmin(first, session->status.time - width));
        return;
    }
    /* A recording may be looked at a little beyond its ends. */
    double low = first - 0.1 * width, high = fmax(low, last - 0.9 * width);
    window->from = fmin(fmax(from, low), high);
}

void view_time_width(struct session *session, struct channel *channel, double width)
{
    struct time_window *window = channel_window(session, channel);
    double middle = window_from(session, window) + window->width / 2;
    window->width = fmin(fmax(width, WIDTH_MIN), WIDTH_MAX);
    if (!window->follow)
        place(session, channel, middle - window->width / 2);
}

void view_time_all(struct session *session, struct channel *channel)
{
    struct time_window *window = channel_window(session, channel);
    double first, last;
    record_span(channel, &first, &last);
    window->width = fmin(fmax((last - first) * 1.02, WIDTH_MIN), WIDTH_MAX);
    place(session, channel, first - (window->width - (last - first)) / 2);
}

void view_time_scroll(struct session *session, struct channel *channel, double by)
{
    place(session, channel, window_from(session, channel_window(session, channel)) + by);
}

void view_time_centre(struct session *session, struct channel *channel, double time)
{
    place(session, channel, time - channel_window(session, channel)->width / 2);
}
