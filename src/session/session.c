/* A session's birth, end, messages and small questions. Lines are run in line.c, frames prepared in
 * view.c, keys read in keys.c. */
#include "session/session.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/plain_text.h"
#include "base/stop.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "language/command.h"
#include "language/names.h"
#include "rig/followed.h"
#include "rig/live.h"
#include "session/ahead.h"
#include "session/job.h"
#include "session/course.h"
#include "session/lesson.h"
#include "session/stop.h"
#include "session/line.h"
#include "session/message.h"
#include "session/names.h"
#include "session/wiring.h"
#include "session/world.h"
#include "view/replay.h"
#include "view/subject.h"

struct session *session_new(const struct session_options *options, const struct command_list *commands)
{
    command_use(commands);
    names_use(&session_names);
    struct session *session = xcalloc(1, sizeof *session);
    session->options = *options;
    if (session->options.width <= 0)
        session->options.width = 80;
    if (session->options.height <= 0)
        session->options.height = 24;
    if (!session->options.theme)
        session->options.theme = &theme_dark;
    world_init(session, options->engine);
    session->settings = (struct settings){.fps = 30, .glyphs = options->glyphs};
    journal_open(session);
    session->transcript = transcript_new(TRANSCRIPT_LINES);
    session->lesson = lesson_new();
    session->ahead = ahead_new();
    stop_forget();
    files_forget();
    return session;
}

void session_free(struct session *session)
{
    if (!session)
        return;
    job_drop(session);
    ahead_free(session->ahead);
    course_leave(session, false);
    lesson_free(session->lesson);
    canvas_free(session->frozen);
    world_free(session);
    session->held = 0;
    line_drop_queue(session);
    free(session->queue);
    text_free(&session->help);
    text_free(&session->remark);
    transcript_free(session->transcript);
    free(session);
}

bool session_start(struct session *session, void (*wake)(void *context), void *context, struct error *error)
{
    session->wake = wake;
    session->wake_context = context;
    session->rig.started = port_start(session->rig.engine, wake, context, error);
    return session->rig.started;
}

/* ---- small questions ---- */

bool session_busy(const struct session *session)
{
    return session->waits || session->job;
}

bool session_queued(const struct session *session)
{
    return session->queued > session->held;
}

bool session_quits(const struct session *session)
{
    return session->quits;
}

/* Slower when frames cost more than half of the time between them: a slow terminal must not slow the typing.
 */
int session_fps(const struct session *session)
{
    int wanted = session->settings.fps;
    double affordable = session->frame_cost > 0 ? 0.5 / session->frame_cost : wanted;
    if (affordable < wanted)
        return affordable < 2 ? 2 : (int)affordable;
    return wanted;
}

bool session_mouse_wanted(const struct session *session)
{
    return session->settings.mouse;
}

enum glyph_set session_glyphs(const struct session *session)
{
    bool large = session->settings.present && session->settings.glyphs == GLYPHS_BRAILLE;
    return large ? GLYPHS_BLOCK : session->settings.glyphs;
}

void session_ground(struct session *session, unsigned rgb)
{
    session->options.theme = theme_for_ground(rgb);
}

const struct theme *session_theme(const struct session *session)
{
    return session->settings.theme ? session->settings.theme : session->options.theme;
}

void session_resized(struct session *session, int width, int height)
{
    session->options.width = width;
    session->options.height = height;
}

void session_frame_drawn(struct session *session, double seconds)
{
    double now = clock_seconds(), gap = now - session->frame_last;
    session->frame_cost += 0.1 * (seconds - session->frame_cost);
    /* The first frame after a rest says nothing about the rate. */
    if (gap < 1)
        session->frame_gap += (session->frame_gap > 0 ? 0.1 : 1) * (gap - session->frame_gap);
    session->frame_last = now;
}

/* ---- collecting ---- */

static void end_wait(struct session *session)
{
    session->waits = false;
    live_note_losses(&session->rig);
    wiring_note(session);
}

/* True once. */
static bool say_lost(struct session *session)
{
    bool lost = session->rig.status.lost != NULL, said = session->lost_said;
    session->lost_said = lost;
    if (lost && !said)
        session_note(session, "%s", session->rig.status.lost);
    return lost && !said;
}

