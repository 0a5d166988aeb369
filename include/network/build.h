/* Everything a network_spec asks for, built: populations, connections with their decoders solved, the network and its
 * ideal. Who changes single parts while it runs (the engine) keeps parts itself and uses network_new. */
#ifndef NETWORK_BUILD_H
#define NETWORK_BUILD_H

#include "network/network.h"

struct network_parts {
    size_t places, connections;
    struct population **population; /* [places] NULL: a node */
    struct connection **connection; /* [connections] */
    struct network *network, *ideal;
};

/* NULL with a sentence that begins with the name of what could not be built. */
struct network_parts *network_parts_new(const struct network_spec *spec, struct progress progress, struct error *error);
void network_parts_free(struct network_parts *parts); /* NULL is fine */

/* False with a sentence: the error a rule wants is missing, or of the wrong dimensions. */
bool network_check_learning(const struct connection *connection, const struct connection_end *pre,
                            const struct connection_end *post, size_t error_dims, struct error *error);

#endif
