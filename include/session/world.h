/* What a session works on, all of it together: what there is (the rig and its engine), how it is looked at, and the knobs
 * on it. A lesson has a world of its own, while the one that was there is kept as it is. UI thread only. */
#ifndef SESSION_WORLD_H
#define SESSION_WORLD_H

#include "session/session.h"

/* A world that is put aside: its simulation is paused, and nothing arrives in it. Its pointers are good again when it
 * has been put back, into the same session. */
struct world {
    struct rig rig;
    struct look look;
    struct meanfield_state meanfield;
    struct mean_field_panes *mean_field_panes;
    struct knobs knobs;
    struct journal journal;
    struct pins pins;
    struct settings settings;
    struct transcript *transcript;
    bool lost_said, ran;
    double wires_asked;
};

/* An empty world around this engine, which is taken; NULL: a new one in this process, that is not started. Settings and
 * transcript stay. */
void world_init(struct session *session, struct port *engine);
/* Gives back what is in it, and the engine; settings and transcript stay. */
void world_free(struct session *session);
/* Puts it aside, and makes an empty one with an empty transcript. The caller owns it, and brings it back. */
struct world *world_put_aside(struct session *session);
/* Frees the session's world and puts this one, which is freed, in its place; its simulation goes on if it ran and is to
 * `go_on`. */
void world_bring_back(struct session *session, struct world *world, bool go_on);

#endif
