/* What takes long to make, a large population or a connection whose decoders have to be solved, is made beside the loop,
 * ahead of the command that wants it: the command asks for it here, is told that it is not there yet, fails without
 * having changed anything, and is run again from its beginning when it is there. So whatever makes populations and
 * connections by session/wiring.h works beside the loop without knowing it.
 *
 * What is small is made at once, and so is everything in a script and before the engine has its thread. UI thread only. */
#ifndef SESSION_AHEAD_H
#define SESSION_AHEAD_H

#include <stdbool.h>

#include "base/error.h"
#include "language/arguments.h"
#include "language/sheet.h"
#include "model/population.h"
#include "network/connection.h"

struct session;
struct ahead; /* of a session; zero memory from ahead_new is an empty one */

struct ahead *ahead_new(void);
void ahead_free(struct ahead *ahead);

/* The population of a spec, for the caller to free; `channel` (NULL: a new one) is to hold it. NULL with a sentence: it
 * cannot be, or it is not there yet. */
struct population *ahead_population(struct session *session, const struct channel *channel, const char *name,
                                    const struct population_spec *spec, struct error *error);
/* The connection of a spec between two ends, likewise. */
struct connection *ahead_connection(struct session *session, const struct connection_spec *spec,
                                    struct connection_end *pre, struct connection_end *post, struct error *error);

/* Runs a command. True also when it waits for something that is being made: then session->job is that, and what the
 * command was given is to be kept for it (session/job.h). */
bool ahead_run(struct session *session, struct arguments *arguments, struct sheet *sheet, struct error *error);

/* What was made for a command that has failed meanwhile is given back. */
void ahead_forget(struct session *session);

#endif
