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
    struct errand *errand = errand_start(hold, &held, NULL, NULL);
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
    errand_free(errand_start(hold, &held, NULL, NULL));
    ck_assert_int_eq(held.done, 7);
    errand_free(NULL);
}
END_TEST

struct woken {
    struct errand *errand; /* guarded by let_go, which is set behind it */
    struct held held;
    atomic_int times;
    bool was_done;
};

static void wake(void *context)
{
    struct woken *woken = context;
    woken->was_done = errand_done(woken->errand);
    atomic_fetch_add(&woken->times, 1);
}

START_TEST(its_end_wakes_whoever_waits_for_something_else)
{
    struct woken woken = {.errand = NULL};
    woken.errand = errand_start(hold, &woken.held, wake, &woken);
    ck_assert_int_eq(atomic_load(&woken.times), 0);
    atomic_store(&woken.held.let_go, true);
    while (atomic_load(&woken.times) == 0)
        sched_yield();
    ck_assert_msg(woken.was_done, "it was called before the work was over");
    errand_free(woken.errand);
    ck_assert_int_eq(atomic_load(&woken.times), 1);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("engine: errand", one_waits_for_a_while, freeing_waits_for_the_end,
                       its_end_wakes_whoever_waits_for_something_else);
}
