/* The engine in this process: a thread that runs the simulation in real time. It follows the clock, not the frames:
 * each tick it owes speed * elapsed seconds of simulated time and advances the sim by that many steps, or says that it
 * cannot keep up. Before port_start everything happens in the caller's thread; that is how a script runs without a
 * clock. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "engine/port.h"

/* With empty slots, steps of dt s, paused at 0 s. */
struct port *engine_open(double dt);

#endif
