/* What a session knows a value of by name: the keys of `set`, of a population, node, connection or of the session
 * itself, as the rows that the command makes of them. UI thread only. */
#ifndef SESSION_KNOWN_H
#define SESSION_KNOWN_H

#include <stdbool.h>

#include "language/arguments.h"

struct session;
struct channel;
struct phrase;

struct known {
    struct arguments *rows;  /* of `set NAME`, each with what it is now; owned */
    struct channel *channel; /* whose keys they are; NULL: there is none, and the settings are left */
};

/* The rows of a channel (NULL: of the population meant when none is named). To be closed. */
void known_open(struct known *known, const struct session *session, struct channel *channel);
void known_close(struct known *known);

/* Splits "A.tau_rc" or "A" into the channel, *key behind its dot (NULL: none); without a name that there is, *channel
 * is NULL and *key the whole word. */
void known_split(const struct session *session, const char *word, struct channel **channel, const char **key);

/* Whether a key is called exactly so, also behind its dot ("frequency" of input.frequency). */
bool known_key(const struct known *known, const char *key);

/* Whether a line of this one word asks what it is: a name, a key, or a command that could only fail or show its number
 * without more words. */
bool known_asks(const struct session *session, const struct phrase *phrase);

#endif
