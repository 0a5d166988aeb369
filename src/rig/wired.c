#include "rig/wired.h"

#include <string.h>

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

bool wired_reaches(const struct rig *rig, const struct channel *channel)
{
    for (size_t i = 0; i < rig->wires; i++)
        if (rig->wired[i]->spec.post == channel->slot)
            return true;
    return false;
}
