/* What populations, recordings and streams have in common. */
#include "rig/channel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "rig/accurate.h"
#include "rig/decoding.h"
#include "rig/followed.h"
#include "rig/retrace.h"
#include "rig/tuned.h"
#include "rig/voltage.h"
#include "rig/wired.h"

bool channel_fits(const struct channel *channel, enum channel_wanted wanted)
{
    switch (wanted) {
    case CHANNEL_ANY:
        return !channel->wired && !channel_is_node(channel);
    case CHANNEL_ALL:
        return !channel->wired;
    case CHANNEL_SHOWN:
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

void channel_about(const struct channel *channel, char *out, size_t size)
{
    if (channel->wired)
        snprintf(out, size, "%s", channel->wired->spec.kind->summary);
    else if (channel->recording)
        snprintf(out, size, "%s", channel->recording->source ? channel->recording->source : "");
    else if (channel->followed)
        snprintf(out, size, "%s", followed_title(channel->followed));
    else
        population_describe(&channel->spec, out, size);
}

struct channel *channel_frozen(const struct channel *channel)
{
    struct channel *frozen = xcalloc(1, sizeof *frozen);
    memcpy(frozen->name, channel->name, sizeof frozen->name);
    frozen->selected = -1;
    if (channel->population) {
        population_spec_copy(&frozen->spec, &channel->spec);
        frozen->population = population_share(channel->population);
        frozen->input = channel->input ? stimulus_copy(channel->input) : NULL;
        frozen->changed = channel->changed;
        frozen->driven = channel->driven;
        frozen->history = history_snapshot(channel->history);
    } else if (channel->recording) {
        frozen->recording = recording_share(channel->recording);
        frozen->tuned = channel->tuned ? tuned_share(channel->tuned) : NULL;
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
    voltage_free(channel->voltage);
    retrace_forget(channel);
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

double channel_rate_unit(const struct channel *channel)
{
    const struct population *p = channel->population;
    bool theory = channel->input && channel->input->type == &stimulus_white;
    return p && p->model->spike_height && !theory ? p->params.amplitude : 1;
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
