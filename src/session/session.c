/* A session's birth, end, messages and small questions. Lines are run in line.c, frames prepared in
 * session_view.c, keys read in session_keys.c. */
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
#include "engine/engine.h"
#include "language/command.h"
#include "rig/followed.h"
#include "session/job.h"
#include "session/state.h"
#include "session/wiring.h"
#include "view/replay.h"

struct session *session_new(const struct session_options *options, const struct command_list *commands)
{
    command_use(commands);
    struct session *session = xcalloc(1, sizeof *session);
    session->options = *options;
    if (session->options.width <= 0)
        session->options.width = 80;
    if (session->options.height <= 0)
        session->options.height = 24;
    /* A page that fills is for watching; a picture of a script's end shows what came last. */
    meanfield_state_init(&session->meanfield);
    session->settings = (struct settings){
        .fps = 30, .glyphs = options->glyphs, .sweep = options->screen, .history = 256, .seed = 1};
    session->window = (struct time_window){.width = 0.5, .follow = true};
    session->engine = options->engine ? options->engine : engine_open(ENGINE_DT_DEFAULT);
    session->status = port_status(session->engine);
    xgrow(&session->length, &session->length_capacity, 1, sizeof *session->length);
    session->length[session->lengths++] = (struct step_length){0, session->status.dt};
    session->transcript = transcript_new(TRANSCRIPT_LINES);
    layout_init(&session->layout);
    knobs_init(&session->knobs);
    session->mean_field_panes = mean_field_panes_new();
    stop_forget();
    files_forget();
    return session;
}

void session_free(struct session *session)
{
    if (!session)
        return;
    job_drop(session);
    port_free(session->engine);
    wiring_free(session);
    for (size_t i = 0; i < session->channels; i++)
        channel_free(session->channel[i]);
    line_drop_queue(session);
    free(session->queue);
    free(session->marker);
    knobs_free(&session->knobs);
    free(session->length);
    mean_field_panes_free(session->mean_field_panes);
    text_free(&session->help);
    text_free(&session->remark);
    transcript_free(session->transcript);
    free(session);
}

bool session_start(struct session *session, void (*wake)(void *context), void *context, struct error *error)
{
    session->wake = wake;
    session->wake_context = context;
    session->started = port_start(session->engine, wake, context, error);
    return session->started;
}

/* ---- messages ---- */

/* Answers are indented under the command they belong to. */
static void transcript_put(struct session *session, enum ink ink, const char *text)
{
    struct text indented = {0};
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        text_printf(&indented, "%s  %.*s", indented.length ? "\n" : "", (int)length, line);
        line += length + (line[length] == '\n');
    }
    transcript_add(session->transcript, ink, text_string(&indented));
    text_free(&indented);
}

static void put_plain(FILE *stream, const char *line)
{
    plain_text_write(stream, line);
    fputc('\n', stream);
}

static void put_message(struct session *session, const char *text)
{
    struct text whole = {0};
    if (session->file)
        text_printf(&whole, "lifscope: %s:%zu: %s\n", session->file, session->number, text);
    else
        text_printf(&whole, "lifscope: %s\n", text);
    plain_text_write(session->options.err, text_string(&whole));
    fflush(session->options.err);
    text_free(&whole);
}

void session_error(struct session *session, const struct error *error)
{
    struct text text = {0};
    if (!session->options.screen) {
        put_message(session, error->text);
        return;
    }
    if (session->file)
        text_printf(&text, "%s:%zu: ", session->file, session->number);
    text_add(&text, error->text);
    transcript_put(session, INK_ERROR, text_string(&text));
    text_free(&text);
}

