/* The thread: it runs, pauses, answers calls, waits for a slow reader and loses nothing; and it spikes exactly as the
 * sim without a thread does. Tests wait for what they expect, with a generous limit. */
#include "harness.h"

#include <sched.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "engine/crew.h"
#include "engine/engine.h"

#define LIMIT 60 /* s: only a hang takes this long */

static struct population *make(size_t n)
{
    struct population_spec spec;
    population_spec_init(&spec);
    spec.n = n;
    struct error error = {""};
    struct population *p = population_new(&spec, &error);
    ck_assert_msg(p != NULL, "%s", error.text);
    population_spec_free(&spec);
    return p;
}

struct placing {
    const struct population *population;
    const struct stimulus *input;
};

static bool place(struct sim *sim, void *argument)
{
    const struct placing *what = argument;
    sim_place(sim, 0, what->population, what->input);
    return true;
}

static bool set_dt(struct sim *sim, void *argument)
{
    struct error error;
    return sim_set_dt(sim, *(double *)argument, &error);
}

static atomic_int wakes;
static void count_wake(void *context)
{
    (void)context;
    atomic_fetch_add(&wakes, 1);
}

static void wait_for_step(struct engine *e, uint64_t step)
{
    double start = clock_seconds();
    while (engine_status(e).step < step) {
        ck_assert_msg(clock_seconds() - start < LIMIT, "step %llu not reached: at %llu", (unsigned long long)step,
                      (unsigned long long)engine_status(e).step);
        sched_yield();
    }
}

/* Steps and spikes seen so far, mixed into one number. */
struct reader {
    struct engine *engine;
    struct spike_batch *spare;
    size_t steps, spikes;
    uint64_t hash, time_hash;
};

static bool read_batch(void *context)
{
    struct reader *r = context;
    engine_take(r->engine, 0, &r->spare);
    for (size_t k = 0; k < r->spare->spikes; k++)
        r->hash = (r->hash ^ r->spare->neuron[k]) * 1099511628211u;
    for (size_t k = 0; k < r->spare->steps; k++)
        r->time_hash = (r->time_hash ^ (uint64_t)(r->spare->time[k] * 1e6 + 0.5)) * 1099511628211u;
    r->steps += r->spare->steps;
    r->spikes += r->spare->spikes;
    ck_assert(r->spare->lost == 0);
    batch_clear(r->spare);
    return true;
}

START_TEST(thread_and_inline_give_the_same_spikes)
{
    enum { STEPS = 40000 };
    struct population *p = make(120);
    struct error error;
    double value[STIMULUS_MAX_PARAMS] = {0.7};
    struct stimulus *x = stimulus_new(&stimulus_constant, value, 1, NULL, &error);
    uint64_t hash[2];
    for (int threaded = 0; threaded < 2; threaded++) {
        struct engine *e = engine_new(0.001);
        struct placing what = {p, x};
        struct reader r = {.engine = e, .spare = sim_batch_new(p)};
        if (threaded)
            ck_assert(engine_start(e, count_wake, NULL, &error));
        engine_call(e, place, &what);
        engine_speed(e, INFINITY);
        engine_advance(e, STEPS, read_batch, &r);
        double start = clock_seconds();
        while (threaded && engine_status(e).running) {
            ck_assert_msg(clock_seconds() - start < LIMIT, "the run does not end: step %llu",
                          (unsigned long long)engine_status(e).step);
            read_batch(&r);
            sched_yield();
        }
        read_batch(&r);
        ck_assert_msg(r.steps == STEPS && r.spikes > 1000000 / 100, "%zu steps, %zu spikes", r.steps, r.spikes);
        hash[threaded] = r.hash ^ r.time_hash;
        batch_free(r.spare);
        engine_free(e);
    }
    ck_assert_msg(hash[0] == hash[1], "the thread changes spikes or times");
    ck_assert_int_gt(atomic_load(&wakes), 0);
    stimulus_free(x);
    population_free(p);
}
END_TEST

START_TEST(pause_run_and_calls_work_at_any_moment)
{
    struct population *p = make(60), *q = make(600);
    struct error error;
    struct engine *e = engine_new(0.001);
    struct placing small = {p, NULL}, large = {q, NULL}, none = {NULL, NULL};
    ck_assert(engine_start(e, NULL, NULL, &error));
    ck_assert(engine_call(e, place, &small)); /* while paused */
    engine_speed(e, 50);
    engine_run(e);
    wait_for_step(e, 50);
    for (int i = 0; i < 50; i++)
        ck_assert(engine_call(e, place, i % 2 ? &small : &large));
    wait_for_step(e, engine_status(e).step + 10);
    double dt = 0.0001, wrong = -1;
    ck_assert(engine_call(e, set_dt, &dt));
    ck_assert(!engine_call(e, set_dt, &wrong));
    ck_assert(engine_status(e).dt == 0.0001);
    engine_pause(e);
    uint64_t step = engine_status(e).step;
    ck_assert(!engine_status(e).running);
    engine_call(e, place, &none);
    ck_assert_uint_eq(engine_status(e).step, step);
    engine_run(e);
    wait_for_step(e, step + 10);
    engine_free(e); /* while running */
    population_free(p);
    population_free(q);
}
END_TEST

