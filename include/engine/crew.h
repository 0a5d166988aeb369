/* A crew is a small pool of threads that wait for work and then do the parts of one job side by side. Which thread does
 * which part never matters, because parts share no memory that is written. Used by one thread at a time. */
#ifndef ENGINE_CREW_H
#define ENGINE_CREW_H

#include <stddef.h>

struct crew;

/* `parts` threads counting the caller, at least 1; fewer when the system gives no more. */
struct crew *crew_new(size_t parts);
void crew_free(struct crew *crew); /* NULL is fine */
/* As many as there are processors, 4 at most. */
size_t crew_size_here(void);
/* Calls work(argument, part, parts) for every part, the first in the calling thread; returns when all are done. */
void crew_run(struct crew *crew, void (*work)(void *argument, size_t part, size_t parts), void *argument);

#endif
