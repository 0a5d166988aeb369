#include "engine/errand.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "engine/thread.h"

struct errand {
    pthread_t thread;
    bool threaded;
    void (*work)(void *argument);
    void *argument;
    void (*wake)(void *context);
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t over;
    bool done; /* guarded by the lock */
};

static void *errand_main(void *argument)
{
    struct errand *errand = argument;
    errand->work(errand->argument);
    pthread_mutex_lock(&errand->lock);
    errand->done = true;
    pthread_cond_signal(&errand->over);
    pthread_mutex_unlock(&errand->lock);
    if (errand->wake)
        errand->wake(errand->context);
    return NULL;
}

struct errand *errand_start(void (*work)(void *argument), void *argument, void (*wake)(void *context), void *context)
{
    struct errand *errand = xcalloc(1, sizeof *errand);
    errand->work = work;
    errand->argument = argument;
    errand->wake = wake;
    errand->context = context;
    pthread_mutex_init(&errand->lock, NULL);
    thread_condition(&errand->over);
    errand->threaded = true; /* the new thread does not read it */
    if (thread_start(&errand->thread, errand_main, errand) != 0) {
        errand->threaded = false;
        errand_main(errand);
    }
    return errand;
}

bool errand_done(struct errand *errand)
{
    pthread_mutex_lock(&errand->lock);
    bool done = errand->done;
    pthread_mutex_unlock(&errand->lock);
    return done;
}

bool errand_wait(struct errand *errand, double seconds)
{
    double until = clock_seconds() + seconds;
    pthread_mutex_lock(&errand->lock);
    while (!errand->done && thread_wait(&errand->over, &errand->lock, until))
        continue;
    bool done = errand->done;
    pthread_mutex_unlock(&errand->lock);
    return done;
}

void errand_free(struct errand *errand)
{
    if (!errand)
        return;
    if (errand->threaded)
        pthread_join(errand->thread, NULL);
    pthread_cond_destroy(&errand->over);
    pthread_mutex_destroy(&errand->lock);
    free(errand);
}
