#include "rig/rig.h"

#include <stdio.h>
#include <string.h>

#include "base/xalloc.h"

struct channel *channel_named(const struct rig *rig, const char *name)
{
    for (size_t i = 0; i < rig->channels; i++)
        if (strcmp(rig->channel[i]->name, name) == 0)
            return rig->channel[i];
    return NULL;
}

struct channel *channel_add(struct rig *rig, const char *name, struct error *error)
{
    if (rig->channels == CHANNELS_MAX) {
        error_set(error, "there are %d populations and recordings already: remove one first", CHANNELS_MAX);
        return NULL;
    }
    struct channel *channel = xcalloc(1, sizeof *channel);
    snprintf(channel->name, sizeof channel->name, "%s", name);
    channel->selected = -1;
    rig->channel[rig->channels++] = channel;
    return channel;
}

void channel_drop(struct rig *rig, struct channel *channel)
{
    size_t i = 0;
    while (rig->channel[i] != channel)
        i++;
    memmove(&rig->channel[i], &rig->channel[i + 1], (rig->channels - i - 1) * sizeof rig->channel[0]);
    rig->channels--;
    channel_free(channel);
}
