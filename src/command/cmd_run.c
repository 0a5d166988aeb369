/* Time: running, pausing, stepping, starting anew, how fast, in which steps, from which seed. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/stop.h"
#include "command/families.h"
#include "language/command.h"
#include "rig/live.h"
#include "session/message.h"
#include "session/names.h"
#include "session/session.h"
#include "session/wiring.h"
#include "view/link.h"
#include "view/replay.h"
#include "view/subject.h"
#include "view/window.h"

static void say_state(struct session *session, const char *what)
{
    char time[NUMBER_HUMAN];
    session->rig.status = port_status(session->rig.engine);
    session_say(session, "%s at t = %s", what, number_human(time, session->rig.status.time, DIMENSION_TIME));
}

/* ---- run, step ---- */

static bool drain(void *context)
{
    live_drain(&((struct session *)context)->rig);
    wiring_note(context);
    return !stop_requested();
}

static bool count_steps(const struct session *session, double time, uint64_t *steps, struct error *error)
{
    char asked[NUMBER_HUMAN], step[NUMBER_HUMAN];
    double dt = session->rig.status.dt, exact = time / dt;
    number_human(asked, time, DIMENSION_TIME);
    number_human(step, dt, DIMENSION_TIME);
    if (!(exact < 9007199254740992.0))
        return error_set(error, "%s is more than 2^53 steps of %s", asked, step);
    *steps = (uint64_t)llround(exact);
    return *steps > 0 || time == 0 || error_set(error, "%s is less than half a step of dt = %s", asked, step);
}

/* On the screen the engine goes on by itself and lines wait; else all of it happens here. */
static bool advance(struct session *session, uint64_t steps, struct error *error)
{
    char time[NUMBER_HUMAN];
    view_time_present(&session->look);
    if (steps == 0)
        return true;
    bool good = port_advance(session->rig.engine, steps, drain, session, error);
    session->rig.status = port_status(session->rig.engine);
    session->waits = session->rig.started && good;
    if (session->rig.started)
        return good;
    live_drain(&session->rig);
    live_note_losses(&session->rig);
    wiring_note(session);
    return good && (!stop_requested() || error_set(error, "interrupted at t = %s",
                                                   number_human(time, session->rig.status.time, DIMENSION_TIME)));
}

static bool set_going(struct session *session, struct error *error)
{
    view_time_present(&session->look);
    if (!port_run(session->rig.engine, error))
        return false;
    say_state(session, "running");
    return true;
}

static bool run_run(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                    struct error *error)
{
    (void)sheet;
    const struct value *time = argument(arguments, "TIME");
    uint64_t steps;
    session->rig.status = port_status(session->rig.engine);
    if (time->given)
        return count_steps(session, time->number, &steps, error) && advance(session, steps, error);
    if (!session->rig.started)
        return error_set(error, "without a screen, run needs a duration: run 2s");
    return set_going(session, error);
}

static bool run_step(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    const struct value *time = argument(arguments, "TIME");
    char human[NUMBER_HUMAN];
    uint64_t steps = 1;
    session->rig.status = port_status(session->rig.engine);
    if (time->given && !count_steps(session, time->number, &steps, error))
        return false;
    double end = session->rig.status.time + (double)steps * session->rig.status.dt;
    if (!advance(session, steps, error))
        return false;
    session_say(session, "%" PRIu64 " step%s to t = %s", steps, steps == 1 ? "" : "s",
                number_human(human, end, DIMENSION_TIME));
    return true;
}

/* A replay is paused with the simulation; only what there is, is said. */
static bool run_pause(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    (void)arguments;
    (void)sheet;
    (void)error;
    struct replay *replay = &session->look.replay;
    char time[NUMBER_HUMAN];
    bool was_running = port_status(session->rig.engine).running;
    port_pause(session->rig.engine);
    live_drain(&session->rig);
    session->waits = false;
    if (was_running || !replay->channel)
        say_state(session, "paused");
    if (!replay->channel)
        return true;
    replay_pause(&session->look);
    session_say(session, "%s: paused at %s", replay->channel->name, number_human(time, replay->at, DIMENSION_TIME));
    return true;
}

/* The view of a stream is held and let go; what arrives is kept all the same. */
static bool toggle_stream(struct session *session, struct channel *channel)
{
    if (channel->window.follow)
        view_time_hold(&session->look, channel);
    else
        view_time_follow(&session->look, channel);
    session_say(session, channel->window.follow ? "%s: following" : "%s: the view is held, the record goes on",
                channel->name);
    return true;
}

/* What is in focus is meant: a recording is played, the view of a stream held, a population simulated. */
static bool run_toggle(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    struct channel *seen = view_channel(&session->look);
    if (seen && seen->recording && !view_link_axis(&session->look, seen).live) {
        if (!replay_on(&session->look, seen) || !session->look.replay.running)
            return replay_resume(&session->look, seen, error);
        replay_pause(&session->look);
        return true;
    }
    if (seen && seen->followed && !view_link_axis(&session->look, seen).live)
        return toggle_stream(session, seen);
    if (port_status(session->rig.engine).running)
        return run_pause(session, arguments, sheet, error);
    struct channel *population = channel_default(session, CHANNEL_LIVE, error);
    if (!population)
        return false;
    if (!session->rig.started)
        return error_set(error, "toggle works on the screen; a script uses run TIME");
    return set_going(session, error);
}

