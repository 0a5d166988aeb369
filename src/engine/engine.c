/* The engine's thread and its one lock; large populations are computed by a crew of threads.
 *
 * The lock is held for everything but sim_compute, so whoever wants the lock waits for at most one chunk's recording,
 * and whoever wants the sim (call) for at most one chunk. While a chunk is computed nobody else looks at the sim:
 * calls are run by this thread between chunks, and batches, which the UI exchanges, are touched under the lock only.
 *
 * Pacing: at any moment the sim should stand at anchor_time + speed (now - anchor_clock). What is missing is the debt,
 * paid in chunks. A debt over DEBT_MAX seconds is forgiven, and that is what "cannot keep up" means. */
#include "engine/engine.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "engine/crew.h"
#include "engine/sim.h"
#include "engine/thread.h"

#define PIECE 4096     /* steps of a script's run between two looks at what was recorded */
#define TICK 0.004     /* s: do not wake up more often than this for a few steps */
#define DEBT_MAX 0.1   /* s of real time */
#define CREW_FROM 20000 /* neurons: from here on a chunk takes longer than waking the crew for it */
#define METER_SLOTS 16 /* samples over about a second */
#define METER_EVERY 0.07

/* The speed really reached, from samples of both clocks. */
struct meter {
    double clock[METER_SLOTS], time[METER_SLOTS];
    size_t count;
};

/* Work on the sim, done while it stands still. */
struct call {
    void (*fn)(struct sim *sim, void *argument);
    void *argument;
    bool pending;
};

/* What a slot holds or will hold: what the sim borrows, and the batches that are not in the sim. All owned. */
struct content {
    struct population *population; /* NULL: empty */
    struct stimulus *input;
    struct spike_batch *spare; /* what is not being filled; changes places with the sim's */
    struct spike_batch *left;  /* recorded when the population before this one went */
};

struct engine {
    struct port port;
    struct content held[ENGINE_SLOTS];  /* the caller's; the sim borrows from them */
    struct content built[ENGINE_SLOTS]; /* each its builder's until it is placed */
    /* immutable after the start */
    pthread_t thread;
    bool started;
    void (*wake)(void *context);
    void *wake_context;
    /* the sim: this thread's while computing, else under the lock */
    struct sim sim;
    struct crew *crew; /* likewise; NULL until it is needed */
    /* --- the following fields are guarded by the lock */
    pthread_mutex_t lock;
    pthread_cond_t work, done; /* work: something for the thread; done: a call or a pause has happened */
    bool quit, running, computing, pending, waiting;
    bool begun;         /* a run began since the chunk in the works was cut: it is no part of that run */
    uint64_t remaining; /* steps of a bounded run; 0: without end */
    double speed;
    double anchor_clock, anchor_time;
    double forgiven_at, forgiven_before; /* when debts were last forgiven */
    struct meter meter;
    struct call call;
};

static struct engine *engine_of(struct port *port)
{
    return (struct engine *)port;
}

static void content_free(struct content *content)
{
    population_free(content->population);
    stimulus_free(content->input);
    batch_free(content->spare);
    batch_free(content->left);
    *content = (struct content){0};
}

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
    for (size_t s = 0; s < ENGINE_SLOTS; s++) {
        content_free(&e->held[s]);
        content_free(&e->built[s]);
    }
    free(e);
}

static void anchor(struct engine *e, double debt)
{
    e->anchor_clock = clock_seconds();
    e->anchor_time = sim_time(&e->sim) + debt;
}

static void meter_restart(struct engine *e)
{
    e->meter.count = 0;
}

static void meter_sample(struct engine *e)
{
    struct meter *m = &e->meter;
    double now = clock_seconds();
    if (m->count > 0 && now - m->clock[(m->count - 1) % METER_SLOTS] < METER_EVERY)
        return;
    m->clock[m->count % METER_SLOTS] = now;
    m->time[m->count % METER_SLOTS] = sim_time(&e->sim);
    m->count++;
}

static double meter_reached(const struct engine *e)
{
    const struct meter *m = &e->meter;
    if (m->count < 2)
        return 0;
    size_t last = (m->count - 1) % METER_SLOTS, first = m->count > METER_SLOTS ? m->count % METER_SLOTS : 0;
    double elapsed = m->clock[last] - m->clock[first];
    return elapsed > 0 ? (m->time[last] - m->time[first]) / elapsed : 0;
}

/* Simulated seconds that should have been done by now. */
static double debt_now(const struct engine *e)
{
    if (isinf(e->speed))
        return INFINITY;
    return e->anchor_time + e->speed * (clock_seconds() - e->anchor_clock) - sim_time(&e->sim);
}

static uint64_t steps_due(struct engine *e)
{
    double debt = debt_now(e);
    if (!isinf(e->speed) && debt > DEBT_MAX * e->speed && debt > 2 * e->sim.dt) {
        e->forgiven_before = e->forgiven_at;
        e->forgiven_at = clock_seconds();
        debt = fmax(DEBT_MAX * e->speed / 2, e->sim.dt);
        anchor(e, debt);
    }
    /* A hair's breadth of tolerance: the debt is a difference of large times. */
    double steps = floor(debt / e->sim.dt + 1e-6);
    uint64_t due = steps >= 1 ? (steps < 1e9 ? (uint64_t)steps : 1000000000u) : 0;
    return e->remaining && due > e->remaining ? e->remaining : due;
}

