#include "rig/wired.h"

#include <string.h>

#include "base/xalloc.h"
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
