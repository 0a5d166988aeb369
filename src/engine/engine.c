/* The engine's thread and its one lock; large populations are computed by a crew of threads.
 *
 * The lock is held for everything but sim_compute, so whoever wants the lock waits for at most one chunk's recording,
 * and whoever wants the sim (engine_call) for at most one chunk. While a chunk is computed nobody else looks at the
 * sim: calls are run by this thread between chunks, and batches, which the UI exchanges, are touched under the lock
 * only. */
#include "engine/engine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "engine/thread.h"
#include "engine_state.h"

#define PIECE 4096      /* steps of a script's run between two looks at what was recorded */
#define CREW_FROM 20000 /* neurons: from here on a chunk takes longer than waking the crew for it */

static void engine_free(struct port *port)
{
    struct engine *e = engine_of(port);
    if (e->started) {
        pthread_mutex_lock(&e->lock);
        e->quit = true;
        pthread_cond_signal(&e->work);
        pthread_mutex_unlock(&e->lock);
        pthread_join(e->thread, NULL);
    }
    pthread_cond_destroy(&e->work);
    pthread_cond_destroy(&e->done);
    pthread_mutex_destroy(&e->lock);
    crew_free(e->crew);
    sim_release(&e->sim);
    engine_slots_free(e);
    engine_joints_free(e);
    free(e);
}

static uint64_t steps_due(struct engine *e)
{
    uint64_t due = pace_due(&e->pace, clock_seconds(), sim_time(&e->sim), e->sim.dt);
    return e->remaining && due > e->remaining ? e->remaining : due;
}

static void sleep_until_due(struct engine *e)
{
    double now = clock_seconds();
    thread_wait(&e->work, &e->lock, now + pace_sleep(&e->pace, now, sim_time(&e->sim), e->sim.dt));
}

/* What was owed before is owed after, wherever the sim then stands. */
static void run_call(struct engine *e)
{
    double time = sim_time(&e->sim), debt = e->running ? pace_debt(&e->pace, clock_seconds(), time) : 0;
    e->call.fn(&e->sim, e->call.argument);
    if (sim_time(&e->sim) != time) /* set back: what was metered before says nothing now */
        meter_restart(&e->meter);
    e->call.pending = false;
    e->waiting = false;
    pace_anchor(&e->pace, clock_seconds(), sim_time(&e->sim), debt);
    pthread_cond_broadcast(&e->done);
}

/* Tells the UI, without the lock. */
static void tell(struct engine *e)
{
    pthread_mutex_unlock(&e->lock);
    if (e->wake)
        e->wake(e->wake_context);
    pthread_mutex_lock(&e->lock);
}

struct share {
    struct sim *sim;
    size_t steps;
};

static void compute_share(void *argument, size_t part, size_t parts)
{
    const struct share *share = argument;
    sim_compute(share->sim, share->steps, part, parts);
}

static void compute(struct engine *e, size_t chunk)
{
    struct share share = {&e->sim, chunk};
    sim_inputs(&e->sim, chunk);
    if (sim_neurons(&e->sim) < CREW_FROM) {
        compute_share(&share, 0, 1);
    } else {
        if (!e->crew)
            e->crew = crew_new(crew_size_here());
        crew_run(e->crew, compute_share, &share);
    }
    sim_connect(&e->sim, chunk);
}

static void run_chunk(struct engine *e, size_t chunk)
{
    e->computing = true;
    e->begun = false;
    pthread_mutex_unlock(&e->lock);
    compute(e, chunk);
    pthread_mutex_lock(&e->lock);
    e->computing = false;
    sim_record(&e->sim, chunk);
    meter_sample(&e->meter, clock_seconds(), sim_time(&e->sim));
    bool first = !e->pending, ended = false;
    e->pending = true;
    if (e->remaining && !e->begun && (e->remaining -= chunk) == 0) {
        e->running = false;
        ended = true;
    }
    pthread_cond_broadcast(&e->done);
    if (first || ended)
        tell(e);
}

static void *thread_main(void *argument)
{
    struct engine *e = argument;
    pthread_mutex_lock(&e->lock);
    while (!e->quit) {
        if (e->call.pending) {
            run_call(e);
            continue;
        }
        /* Nothing to compute as fast as possible would be a busy loop. */
        if (!e->running || (isinf(e->pace.speed) && sim_empty(&e->sim))) {
            pthread_cond_wait(&e->work, &e->lock);
            continue;
        }
        uint64_t due = steps_due(e);
        if (due == 0) {
            sleep_until_due(e);
            continue;
        }
        size_t chunk = sim_chunk(&e->sim, due);
        bool waited = e->waiting;
        e->waiting = chunk == 0;
        if (chunk > 0)
            run_chunk(e, chunk);
        else if (waited)
            pthread_cond_wait(&e->work, &e->lock);
        else
            tell(e);
    }
    pthread_mutex_unlock(&e->lock);
    return NULL;
}

static bool engine_start(struct port *port, void (*wake)(void *context), void *context, struct error *error)
{
    struct engine *e = engine_of(port);
    e->wake = wake;
    e->wake_context = context;
    int failed = thread_start(&e->thread, thread_main, e);
    if (failed)
        return error_set(error, "cannot start the simulation's thread: %s", strerror(failed));
    e->started = true;
    return true;
}

