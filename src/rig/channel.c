/* Finding channels by name, and what populations and recordings have in common. */
#include "rig/channel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "pane/pane.h"
#include "rig/accurate.h"
#include "rig/decoding.h"
#include "rig/followed.h"
#include "rig/tuned.h"
#include "rig/wired.h"
#include "session/state.h"
#include "view/cursors.h"

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
};

bool channel_fits(const struct channel *channel, enum channel_wanted wanted)
{
    switch (wanted) {
    case CHANNEL_ANY:
        return true;
    case CHANNEL_LIVE:
        return channel->population && !channel->population->node;
    case CHANNEL_PLACE:
        return channel->population;
    case CHANNEL_CONNECTION:
        return channel->wired;
    case CHANNEL_SETS:
        return channel->population || channel->wired;
    case CHANNEL_DECODES:
        return channel->wired || (channel->population && !channel->population->node);
    case CHANNEL_RECORDING:
        return channel->recording;
    case CHANNEL_STREAM:
        return channel->followed;
    }
    return false;
}

const struct channel *channel_of_wire(const struct session *session, size_t i)
{
    return &session->wired[i]->face;
}

bool channel_is_node(const struct channel *channel)
{
    return channel->population && channel->population->node;
}

const char *channel_kind(const struct channel *channel)
{
    if (channel->wired || channel_is_node(channel))
        return channel->wired ? "connection" : "node";
    return channel->population ? "population" : channel->followed ? "stream" : "recording";
}

struct channel *channel_named(const struct session *session, const char *name)
{
    for (size_t i = 0; i < session->channels; i++)
        if (strcmp(session->channel[i]->name, name) == 0)
            return session->channel[i];
    return NULL;
}

/* "A, B" of those that fit. */
static void list_channels(const struct session *session, enum channel_wanted wanted, struct text *out)
{
    for (size_t i = 0; i < session->channels; i++)
        if (channel_fits(session->channel[i], wanted))
            text_printf(out, "%s%s", out->length ? ", " : "", session->channel[i]->name);
    for (size_t i = 0; i < session->wires; i++)
        if (wanted != CHANNEL_ANY && channel_fits(&session->wired[i]->face, wanted))
            text_printf(out, "%s%s", out->length ? ", " : "", session->wired[i]->face.name);
}

/* A connection of that name where one is wanted. */
static struct channel *find_wired(const struct session *session, const char *name, enum channel_wanted wanted)
{
    for (size_t i = 0; i < session->wires; i++)
        if (wanted != CHANNEL_ANY && strcmp(session->wired[i]->face.name, name) == 0 &&
            channel_fits(&session->wired[i]->face, wanted))
            return &session->wired[i]->face;
    return NULL;
}

static struct channel *none_found(const struct session *session, const char *name, enum channel_wanted wanted,
                                  struct error *error)
{
    struct text names = {0};
    list_channels(session, wanted, &names);
    const struct channel *other = name ? channel_named(session, name) : NULL;
    const char *what = wanted_rows[wanted].what;
    if (other)
        error_set(error, "%s is a %s, a %s is wanted here%s%s", name,
                  channel_kind(other), what, names.length ? ": " : "",
                  text_string(&names));
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
    struct channel *channel = channel_named(session, name);
    if (!channel)
        channel = find_wired(session, name, wanted);
    return channel && channel_fits(channel, wanted) ? channel : none_found(session, name, wanted, error);
}

struct channel *channel_default(const struct session *session, enum channel_wanted wanted,
                                struct error *error)
{
    struct channel *focused = view_channel(session);
    if (focused && channel_fits(focused, wanted))
        return focused;
    for (size_t i = 0; i < session->channels; i++)
        if (channel_fits(session->channel[i], wanted) && !channel_is_node(session->channel[i]))
            return session->channel[i];
    return none_found(session, NULL, wanted, error);
}

struct channel *channel_add(struct session *session, const char *name, struct error *error)
{
    if (session->channels == CHANNELS_MAX) {
        error_set(error, "there are %d populations and recordings already: remove one first", CHANNELS_MAX);
        return NULL;
    }
    struct channel *channel = xcalloc(1, sizeof *channel);
    snprintf(channel->name, sizeof channel->name, "%s", name);
    channel->selected = -1;
    session->channel[session->channels++] = channel;
    return channel;
}

void channel_remove(struct session *session, struct channel *channel)
{
    size_t i = 0;
    while (session->channel[i] != channel)
        i++;
    memmove(&session->channel[i], &session->channel[i + 1],
            (session->channels - i - 1) * sizeof session->channel[0]);
    if (session->replay.channel == channel)
        session->replay = (struct replay){0};
    view_marks_remove(session, channel, NULL);
    session->channels--;
    knobs_prune(session);
    channel_free(channel);
}

