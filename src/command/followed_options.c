/* What a followed input is told, and how that is changed while it is followed: everything is tried with
 * copies, so that a wrong word changes nothing. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "command/followed_state.h"

/* The options' texts, in one order. */
static const char **option_places(struct load_options *options, const char **place[FOLLOWED_OPTIONS])
{
    place[0] = &options->format;
    place[1] = &options->unit;
    place[2] = &options->columns;
    place[3] = &options->delimiter;
    place[4] = &options->header;
    return place[0];
}

void followed_take_options(struct followed *f, const struct load_options *options)
{
    struct load_options copy = *options;
    const char **mine[FOLLOWED_OPTIONS], **given[FOLLOWED_OPTIONS];
    option_places(&f->options, mine);
    option_places(&copy, given);
    for (size_t i = 0; i < FOLLOWED_OPTIONS; i++) {
        if (!*given[i])
            continue;
        free(f->option[i]);
        f->option[i] = xstrdup(*given[i]);
        *mine[i] = f->option[i];
    }
    if (options->dt > 0)
        f->options.dt = options->dt;
}

/* ---- changing ---- */

static void free_texts(char *text[FOLLOWED_OPTIONS])
{
    for (size_t i = 0; i < FOLLOWED_OPTIONS; i++)
        free(text[i]);
}

/* Only the unit is given. */
static bool only_unit(const struct load_options *o)
{
    return o->unit && !o->format && !o->columns && !o->delimiter && !o->header && !(o->dt > 0);
}

static bool any_option(const struct load_options *o)
{
    return o->unit || o->format || o->columns || o->delimiter || o->header || o->dt > 0;
}

static bool change_unit(struct followed *f, struct error *error)
{
    double factor;
    if (!follower_set_unit(f->follower, f->options.unit, &factor, error))
        return false;
    if (factor != 1)
        stream_scale(f->stream, factor);
    return true;
}

/* Reads again what can be read again. */
static bool change_reader(struct session *session, struct channel *channel, struct error *error)
{
    struct followed *f = channel->followed;
    bool settled = follower_settled(f->follower);
    if (!follower_change(f->follower, &f->options, error))
        return false;
    if (settled && watch_is_file(f->watch))
        watch_rewind(f->watch);
    else if (settled)
        session_note(session, "%s: what has come cannot be read again; this holds for what comes now",
                     channel->name);
    return true;
}

static bool change_options(struct session *session, struct channel *channel,
                           const struct load_options *options, struct error *error)
{
    struct followed *f = channel->followed;
    struct load_options before = f->options;
    char *old[FOLLOWED_OPTIONS];
    memcpy(old, f->option, sizeof old);
    for (size_t i = 0; i < FOLLOWED_OPTIONS; i++)
        f->option[i] = old[i] ? xstrdup(old[i]) : NULL;
    const char **place[FOLLOWED_OPTIONS];
    option_places(&f->options, place);
    for (size_t i = 0; i < FOLLOWED_OPTIONS; i++)
        *place[i] = f->option[i];
    followed_take_options(f, options);
    bool again = !only_unit(options) || watch_is_file(f->watch);
    bool good = again ? change_reader(session, channel, error) : change_unit(f, error);
    if (!good) {
        free_texts(f->option);
        memcpy(f->option, old, sizeof old);
        f->options = before;
        return false;
    }
    free_texts(old);
    return true;
}

bool followed_change(struct session *session, struct channel *channel, const struct follow_request *request,
                     struct error *error)
{
    struct followed *f = channel->followed;
    bool good = !any_option(&request->options) || change_options(session, channel, &request->options, error);
    followed_settle(channel);
    if (good && request->keep > 0)
        stream_keep(f->stream, request->keep, followed_limit_of(session));
    if (good && any_option(&request->options)) {
        free(f->described); /* what it is taken for now is news */
        f->described = NULL;
        f->malformed = 0;
        followed_say_news(session, channel, true);
    }
    return good;
}
