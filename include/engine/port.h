/* The door to an engine: all that can be asked of whatever simulates, and the only way to it.
 *
 * What goes in are specs: what a population is made of, what drives it. What comes out are times, counts and spikes.
 * Nothing that an engine has built is ever handed out, so an engine may as well be another process. Whoever needs the
 * neurons themselves (for tuning curves, say) builds them from the same spec, whose seed makes them the same neurons.
 *
 * An engine has ENGINE_SLOTS numbered slots, each empty or holding one population, its input and what it recorded.
 * Whoever opens the engine says which slot is whose.
 *
 * A function that returns bool and takes an error returns false with a sentence when the engine cannot do it, and then
 * nothing has changed. An engine in another process may get lost with it (engine_status.lost): it stands still, what it
 * recorded and nobody took is gone, and what is asked of it fails with that sentence, but for port_reset, which starts
 * another one with the same in its slots. Every function but port_build is called from one thread, the UI's. */
#ifndef ENGINE_PORT_H
#define ENGINE_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "engine/limits.h"
#include "model/population.h"
#include "model/stimulus.h"
#include "network/rule.h"
#include "network/spec.h"
#include "signal/batch.h"

struct engine_status {
    double time, dt; /* s */
    uint64_t step;   /* steps done since the last reset */
    bool running;
    uint64_t remaining; /* steps left of port_advance; 0 for a run without end */
    double speed;       /* asked for: a factor of real time, INFINITY for as fast as possible */
    double reached;     /* factor really reached over about the last second; 0 when paused */
    bool behind;        /* cannot keep up: reached is well below speed */
    bool waiting;       /* stands still until the records are taken (port_take): nothing is ever lost */
    double silent;      /* s since it was asked and has not answered, of an engine in another process; 0: it answers */
    const char *lost;   /* NULL; or a sentence: the engine is gone, and why. Borrowed until port_reset */
};

/* What was true when a slot changed hands. */
struct port_placed {
    double time; /* of the simulation, s */
    /* What the slot recorded before and nobody took, if it held a population; else NULL. Borrowed until the slot
     * changes hands again. */
    const struct spike_batch *recorded;
};

/* One connection of the slots' network. PRE, POST and the place of the error in its spec are slots. */
struct port_connection {
    /* With decoders or weights given: an engine solves nothing (connection_solved). */
    const struct connection_spec *spec;
    bool again; /* what it has learned under this name is forgotten */
};

/* What a rule has made of a connection. The arrays are the engine's until the next call about it; NULL: not changed. */
struct port_learned {
    size_t rows, n_pre;
    const double *decoders; /* [rows][n_pre] in use in place of those given */
    const double *change;   /* [rows][n_pre] see struct connection_learned */
    size_t padded;
    const double *weights; /* [n_pre][padded] likewise */
    bool on;
    struct learning_watch watch;
    bool not_finite; /* see struct projection */
};

enum port_learning { PORT_LEARN_OFF, PORT_LEARN_ON, PORT_LEARN_RESET };

/* An engine as its users see it. An implementation has this as its first member. */
struct port {
    const struct port_functions *does;
};

/* One implementation; each function does what the one below says whose name ends in the same word. */
struct port_functions {
    void (*free)(struct port *port);
    bool (*start)(struct port *port, void (*wake)(void *context), void *context, struct error *error);
    bool (*build)(struct port *port, size_t slot, const struct population_spec *spec, const struct stimulus *input,
                  struct error *error);
    bool (*drive)(struct port *port, size_t slot, const struct stimulus *input, struct error *error);
    bool (*place)(struct port *port, size_t slot, struct port_placed *placed, struct error *error);
    void (*empty)(struct port *port, size_t slot);
    bool (*feed)(struct port *port, size_t slot, const struct stimulus *input, double *time, struct error *error);
    bool (*dt)(struct port *port, double dt, double *time, struct error *error);
    bool (*reset)(struct port *port, struct error *error);
    bool (*run)(struct port *port, struct error *error);
    void (*pause)(struct port *port);
    bool (*advance)(struct port *port, uint64_t steps, bool (*drain)(void *context), void *context,
                    struct error *error);
    void (*speed)(struct port *port, double factor);
    struct engine_status (*status)(struct port *port);
    const struct spike_batch *(*take)(struct port *port, size_t slot);
    bool (*connections)(struct port *port, const struct port_connection *connection, size_t count, struct error *error);
    bool (*join)(struct port *port, struct error *error);
    bool (*learn)(struct port *port, const char *name, enum port_learning what, struct error *error);
    bool (*learned)(struct port *port, const char *name, struct port_learned *learned, struct error *error);
    /* These two may be NULL: the engine is in this process and calls `wake` itself. */
    int (*descriptor)(struct port *port);
    void (*attend)(struct port *port);
};

