/* Memory that is always there: each function returns what was asked for or ends the program after giving the
 * terminal back (see xalloc_on_exhaustion). A size of zero gives a valid pointer that may be freed. Any thread.
 *
 * Before the end there is a reserve of 64 MB: the first time that memory runs short it is given up, what was asked for is
 * tried again, and whoever works is asked to stop (xalloc_on_shortage). So running short costs the command that works, as
 * long as it looks whether it should stop before it has used the reserve up; a single request that is larger than what
 * is left with the reserve still ends the program. */
#ifndef BASE_XALLOC_H
#define BASE_XALLOC_H

#include <stdbool.h>
#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
/* realloc of `count` elements; a product that overflows counts as exhausted memory. */
void *xreallocarray(void *old, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t length);
/* Aligned to 64 bytes (one AVX-512 vector, one cache line), zeroed; free() releases it. */
void *xaligned(size_t count, size_t size);

/* Called whenever the reserve has been given up, by the thread that ran short; it may only set flags. Without it there is
 * no reserve. */
void xalloc_on_shortage(void (*shortage)(void));
/* Sets the reserve aside unless it is there: before each command, one thread's. false: there is no room for it. */
bool xalloc_keep_reserve(void);
/* A library could not have `size` bytes: gives up the reserve, so that it can be asked again, or ends the program. */
void xalloc_short(size_t size);

/* Called once before abort when memory is exhausted; term/ gives the terminal back here. */
void xalloc_on_exhaustion(void (*goodbye)(void));

/* Grows *array (elements of `size` bytes) so that `need` fit; doubles, so appending costs amortised constant time. */
void xgrow(void *array, size_t *capacity, size_t need, size_t size);

#endif