/* What grows while no command works is the records. True once for each time that memory ran short. */
static bool make_room(struct session *session)
{
    if (session->job || !stop_take_out_of_memory())
        return false;
    stop_forget();
    live_keep_less(&session->rig);
    xalloc_keep_reserve();
    session_note(session, "memory runs short: each record keeps %.0f MB from now on, and its oldest part was dropped",
                 session->rig.history);
    return true;
}

/* How long an engine has not answered is told twice a second, and that it does again at once. */
static bool silence_grows(struct session *session)
{
    double halves = floor(2 * session->rig.status.silent);
    bool other = halves != session->silence;
    session->silence = halves;
    return other;
}

bool session_collect(struct session *session)
{
    struct engine_status before = session->rig.status;
    bool worth = live_drain(&session->rig) || session->arrived;
    worth = make_room(session) || worth;
    if (knobs_apply(session)) {
        stop_touch(session);
        worth = true;
    }
    worth = replay_advance(&session->look) || worth;
    session->arrived = false;
    session->rig.status = port_status(session->rig.engine);
    worth = say_lost(session) || worth;
    wiring_note(session);
    if (session->waits && (!session->rig.status.running || session->rig.status.remaining == 0)) {
        live_drain(&session->rig);
        end_wait(session);
        worth = true;
    }
    worth = job_collect(session) || worth;
    if (!session_busy(session) && session_queued(session))
        worth = line_run_queue(session) || worth;
    worth = lesson_collect(session) || worth;
    worth = silence_grows(session) || worth;
    return worth || session_solves(session) || before.running != session->rig.status.running ||
           before.behind != session->rig.status.behind || before.step != session->rig.status.step;
}

void session_relieve(struct session *session)
{
    if (port_status(session->rig.engine).waiting)
        live_drain(&session->rig);
}

/* ---- inputs that are followed, and an engine elsewhere ---- */

size_t session_descriptors(const struct session *session, int *descriptor, size_t most)
{
    size_t n = 0;
    int engine = port_descriptor(session->rig.engine);
    if (engine >= 0 && n < most)
        descriptor[n++] = engine;
    for (size_t i = 0; i < session->rig.channels && n < most; i++) {
        int wanted = session->rig.channel[i]->followed ? followed_poll(session->rig.channel[i]->followed) : -1;
        if (wanted >= 0)
            descriptor[n++] = wanted;
    }
    return n;
}

double session_patience(const struct session *session)
{
    double patience = INFINITY;
    for (size_t i = 0; i < session->rig.channels; i++)
        if (session->rig.channel[i]->followed)
            patience = fmin(patience, followed_patience(session->rig.channel[i]->followed));
    return patience;
}

/* What one leaves of its share of the time is the others'. */
bool session_read(struct session *session, double budget)
{
    double end = clock_seconds() + budget;
    size_t left = 0;
    port_attend(session->rig.engine);
    for (size_t i = 0; i < session->rig.channels; i++)
        left += session->rig.channel[i]->followed != NULL;
    for (size_t i = 0; i < session->rig.channels; i++)
        if (session->rig.channel[i]->followed) {
            double share = fmax(0, end - clock_seconds()) / (double)left--;
            session->arrived = followed_read(&session->rig, session->rig.channel[i], share) || session->arrived;
        }
    return session->arrived;
}

bool session_interrupt(struct session *session)
{
    char time[NUMBER_HUMAN];
    session->rig.status = port_status(session->rig.engine);
    bool queued = session_queued(session), played = replay_moves(&session->look);
    line_drop_queue(session);
    if (queued)
        course_stopped(session);
    if (job_stop(session)) { /* what runs goes on */
        if (queued)
            session_say(session, "what waited is not run");
        return true;
    }
    if (played)
        replay_pause(&session->look);
    if (!session->rig.status.running && !queued)
        return played;
    port_pause(session->rig.engine);
    live_drain(&session->rig);
    session->waits = false;
    session->rig.status = port_status(session->rig.engine);
    session_say(session, "stopped at %s%s", number_human(time, session->rig.status.time, DIMENSION_TIME),
                queued ? ", what waited is not run" : "");
    return true;
}

bool session_moves(const struct session *session)
{
    return replay_moves(&session->look);
}

bool session_solves(const struct session *session)
{
    return subject_busy(&session->look);
}
