/* The engine that the program's arguments ask for. */
#ifndef FRONT_OPEN_ENGINE_H
#define FRONT_OPEN_ENGINE_H

#include <stdbool.h>

#include "engine/port.h"
#include "options.h"

/* *engine: the caller's, or NULL: the usual one, which a session opens by itself. */
bool open_engine(const struct options *options, struct port **engine, struct error *error);

#endif
