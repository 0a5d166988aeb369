/* What a frame shows of one channel, gathered from it. */
#include "view/subject.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/stimulus_vector.h"
#include "pane/pane.h"
#include "rig/accurate.h"
#include "rig/decoding.h"
#include "rig/followed.h"
#include "rig/rig.h"
#include "rig/tuned.h"
#include "rig/voltage.h"
#include "rig/wired.h"
#include "view/cursors.h"
#include "view/window.h"

bool view_suits(const struct pane_type *type, const struct channel *channel)
{
    return type->about == PANE_CHANNEL && (type->nodes || !channel_is_node(channel)) &&
           (channel->population || (!type->live_only && (channel->tuned || type != &pane_tuning)));
}

struct channel *view_channel(const struct look *look)
{
    const struct layout *layout = &look->layout;
    struct channel *channel = NULL;
    if (layout->panes > 0) {
        const char *name = layout->pane[layout->focus > 0 ? layout->focus : 0].subject;
        const struct wired *wired = wired_named(look->rig, name);
        channel = wired ? wired_place(look->rig, wired->spec.post) : channel_named(look->rig, name);
    }
    for (size_t i = 0; i < look->rig->channels && !channel; i++)
        channel = channel_is_node(look->rig->channel[i]) ? NULL : look->rig->channel[i];
    return channel;
}

const double *view_input(struct look *look, struct channel *channel)
{
    size_t steps = history_steps(channel->history), dims = channel->population->dims;
    if (wired_reaches(look->rig, channel) && steps > 0)
        memcpy(channel->x, history_input(channel->history, steps - 1), dims * sizeof *channel->x);
    else
        stimulus_values(channel->input, look->rig->status.time, dims, channel->x);
    return channel->x;
}

static void fill_live(struct look *look, struct channel *channel, struct subject *subject)
{
    subject->population = channel->population;
    subject->history = channel->history;
    subject->input = channel->input;
    subject->input_text = channel->input_text;
    subject->x = view_input(look, channel);
    subject->changed = channel->changed;
    subject->chaotic = look->rig->wires > 0 && wired_chaotic(look->rig, channel);
    if (!subject->order)
        subject->order = channel->population->order;
}

/* A pane shows what is decoded from the channel. */
static bool is_decoded(const struct look *look, const struct channel *channel)
{
    const struct layout *layout = &look->layout;
    for (size_t p = 0; p < layout->panes; p++)
        if (strcmp(layout->pane[p].subject, channel->name) == 0 && layout->pane[p].type->decodes &&
            layout->pane[p].type->decodes(&layout->pane[p]))
            return true;
    return false;
}

static void fill_decoding(struct look *look, struct channel *channel, struct subject *subject)
{
    if (!channel->population || channel_is_node(channel) || !is_decoded(look, channel))
        return;
    double width = subject->to - subject->from, now = subject->now;
    double last = isfinite(now) ? fmin(now, subject->to) : subject->to;
    subject->decoding = decoding_look(look->rig, channel, subject->sweep ? last - width : subject->from, last);
}

/* A pane shows how accurate it is. */
static bool is_simulated(const struct look *look, const struct channel *channel)
{
    const struct layout *layout = &look->layout;
    for (size_t p = 0; p < layout->panes && channel->population; p++)
        if (layout->pane[p].type->simulates && strcmp(layout->pane[p].subject, channel->name) == 0)
            return true;
    return false;
}

/* A pane shows its voltages. */
static bool is_retraced(const struct look *look, const struct channel *channel)
{
    const struct layout *layout = &look->layout;
    for (size_t p = 0; p < layout->panes && channel->population; p++)
        if (layout->pane[p].type->retraces && strcmp(layout->pane[p].subject, channel->name) == 0)
            return true;
    return false;
}

static void fill_voltage(struct look *look, struct channel *channel, struct subject *subject)
{
    if (!is_retraced(look, channel))
        return;
    double width = subject->to - subject->from, now = subject->now;
    double last = isfinite(now) ? fmin(now, subject->to) : subject->to;
    subject->voltage = voltage_look(look->rig, channel, subject->sweep ? last - width : subject->from, last);
}

bool subject_busy(const struct look *look)
{
    bool busy = false;
    for (size_t i = 0; i < look->rig->channels; i++) {
        const struct channel *channel = look->rig->channel[i];
        busy = busy || (is_simulated(look, channel) && accurate_busy(channel)) ||
               (is_decoded(look, channel) && decoding_busy(channel)) ||
               (is_retraced(look, channel) && voltage_busy(channel));
    }
    return busy;
}

static void fill_arrival(const struct channel *channel, struct subject *subject)
{
    subject->arrival = (struct arrival){.source = followed_title(channel->followed),
                                        .rate = followed_rate(channel->followed),
                                        .trouble = followed_trouble(channel->followed),
                                        .keep = stream_kept(followed_stream(channel->followed)),
                                        .held = !channel->window.follow,
                                        .waits = followed_waits(channel->followed),
                                        .ended = followed_has_ended(channel->followed)};
}

static void fill_time(struct look *look, struct channel *channel, struct subject *subject)
{
    struct time_seen seen = view_time_seen(look, channel);
    subject->from = seen.from;
    subject->to = seen.to;
    subject->now = seen.now;
    subject->sweep = seen.sweep;
    view_marks_fill(look, channel);
    subject->mark = channel->mark;
    subject->marks = channel->marks;
    subject->between = view_marks_between(look, channel);
}

static void fill_recording(const struct channel *channel, struct subject *subject)
{
    subject->recording = channel->recording;
    if (channel->tuned) {
        subject->measured = channel->tuned->bins;
        subject->fit = channel->tuned->fit;
        subject->fit_curve = channel->tuned->curve;
    }
}

void subject_fill(struct look *look, struct channel *channel, struct subject *subject)
{
    *subject = (struct subject){0};
    snprintf(subject->name, sizeof subject->name, "%s", channel->name);
    subject->spikes = channel_source(channel);
    subject->neurons = channel_neurons(channel);
    subject->selected = channel->selected;
    view_rows_fit(channel);
    subject->order = channel->shown.order;
    subject->places = channel->shown.order ? channel->shown.places : 0;
    subject->ordered_by = channel->shown.key ? channel->shown.by : NULL;
    subject->first_row = channel->shown.first_row;
    subject->rows = channel->shown.rows;
    if (channel->population)
        fill_live(look, channel, subject);
    else if (channel->followed)
        fill_arrival(channel, subject);
    else
        fill_recording(channel, subject);
    fill_time(look, channel, subject);
    fill_decoding(look, channel, subject);
    fill_voltage(look, channel, subject);
    if (is_simulated(look, channel))
        subject->accuracy = accurate_look(look->rig, channel);
}
