/* For a room: large, few, slow, standing still. */
#include <stdlib.h>

#include "command/families.h"
#include "frame/frame.h"
#include "language/command.h"
#include "rig/live.h"
#include "session/message.h"
#include "session/session.h"

static bool wanted(const struct arguments *arguments, bool now)
{
    const struct value *state = argument(arguments, "STATE");
    return state->given ? state->on : !now;
}

static bool run_present(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                        struct error *error)
{
    (void)sheet;
    (void)error;
    bool on = session->settings.present = wanted(arguments, session->settings.present);
    session->look.layout.present = on;
    if (session->frozen) { /* it was drawn the other way */
        canvas_free(session->frozen);
        session->frozen = NULL;
    }
    session_say(session, on ? "for a room: two panes at most, thick lines; present off goes back" : "as before");
    return true;
}

/* ---- freeze ---- */

static struct canvas *picture_of(struct session *session)
{
    struct view view;
    live_drain(&session->rig);
    session_view(session, &view);
    struct canvas *canvas = canvas_new(session->options.width, session->options.height, session_glyphs(session));
    frame_draw(canvas, &view);
    return canvas;
}

static bool run_freeze(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    (void)error;
    bool on = wanted(arguments, session->frozen != NULL);
    canvas_free(session->frozen);
    session->frozen = NULL;
    if (on)
        session->frozen = picture_of(session);
    session_say(session, on ? "the picture stands, simulation and record go on; freeze off shows them again"
                            : "the picture moves again");
    return true;
}

/* ---- slow ---- */

#define SLOW 0.1

static bool run_slow(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    (void)error;
    double *before = &session->settings.before_slow;
    bool on = wanted(arguments, *before > 0);
    if (on && *before == 0)
        *before = port_status(session->rig.engine).speed;
    double speed = on ? SLOW : *before > 0 ? *before : 1;
    port_speed(session->rig.engine, speed);
    if (on)
        session_say(session, "ten times slower than real time; slow off goes on as before");
    else
        session_say(session, "%.4g times real time", speed);
    if (!on)
        *before = 0;
    return true;
}

static const struct parameter switch_parameters[] = {
    {.name = "STATE", .type = TYPE_SWITCH, .positional = true, .help = "on or off (default: the other one)"}, {0}};

static const struct command commands[] = {
    {.name = "present",
     .summary = "shows everything so large that it is read from the last row of a room",
     .details = "Two panes at most, drawn with blocks and thick lines, nothing in faint colours; a caption instead of "
                "answers, and\nthe status in words. `lifscope --present` begins so.",
     .example = "present on",
     .immediate = true,
     .anytime = true,
     .parameters = switch_parameters,
     .run = run_present},
    {.name = "freeze",
     .summary = "keeps the picture as it is while the simulation and its record go on",
     .example = "freeze",
     .immediate = true,
     .anytime = true,
     .parameters = switch_parameters,
     .run = run_freeze},
    {.name = "slow",
     .summary = "simulates ten times slower than real time, and as before when it is asked for again",
     .example = "slow",
     .immediate = true,
     .anytime = true,
     .parameters = switch_parameters,
     .run = run_slow},
};

const struct command_family family_present = {"For a room", commands, sizeof commands / sizeof *commands};
