/* The caller counts a job up and wakes the others; each does its part once a job and counts itself done. */
#include "engine/crew.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "engine/thread.h"

#define CREW_MAX 4

struct member {
    struct crew *crew;
    pthread_t thread;
    size_t part;
};

struct crew {
    /* immutable once built */
    size_t parts;
    struct member member[CREW_MAX]; /* [0] is the caller */
    /* --- guarded by the lock */
    pthread_mutex_t lock;
    pthread_cond_t begin, done;
    bool quit;
    uint64_t job;
    size_t working;
    void (*work)(void *argument, size_t part, size_t parts);
    void *argument;
};

static void *member_main(void *argument)
{
    struct member *me = argument;
    struct crew *crew = me->crew;
    uint64_t seen = 0;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (crew->job == seen && !crew->quit)
            pthread_cond_wait(&crew->begin, &crew->lock);
        if (crew->quit)
            break;
        seen = crew->job;
        pthread_mutex_unlock(&crew->lock);
        crew->work(crew->argument, me->part, crew->parts);
        pthread_mutex_lock(&crew->lock);
        if (--crew->working == 0)
            pthread_cond_signal(&crew->done);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

struct crew *crew_new(size_t parts)
{
    struct crew *crew = xcalloc(1, sizeof *crew);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->begin, NULL);
    pthread_cond_init(&crew->done, NULL);
    /* A member reads `parts` only in a job, and no job begins before all are there. */
    for (crew->parts = 1; crew->parts < parts && crew->parts < CREW_MAX; crew->parts++) {
        struct member *member = &crew->member[crew->parts];
        *member = (struct member){.crew = crew, .part = crew->parts};
        if (thread_start(&member->thread, member_main, member) != 0)
            break;
    }
    return crew;
}

void crew_free(struct crew *crew)
{
    if (!crew)
        return;
    pthread_mutex_lock(&crew->lock);
    crew->quit = true;
    pthread_cond_broadcast(&crew->begin);
    pthread_mutex_unlock(&crew->lock);
    for (size_t i = 1; i < crew->parts; i++)
        pthread_join(crew->member[i].thread, NULL);
    pthread_cond_destroy(&crew->begin);
    pthread_cond_destroy(&crew->done);
    pthread_mutex_destroy(&crew->lock);
    free(crew);
}

size_t crew_size_here(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > CREW_MAX ? CREW_MAX : (size_t)processors;
}

void crew_run(struct crew *crew, void (*work)(void *argument, size_t part, size_t parts), void *argument)
{
    pthread_mutex_lock(&crew->lock);
    crew->work = work;
    crew->argument = argument;
    crew->working = crew->parts - 1;
    crew->job++;
    pthread_cond_broadcast(&crew->begin);
    pthread_mutex_unlock(&crew->lock);
    work(argument, 0, crew->parts);
    pthread_mutex_lock(&crew->lock);
    while (crew->working > 0)
        pthread_cond_wait(&crew->done, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}
