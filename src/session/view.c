/* What a frame shows, gathered from the channels. Nothing here changes what is shown. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/stimulus_vector.h"
#include "pane/pane.h"
#include "rig/accurate.h"
#include "rig/decoding.h"
#include "rig/followed.h"
#include "rig/tuned.h"
#include "session/job.h"
#include "session/session.h"
#include "session/state.h"
#include "session/wiring.h"
#include "view/cursors.h"
#include "view/window.h"

bool view_suits(const struct pane_type *type, const struct channel *channel)
{
    return !type->mean_field && !channel_is_node(channel) &&
           (channel->population || (!type->live_only && (channel->tuned || type != &pane_tuning)));
}

struct channel *view_channel(const struct session *session)
{
    const struct layout *layout = &session->layout;
    struct channel *channel = NULL;
    if (layout->panes > 0)
        channel = channel_named(session, layout->pane[layout->focus > 0 ? layout->focus : 0].subject);
    for (size_t i = 0; i < session->channels && !channel; i++)
        channel = channel_is_node(session->channel[i]) ? NULL : session->channel[i];
    return channel;
}

const double *view_input(struct session *session, struct channel *channel)
{
    size_t steps = history_steps(channel->history), dims = channel->population->dims;
    if (wiring_reaches(session, channel) && steps > 0)
        memcpy(channel->x, history_input(channel->history, steps - 1), dims * sizeof *channel->x);
    else
        stimulus_values(channel->input, session->status.time, dims, channel->x);
    return channel->x;
}

static void fill_live(struct session *session, struct channel *channel, struct subject *subject)
{
    subject->population = channel->population;
    subject->history = channel->history;
    subject->input = channel->input;
    subject->input_text = channel->input_text;
    subject->x = view_input(session, channel);
    subject->changed = channel->changed;
    if (!subject->order)
        subject->order = channel->population->order;
}

/* A pane shows what is decoded from the channel. */
static bool is_decoded(const struct session *session, const struct channel *channel)
{
    const struct layout *layout = &session->layout;
    for (size_t p = 0; p < layout->panes; p++)
        if (strcmp(layout->pane[p].subject, channel->name) == 0 && layout->pane[p].type->decodes &&
            layout->pane[p].type->decodes(&layout->pane[p]))
            return true;
    return false;
}

static void fill_decoding(struct session *session, struct channel *channel, struct subject *subject)
{
    if (!channel->population || !is_decoded(session, channel))
        return;
    double width = subject->to - subject->from, now = subject->now;
    double last = isfinite(now) ? fmin(now, subject->to) : subject->to;
    subject->decoding = decoding_look(session, channel, subject->sweep ? last - width : subject->from, last);
}

/* A pane shows how accurate it is. */
static bool is_simulated(const struct session *session, const struct channel *channel)
{
    const struct layout *layout = &session->layout;
    for (size_t p = 0; p < layout->panes && channel->population; p++)
        if (layout->pane[p].type->simulates && strcmp(layout->pane[p].subject, channel->name) == 0)
            return true;
    return false;
}

bool session_solves(const struct session *session)
{
    bool busy = decoding_busy(session);
    for (size_t i = 0; i < session->channels; i++)
        busy = busy || (is_simulated(session, session->channel[i]) && accurate_busy(session->channel[i]));
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

static void fill_time(struct session *session, struct channel *channel, struct subject *subject)
{
    struct time_seen seen = view_time_seen(session, channel);
    subject->from = seen.from;
    subject->to = seen.to;
    subject->now = seen.now;
    subject->sweep = seen.sweep;
    view_marks_fill(session, channel);
    subject->mark = channel->mark;
    subject->marks = channel->marks;
    subject->between = view_marks_between(session, channel);
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

static void fill_subject(struct session *session, struct channel *channel, struct subject *subject)
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
        fill_live(session, channel, subject);
    else if (channel->followed)
        fill_arrival(channel, subject);
    else
        fill_recording(channel, subject);
    fill_time(session, channel, subject);
    fill_decoding(session, channel, subject);
    if (is_simulated(session, channel))
        subject->accuracy = accurate_look(session, channel);
}

/* What is waited for, and how many lines do. */
static const char *fill_notice(struct session *session)
{
    char left[NUMBER_HUMAN], queued[NUMBER_COUNTED];
    size_t size = sizeof session->notice, used = 0;
    if (*session->work.text)
        return session->work.text;
    if (job_bar(session))
        used = (size_t)snprintf(session->notice, size, "%s", job_bar(session));
    else if (session->waits)
        used = (size_t)snprintf(
            session->notice, size, "run: %s left",
            number_human(left, floor((double)session->status.remaining * session->status.dt * 10) / 10, DIMENSION_TIME));
    else
        return NULL;
    if (session->queued > 0 && used < size)
        snprintf(session->notice + used, size - used, ", %s queued", number_counted(queued, session->queued, "command"));
    return session->notice;
}

static const char *fill_replay(struct session *session)
{
    const struct replay *replay = &session->replay;
    if (!replay->channel)
        return NULL;
    char speed[NUMBER_HUMAN];
    number_factor(speed, replay->speed, replay->speed);
    snprintf(session->replay_text, sizeof session->replay_text, "%s %.3f s ×%s", replay->channel->name, replay->at,
             speed + strspn(speed, " "));
    return session->replay_text;
}

/* Computed only where it is seen. */
static void fill_mean_field(struct session *session, struct view *view)
{
    const struct layout *layout = &session->layout;
    struct subject *subject = &session->subject[view->subjects];
    bool seen = false;
    for (size_t p = 0; p < layout->panes; p++)
        seen = seen || layout->pane[p].type->mean_field;
    if (!seen)
        return;
    *subject = (struct subject){.name = MEAN_FIELD_NAME, .mean_field = mean_field_panes_show(session->mean_field_panes, &session->meanfield), .selected = -1};
    view->subjects++;
}

void session_view(struct session *session, struct view *view)
{
    *view =
        (struct view){.layout = &session->layout, .output = session->transcript, .subject = session->subject};
    session->status = port_status(session->engine);
    for (size_t i = 0; i < session->channels; i++) {
        fill_subject(session, session->channel[i], &session->subject[view->subjects++]);
        view->simulating = view->simulating || session->channel[i]->population;
    }
    fill_mean_field(session, view);
    const struct engine_status *status = &session->status;
    view->time = status->time;
    view->dt = status->dt;
    view->speed = status->speed;
    view->reached = status->reached;
    view->running = status->running;
    view->behind = status->behind || status->waiting;
    view->replay = fill_replay(session);
    view->replaying = session_moves(session);
    view->fps = (status->running || view->replaying) && session->frame_gap > 0 ? 1 / session->frame_gap : 0;
    view->notice = fill_notice(session);
    knobs_fill(session, view);
    view->pane_keys = session->layout.focus >= 0;
    view->keys = session_keys_short(session);
    view->help = session->help.length > 0 ? text_string(&session->help) : NULL;
    view->help_scroll = session->help_scroll;
    view->prompt = "> ";
    view->line = "";
}
