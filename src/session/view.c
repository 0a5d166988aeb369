/* What a frame shows, gathered from the channels. Nothing here changes what is shown. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "frame/part.h"
#include "model/stimulus_vector.h"
#include "pane/pane.h"
#include "rig/accurate.h"
#include "rig/decoding.h"
#include "rig/followed.h"
#include "rig/tuned.h"
#include "session/job.h"
#include "session/keymap.h"
#include "session/lesson.h"
#include "session/session.h"
#include "session/wiring.h"
#include "view/connection_subject.h"
#include "view/cursors.h"
#include "view/look.h"
#include "view/replay.h"
#include "view/subject.h"
#include "view/window.h"

#define SILENT 0.5 /* s that an engine in another process may be busy for */

/* What is waited for, and how many lines do. */
static const char *fill_notice(struct session *session)
{
    char left[NUMBER_HUMAN], queued[NUMBER_COUNTED];
    size_t size = sizeof session->notice, used = 0;
    if (*session->work.text)
        return session->work.text;
    if (session->rig.status.silent > SILENT) {
        snprintf(session->notice, size, "the engine does not answer (%.0f s)", floor(session->rig.status.silent));
        return session->notice;
    }
    if (job_bar(session))
        used = (size_t)snprintf(session->notice, size, "%s", job_bar(session));
    else if (session->waits)
        used = (size_t)snprintf(
            session->notice, size, "run: %s left",
            number_human(left, floor((double)session->rig.status.remaining * session->rig.status.dt * 10) / 10,
                         DIMENSION_TIME));
    else
        return NULL;
    if (session->queued > 0 && used < size)
        snprintf(session->notice + used, size - used, ", %s queued",
                 number_counted(queued, session->queued, "command"));
    return session->notice;
}

static const char *fill_replay(struct session *session)
{
    const struct replay *replay = &session->look.replay;
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
    const struct layout *layout = &session->look.layout;
    struct subject *subject = &session->subject[view->subjects];
    bool seen = false;
    for (size_t p = 0; p < layout->panes; p++)
        seen = seen || (layout->pane[p].type->about == PANE_MEAN_FIELD);
    if (!seen)
        return;
    *subject = (struct subject){.name = MEAN_FIELD_NAME,
                                .mean_field = mean_field_panes_show(session->mean_field_panes, &session->meanfield),
                                .selected = -1};
    view->subjects++;
}

static void fill_network(struct session *session, struct view *view)
{
    const struct layout *layout = &session->look.layout;
    bool seen = false;
    for (size_t p = 0; p < layout->panes; p++)
        seen = seen || layout->pane[p].type->about == PANE_NETWORK;
    if (seen)
        network_rows_show(&session->look, session->subject, &session->subject[view->subjects++]);
}

/* Those that are seen, each once. */
static void fill_connections(struct session *session, struct view *view)
{
    const struct layout *layout = &session->look.layout;
    for (size_t p = 0; p < layout->panes; p++) {
        const char *name = layout->pane[p].subject;
        struct wired *wired = layout->pane[p].type->about == PANE_CONNECTION ? wired_named(&session->rig, name) : NULL;
        if (wired && !view_subject(view, name))
            connection_subject_fill(&session->look, wired, session->subject, &session->subject[view->subjects++]);
    }
}

/* Lines while a lesson is on, so that panes do not jump with every answer; fewer where panes need them. */
#define TELLING_LEAST(height) ((height) < 28 ? 5 : 7)

/* What a lesson says, and as many lines as that takes. */
static void fill_page(struct session *session, struct view *view)
{
    const struct canvas canvas = {
        .width = session->options.width, .glyphs = session_glyphs(session), .room = session->settings.present};
    view->page = lesson_view(session);
    int rows = view->page ? telling_rows(&canvas, view->page, canvas.width) : 0,
        least = session->lesson->on ? TELLING_LEAST(session->options.height) : 0;
    rows = rows < least ? least : rows;
    session->look.layout.page = rows < TELLING_MOST ? rows : TELLING_MOST;
}

void session_view(struct session *session, struct view *view)
{
    *view = (struct view){.layout = &session->look.layout, .output = session->transcript, .subject = session->subject};
    session->rig.status = port_status(session->rig.engine);
    for (size_t i = 0; i < session->rig.channels; i++) {
        subject_fill(&session->look, session->rig.channel[i], &session->subject[view->subjects++]);
        view->simulating = view->simulating || session->rig.channel[i]->population;
    }
    fill_mean_field(session, view);
    fill_network(session, view);
    fill_connections(session, view);
    const struct engine_status *status = &session->rig.status;
    view->time = status->time;
    view->dt = status->dt;
    view->speed = status->speed;
    view->reached = status->reached;
    view->running = status->running;
    view->behind = status->behind || status->waiting;
    view->replay = fill_replay(session);
    view->replaying = replay_moves(&session->look);
    view->fps = (status->running || view->replaying) && session->frame_gap > 0 ? 1 / session->frame_gap : 0;
    view->notice = fill_notice(session);
    knobs_fill(session, view);
    view->ghost = session->pins.ghost;
    view->ghosts = session->pins.ghosts;
    fill_page(session, view);
    view->present = session->look.layout.present = session->settings.present;
    view->frozen = session->frozen;
    view->pane_keys = session->look.layout.focus >= 0;
    view->keys = session->settings.present ? NULL : session_keys_short(session);
    view->help = session->help.length > 0 ? text_string(&session->help) : NULL;
    view->help_scroll = session->help_scroll;
    view->prompt = "> ";
    view->line = "";
}