static char *format_text(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

static char *format_text(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = xmalloc((size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

void session_say(struct session *session, const char *format, ...)
{
    if (session->quiet || (!session->options.screen && !session->options.interactive))
        return;
    va_list args;
    va_start(args, format);
    char *text = format_text(format, args);
    va_end(args);
    if (session->options.screen)
        transcript_put(session, INK_PLAIN, text);
    else
        put_plain(session->options.err, text);
    free(text);
}

static void put_line(struct session *session, enum ink ink, const char *before, const char *line)
{
    struct text text = {0};
    text_printf(&text, "%s%s", before, line);
    if (session->options.screen)
        transcript_add(session->transcript, ink, text_string(&text));
    else if (session->options.interactive)
        put_plain(session->options.err, text_string(&text));
    text_free(&text);
}

void session_echo(struct session *session, const char *line)
{
    put_line(session, INK_ECHO, "> ", line);
}

void session_remark(struct session *session, const char *text)
{
    put_line(session, INK_REMARK, "", text);
}

void session_note(struct session *session, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = format_text(format, args);
    va_end(args);
    if (session->options.screen)
        transcript_put(session, INK_WARN, text);
    else
        put_message(session, text);
    free(text);
}

void session_report(struct session *session, const char *text)
{
    if (session->options.screen)
        transcript_put(session, INK_PLAIN, text);
    else if (session->options.interactive)
        put_plain(session->options.err, text);
    else
        put_message(session, text);
}

void session_answer(struct session *session, const char *text)
{
    if (session->options.screen) {
        transcript_put(session, INK_PLAIN, text);
        return;
    }
    if (session->options.interactive)
        plain_text_write(session->options.out, text);
    else
        fputs(text, session->options.out);
    if (text[0] && text[strlen(text) - 1] != '\n')
        fputc('\n', session->options.out);
    fflush(session->options.out);
}

void session_notice(struct session *session, const char *text)
{
    session_note(session, "%s", text);
}

/* ---- small questions ---- */

bool session_busy(const struct session *session)
{
    return session->waits || session->job;
}

bool session_queued(const struct session *session)
{
    return session->queued > 0;
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
    return session->settings.glyphs;
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
    live_note_losses(session);
    wiring_note(session);
}

/* True once. */
static bool say_lost(struct session *session)
{
    bool lost = session->status.lost != NULL, said = session->lost_said;
    session->lost_said = lost;
    if (lost && !said)
        session_note(session, "%s", session->status.lost);
    return lost && !said;
}

bool session_collect(struct session *session)
{
    struct engine_status before = session->status;
    bool worth = live_drain(session) || session->arrived;
    worth = knobs_apply(session) || worth;
    worth = replay_advance(session) || worth;
    session->arrived = false;
    session->status = port_status(session->engine);
    worth = say_lost(session) || worth;
    if (session->waits && (!session->status.running || session->status.remaining == 0)) {
        live_drain(session);
        end_wait(session);
        worth = true;
    }
    worth = job_collect(session) || worth;
    if (!session_busy(session) && session->queued > 0)
        worth = line_run_queue(session) || worth;
    return worth || session_solves(session) || before.running != session->status.running || before.behind != session->status.behind ||
           before.step != session->status.step;
}

void session_relieve(struct session *session)
{
    if (port_status(session->engine).waiting)
        live_drain(session);
}

/* ---- inputs that are followed, and an engine elsewhere ---- */

size_t session_descriptors(const struct session *session, int *descriptor, size_t most)
{
    size_t n = 0;
    int engine = port_descriptor(session->engine);
    if (engine >= 0 && n < most)
        descriptor[n++] = engine;
    for (size_t i = 0; i < session->channels && n < most; i++) {
        int wanted = session->channel[i]->followed ? followed_poll(session->channel[i]->followed) : -1;
        if (wanted >= 0)
            descriptor[n++] = wanted;
    }
    return n;
}

double session_patience(const struct session *session)
{
    double patience = INFINITY;
    for (size_t i = 0; i < session->channels; i++)
        if (session->channel[i]->followed)
            patience = fmin(patience, followed_patience(session->channel[i]->followed));
    return patience;
}

/* What one leaves of its share of the time is the others'. */
bool session_read(struct session *session, double budget)
{
    double end = clock_seconds() + budget;
    size_t left = 0;
    port_attend(session->engine);
    for (size_t i = 0; i < session->channels; i++)
        left += session->channel[i]->followed != NULL;
    for (size_t i = 0; i < session->channels; i++)
        if (session->channel[i]->followed) {
            double share = fmax(0, end - clock_seconds()) / (double)left--;
            session->arrived = followed_read(session, session->channel[i], share) || session->arrived;
        }
    return session->arrived;
}

bool session_interrupt(struct session *session)
{
    char time[NUMBER_HUMAN];
    session->status = port_status(session->engine);
    bool queued = session->queued > 0, played = session_moves(session);
    line_drop_queue(session);
    if (job_stop(session)) { /* what runs goes on */
        if (queued)
            session_say(session, "what waited is not run");
        return true;
    }
    if (played)
        replay_pause(session);
    if (!session->status.running && !queued)
        return played;
    port_pause(session->engine);
    live_drain(session);
    session->waits = false;
    session->status = port_status(session->engine);
    session_say(session, "stopped at %s%s", number_human(time, session->status.time, DIMENSION_TIME),
                queued ? ", what waited is not run" : "");
    return true;
}
