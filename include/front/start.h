/* What the session is given before the user says anything. */
#ifndef FRONT_START_H
#define FRONT_START_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "session/session.h"

/* Loads or follows the files as R, R2, R3, ... "-" (standard input) is followed where there is a screen, and read
 * to its end otherwise. False when one could not be read (which has been said); the others are still loaded. */
bool start_files(struct session *session, const struct options *options, bool screen);
/* The small population that is running when no file is given; its commands are shown, so that people learn
 * them. */
void start_population(struct session *session);

#endif
