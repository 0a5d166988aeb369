/* Threads that leave signals to the main thread, whose system calls they are meant to interrupt. Inside engine/ only. */
#ifndef ENGINE_THREAD_H
#define ENGINE_THREAD_H

#include <pthread.h>

/* pthread_create with every signal blocked but those a fault of the thread itself raises; 0 or an error number. */
int thread_start(pthread_t *thread, void *(*body)(void *argument), void *argument);

#endif
