/* Work beside everything else: it is waited for, for a while or until it is over. */
#include "harness.h"

#include <sched.h>
#include <stdatomic.h>

#include "engine/errand.h"

struct held {
    atomic_bool let_go;
    int done; /* read when the errand is over */
};

static void hold(void *argument)
{
    struct held *held = argument;
    while (!atomic_load(&held->let_go))
        sched_yield();
    held->done = 7;
}

START_TEST(one_waits_for_a_while)
{
    struct held held = {.done = 0};
    struct errand *errand = errand_start(hold, &held);
    ck_assert(!errand_done(errand));
    ck_assert(!errand_wait(errand, 0) && !errand_wait(errand, 0.001));
    atomic_store(&held.let_go, true);
    while (!errand_wait(errand, 10))
        continue;
    ck_assert(errand_done(errand));
    ck_assert_int_eq(held.done, 7);
    errand_free(errand);
}
END_TEST

START_TEST(freeing_waits_for_the_end)
{
    struct held held = {.let_go = true};
    errand_free(errand_start(hold, &held));
    ck_assert_int_eq(held.done, 7);
    errand_free(NULL);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("engine: errand", one_waits_for_a_while, freeing_waits_for_the_end);
}