static const struct parameter time_parameters[] = {
    {.name = "TIME",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .positional = true,
     .low = 0,
     .high = 1e300,
     .help = "of the simulation; then it pauses"},
    {0},
};

/* ---- reset ---- */

static bool run_reset(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    (void)arguments;
    (void)sheet;
    if (!live_reset(&session->rig, error))
        return false;
    view_time_present(&session->look);
    say_state(session, session->rig.status.running ? "running" : "paused");
    for (size_t i = 0; i < session->rig.wires; i++)
        if (session->rig.wired[i]->spec.learning.rule)
            session_say(session, "%s keeps what it has learned; learn %s reset takes it back",
                        session->rig.wired[i]->face.name, session->rig.wired[i]->face.name);
    return true;
}

/* ---- speed ---- */

static const char *const speed_names[] = {"max"};

static struct word_list speed_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"speed", 1, word_plain, speed_names};
}

static bool one_number(struct sheet *sheet, const char *name, double value, struct error *error)
{
    const char *const columns[] = {name, NULL};
    if (!sheet_header(sheet, error, columns))
        return false;
    sheet_number(sheet, value);
    sheet_row(sheet);
    return true;
}

static bool run_speed(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    const struct value *factor = argument(arguments, "FACTOR");
    if (!factor->given)
        return one_number(sheet, "speed", port_status(session->rig.engine).speed, error);
    double speed = factor->choice < 0 ? factor->number : INFINITY;
    port_speed(session->rig.engine, speed);
    if (isinf(speed))
        session_say(session, "as fast as possible");
    else
        session_say(session, "%.4g times real time", speed);
    return true;
}

static const struct parameter speed_parameters[] = {
    {.name = "FACTOR",
     .type = TYPE_CHOICE,
     .choices = speed_words,
     .number_too = true,
     .positional = true,
     .low = 0,
     .low_open = true,
     .high = 1e9,
     .help = "of real time; max: as fast as possible"},
    {0},
};

/* ---- dt, seed ---- */

static bool run_dt(struct session *session, const struct arguments *arguments, struct sheet *sheet, struct error *error)
{
    const struct value *step = argument(arguments, "STEP");
    char human[NUMBER_HUMAN];
    if (!step->given)
        return one_number(sheet, "dt", port_status(session->rig.engine).dt, error);
    if (!live_dt(&session->rig, step->number, error))
        return false;
    session_say(session, "dt = %s", number_human(human, step->number, DIMENSION_TIME));
    return true;
}

static const struct parameter dt_parameters[] = {
    {.name = "STEP",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .positional = true,
     .low = ENGINE_DT_MIN,
     .high = ENGINE_DT_MAX,
     .help = "length of one step"},
    {0},
};

static bool run_seed(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    static const char *const columns[] = {"seed", NULL};
    char digits[24];
    const struct value *seed = argument(arguments, "NUMBER");
    if (seed->given)
        return wiring_seed(session, seed->count, error);
    if (!sheet_header(sheet, error, columns))
        return false;
    snprintf(digits, sizeof digits, "%" PRIu64, session->rig.seed); /* beyond what sheet_integer holds */
    sheet_text(sheet, digits);
    sheet_row(sheet);
    return true;
}

static const struct parameter seed_parameters[] = {
    {.name = "NUMBER", .type = TYPE_COUNT, .positional = true, .help = "any whole number"},
    {0},
};

static const struct command commands[] = {
    {.name = "run",
     .summary = "runs the simulation, for some time or until it is paused",
     .details = "On the screen commands typed behind a bounded run wait for its end; in a script it is done "
                "at once.",
     .example = "run 2s",
     .parameters = time_parameters,
     .run = run_run},
    {.name = "pause",
     .summary = "pauses the simulation and a replay",
     .immediate = true,
     .anytime = true,
     .run = run_pause},
    {.name = "toggle",
     .summary = "pauses what is in focus if it runs, goes on if it is paused",
     .details =
         "A population in focus: the simulation; a recording: its replay; a stream: the view of it, not the record.",
     .immediate = true,
     .run = run_toggle},
    {.name = "step",
     .summary = "runs one step, or some time, and pauses",
     .example = "step 10ms",
     .parameters = time_parameters,
     .run = run_step},
    {.name = "reset",
     .summary = "sets the time to 0 and every neuron to rest, and empties the records",
     .details = "The same seed and the same commands then give the same spikes again.",
     .lasting = true,
     .run = run_reset},
    {.name = "speed",
     .summary = "sets how many seconds are simulated in a second of real time",
     .example = "speed 0.1",
     .parameters = speed_parameters,
     .table = true,
     .immediate = true,
     .anytime = true,
     .run = run_speed},
    {.name = "dt",
     .summary = "sets the time step, or shows it",
     .example = "dt 0.1ms",
     .parameters = dt_parameters,
     .table = true,
     .run = run_dt},
    {.name = "seed",
     .summary = "sets the seed that populations and noises without one have theirs from, or shows it",
     .example = "seed 7",
     .parameters = seed_parameters,
     .table = true,
     .run = run_seed},
};

const struct command_family family_run = {"Time", commands, sizeof commands / sizeof *commands};
