/* An errand is a thread that is sent off to do one thing and ends: work that takes too long for a frame, done beside
 * everything else. What it works on is its own until it is done. Started, asked and ended by one thread, the UI's. */
#ifndef ENGINE_ERRAND_H
#define ENGINE_ERRAND_H

#include <stdbool.h>

struct errand;

/* Begins work(argument). When the system gives no thread it is done before this returns. `wake` (NULL: nobody) is
 * called with `context` once it is over, by the thread that worked: it may only set a flag or write to a pipe, as that
 * of port_start. */
struct errand *errand_start(void (*work)(void *argument), void *argument, void (*wake)(void *context), void *context);
/* It is over: what the work wrote may be read. */
bool errand_done(struct errand *errand);
/* The same, after waiting for it, but no longer than so many seconds. */
bool errand_wait(struct errand *errand, double seconds);
/* Waits for the work to be over. NULL is fine. */
void errand_free(struct errand *errand);

#endif
