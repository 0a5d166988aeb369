/* A replay goes on by the time that has passed, however rarely it is asked, so that slow frames do not slow
 * it. */
#include "view/replay.h"

#include <math.h>

#include "base/voice.h"
#include "view/link.h"
#include "view/look.h"
#include "view/window.h"

static double clock_now(const struct look *look)
{
    return look->clock();
}

bool replay_on(const struct look *look, const struct channel *channel)
{
    const struct channel *played = look->replay.channel;
    return played && view_linked(look, channel, played);
}

static void follow(struct look *look, bool on)
{
    channel_window(look, look->replay.channel)->follow = on;
    view_link_share(look, look->replay.channel);
}

/* At the end the last page stays, and with it all that is in it. */
static void finish(struct look *look)
{
    struct replay *replay = &look->replay;
    char time[NUMBER_HUMAN];
    replay->running = false;
    replay->at = replay->until;
    voice_say(&look->rig->voice, "%s: played to %s", replay->channel->name,
              number_human(time, replay->until, DIMENSION_TIME));
}

double replay_place(struct look *look, const struct channel *channel)
{
    struct time_axis axis = view_link_axis(look, channel);
    const struct time_window *window = &channel->window;
    if (replay_on(look, channel))
        return look->replay.at < axis.last ? look->replay.at : axis.first;
    double from = window->point.on ? window->point.time : window->from;
    return from > axis.first && from < axis.last ? from : axis.first;
}

bool replay_play(struct look *look, struct channel *channel, double from, double until, double speed,
                 struct error *error)
{
    struct time_axis axis = view_link_axis(look, channel);
    if (axis.live)
        return error_set(error,
                         "%s shares its time with the simulation, which run and pause move: set link=auto parts "
                         "them",
                         channel->name);
    if (!(axis.last > axis.first))
        return error_set(error, "%s has nothing to play: all of it is at one time", channel->name);
    if (isnan(speed))
        speed = replay_on(look, channel) ? look->replay.speed : 1;
    look->replay = (struct replay){
        .channel = channel, .running = true, .speed = speed, .at = from, .until = until, .clock = clock_now(look)};
    follow(look, true);
    if (!look->rig->started)
        finish(look);
    return true;
}

bool replay_resume(struct look *look, struct channel *channel, struct error *error)
{
    replay_advance(look);
    return replay_play(look, channel, replay_place(look, channel), view_link_axis(look, channel).last, NAN, error);
}

bool replay_advance(struct look *look)
{
    struct replay *replay = &look->replay;
    if (!replay->channel || !replay->running)
        return false;
    double now = clock_now(look);
    replay->at += (now - replay->clock) * replay->speed;
    replay->clock = now;
    if (replay->at >= replay->until)
        finish(look);
    return true;
}

void replay_pause(struct look *look)
{
    replay_advance(look);
    look->replay.running = false;
}

void replay_seek(struct look *look, double time)
{
    struct time_axis axis = view_link_axis(look, look->replay.channel);
    look->replay.at = fmin(fmax(time, axis.first), axis.last);
    look->replay.clock = clock_now(look);
    look->replay.until = fmax(look->replay.until, look->replay.at);
}

void replay_stop(struct look *look)
{
    struct replay *replay = &look->replay;
    if (!replay->channel)
        return;
    struct time_window *window = channel_window(look, replay->channel);
    if (window->follow) {
        window->from = fmax(replay->at - window->width, view_link_axis(look, replay->channel).first);
        window->point = (struct instant){true, replay->at};
    }
    follow(look, false);
    *replay = (struct replay){0};
}

bool replay_moves(const struct look *look)
{
    return look->replay.channel && look->replay.running;
}
