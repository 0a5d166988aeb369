/* The engine's insides, for the files of this room that share them: the thread and its lock (engine.c), what the slots
 * hold (engine_slots.c). */
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
    struct spike_batch *spare; /* what is not being filled; changes places with the sim's */
    struct spike_batch *left;  /* recorded when the population before this one went */
};

struct engine {
    struct port port;
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
bool engine_place(struct port *port, size_t slot, struct port_placed *placed, struct error *error);
void engine_empty(struct port *port, size_t slot);
bool engine_feed(struct port *port, size_t slot, const struct stimulus *input, double *time, struct error *error);
const struct spike_batch *engine_take(struct port *port, size_t slot);
/* Frees what all slots hold. */
void engine_slots_free(struct engine *engine);

#endif
