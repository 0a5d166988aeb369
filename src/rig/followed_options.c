/* How what a followed input was told is changed while it is followed: everything is tried with copies, so
 * that a wrong word changes nothing. */
#include <stdlib.h>

#include "base/voice.h"
#include "rig/followed_state.h"

/* Only the unit is given. */
static bool only_unit(const struct load_options *o)
{
    return o->unit && !o->format && !o->columns && !o->delimiter && !o->header && !(o->dt > 0);
}

static bool any_option(const struct load_options *o)
{
    return o->unit || o->format || o->columns || o->delimiter || o->header || o->dt > 0;
}

static bool change_unit(struct followed *f, const char *unit, struct error *error)
{
    double factor;
    if (!follower_set_unit(f->follower, unit, &factor, error))
        return false;
    if (factor != 1)
        stream_scale(f->stream, factor);
    return true;
}

/* Reads again what can be read again. */
static bool change_reader(struct rig *rig, struct channel *channel, const struct load_options *options,
                          struct error *error)
{
    struct followed *f = channel->followed;
    bool settled = follower_settled(f->follower), failed = follower_failed(f->follower);
    if (!follower_change(f->follower, options, error))
        return false;
    if (settled)
        f->tables = f->let_go = f->too_late = f->dropped = f->set_back = 0;
    if (settled && watch_is_file(f->watch)) {
        follower_restart(f->follower);
        watch_rewind(f->watch);
    } else if (settled) {
        voice_note(&rig->voice, "%s: what has come cannot be read again; this holds for what comes now", channel->name);
    }
    if (failed && !follower_failed(f->follower)) {
        f->over = false;
        f->confusion[0] = '\0';
    }
    return true;
}

static bool change_options(struct rig *rig, struct channel *channel, const struct load_options *options,
                           struct error *error)
{
    struct followed *f = channel->followed;
    struct load_options all = {0};
    load_options_take(&all, &f->options);
    load_options_take(&all, options);
    bool again = !only_unit(options) || watch_is_file(f->watch);
    bool good = again ? change_reader(rig, channel, &all, error) : change_unit(f, all.unit, error);
    if (good)
        load_options_take(&f->options, options);
    load_options_free(&all);
    return good;
}

bool followed_change(struct rig *rig, struct channel *channel, const struct follow_request *request,
                     struct error *error)
{
    struct followed *f = channel->followed;
    bool good = !any_option(&request->options) || change_options(rig, channel, &request->options, error);
    followed_settle(channel);
    if (good && request->keep > 0)
        stream_keep(f->stream, request->keep, followed_limit_of(rig));
    if (good && any_option(&request->options)) {
        free(f->described); /* what it is taken for now is news */
        f->described = NULL;
        f->malformed = 0;
        followed_say_news(rig, channel, true);
    }
    return good;
}
