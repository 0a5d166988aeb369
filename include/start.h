/* What the session is given before the user says anything. */
#ifndef START_H
#define START_H

#include <stdbool.h>
#include <stddef.h>

#include "command/session.h"

/* Loads the files as R, R2, R3, ...; "-" is the descriptor `input`. False when one could not be read (which
 * has been said); the others are still loaded. */
bool start_files(struct session *session, const char *const *file, size_t files, int input);
/* The small population that is running when no file is given; its commands are shown, so that people learn
 * them. */
void start_population(struct session *session);

#endif