START_TEST(a_reader_that_sleeps_makes_the_engine_wait)
{
    struct population *p = make(60);
    struct error error;
    struct engine *e = engine_new(0.001);
    struct placing what = {p, NULL};
    struct reader r = {.engine = e, .spare = sim_batch_new(p)};
    ck_assert(engine_start(e, count_wake, NULL, &error));
    engine_call(e, place, &what);
    engine_speed(e, INFINITY);
    engine_run(e);
    double start = clock_seconds();
    while (!engine_status(e).waiting) {
        ck_assert_msg(clock_seconds() - start < LIMIT, "it never waits");
        sched_yield();
    }
    while (atomic_load(&wakes) < 2) { /* one for the first chunk, one for the wait */
        ck_assert_msg(clock_seconds() - start < LIMIT, "it waits and tells nobody");
        sched_yield();
    }
    uint64_t step = engine_status(e).step;
    ck_assert(engine_call(e, place, &what)); /* answers calls while it waits */
    read_batch(&r);
    wait_for_step(e, step + 100);
    engine_pause(e);
    batch_free(r.spare);
    engine_free(e);
    population_free(p);
}
END_TEST

START_TEST(a_bounded_run_ends_by_itself_at_the_exact_step)
{
    struct population *p = make(60);
    struct error error;
    struct engine *e = engine_new(0.001);
    struct placing what = {p, NULL};
    ck_assert(engine_start(e, count_wake, NULL, &error));
    engine_call(e, place, &what);
    engine_speed(e, 20);
    engine_advance(e, 137, NULL, NULL);
    double start = clock_seconds();
    while (engine_status(e).running)
        ck_assert(clock_seconds() - start < LIMIT);
    ck_assert_uint_eq(engine_status(e).step, 137);
    ck_assert(engine_status(e).reached == 0);
    engine_free(e);
    population_free(p);
}
END_TEST

/* A chunk is nearly always in the works when the bounded run begins; it is longer than the run. */
START_TEST(a_bounded_run_may_begin_in_the_middle_of_another)
{
    struct population *p = make(20000);
    struct error error;
    struct engine *e = engine_new(0.001);
    struct placing what = {p, NULL};
    struct reader r = {.engine = e, .spare = sim_batch_new(p)};
    ck_assert(engine_start(e, NULL, NULL, &error));
    engine_call(e, place, &what);
    engine_speed(e, INFINITY);
    for (int i = 0; i < 100; i++) {
        engine_run(e);
        wait_for_step(e, engine_status(e).step + 1);
        engine_advance(e, 3, NULL, NULL);
        double start = clock_seconds();
        for (struct engine_status s; (s = engine_status(e)).running; sched_yield()) {
            ck_assert_msg(s.remaining > 0 && s.remaining <= 3, "%llu of 3 steps remain",
                          (unsigned long long)s.remaining);
            ck_assert_msg(clock_seconds() - start < LIMIT, "3 steps do not end");
            read_batch(&r);
        }
        read_batch(&r);
    }
    engine_free(e);
    batch_free(r.spare);
    population_free(p);
}
END_TEST

/* Large enough for the crew: the same spikes as one thread computes. */
START_TEST(a_crew_gives_the_spikes_of_one_thread)
{
    enum { N = 30000, STEPS = 64 };
    struct population *p = make(N);
    struct sim alone;
    sim_init(&alone, 0.001);
    sim_place(&alone, 0, p, NULL);
    ck_assert_uint_eq(sim_advance(&alone, STEPS), STEPS);
    struct engine *e = engine_new(0.001);
    struct placing what = {p, NULL};
    struct spike_batch *batch = sim_batch_new(p), *want = alone.slot[0].batch;
    engine_call(e, place, &what);
    engine_advance(e, STEPS, NULL, NULL);
    engine_take(e, 0, &batch);
    ck_assert_uint_gt(batch->spikes, N);
    ck_assert_uint_eq(batch->spikes, want->spikes);
    ck_assert_msg(memcmp(batch->neuron, want->neuron, want->spikes * sizeof *want->neuron) == 0, "spikes differ");
    batch_free(batch);
    engine_free(e);
    sim_release(&alone);
    population_free(p);
}
END_TEST

static bool reset(struct sim *sim, void *argument)
{
    (void)argument;
    sim_reset(sim);
    return true;
}

START_TEST(a_clock_set_back_is_metered_anew)
{
    enum { STEPS = 5000 }; /* a quarter of a second: several samples of the meter */
    struct error error;
    struct engine *e = engine_new(0.001);
    ck_assert(engine_start(e, NULL, NULL, &error));
    engine_speed(e, 20);
    engine_run(e);
    wait_for_step(e, STEPS);
    engine_call(e, reset, NULL);
    double start = clock_seconds();
    for (struct engine_status s; (s = engine_status(e)).step < STEPS; sched_yield()) {
        ck_assert_msg(s.reached >= 0, "reached %g times real time", s.reached);
        ck_assert_msg(clock_seconds() - start < LIMIT, "step %llu only", (unsigned long long)s.step);
    }
    engine_free(e);
}
END_TEST

static void count_part(void *argument, size_t part, size_t parts)
{
    atomic_int *done = argument;
    ck_assert(part < parts);
    atomic_fetch_add(&done[part], 1);
}

START_TEST(a_crew_does_every_part_once_a_job)
{
    for (size_t parts = 1; parts <= 4; parts++) {
        atomic_int done[4] = {0};
        struct crew *crew = crew_new(parts);
        for (int job = 1; job <= 1000; job++) {
            crew_run(crew, count_part, done);
            for (size_t i = 0; i < parts; i++)
                ck_assert_int_eq(atomic_load(&done[i]), job);
        }
        crew_free(crew);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("engine: thread", thread_and_inline_give_the_same_spikes, pause_run_and_calls_work_at_any_moment,
                       a_reader_that_sleeps_makes_the_engine_wait, a_bounded_run_ends_by_itself_at_the_exact_step,
                       a_bounded_run_may_begin_in_the_middle_of_another, a_clock_set_back_is_metered_anew,
                       a_crew_gives_the_spikes_of_one_thread, a_crew_does_every_part_once_a_job);
}
