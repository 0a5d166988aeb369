/* Memory that is always there: each function returns what was asked for, or does not return. A size of zero gives a
 * valid pointer that may be freed. Any thread.
 *
 * What a request takes is estimated before it is begun (base/memory.h). Where that could not be known, there is a
 * reserve of 64 MB: the first time that memory runs short it is given up, what was asked for is tried again, and
 * whoever works is asked to stop (xalloc_on_shortage). What is not there even then ends the work at once (xalloc_try),
 * and the program only where nobody tried: after giving the terminal back (xalloc_on_exhaustion). */
#ifndef BASE_XALLOC_H
#define BASE_XALLOC_H

#include <stdbool.h>
#include <stddef.h>

void *xalloc(size_t size);
void *xcalloc(size_t count, size_t size);
/* realloc of `count` elements; a product that overflows counts as exhausted memory. */
void *xreallocarray(void *old, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t length);
/* Aligned to 64 bytes (one AVX-512 vector, one cache line), zeroed; free() releases it. */
void *xaligned(size_t count, size_t size);
/* The same, but not zeroed. */
void *xaligned_raw(size_t count, size_t size);

/* Called whenever the reserve has been given up, by the thread that ran short; it may only set flags. Without it there
 * is no reserve. */
void xalloc_on_shortage(void (*shortage)(void));
/* Sets the reserve aside unless it is there: before each command, one thread's. false: there is no room for it. */
bool xalloc_keep_reserve(void);
/* A library could not have `size` bytes: gives up the reserve, so that it can be asked again, or does not return. */
void xalloc_short(size_t size);

/* The same, where asking again is not possible: does not return. */
_Noreturn void xalloc_leave(size_t size);

/* Has work(argument) done; false: it was left where memory could not be had, for it is not there or xalloc_short was
 * told so. Nothing that it held is given back, not even its memory: only for work that holds no lock, and is thrown
 * away as a whole. Tries may be within one another, each of one thread. */
bool xalloc_try(void (*work)(void *argument), void *argument);

/* Bytes that could not be had when this thread's last try was left. */
size_t xalloc_wanted(void);

/* Called once before the program ends for want of memory; term/ gives the terminal back here. */
void xalloc_on_exhaustion(void (*goodbye)(void));

/* Grows *array (elements of `size` bytes) so that `need` fit; doubles, so appending costs amortised constant time. */
void xgrow(void *array, size_t *capacity, size_t need, size_t size);

#endif
