/* The thread: it runs, pauses, answers calls, waits for a slow reader and loses nothing; and it spikes exactly as the
 * sim without a thread does. Tests wait for what they expect, with a generous limit. */
#include "harness.h"

#include <sched.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "engine/crew.h"
#include "engine/engine.h"
#include "engine/sim.h"

#define LIMIT 60 /* s: only a hang takes this long */

static struct population_spec spec_of(size_t n)
{
    struct population_spec spec;
    population_spec_init(&spec);
    spec.n = n;
    return spec;
}

static void put(struct port *e, size_t n, const struct stimulus *input)
{
    struct error error = {""};
    struct population_spec spec = spec_of(n);
    struct port_placed placed;
    ck_assert_msg(port_build(e, 0, &spec, input, &error) && port_place(e, 0, &placed, &error), "%s", error.text);
    population_spec_free(&spec);
}

static struct stimulus *constant(double level)
{
    struct error error = {""};
    double value[STIMULUS_MAX_PARAMS] = {level};
    struct stimulus *x = stimulus_new(&stimulus_constant, value, 1, NULL, &error);
    ck_assert_msg(x != NULL, "%s", error.text);
    return x;
}

static atomic_int wakes;
static void count_wake(void *context)
{
    (void)context;
    atomic_fetch_add(&wakes, 1);
}

static void wait_for_step(struct port *e, uint64_t step)
{
    double start = clock_seconds();
    while (port_status(e).step < step) {
        ck_assert_msg(clock_seconds() - start < LIMIT, "step %llu not reached: at %llu", (unsigned long long)step,
                      (unsigned long long)port_status(e).step);
        sched_yield();
    }
}

/* Steps and spikes seen so far, mixed into one number. */
struct reader {
    struct port *engine;
    size_t steps, spikes;
    uint64_t hash, time_hash;
};

static bool read_batch(void *context)
{
    struct reader *r = context;
    const struct spike_batch *batch = port_take(r->engine, 0);
    for (size_t k = 0; k < batch->spikes; k++)
        r->hash = (r->hash ^ batch->neuron[k]) * 1099511628211u;
    for (size_t k = 0; k < batch->steps; k++)
        r->time_hash = (r->time_hash ^ (uint64_t)(batch->time[k] * 1e6 + 0.5)) * 1099511628211u;
    r->steps += batch->steps;
    r->spikes += batch->spikes;
    ck_assert(batch->lost == 0);
    return true;
}

START_TEST(thread_and_inline_give_the_same_spikes)
{
    enum { STEPS = 40000 };
    struct error error;
    struct stimulus *x = constant(0.7);
    uint64_t hash[2];
    for (int threaded = 0; threaded < 2; threaded++) {
        struct port *e = engine_open(0.001);
        struct reader r = {.engine = e};
        if (threaded)
            ck_assert(port_start(e, count_wake, NULL, &error));
        put(e, 120, x);
        port_speed(e, INFINITY);
        ck_assert(port_advance(e, STEPS, read_batch, &r, &error));
        double start = clock_seconds();
        while (threaded && port_status(e).running) {
            ck_assert_msg(clock_seconds() - start < LIMIT, "the run does not end: step %llu",
                          (unsigned long long)port_status(e).step);
            read_batch(&r);
            sched_yield();
        }
        read_batch(&r);
        ck_assert_msg(r.steps == STEPS && r.spikes > 1000000 / 100, "%zu steps, %zu spikes", r.steps, r.spikes);
        hash[threaded] = r.hash ^ r.time_hash;
        port_free(e);
    }
    ck_assert_msg(hash[0] == hash[1], "the thread changes spikes or times");
    ck_assert_int_gt(atomic_load(&wakes), 0);
    stimulus_free(x);
}
END_TEST

START_TEST(pause_run_and_calls_work_at_any_moment)
{
    struct error error;
    struct port *e = engine_open(0.001);
    ck_assert(port_start(e, NULL, NULL, &error));
    put(e, 60, NULL); /* while paused */
    port_speed(e, 50);
    ck_assert(port_run(e, &error));
    wait_for_step(e, 50);
    for (int i = 0; i < 50; i++)
        put(e, i % 2 ? 60 : 600, NULL);
    wait_for_step(e, port_status(e).step + 10);
    double since = -1;
    ck_assert(port_dt(e, 0.0001, &since, &error));
    ck_assert(since >= 0.06 && !port_dt(e, -1, &since, &error));
    ck_assert(port_status(e).dt == 0.0001);
    port_pause(e);
    uint64_t step = port_status(e).step;
    ck_assert(!port_status(e).running);
    port_empty(e, 0);
    ck_assert_uint_eq(port_status(e).step, step);
    ck_assert(port_run(e, &error));
    wait_for_step(e, step + 10);
    port_free(e); /* while running */
}
END_TEST

