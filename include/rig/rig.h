/* The rig, as of a laboratory, is everything there is to look at (populations that run, recordings, inputs that are
 * followed), the engine that runs the populations, and what they share. It is what a session works on; how it is looked
 * at is view/look.h. UI thread only. */
#ifndef RIG_RIG_H
#define RIG_RIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/voice.h"
#include "engine/port.h"
#include "nef/readout_trace.h"
#include "rig/channel.h"

#define CHANNELS_MAX 128

struct wired;

struct rig {
    struct voice voice; /* hears what channels have to say */
    struct port *engine;
    bool started; /* the engine has its thread: things happen by themselves, panes are looked at */
    /* [ENGINE_SLOTS] what the engine, too, has built for a slot and not placed (live_prepared); only compared with */
    const struct population *prepared[ENGINE_SLOTS];
    struct engine_status status;           /* as of the last look at the engine */
    struct channel *channel[CHANNELS_MAX]; /* [channels], owned */
    size_t channels;
    struct wired **wired; /* [wires] connections between them, owned */
    size_t wires;
    bool chaos_known;           /* channel->chaotic is of the present connections (rig/wired.h) */
    struct step_length *length; /* [lengths] of the simulation's steps since the last reset */
    size_t lengths, length_capacity;
    double history; /* MB of memory for each population's record */
    uint64_t seed;  /* of populations and noises that were given none */
    int input;      /* a descriptor of data, for `follow -`; -1: none */
};

/* A new one in the list, or NULL with a sentence when there is no room. */
struct channel *channel_add(struct rig *rig, const char *name, struct error *error);
/* Takes it off the list and frees it. Whoever may hold a pointer to it must have let go: see session/removal.h. */
void channel_drop(struct rig *rig, struct channel *channel);
/* Any of that name, or NULL. */
struct channel *channel_named(const struct rig *rig, const char *name);

#endif
