/* An engine in another process as this one knows it, for the files that share it: its slots (remote.c) and what joins
 * them (remote_joints.c). Slots and connections are kept as they were given, so that another engine can be given the
 * same. */
#ifndef WIRE_REMOTE_STATE_H
#define WIRE_REMOTE_STATE_H

#include "engine/port.h"
#include "talk.h"
#include "wire/codec.h"

/* A population and its input, as bytes, and what has to be known to read its spikes. */
struct content {
    bool there;
    size_t dims, neurons; /* neurons: 0 for a rate model */
    struct bytes spec, input;
};

struct slot {
    struct content held;              /* as the engine has it */
    struct content built;             /* its builder's until it is placed */
    struct spike_batch *taken, *left; /* lent to whoever asked last */
    struct spike_batch *late;         /* owned; taken by a question whose answer came late, and not lent yet */
};

/* Connections, as they were asked for. All owned. */
struct joints {
    size_t count;
    struct connection_spec *spec;
};

struct remote {
    struct port port;
    struct talk talk;
    bool started;
    double speed;                /* asked for */
    struct engine_status status; /* as last told */
    struct slot slot[ENGINE_SLOTS];
    struct joints joined;   /* what the engine has */
    struct joints prepared; /* what it will have with the next change */
    bool is_prepared;
    struct port_learned learned; /* lent to whoever asked last */
};

static inline struct remote *remote_of(struct port *port)
{
    return (struct remote *)port;
}

/* ---- remote_joints.c: these functions of the port ---- */

bool remote_connections(struct port *port, const struct port_connection *connection, size_t count, struct error *error);
bool remote_join(struct port *port, struct error *error);
bool remote_learn(struct port *port, const char *name, enum port_learning what, struct error *error);
bool remote_learned(struct port *port, const char *name, struct port_learned *learned, struct error *error);
/* What was prepared is what joins the slots from now on; without that what leads to the slot `emptied` (ENGINE_SLOTS:
 * none was) is gone. */
void remote_joints_changed(struct remote *remote, size_t emptied);
/* Gives a new engine the connections of the lost one. */
bool remote_joints_give(struct remote *remote, struct error *error);
void remote_joints_free(struct remote *remote);

#endif