START_TEST(a_reader_that_sleeps_makes_the_engine_wait)
{
    struct error error;
    struct port *e = engine_open(0.001);
    struct reader r = {.engine = e};
    ck_assert(port_start(e, count_wake, NULL, &error));
    put(e, 60, NULL);
    port_speed(e, INFINITY);
    ck_assert(port_run(e, &error));
    double start = clock_seconds();
    while (!port_status(e).waiting) {
        ck_assert_msg(clock_seconds() - start < LIMIT, "it never waits");
        sched_yield();
    }
    while (atomic_load(&wakes) < 2) { /* one for the first chunk, one for the wait */
        ck_assert_msg(clock_seconds() - start < LIMIT, "it waits and tells nobody");
        sched_yield();
    }
    uint64_t step = port_status(e).step;
    put(e, 60, NULL); /* answers calls while it waits */
    read_batch(&r);
    wait_for_step(e, step + 100);
    port_pause(e);
    port_free(e);
}
END_TEST

START_TEST(a_bounded_run_ends_by_itself_at_the_exact_step)
{
    struct error error;
    struct port *e = engine_open(0.001);
    ck_assert(port_start(e, count_wake, NULL, &error));
    put(e, 60, NULL);
    port_speed(e, 20);
    ck_assert(port_advance(e, 137, NULL, NULL, &error));
    double start = clock_seconds();
    while (port_status(e).running)
        ck_assert(clock_seconds() - start < LIMIT);
    ck_assert_uint_eq(port_status(e).step, 137);
    ck_assert(port_status(e).reached == 0);
    port_free(e);
}
END_TEST

/* A chunk is nearly always in the works when the bounded run begins; it is longer than the run. */
START_TEST(a_bounded_run_may_begin_in_the_middle_of_another)
{
    struct error error;
    struct port *e = engine_open(0.001);
    struct reader r = {.engine = e};
    ck_assert(port_start(e, NULL, NULL, &error));
    put(e, 20000, NULL);
    port_speed(e, INFINITY);
    for (int i = 0; i < 100; i++) {
        ck_assert(port_run(e, &error));
        wait_for_step(e, port_status(e).step + 1);
        ck_assert(port_advance(e, 3, NULL, NULL, &error));
        double start = clock_seconds();
        for (struct engine_status s; (s = port_status(e)).running; sched_yield()) {
            ck_assert_msg(s.remaining > 0 && s.remaining <= 3, "%llu of 3 steps remain",
                          (unsigned long long)s.remaining);
            ck_assert_msg(clock_seconds() - start < LIMIT, "3 steps do not end");
            read_batch(&r);
        }
        read_batch(&r);
    }
    port_free(e);
}
END_TEST

/* Large enough for the crew: the same spikes as one thread computes. */
START_TEST(a_crew_gives_the_spikes_of_one_thread)
{
    enum { N = 30000, STEPS = 64 };
    struct error error = {""};
    struct population_spec spec = spec_of(N);
    struct population *p = population_new(&spec, &error);
    struct sim alone;
    sim_init(&alone, 0.001);
    sim_place(&alone, 0, p, NULL);
    ck_assert_uint_eq(sim_advance(&alone, STEPS), STEPS);
    struct port *e = engine_open(0.001);
    put(e, N, NULL);
    ck_assert(port_advance(e, STEPS, NULL, NULL, &error));
    const struct spike_batch *batch = port_take(e, 0), *want = alone.slot[0].batch;
    ck_assert_uint_gt(batch->spikes, N);
    ck_assert_uint_eq(batch->spikes, want->spikes);
    ck_assert_msg(memcmp(batch->neuron, want->neuron, want->spikes * sizeof *want->neuron) == 0, "spikes differ");
    port_free(e);
    sim_release(&alone);
    population_free(p);
    population_spec_free(&spec);
}
END_TEST

/* A slot that changes hands: what was not taken comes with it, voltages go on, and an engine that was fed twice has
 * the second input from then on. The same by hand, with the sim alone. */
