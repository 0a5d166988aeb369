/* A replay goes on by the time that has passed, however rarely it is asked, so that slow frames do not slow
 * it. */
#include "view/replay.h"

#include <math.h>

#include "base/clock.h"
#include "session/state.h"
#include "view/link.h"

static double clock_now(const struct session *session)
{
    return session->options.clock ? session->options.clock() : clock_seconds();
}

bool replay_on(const struct session *session, const struct channel *channel)
{
    const struct channel *played = session->replay.channel;
    return played && view_linked(session, channel, played);
}

static void follow(struct session *session, bool on)
{
    channel_window(session, session->replay.channel)->follow = on;
    view_link_share(session, session->replay.channel);
}

/* At the end the last page stays, and with it all that is in it. */
static void finish(struct session *session)
{
    struct replay *replay = &session->replay;
    char time[NUMBER_HUMAN];
    replay->running = false;
    replay->at = replay->until;
    session_say(session, "%s: played to %s", replay->channel->name,
                number_human(time, replay->until, DIMENSION_TIME));
}

double replay_place(struct session *session, const struct channel *channel)
{
    struct time_axis axis = view_link_axis(session, channel);
    const struct time_window *window = &channel->window;
    if (replay_on(session, channel))
        return session->replay.at < axis.last ? session->replay.at : axis.first;
    double from = window->point.on ? window->point.time : window->from;
    return from > axis.first && from < axis.last ? from : axis.first;
}

bool replay_play(struct session *session, struct channel *channel, double from, double until, double speed,
                 struct error *error)
{
    struct time_axis axis = view_link_axis(session, channel);
    if (axis.live)
        return error_set(
            error,
            "%s shares its time with the simulation, which run and pause move: set link=auto parts "
            "them",
            channel->name);
    if (!(axis.last > axis.first))
        return error_set(error, "%s has nothing to play: all of it is at one time", channel->name);
    if (isnan(speed))
        speed = replay_on(session, channel) ? session->replay.speed : 1;
    session->replay = (struct replay){.channel = channel,
                                      .running = true,
                                      .speed = speed,
                                      .at = from,
                                      .until = until,
                                      .clock = clock_now(session)};
    follow(session, true);
    if (!session->started)
        finish(session);
    return true;
}

bool replay_resume(struct session *session, struct channel *channel, struct error *error)
{
    replay_advance(session);
    return replay_play(session, channel, replay_place(session, channel),
                       view_link_axis(session, channel).last, NAN, error);
}

bool replay_advance(struct session *session)
{
    struct replay *replay = &session->replay;
    if (!replay->channel || !replay->running)
        return false;
    double now = clock_now(session);
    replay->at += (now - replay->clock) * replay->speed;
    replay->clock = now;
    if (replay->at >= replay->until)
        finish(session);
    return true;
}

void replay_pause(struct session *session)
{
    replay_advance(session);
    session->replay.running = false;
}

void replay_seek(struct session *session, double time)
{
    struct time_axis axis = view_link_axis(session, session->replay.channel);
    session->replay.at = fmin(fmax(time, axis.first), axis.last);
    session->replay.clock = clock_now(session);
    session->replay.until = fmax(session->replay.until, session->replay.at);
}

void replay_stop(struct session *session)
{
    struct replay *replay = &session->replay;
    if (!replay->channel)
        return;
    struct time_window *window = channel_window(session, replay->channel);
    if (window->follow) {
        window->from = fmax(replay->at - window->width, view_link_axis(session, replay->channel).first);
        window->point = (struct instant){true, replay->at};
    }
    follow(session, false);
    *replay = (struct replay){0};
}

bool session_moves(const struct session *session)
{
    return session->replay.channel && session->replay.running;
}
