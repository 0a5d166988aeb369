/* The screen's main loop: terminal, command line and session wired together. UI thread only. */
#ifndef FRONT_SCREEN_LOOP_H
#define FRONT_SCREEN_LOOP_H

#include <stdbool.h>

#include "base/error.h"
#include "options.h"

/* Runs until the user leaves. False with a sentence when the terminal cannot be used. *signal: what ended it
 * (SIGTERM, SIGHUP), with the terminal given back already, else 0. */
bool ui_run(const struct options *options, int *signal, struct error *error);

#endif
