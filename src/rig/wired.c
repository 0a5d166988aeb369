#include "rig/wired.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "base/xalloc.h"
#include "network/chaos.h"
#include "rig/rig.h"

struct channel *wired_place(const struct rig *rig, size_t slot)
{
    for (size_t i = 0; i < rig->channels; i++)
        if (rig->channel[i]->population && rig->channel[i]->slot == slot)
            return rig->channel[i];
    return NULL;
}

struct wired *wired_named(const struct rig *rig, const char *name)
{
    for (size_t i = 0; i < rig->wires; i++)
        if (strcmp(rig->wired[i]->face.name, name) == 0)
            return rig->wired[i];
    return NULL;
}

void wired_note_turn(struct wired *wired, double time)
{
    bool on = wired->spec.learning.rule && wired->spec.learning.on;
    while (wired->turns > 0 && wired->turn[wired->turns - 1].time > time)
        wired->turns--; /* the time began anew */
    if (wired->turns > 0 ? wired->turn[wired->turns - 1].on == on : !on)
        return;
    xgrow(&wired->turn, &wired->turn_capacity, wired->turns + 1, sizeof *wired->turn);
    wired->turn[wired->turns++] = (struct learn_turn){time, on};
}

bool wired_reaches(const struct rig *rig, const struct channel *channel)
{
    for (size_t i = 0; i < rig->wires; i++)
        if (rig->wired[i]->spec.post == channel->slot)
            return true;
    return false;
}

static void find_chaos(struct rig *rig)
{
    struct network_place place[NETWORK_PLACES] = {{0}};
    const struct stimulus *input[NETWORK_PLACES] = {0};
    bool chaotic[NETWORK_PLACES];
    struct network_link *link = xcalloc(rig->wires, sizeof *link);
    for (size_t i = 0; i < rig->channels; i++) {
        const struct channel *channel = rig->channel[i];
        if (!channel->population)
            continue;
        place[channel->slot] = (struct network_place){.name = channel->name, .population = channel->population};
        input[channel->slot] = channel->input;
    }
    for (size_t i = 0; i < rig->wires; i++)
        link[i] = (struct network_link){rig->wired[i]->face.name, rig->wired[i]->built, rig->wired[i]->spec.pre,
                                        rig->wired[i]->spec.post};
    network_chaos(place, NETWORK_PLACES, link, rig->wires, input, rig->status.dt, chaotic);
    for (size_t i = 0; i < rig->channels; i++)
        rig->channel[i]->chaotic = rig->channel[i]->population && chaotic[rig->channel[i]->slot];
    free(link);
}

bool wired_chaotic(struct rig *rig, const struct channel *channel)
{
    if (!rig->chaos_known)
        find_chaos(rig);
    rig->chaos_known = true;
    return channel->chaotic;
}
