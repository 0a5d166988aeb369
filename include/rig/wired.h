/* A connection of the session's network: what was asked for and what it became. Changed by session/wiring.h alone. UI
 * thread only. */
#ifndef RIG_WIRED_H
#define RIG_WIRED_H

#include <stdbool.h>
#include <stddef.h>

#include "network/connection.h"
#include "pane/connection_view.h"
#include "rig/channel.h"

struct wired {
    struct channel face; /* so that rows of commands find it by its name; face.wired is this */
    struct connection_spec spec;
    struct connection *built; /* from the same numbers as the engine's; to be looked at */
    struct learn_turn *turn;  /* [turns] owned */
    size_t turns, turn_capacity;
    bool own_seed;                     /* seed= was given: it does not follow PRE's */
    bool unsettled_said, stopped_said; /* about its learning */
    bool not_finite_said;              /* about its function */
    /* for panes (view/connection_subject.h) */
    struct connection_view view;
    struct connection_learned learned; /* owned, as of the time `asked` */
    double asked;                      /* s of the simulation; NaN: never */
    struct channel *across;        /* owned; of a place joined with itself: PRE, selected and looked at on its own */
    struct subject across_subject; /* of that */
};

struct rig;

/* The place that holds a slot of the engine; NULL: none. */
struct channel *wired_place(const struct rig *rig, size_t slot);
/* The connection of that name; NULL: none. */
struct wired *wired_named(const struct rig *rig, const char *name);
/* Keeps when learning was switched on or off; to be called when that may have changed. */
void wired_note_turn(struct wired *wired, double time);
/* Whether a connection arrives there: what it represents is then in its record, and not what its input says. */
bool wired_reaches(const struct rig *rig, const struct channel *channel);

/* Whether what the network without neurons has there is chaotic (network/chaos.h); found when it is first asked for after
 * a change. */
bool wired_chaotic(struct rig *rig, const struct channel *channel);

#endif
