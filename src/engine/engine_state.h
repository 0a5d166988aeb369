/* The engine's insides, for the files of this room that share them: the thread and its lock (engine.c), what the slots
 * hold (engine_slots.c), what joins them (engine_joints.c). */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "engine/crew.h"
#include "engine/meter.h"
#include "engine/pace.h"
#include "engine/port.h"
#include "engine/sim.h"

/* Work on the sim, done while it stands still. */
struct call {
    void (*fn)(struct sim *sim, void *argument);
    void *argument;
    bool pending;
};

/* What a slot holds or will hold: what the sim borrows, and the batches that are not in the sim. All owned. */
struct content {
    struct population *population; /* NULL: empty */
    struct stimulus *input;
    struct spike_batch *spare;  /* what is not being filled; changes places with the sim's */
    struct spike_batch *filled; /* the sim's own, until it has it */
    struct spike_batch *left;   /* recorded when the population before this one went */
};

/* Connections between the slots. All owned. */
struct joints {
    size_t count;
    struct connection_spec *spec;
    struct connection **built;
    bool *again; /* the one of the same name before it is no beginning for its learning */
};

struct engine {
    struct port port;
    struct joints joined, prepared; /* the caller's; the sim borrows from `joined` */
    bool is_prepared;
    struct {
        double *decoders, *change, *weights;
    } learned;                          /* what engine_learned gave out last */
    struct content held[ENGINE_SLOTS];  /* the caller's; the sim borrows from them */
    struct content built[ENGINE_SLOTS]; /* each its builder's until it is placed */
    /* immutable after the start */
    pthread_t thread;
    bool started;
    void (*wake)(void *context);
    void *wake_context;
    /* the sim: this thread's while computing, else under the lock */
    struct sim sim;
    struct crew *crew; /* likewise; NULL until it is needed */
    /* --- the following fields are guarded by the lock */
    pthread_mutex_t lock;
    pthread_cond_t work, done; /* work: something for the thread; done: a call or a pause has happened */
    bool quit, running, computing, pending, waiting;
    bool begun;         /* a run began since the chunk in the works was cut: it is no part of that run */
    uint64_t remaining; /* steps of a bounded run; 0: without end */
    struct pace pace;
    struct meter meter;
    struct call call;
};

static inline struct engine *engine_of(struct port *port)
{
    return (struct engine *)port;
}

/* Runs fn(sim, argument) while the sim stands still; waits for that at most as long as one chunk takes. */
void engine_call(struct engine *engine, void (*fn)(struct sim *sim, void *argument), void *argument);

/* ---- engine_slots.c: these functions of the port ---- */

bool engine_build(struct port *port, size_t slot, const struct population_spec *spec, const struct stimulus *input,
                  struct error *error);
bool engine_drive(struct port *port, size_t slot, const struct stimulus *input, struct error *error);
bool engine_place(struct port *port, size_t slot, struct port_placed *placed, struct error *error);
void engine_empty(struct port *port, size_t slot);
bool engine_feed(struct port *port, size_t slot, const struct stimulus *input, double *time, struct error *error);
const struct spike_batch *engine_take(struct port *port, size_t slot);
/* Frees what all slots hold. */
void engine_slots_free(struct engine *engine);

/* ---- engine_joints.c: these, too ---- */

bool engine_connections(struct port *port, const struct port_connection *connection, size_t count, struct error *error);
bool engine_join(struct port *port, struct error *error);
bool engine_learn(struct port *port, const char *name, enum port_learning what, struct error *error);
bool engine_learned(struct port *port, const char *name, struct port_learned *learned, struct error *error);
void engine_joints_free(struct engine *engine);

/* The two networks that stand for what all slots will hold, and where they go on from. */
struct rejoin {
    struct joints joints;
    struct network *network, *ideal;
    size_t *where;
    bool *again;
};
/* Makes them for slots that hold what they hold, but `slot` (ENGINE_SLOTS: none) `population`, and for the connections
 * prepared, else the present ones without those to a slot that would be empty. False with a sentence. */
bool engine_rejoin(struct engine *engine, size_t slot, const struct population *population, struct rejoin *rejoin,
                   struct error *error);
/* On the sim's side. */
void engine_rejoin_place(struct sim *sim, struct rejoin *rejoin);
/* When the sim has let go of what was before: frees that and keeps what is now. */
void engine_rejoin_keep(struct engine *engine, struct rejoin *rejoin);
void engine_rejoin_free(struct rejoin *rejoin);

#endif