/* ---- work on the sim, between two chunks ---- */

void engine_call(struct engine *e, void (*fn)(struct sim *sim, void *argument), void *argument)
{
    if (!e->started) {
        fn(&e->sim, argument);
        return;
    }
    pthread_mutex_lock(&e->lock);
    e->call = (struct call){.fn = fn, .argument = argument, .pending = true};
    pthread_cond_signal(&e->work);
    while (e->call.pending)
        pthread_cond_wait(&e->done, &e->lock);
    pthread_mutex_unlock(&e->lock);
}

struct dt_change {
    double dt, time;
    bool good;
    struct error *error;
};

static void change_dt(struct sim *sim, void *argument)
{
    struct dt_change *change = argument;
    change->time = sim_time(sim);
    change->good = sim_set_dt(sim, change->dt, change->error);
}

static bool engine_dt(struct port *port, double dt, double *time, struct error *error)
{
    struct dt_change change = {.dt = dt, .error = error};
    engine_call(engine_of(port), change_dt, &change);
    *time = change.time;
    return change.good;
}

static void reset(struct sim *sim, void *argument)
{
    (void)argument;
    sim_reset(sim);
}

static bool engine_reset(struct port *port, struct error *error)
{
    (void)error;
    engine_call(engine_of(port), reset, NULL);
    return true;
}

/* ---- time ---- */

static void begin(struct engine *e, uint64_t steps)
{
    pthread_mutex_lock(&e->lock);
    if (!e->running) {
        double now = clock_seconds(), time = sim_time(&e->sim);
        pace_anchor(&e->pace, now, time, 0);
        meter_restart(&e->meter);
        meter_sample(&e->meter, now, time);
    }
    e->running = true;
    e->begun = true;
    e->remaining = steps;
    pthread_cond_signal(&e->work);
    pthread_mutex_unlock(&e->lock);
}

static bool engine_run(struct port *port, struct error *error)
{
    (void)error;
    begin(engine_of(port), 0);
    return true;
}

static void engine_pause(struct port *port)
{
    struct engine *e = engine_of(port);
    pthread_mutex_lock(&e->lock);
    e->running = false;
    e->waiting = false;
    e->remaining = 0;
    while (e->computing)
        pthread_cond_wait(&e->done, &e->lock);
    pthread_mutex_unlock(&e->lock);
}

/* In pieces, so that drain can look for Ctrl-C and show progress. */
static void advance_here(struct engine *e, uint64_t steps, bool (*drain)(void *context), void *context)
{
    bool go_on = true;
    while (steps > 0 && go_on) {
        for (size_t piece = steps < PIECE ? (size_t)steps : PIECE, chunk; piece > 0; piece -= chunk, steps -= chunk) {
            chunk = sim_chunk(&e->sim, piece);
            if (chunk == 0)
                break;
            compute(e, chunk);
            sim_record(&e->sim, chunk);
        }
        go_on = !drain || drain(context);
    }
}

static bool engine_advance(struct port *port, uint64_t steps, bool (*drain)(void *context), void *context,
                           struct error *error)
{
    (void)error;
    struct engine *e = engine_of(port);
    if (!e->started)
        advance_here(e, steps, drain, context);
    else if (steps > 0)
        begin(e, steps);
    return true;
}

static void engine_speed(struct port *port, double factor)
{
    struct engine *e = engine_of(port);
    pthread_mutex_lock(&e->lock);
    pace_set(&e->pace, factor, clock_seconds(), sim_time(&e->sim));
    meter_restart(&e->meter);
    pthread_cond_signal(&e->work);
    pthread_mutex_unlock(&e->lock);
}

static struct engine_status engine_status(struct port *port)
{
    struct engine *e = engine_of(port);
    pthread_mutex_lock(&e->lock);
    struct engine_status status = {
        .time = sim_time(&e->sim),
        .dt = e->sim.dt,
        .step = e->sim.step,
        .running = e->running,
        .remaining = e->remaining,
        .speed = e->pace.speed,
        .reached = e->running ? meter_reached(&e->meter) : 0,
        .behind = e->running && pace_behind(&e->pace, clock_seconds()),
        .waiting = e->waiting,
    };
    pthread_mutex_unlock(&e->lock);
    return status;
}

static const struct port_functions engine_functions = {
    .free = engine_free,
    .start = engine_start,
    .build = engine_build,
    .drive = engine_drive,
    .place = engine_place,
    .empty = engine_empty,
    .feed = engine_feed,
    .dt = engine_dt,
    .reset = engine_reset,
    .run = engine_run,
    .pause = engine_pause,
    .advance = engine_advance,
    .speed = engine_speed,
    .status = engine_status,
    .take = engine_take,
    .connections = engine_connections,
    .join = engine_join,
    .learn = engine_learn,
    .learned = engine_learned,
};

struct port *engine_open(double dt)
{
    struct engine *e = xcalloc(1, sizeof *e);
    e->port.does = &engine_functions;
    sim_init(&e->sim, dt);
    pace_init(&e->pace);
    pthread_mutex_init(&e->lock, NULL);
    thread_condition(&e->work);
    pthread_cond_init(&e->done, NULL);
    return &e->port;
}
