/* The thread that runs the simulation in real time. It follows the clock, not the frames: each tick it owes
 * speed * elapsed seconds of simulated time and advances the sim by that many steps, or says that it cannot keep up.
 *
 * Every function here is called from one thread, the UI's. Work that must touch the sim is brought to the engine by
 * engine_call. Before engine_start (scripts) everything happens in the caller's thread, and engine_advance returns
 * when the work is done; that is how a script runs without a clock. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "engine/sim.h"

struct engine;

struct engine_status {
    double time, dt;
    uint64_t step;
    bool running;
    uint64_t remaining;   /* steps left of engine_advance; 0 for a run without end */
    double speed;         /* asked for: a factor of real time, INFINITY for as fast as possible */
    double reached;       /* factor really reached over about the last second; 0 when paused */
    bool behind;          /* cannot keep up: reached is well below speed */
    bool waiting;         /* stands still until the UI fetches what is there: nothing is ever lost */
};

struct engine *engine_new(double dt);
void engine_free(struct engine *engine); /* stops the thread first */

/* Starts the thread. `wake` (may be NULL) is called from the engine thread, with no lock held, when new results
 * appear after nothing was pending, when it begins to wait, or when a bounded run ends; it must be async-safe and
 * quick (a write to a pipe). */
bool engine_start(struct engine *engine, void (*wake)(void *context), void *context, struct error *error);

/* Runs fn(sim, argument) while the sim stands still and returns what it returned; waits at most one chunk. */
bool engine_call(struct engine *engine, bool (*fn)(struct sim *sim, void *argument), void *argument);

void engine_run(struct engine *engine);   /* without end */
void engine_pause(struct engine *engine); /* has stopped when this returns */
/* `steps` more, also when it runs already, then pauses. With the thread: returns at once, at the set speed. Without:
 * does them now, calling `drain(context)` whenever batches want collecting (it is given a chance to engine_take them);
 * stops early when drain returns false. */
void engine_advance(struct engine *engine, uint64_t steps, bool (*drain)(void *context), void *context);
/* factor > 0, INFINITY: as fast as possible. Takes effect at once. */
void engine_speed(struct engine *engine, double factor);

struct engine_status engine_status(struct engine *engine);
/* Exchanges `*batch` (empty, of the same dims) for what slot `slot` recorded since the last exchange. O(1). */
void engine_take(struct engine *engine, size_t slot, struct spike_batch **batch);

#endif
