/* A bar of ten cells after a fifth of a second, renewed twenty times a second: nothing flashes for short work. */
#include "session/work.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/stop.h"
#include "rig/live.h"
#include "session/session.h"

#define PATIENCE 0.2 /* s before anything is shown */
#define RENEWAL 0.05 /* s */
#define CELLS 10

void work_begin(struct session *session, const char *what)
{
    session->work = (struct work){.what = what, .begun = clock_seconds()};
}

void work_bar(char bar[WORK_BAR], const char *what, double fraction, enum glyph_set glyphs)
{
    const char *full = glyphs == GLYPHS_ASCII ? "#" : "\xe2\x96\x88",
               *empty = glyphs == GLYPHS_ASCII ? "." : "\xe2\x96\x91";
    int done = (int)floor(fmin(fmax(fraction, 0), 1) * CELLS);
    size_t used = (size_t)snprintf(bar, WORK_BAR, "%.8s ", what);
    for (int i = 0; i < CELLS; i++)
        used += (size_t)snprintf(bar + used, WORK_BAR - used, "%s", i < done ? full : empty);
    snprintf(bar + used, WORK_BAR - used, " %3.0f %%", 100 * fmin(fmax(fraction, 0), 1));
}

/* A person at a plain command line sees it on the error stream; a script's error stream stays clean. */
static bool plain_person(const struct session *session)
{
    return session->options.interactive && !session->options.screen && session->options.err == stderr &&
           isatty(STDERR_FILENO);
}

static void show(struct session *session)
{
    /* Nothing that works this way reads a record, so the records may grow meanwhile: panes go on, and the
     * engine need not wait for its batches to be taken. */
    live_drain(&session->rig);
    if (session->refresh)
        session->refresh(session->refresh_context);
    else if (plain_person(session))
        fprintf(session->options.err, "\r%s", session->work.text);
}

bool work_go_on(void *context, double fraction)
{
    struct session *session = context;
    struct work *work = &session->work;
    double now = clock_seconds();
    if (work->what && now - work->begun >= PATIENCE && now - work->shown >= RENEWAL) {
        work->shown = now;
        work_bar(work->text, work->what, fraction, session->options.glyphs);
        show(session);
    }
    return stop_requested();
}

void work_end(struct session *session)
{
    if (session->work.shown > 0 && plain_person(session))
        fprintf(session->options.err, "\r%*s\r", (int)strlen(session->work.text), "");
    session->work = (struct work){0};
}

void session_on_work(struct session *session, void (*refresh)(void *context), void *context)
{
    session->refresh = refresh;
    session->refresh_context = context;
}
