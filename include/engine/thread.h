/* Threads that leave signals to the main thread, whose system calls they are meant to interrupt. Inside engine/
 * only. */
#ifndef ENGINE_THREAD_H
#define ENGINE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* pthread_create with every signal blocked but those a fault of the thread itself raises; 0 or an error number. */
int thread_start(pthread_t *thread, void *(*body)(void *argument), void *argument);
/* A condition for thread_wait. */
void thread_condition(pthread_cond_t *condition);
/* pthread_cond_wait until clock_seconds() says `until` at the latest; false when that has come. */
bool thread_wait(pthread_cond_t *condition, pthread_mutex_t *lock, double until);

#endif