struct channel *channel_frozen(const struct channel *channel)
{
    struct channel *frozen = xcalloc(1, sizeof *frozen);
    memcpy(frozen->name, channel->name, sizeof frozen->name);
    frozen->selected = -1;
    if (channel->population) {
        population_spec_copy(&frozen->spec, &channel->spec);
        frozen->population = population_share(channel->population);
        frozen->changed = channel->changed;
        frozen->driven = channel->driven;
        frozen->history = history_snapshot(channel->history);
    } else if (channel->recording) {
        frozen->recording = recording_share(channel->recording);
    } else {
        frozen->recording = stream_recording(followed_stream(channel->followed));
    }
    return frozen;
}

void channel_free(struct channel *channel)
{
    if (!channel)
        return;
    population_spec_free(&channel->spec);
    population_free(channel->population);
    stimulus_free(channel->input);
    history_free(channel->history);
    decoding_free(channel->decoding);
    accurate_free(channel->accurate);
    recording_free(channel->recording);
    view_rows_free(&channel->shown);
    free(channel->mark);
    tuned_free(channel->tuned);
    followed_free(channel->followed);
    free(channel);
}

struct spike_source channel_source(const struct channel *channel)
{
    if (channel->recording)
        return recording_source(channel->recording);
    if (channel->followed)
        return stream_source(followed_stream(channel->followed));
    return history_source(channel->history, channel->population->model->advance ? channel->population->n : 0);
}

size_t channel_neurons(const struct channel *channel)
{
    if (channel->followed)
        return stream_neurons(followed_stream(channel->followed));
    return channel->recording ? channel->recording->units : channel->population->n;
}

const char *channel_label(const struct channel *channel, size_t neuron, char *buffer, size_t size)
{
    if (channel->recording)
        return channel->recording->label[neuron];
    if (channel->followed)
        return stream_label(followed_stream(channel->followed), neuron);
    snprintf(buffer, size, "%zu", neuron);
    return buffer;
}

long channel_neuron(const struct channel *channel, const char *label, struct error *error)
{
    size_t neurons = channel_neurons(channel);
    char first[32], last[32];
    for (size_t i = 0; !channel->population && i < neurons; i++)
        if (strcmp(channel_label(channel, i, first, sizeof first), label) == 0)
            return (long)i;
    char *end;
    unsigned long number = strtoul(label, &end, 10);
    if (channel->population && label[0] >= '0' && label[0] <= '9' && *end == '\0' && number < neurons)
        return (long)number;
    if (neurons == 0)
        error_set(error, "%s has no neurons", channel->name);
    else
        error_set(error, "%s has no neuron '%.60s': %s to %s, next, prev or none", channel->name, label,
                  channel_label(channel, 0, first, sizeof first),
                  channel_label(channel, neurons - 1, last, sizeof last));
    return -1;
}

struct time_window *channel_window(struct session *session, struct channel *channel)
{
    return channel && !channel->population ? &channel->window : &session->window;
}

void channel_keep_recording(struct channel *channel)
{
    double now = stream_newest(followed_stream(channel->followed));
    channel->recording = stream_recording(followed_stream(channel->followed));
    channel->recording->source = xstrdup(followed_title(channel->followed));
    followed_free(channel->followed);
    channel->followed = NULL;
    if (channel->window.follow && isfinite(now))
        channel->window.from = now - channel->window.width;
    channel->window.follow = false;
}

/* What it shows is gone; it waits for something new in its place. */
static bool waits(const struct session *session, const struct pane *pane)
{
    return !pane->type->mean_field && !channel_named(session, pane->subject);
}

/* Panes that wait take the channel, unless one waited for it alone: it has been made anew. */
static bool take_waiting_panes(struct session *session, const struct channel *channel)
{
    struct layout *layout = &session->layout;
    bool shown = false;
    for (size_t p = 0; p < layout->panes; p++)
        shown = shown || strcmp(layout->pane[p].subject, channel->name) == 0;
    for (size_t p = 0; p < layout->panes && !shown; p++)
        if (waits(session, &layout->pane[p]) && view_suits(layout->pane[p].type, channel))
            snprintf(layout->pane[p].subject, sizeof layout->pane[p].subject, "%s", channel->name);
    for (size_t p = 0; p < layout->panes && !shown; p++)
        shown = shown || strcmp(layout->pane[p].subject, channel->name) == 0;
    return shown;
}

bool channel_show_first(struct session *session, const struct channel *channel)
{
    struct error ignored;
    if (session->layout.panes > 0)
        return take_waiting_panes(session, channel);
    for (size_t t = 0; t < pane_type_count; t++)
        if (pane_types[t]->at_first && view_suits(pane_types[t], channel))
            layout_open(&session->layout, pane_types[t], channel->name, &ignored);
    return true;
}