static void sleep_until_due(struct engine *e)
{
    double seconds = fmax((e->sim.dt - debt_now(e)) / e->speed, TICK);
    thread_wait(&e->work, &e->lock, clock_seconds() + fmin(seconds, 3600));
}

static void run_call(struct engine *e)
{
    double debt = e->running && !isinf(e->speed) ? debt_now(e) : 0, time = sim_time(&e->sim);
    e->call.fn(&e->sim, e->call.argument);
    if (sim_time(&e->sim) != time) /* set back: what was metered before says nothing now */
        meter_restart(e);
    e->call.pending = false;
    e->waiting = false;
    anchor(e, debt);
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
        return;
    }
    if (!e->crew)
        e->crew = crew_new(crew_size_here());
    crew_run(e->crew, compute_share, &share);
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
    meter_sample(e);
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
        if (!e->running || (isinf(e->speed) && sim_empty(&e->sim))) {
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

/* Waits at most one chunk. */
static void call(struct engine *e, void (*fn)(struct sim *sim, void *argument), void *argument)
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

static bool engine_build(struct port *port, size_t slot, const struct population_spec *spec,
                         const struct stimulus *input, struct error *error)
{
    struct content *content = &engine_of(port)->built[slot];
    struct population *population = population_new(spec, error);
    if (!population)
        return false;
    content_free(content);
    content->population = population;
    content->input = input ? stimulus_copy(input) : NULL;
    content->spare = sim_batch_new(population);
    return true;
}

struct placing {
    size_t slot;
    struct content *content;
    double time;
};

/* The batch of the old population leaves the slot before the sim would free it. */
static void place(struct sim *sim, void *argument)
{
    struct placing *placing = argument;
    struct content *content = placing->content;
    content->left = sim->slot[placing->slot].batch;
    sim->slot[placing->slot].batch = NULL;
    sim_place(sim, placing->slot, content->population, content->input);
    placing->time = sim_time(sim);
}

/* Returns when. */
static double replace(struct engine *e, size_t slot, struct content content)
{
    struct placing placing = {.slot = slot, .content = &content};
    call(e, place, &placing);
    content_free(&e->held[slot]);
    e->held[slot] = content;
    return placing.time;
}

static bool engine_place(struct port *port, size_t slot, struct port_placed *placed, struct error *error)
{
    struct engine *e = engine_of(port);
    struct content content = e->built[slot];
    if (!content.population)
        return error_set(error, "slot %zu: nothing has been built for it", slot);
    e->built[slot] = (struct content){0};
    placed->time = replace(e, slot, content);
    placed->recorded = e->held[slot].left;
    return true;
}

static void engine_empty(struct port *port, size_t slot)
{
    replace(engine_of(port), slot, (struct content){0});
}

struct feeding {
    size_t slot;
    const struct stimulus *input;
    double time;
};

static void feed(struct sim *sim, void *argument)
{
    struct feeding *feeding = argument;
    sim_set_input(sim, feeding->slot, feeding->input);
    feeding->time = sim_time(sim);
}

static bool engine_feed(struct port *port, size_t slot, const struct stimulus *input, double *time,
                        struct error *error)
{
    struct engine *e = engine_of(port);
    if (!e->held[slot].population)
        return error_set(error, "slot %zu is empty", slot);
    struct stimulus *copy = input ? stimulus_copy(input) : NULL;
    struct feeding feeding = {.slot = slot, .input = copy};
    call(e, feed, &feeding);
    stimulus_free(e->held[slot].input);
    e->held[slot].input = copy;
    *time = feeding.time;
    return true;
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
    call(engine_of(port), change_dt, &change);
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
    call(engine_of(port), reset, NULL);
    return true;
}

/* ---- time ---- */

static void begin(struct engine *e, uint64_t steps)
{
    pthread_mutex_lock(&e->lock);
    if (!e->running) {
        anchor(e, 0);
        meter_restart(e);
        meter_sample(e);
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
    e->speed = factor;
    e->forgiven_at = -INFINITY;
    anchor(e, 0);
    meter_restart(e);
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
        .speed = e->speed,
        .reached = e->running ? meter_reached(e) : 0,
        /* Once is a hiccup (a large population put in place, ^Z); an engine that is too slow forgives all the time. */
        .behind = e->running && clock_seconds() - e->forgiven_at < 1 && e->forgiven_at - e->forgiven_before < 1,
        .waiting = e->waiting,
    };
    pthread_mutex_unlock(&e->lock);
    return status;
}

static const struct spike_batch *engine_take(struct port *port, size_t slot)
{
    struct engine *e = engine_of(port);
    struct content *content = &e->held[slot];
    if (!content->population)
        return NULL;
    batch_clear(content->spare);
    pthread_mutex_lock(&e->lock);
    struct spike_batch **live = &e->sim.slot[slot].batch, *full = *live;
    *live = content->spare;
    content->spare = full;
    e->pending = false;
    e->waiting = false;
    pthread_cond_signal(&e->work);
    pthread_mutex_unlock(&e->lock);
    return full;
}

static const struct port_functions engine_functions = {
    .free = engine_free,
    .start = engine_start,
    .build = engine_build,
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
};

struct port *engine_open(double dt)
{
    struct engine *e = xcalloc(1, sizeof *e);
    e->port.does = &engine_functions;
    sim_init(&e->sim, dt);
    e->speed = 1;
    e->forgiven_at = e->forgiven_before = -INFINITY;
    pthread_mutex_init(&e->lock, NULL);
    thread_condition(&e->work);
    pthread_cond_init(&e->done, NULL);
    return &e->port;
}
