/* How much memory there still is, for requests whose size is known before they are begun. Any thread. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdbool.h>

#include "base/error.h"

/* Bytes that this process may still take: what its limits (RLIMIT_AS, RLIMIT_DATA) and the machine leave it, whichever
 * is less. An estimate: others may take it meanwhile. */
double memory_left(void);

/* What is less is not asked about: the reserve (base/xalloc.h) is there for it. */
#define MEMORY_LARGE (32e6)

/* Whether so many bytes more are there; false with "1.2 GB of memory are needed, and 300 MB are left". */
bool memory_fits(double bytes, struct error *error);
/* So many bytes could not be had: false with a sentence of the same kind. */
bool memory_lacks(double bytes, struct error *error);

#endif