START_TEST(what_a_slot_recorded_comes_with_its_next_population)
{
    struct error error = {""};
    struct stimulus *low = constant(0.2), *high = constant(0.9);
    struct population_spec few = spec_of(40), many = spec_of(90);
    struct population *a = population_new(&few, &error), *b = population_new(&many, &error);
    struct sim alone;
    sim_init(&alone, 0.001);
    struct port *e = engine_open(0.001);
    struct port_placed placed;
    double time;

    ck_assert(port_take(e, 0) == NULL);
    ck_assert(!port_place(e, 0, &placed, &error));
    ck_assert_msg(strstr(error.text, "nothing has been built"), "%s", error.text);
    ck_assert(!port_feed(e, 0, low, &time, &error));
    ck_assert_msg(strstr(error.text, "empty"), "%s", error.text);

    put(e, 40, low);
    sim_place(&alone, 0, a, low);
    ck_assert(port_advance(e, 100, NULL, NULL, &error));
    sim_advance(&alone, 100);
    ck_assert(port_feed(e, 0, high, &time, &error));
    ck_assert_msg(time == 0.1, "fed at %.17g s", time);
    sim_set_input(&alone, 0, high);
    ck_assert(port_advance(e, 50, NULL, NULL, &error));
    sim_advance(&alone, 50);

    ck_assert(port_build(e, 0, &many, high, &error) && port_place(e, 0, &placed, &error));
    ck_assert_msg(placed.time == 0.15, "placed at %.17g s", placed.time);
    ck_assert_ptr_nonnull(placed.recorded);
    ck_assert_uint_eq(placed.recorded->steps, 150);
    const struct spike_batch *want = alone.slot[0].batch;
    ck_assert_uint_eq(placed.recorded->spikes, want->spikes);
    ck_assert(memcmp(placed.recorded->neuron, want->neuron, want->spikes * sizeof *want->neuron) == 0);
    ck_assert(placed.recorded->input[99] == 0.2 && placed.recorded->input[100] == 0.9);

    sim_place(&alone, 0, b, high);
    ck_assert(port_advance(e, 50, NULL, NULL, &error));
    sim_advance(&alone, 50);
    const struct spike_batch *got = port_take(e, 0);
    want = alone.slot[0].batch;
    ck_assert_uint_eq(got->steps, 50);
    ck_assert_uint_eq(got->spikes, want->spikes);
    ck_assert(memcmp(got->neuron, want->neuron, want->spikes * sizeof *want->neuron) == 0);
    ck_assert_uint_eq(port_take(e, 0)->steps, 0);

    port_empty(e, 0);
    ck_assert(port_take(e, 0) == NULL);
    port_free(e);
    sim_release(&alone);
    population_free(a);
    population_free(b);
    population_spec_free(&few);
    population_spec_free(&many);
    stimulus_free(low);
    stimulus_free(high);
}
END_TEST

/* Built and never placed, built twice, and refused: nothing of it is seen, and nothing is lost. */
START_TEST(what_was_built_is_not_seen_before_it_is_placed)
{
    struct error error = {""};
    struct population_spec good = spec_of(60), bad = spec_of(0);
    struct port *e = engine_open(0.001);
    struct port_placed placed;
    put(e, 40, NULL);
    ck_assert(port_build(e, 0, &good, NULL, &error) && port_build(e, 0, &good, NULL, &error));
    ck_assert(!port_build(e, 0, &bad, NULL, &error));
    ck_assert_msg(strstr(error.text, "n=0"), "%s", error.text);
    ck_assert(port_advance(e, 100, NULL, NULL, &error));
    const struct spike_batch *batch = port_take(e, 0);
    for (size_t k = 0; k < batch->spikes; k++)
        ck_assert_msg(batch->neuron[k] < 40, "neuron %u spikes before it is placed", batch->neuron[k]);
    ck_assert(port_place(e, 0, &placed, &error)); /* the one before the refused one */
    ck_assert(port_advance(e, 1000, NULL, NULL, &error));
    batch = port_take(e, 0);
    uint32_t highest = 0;
    for (size_t k = 0; k < batch->spikes; k++)
        highest = batch->neuron[k] > highest ? batch->neuron[k] : highest;
    ck_assert_msg(highest >= 40 && highest < 60, "neuron %u is the last that spikes", highest);
    ck_assert(port_build(e, 3, &good, NULL, &error));
    port_free(e);
}
END_TEST

START_TEST(a_clock_set_back_is_metered_anew)
{
    enum { STEPS = 5000 }; /* a quarter of a second: several samples of the meter */
    struct error error;
    struct port *e = engine_open(0.001);
    ck_assert(port_start(e, NULL, NULL, &error));
    port_speed(e, 20);
    ck_assert(port_run(e, &error));
    wait_for_step(e, STEPS);
    ck_assert(port_reset(e, &error));
    double start = clock_seconds();
    for (struct engine_status s; (s = port_status(e)).step < STEPS; sched_yield()) {
        ck_assert_msg(s.reached >= 0, "reached %g times real time", s.reached);
        ck_assert_msg(clock_seconds() - start < LIMIT, "step %llu only", (unsigned long long)s.step);
    }
    port_free(e);
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
                       what_a_slot_recorded_comes_with_its_next_population,
                       what_was_built_is_not_seen_before_it_is_placed, a_crew_gives_the_spikes_of_one_thread,
                       a_crew_does_every_part_once_a_job);
}
