/* What lines call by name: the parser and completion ask here. */
#include "session/names.h"

#include <string.h>

#include "base/text.h"
#include "rig/rig.h"
#include "rig/wired.h"
#include "session/session.h"
#include "view/subject.h"

static const struct {
    const char *what, *none;
} wanted_rows[] = {
    [CHANNEL_ANY] = {"population or recording", "population NAME or load FILE makes one"},
    [CHANNEL_LIVE] = {"population", "population NAME makes one"},
    [CHANNEL_RECORDING] = {"recording", "load FILE as NAME makes one"},
    [CHANNEL_STREAM] = {"stream", "follow FILE as NAME makes one"},
    [CHANNEL_PLACE] = {"population or node", "population NAME or node NAME makes one"},
    [CHANNEL_CONNECTION] = {"connection", "connect PRE POST makes one"},
    [CHANNEL_SETS] = {"population, node or connection", "population NAME makes one"},
    [CHANNEL_DECODES] = {"population or connection", "population NAME makes one"},
    [CHANNEL_SHOWN] = {"population, node, connection or recording", "population NAME or load FILE makes one"},
    [CHANNEL_ALL] = {"population, node or recording", "population NAME or load FILE makes one"},
};

/* "A, B" of those that fit. */
static void list_channels(const struct session *session, enum channel_wanted wanted, struct text *out)
{
    for (size_t i = 0; i < session->rig.channels; i++)
        if (channel_fits(session->rig.channel[i], wanted))
            text_printf(out, "%s%s", out->length ? ", " : "", session->rig.channel[i]->name);
    for (size_t i = 0; i < session->rig.wires; i++)
        if (wanted != CHANNEL_ANY && channel_fits(&session->rig.wired[i]->face, wanted))
            text_printf(out, "%s%s", out->length ? ", " : "", session->rig.wired[i]->face.name);
}

/* A connection of that name where one is wanted. */
static struct channel *find_wired(const struct session *session, const char *name, enum channel_wanted wanted)
{
    for (size_t i = 0; i < session->rig.wires; i++)
        if (wanted != CHANNEL_ANY && strcmp(session->rig.wired[i]->face.name, name) == 0 &&
            channel_fits(&session->rig.wired[i]->face, wanted))
            return &session->rig.wired[i]->face;
    return NULL;
}

static struct channel *none_found(const struct session *session, const char *name, enum channel_wanted wanted,
                                  struct error *error)
{
    struct text names = {0};
    list_channels(session, wanted, &names);
    const struct channel *other = name ? channel_named(&session->rig, name) : NULL;
    const char *what = wanted_rows[wanted].what;
    if (other)
        error_set(error, "%s is a %s, a %s is wanted here%s%s", name, channel_kind(other), what,
                  names.length ? ": " : "", text_string(&names));
    else if (!name && names.length > 0)
        error_set(error, "which %s is meant: %s?", what, text_string(&names));
    else if (names.length == 0)
        error_set(error, "there is no %s yet%s%.60s%s: %s", what, name ? ", so no '" : "", name ? name : "",
                  name ? "'" : "", wanted_rows[wanted].none);
    else
        error_set(error, "unknown %s '%.60s': one of %s", what, name ? name : "", text_string(&names));
    text_free(&names);
    return NULL;
}

struct channel *channel_find(const struct session *session, const char *name, enum channel_wanted wanted,
                             struct error *error)
{
    struct channel *channel = channel_named(&session->rig, name);
    if (!channel)
        channel = find_wired(session, name, wanted);
    return channel && channel_fits(channel, wanted) ? channel : none_found(session, name, wanted, error);
}

/* The connection of the pane in focus or else of the first that shows one; or the only one there is. */
static struct channel *connection_meant(const struct session *session)
{
    const struct rig *rig = &session->rig;
    const struct layout *layout = &session->look.layout;
    struct wired *wired = layout->focus >= 0 ? wired_named(rig, layout->pane[layout->focus].subject) : NULL;
    for (size_t p = 0; p < layout->panes && !wired; p++)
        wired = wired_named(rig, layout->pane[p].subject);
    if (!wired && rig->wires == 1)
        wired = rig->wired[0];
    return wired ? &wired->face : NULL;
}

struct channel *channel_default(const struct session *session, enum channel_wanted wanted, struct error *error)
{
    if (wanted == CHANNEL_CONNECTION) {
        struct channel *meant = connection_meant(session);
        return meant ? meant : none_found(session, NULL, wanted, error);
    }
    struct channel *focused = view_channel(&session->look);
    if (focused && channel_fits(focused, wanted) && !channel_is_node(focused))
        return focused;
    for (size_t i = 0; i < session->rig.channels; i++)
        if (channel_fits(session->rig.channel[i], wanted) && !channel_is_node(session->rig.channel[i]))
            return session->rig.channel[i];
    return none_found(session, NULL, wanted, error);
}

static const char *name_at(const struct session *session, size_t i, enum channel_wanted wanted)
{
    for (size_t c = 0; c < session->rig.channels; c++)
        if (channel_fits(session->rig.channel[c], wanted) && i-- == 0)
            return session->rig.channel[c]->name;
    for (size_t w = 0; w < session->rig.wires && wanted != CHANNEL_ANY; w++)
        if (channel_fits(&session->rig.wired[w]->face, wanted) && i-- == 0)
            return session->rig.wired[w]->face.name;
    return NULL;
}

const struct names session_names = {channel_find, channel_default, name_at};
