/* Memory that is always there: each function returns what was asked for or ends the program after giving the
 * terminal back (see xalloc_on_exhaustion). A size of zero gives a valid pointer that may be freed. Any thread. */
#ifndef BASE_XALLOC_H
#define BASE_XALLOC_H

#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
/* realloc of `count` elements; a product that overflows counts as exhausted memory. */
void *xreallocarray(void *old, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t length);
/* Aligned to 64 bytes (one AVX-512 vector, one cache line), zeroed; free() releases it. */
void *xaligned(size_t count, size_t size);

/* Called once before abort when memory is exhausted; term/ gives the terminal back here. */
void xalloc_on_exhaustion(void (*goodbye)(void));

/* Grows *array (elements of `size` bytes) so that `need` fit; doubles, so appending costs amortised constant time. */
void xgrow(void *array, size_t *capacity, size_t need, size_t size);

#endif
