/* A connection of the session's network: what was asked for and what it became. Changed by session/wiring.h alone. UI
 * thread only. */
#ifndef RIG_WIRED_H
#define RIG_WIRED_H

#include <stdbool.h>

#include "network/connection.h"
#include "rig/channel.h"

struct wired {
    struct channel face;        /* so that rows of commands find it by its name; face.wired is this */
    struct connection_spec spec;
    struct connection *built;   /* from the same numbers as the engine's; to be looked at */
    bool own_seed;              /* seed= was given: it does not follow PRE's */
    bool unsettled_said, stopped_said; /* about its learning */
    bool not_finite_said;               /* about its function */
};

#endif