/* Stops it and gives everything back. NULL is fine. */
void port_free(struct port *port);

/* From now on the engine follows the clock beside its user. Until then (scripts) it works only while port_advance
 * waits for it. `wake` (may be NULL) is called when there are new results after nothing was left to take, when the
 * engine begins to wait, and when port_advance has done its steps. It may be called from another thread, with no lock
 * held; it must be quick and safe in a signal handler (a write to a pipe). */
bool port_start(struct port *port, void (*wake)(void *context), void *context, struct error *error);

/* Prepares what the slot is to hold next: the population of that spec with that input (NULL: x stays at 0), both
 * copied. Takes as long as the population is large and disturbs nothing that runs, so it may be called from any
 * thread, but by one thread a slot. What was prepared before and not placed is forgotten. */
bool port_build(struct port *port, size_t slot, const struct population_spec *spec, const struct stimulus *input,
                struct error *error);
/* Gives what was built for the slot, and not placed, another input (copied; NULL: x stays at 0). */
bool port_drive(struct port *port, size_t slot, const struct stimulus *input, struct error *error);
/* Puts what was built last into the slot, between two steps, in place of what is there. The first neurons keep their
 * voltages and refractory times, noise of the same seed goes on, new neurons start at rest. */
bool port_place(struct port *port, size_t slot, struct port_placed *placed, struct error *error);
/* Takes out of the slot what it holds. */
void port_empty(struct port *port, size_t slot);
/* Another input (copied; NULL: x stays at 0) from the next step on; *time: since when, s. */
bool port_feed(struct port *port, size_t slot, const struct stimulus *input, double *time, struct error *error);

/* Prepares what joins the slots: all connections from now on (copied), between slots as they will be when what was
 * built last is placed. Takes effect with the next port_place, port_empty or port_join. A connection that has the name
 * of one that is there goes on from it: its filters, and what it has learned. */
bool port_connections(struct port *port, const struct port_connection *connection, size_t count, struct error *error);
/* Puts it into place between two steps. A connection to a slot that is emptied goes with it. */
bool port_join(struct port *port, struct error *error);
/* A connection's learning on or off, or back to what was given. */
bool port_learn(struct port *port, const char *name, enum port_learning what, struct error *error);
bool port_learned(struct port *port, const char *name, struct port_learned *learned, struct error *error);

/* Another length of step from the next one on, within ENGINE_DT_MIN to ENGINE_DT_MAX; *time: since when, s. */
bool port_dt(struct port *port, double dt, double *time, struct error *error);
/* Time, voltages and noises start anew; what was not taken is forgotten. Goes on running if it ran. */
bool port_reset(struct port *port, struct error *error);

/* Runs without end. Only after port_start. */
bool port_run(struct port *port, struct error *error);
/* Stands still when this returns. */
void port_pause(struct port *port);
/* `steps` more, also when it runs already, then pauses. After port_start: returns at once, and the steps are done at
 * the set speed. Before: does them now, calling drain(context) (may be NULL) whenever records want taking; ends early
 * when drain returns false. */
bool port_advance(struct port *port, uint64_t steps, bool (*drain)(void *context), void *context, struct error *error);
/* A factor > 0 of real time; INFINITY: as fast as possible. Takes effect at once. */
void port_speed(struct port *port, double factor);

struct engine_status port_status(struct port *port);
/* What the slot has recorded since the last time, perhaps nothing; NULL: it is empty. Borrowed until the next call for
 * this slot. What is not taken makes the engine wait when its room is full. */
const struct spike_batch *port_take(struct port *port, size_t slot);

/* What to poll() for reading while nothing is asked of the engine, because it may say something unasked; -1:
 * nothing. */
int port_descriptor(struct port *port);
/* Hears what it has said, and calls `wake` if that was its wish. Never waits. */
void port_attend(struct port *port);

#endif
