/* The network of a session: connections between its live populations and nodes, and changes of these that connections
 * have to follow. Everything is solved and built before the simulation is touched; the engine takes population and
 * connections in one move, between two steps, so that nothing is ever half done. UI thread only.
 *
 * Places are named by slots of the engine in a connection's spec. */
#ifndef SESSION_WIRING_H
#define SESSION_WIRING_H

#include <stdbool.h>

#include "base/error.h"
#include "engine/port.h"
#include "network/network.h"
#include "rig/channel.h"
#include "rig/wired.h"

struct session;

/* "A_B", or "A_B2" ... where that is taken, into name[SUBJECT_NAME]. */
void wiring_name(const struct session *session, const char *pre, const char *post, char *name);

/* Makes the connection, or makes `wired` (not NULL) anew to the spec; `again` forgets what it has learned. NULL with a
 * sentence, and nothing has changed. A solver that carries the bias turns that of POST off. */
struct wired *wiring_connect(struct session *session, struct wired *wired, const struct connection_spec *spec,
                             bool own_seed, bool again, struct error *error);
bool wiring_disconnect(struct session *session, struct wired *wired, struct error *error);

/* live_put of a population or node that connections may reach: those solved for its neurons are solved anew; false with
 * a sentence where one was learned or loaded for neurons that would be others. */
struct channel *wiring_put(struct session *session, struct channel *channel, const char *name,
                           const struct population_spec *spec, struct stimulus *input, struct error *error);
/* The same of neurons that were built from the spec before: takes `built`. */
struct channel *wiring_put_built(struct session *session, struct channel *channel, const char *name,
                                 const struct population_spec *spec, struct population *built, struct stimulus *input,
                                 struct error *error);
/* live_input of a place that connections may reach. */
bool wiring_input(struct session *session, struct channel *channel, struct stimulus *input, struct error *error);
/* Takes the connections of a place away, then the place. */
bool wiring_remove(struct session *session, struct channel *channel, struct error *error);
/* The same for a place that a command made and cannot keep: nothing is said. */
void wiring_take_back(struct session *session, struct channel *channel);
/* Every population and noise without a seed of its own follows the session's. */
bool wiring_seed(struct session *session, uint64_t seed, struct error *error);
/* Gives a spec of this connection what its rule has made of it, as decoders or weights that were loaded; false with a
 * sentence. */
bool wiring_keep_learned(struct session *session, const struct wired *wired, struct connection_spec *spec,
                         struct error *error);
/* What the rule has made of a connection; false with a sentence. */
bool wiring_learned(struct session *session, const struct wired *wired, struct port_learned *learned,
                    struct error *error);
/* Says what there is to say about what went on since the last time: learning that does not settle or has stopped, a
 * population that is to represent more than its radius. */
void wiring_note(struct session *session);
/* Says that a place's bias acts twice, or not at all, if it does. */
void wiring_note_bias(struct session *session, const struct channel *channel);
void wiring_free(struct session *session);

#endif
