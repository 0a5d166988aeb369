/* Networks through the door: connections between slots, with and without the thread; what goes on over a change, what
 * is refused and changes nothing, what a slot that is emptied takes along. */
#include "harness.h"

#include <sched.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "engine/engine.h"
#include "network/connection.h"
#include "network/rule.h"

#define LIMIT 60 /* s: only a hang takes this long */
#define STEPS 4000

/* Slots: 0 a population under 0.6, 1 a population it drives, 2 an error node. */
static void fill(struct port *e)
{
    struct error error = {""};
    double value[STIMULUS_MAX_PARAMS] = {0.6};
    struct stimulus *x = stimulus_new(&stimulus_constant, value, 1, NULL, &error);
    for (size_t s = 0; s < 3; s++) {
        struct population_spec spec;
        struct port_placed placed;
        population_spec_init(&spec);
        spec.seed = s + 1;
        if (s == 2)
            population_spec_node(&spec, 1);
        ck_assert_msg(port_build(e, s, &spec, s == 0 ? x : NULL, &error) && port_place(e, s, &placed, &error), "%s",
                      error.text);
        population_spec_free(&spec);
    }
    stimulus_free(x);
}

static void join(struct connection_spec *c, const char *name, size_t pre, size_t post)
{
    connection_spec_init(c);
    c->name = xstrdup(name);
    c->pre = pre;
    c->post = post;
}

/* 0 to 1 learns x^2, 1 to 2 and 0 to 2 say how wrong it is. The engine solves what is not given: here it may. */
static void make(struct connection_spec c[3])
{
    join(&c[0], "learner", 0, 1);
    c[0].learning = (struct learning_spec){&rule_pes, true, 1e-3, 0.005, false, true, 2};
    join(&c[1], "actual", 1, 2);
    join(&c[2], "wanted", 0, 2);
    c[2].function = xstrdup("-x^2");
}

static bool hand_over(struct port *e, const struct connection_spec *c, size_t count, bool again, struct error *error)
{
    struct port_connection connection[3];
    for (size_t i = 0; i < count; i++)
        connection[i] = (struct port_connection){&c[i], again};
    return port_connections(e, connection, count, error);
}

struct reader {
    struct port *engine;
    size_t steps;
    uint64_t hash;
    double last[3], ideal;
};

static bool take(void *context)
{
    struct reader *r = context;
    for (size_t s = 0; s < 3; s++) {
        const struct spike_batch *batch = port_take(r->engine, s);
        if (!batch || batch->steps == 0)
            continue;
        for (size_t k = 0; k < batch->spikes; k++)
            r->hash = (r->hash ^ (batch->neuron[k] + 1000 * s)) * 1099511628211u;
        r->last[s] = batch->input[batch->steps - 1];
        r->ideal = s == 1 ? batch->ideal[batch->steps - 1] : r->ideal;
        r->steps += s == 0 ? batch->steps : 0;
    }
    return true;
}

static void run(struct port *e, struct reader *r, uint64_t steps, bool threaded)
{
    struct error error;
    double start = clock_seconds();
    ck_assert(port_advance(e, steps, take, r, &error));
    while (threaded && port_status(e).running) {
        ck_assert_msg(clock_seconds() - start < LIMIT, "the run does not end");
        take(r);
        sched_yield();
    }
    take(r);
}

START_TEST(a_network_runs_alike_with_and_without_the_thread)
{
    double last[2];
    for (int threaded = 0; threaded < 2; threaded++) {
        struct port *e = engine_open(0.001);
        struct error error = {""};
        struct connection_spec c[3];
        struct reader r = {.engine = e};
        if (threaded)
            ck_assert(port_start(e, NULL, NULL, &error));
        port_speed(e, INFINITY);
        fill(e);
        make(c);
        ck_assert_msg(hand_over(e, c, 3, true, &error) && port_join(e, &error), "%s", error.text);
        run(e, &r, STEPS, threaded);
        ck_assert_uint_eq(r.steps, STEPS);
        ck_assert_msg(fabs(r.last[1] - 0.36) < 0.1 && fabs(r.ideal - 0.6) < 1e-9, "it says %g, ideally %g", r.last[1],
                      r.ideal);
        struct port_learned learned;
        ck_assert_msg(port_learned(e, "learner", &learned, &error), "%s", error.text);
        ck_assert(learned.decoders && learned.n_pre == 50 && learned.rows == 1 && learned.on &&
                  learned.watch.windows == 4);
        last[threaded] = r.last[1] + learned.decoders[7];
        port_free(e);
        for (size_t i = 0; i < 3; i++)
            connection_spec_free(&c[i]);
    }
    ck_assert_msg(last[0] == last[1], "the thread changes what is learned");
}
END_TEST

START_TEST(a_change_goes_on_and_a_refused_one_changes_nothing)
{
    struct port *e = engine_open(0.001);
    struct error error = {""};
    struct connection_spec c[3];
    struct reader r = {.engine = e};
    struct port_learned learned;
    fill(e);
    make(c);
    ck_assert(hand_over(e, c, 3, true, &error) && port_join(e, &error));
    run(e, &r, STEPS, false);
    double before = r.last[1];
    c[0].learning.on = false;
    c[0].scale = 1.5;
    ck_assert(hand_over(e, c, 3, false, &error) && port_join(e, &error));
    run(e, &r, 200, false);
    ck_assert_msg(fabs(r.last[1] - 1.5 * before) < 0.15, "from %g to %g", before, r.last[1]);
    c[0].synapse = &synapse_none;
    struct connection_spec loop[2];
    connection_spec_copy(&loop[0], &c[0]);
    join(&loop[1], "back", 1, 0);
    loop[1].synapse = &synapse_none;
    ck_assert(hand_over(e, loop, 2, false, &error) && !port_join(e, &error));
    ck_assert_msg(strstr(error.text, "has no synapse on its way"), "%s", error.text);
    c[0].synapse = &synapse_lowpass;
    ck_assert(hand_over(e, c, 3, false, &error) && port_join(e, &error));
    ck_assert(port_learn(e, "learner", PORT_LEARN_RESET, &error) && port_learned(e, "learner", &learned, &error) &&
              !learned.on);
    ck_assert(!port_learn(e, "nobody", PORT_LEARN_ON, &error));
    ck_assert(port_reset(e, &error));
    run(e, &r, 1, false);
    ck_assert(r.last[1] == 0);
    port_empty(e, 2); /* takes along all that ends there, and the learner, whose error it was */
    ck_assert(!port_learned(e, "learner", &learned, &error) && !port_learned(e, "actual", &learned, &error));
    run(e, &r, 10, false);
    ck_assert(port_take(e, 2) == NULL);
    port_free(e);
    for (size_t i = 0; i < 3; i++)
        connection_spec_free(&c[i]);
    connection_spec_free(&loop[0]);
    connection_spec_free(&loop[1]);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("engine: networks", a_network_runs_alike_with_and_without_the_thread,
                       a_change_goes_on_and_a_refused_one_changes_nothing);
}
