/* Whether somebody asked that what runs now stops (Ctrl-C): one flag for the process, the one thing a signal handler
 * can reach. Long computations on any thread look at it between two pieces of work. */
#ifndef BASE_STOP_H
#define BASE_STOP_H

#include <stdbool.h>

/* Asks. Async-signal-safe. */
void stop_request(void);
/* Somebody asked since the last stop_forget. Any thread. */
bool stop_requested(void);
/* What was asked for is done, or was meant for something that is over. */
void stop_forget(void);

/* Asks because memory runs short. Any thread. */
void stop_out_of_memory(void);
/* It was for want of memory since this was last asked. */
bool stop_take_out_of_memory(void);

/* Asks, and is never forgotten: the program is to end. Async-signal-safe. */
void stop_for_good(void);

#endif
