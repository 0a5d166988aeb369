/* The engine's end of the wire: an engine of this process (engine/engine.h) that answers the questions of another. */
#ifndef WIRE_SERVE_H
#define WIRE_SERVE_H

#include <stdbool.h>

#include "base/error.h"

/* Answers what comes in until that ends, then returns true. False with a sentence when what comes makes no sense. */
bool serve(int in, int out, struct error *error);

#endif
