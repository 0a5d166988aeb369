/* What a session is like, as data: its populations, nodes and connections as specs, and how all is looked at. It can be
 * compared and gone back to. Records, recordings and streams are no part of it. UI thread only. */
#ifndef SESSION_MEMORY_H
#define SESSION_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct population;
struct session;
struct memory;

/* As it is now. */
struct memory *memory_take(const struct session *session);
struct memory *memory_share(struct memory *memory);
void memory_free(struct memory *memory);
/* Whether nothing is different. */
bool memory_same(const struct memory *a, const struct memory *b);

/* Makes the session like it was. Populations go on from the state they have. False with a sentence where something of
 * it cannot be any more; what came before that is then done. */
bool memory_put_back(struct session *session, const struct memory *memory, struct error *error);

/* The neurons that a population of that name had then, shared; NULL: there was none, or they are not kept. */
struct population *memory_population(const struct memory *memory, const char *name);

/* Bytes that it keeps: most of them are neurons that were built, kept so that going back needs no building. */
size_t memory_bytes(const struct memory *memory);
/* Lets go of neurons that were built; going back builds them again. */
void memory_slim(struct memory *memory);

#endif
