/* Following the clock and metering the speed, with clocks that stand where the test says. */
#include "harness.h"

#include "engine/meter.h"
#include "engine/pace.h"

#define DT 0.001

static struct pace pace_at(double speed, double now, double time)
{
    struct pace pace;
    pace_init(&pace);
    pace_set(&pace, speed, now, time);
    return pace;
}

START_TEST(what_is_due_is_speed_times_what_has_passed)
{
    static const struct {
        double speed, passed, dt;
        uint64_t due;
    } cases[] = {
        {1, 0, DT, 0},        {1, 0.0009, DT, 0},     {1, 0.001, DT, 1},
        {1, 0.05, DT, 50},    {2, 0.05, DT, 100},     {0.5, 0.05, DT, 25},
        {0.01, 0.099, DT, 0}, {1, 0.05, 1e-6, 50000}, {1e9, 0.05, DT, 1000000000}, /* no more than a sim can count */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pace pace = pace_at(cases[i].speed, 1000, 7);
        uint64_t due = pace_due(&pace, 1000 + cases[i].passed, 7, cases[i].dt);
        ck_assert_msg(due == cases[i].due, "speed %g, %g s, dt %g: %llu steps are due, not %llu", cases[i].speed,
                      cases[i].passed, cases[i].dt, (unsigned long long)due, (unsigned long long)cases[i].due);
        ck_assert(!pace_behind(&pace, 1000 + cases[i].passed));
    }
    struct pace fast = pace_at(INFINITY, 1000, 7);
    ck_assert_uint_eq(pace_due(&fast, 1000, 7, DT), 1000000000);
    ck_assert(pace_debt(&fast, 2000, 7) == 0);
}
END_TEST

/* Half of the tenth of a second that may be owed is left, at any speed, and from there it goes on exactly. */
START_TEST(a_debt_that_is_too_large_is_forgiven)
{
    const double speeds[] = {0.25, 1, 8};
    for (size_t i = 0; i < 3; i++) {
        double speed = speeds[i];
        struct pace pace = pace_at(speed, 1000, 7);
        ck_assert_uint_eq(pace_due(&pace, 1000.099, 7, DT), (uint64_t)floor(99 * speed + 1e-6));
        uint64_t due = pace_due(&pace, 1003, 7, DT), want = (uint64_t)floor(50 * speed);
        ck_assert_msg(due == want, "speed %g: %llu steps are due, not %llu", speed, (unsigned long long)due,
                      (unsigned long long)want);
        ck_assert(fabs(pace_debt(&pace, 1003.02, 7) - 0.07 * speed) < 1e-9);
    }
    /* Steps so long that two of them are more than that are owed all the same. */
    struct pace slow = pace_at(1, 1000, 0);
    ck_assert_uint_eq(pace_due(&slow, 1000.4, 0, 0.25), 1);
    ck_assert(fabs(pace_debt(&slow, 1000.4, 0) - 0.4) < 1e-9);
    ck_assert_uint_eq(pace_due(&slow, 1000.6, 0, 0.25), 1);
    ck_assert(fabs(pace_debt(&slow, 1000.6, 0) - 0.25) < 1e-9);
}
END_TEST

START_TEST(only_who_is_forgiven_again_and_again_is_behind)
{
    struct pace pace = pace_at(1, 1000, 0);
    pace_due(&pace, 1002, 0, DT);
    ck_assert_msg(!pace_behind(&pace, 1002), "one hiccup counts as being behind");
    pace_due(&pace, 1003.5, 0, DT); /* another one, a second and a half later */
    ck_assert(!pace_behind(&pace, 1003.5));
    pace_due(&pace, 1004.4, 0, DT);
    ck_assert(pace_behind(&pace, 1004.4) && pace_behind(&pace, 1005.3));
    ck_assert_msg(!pace_behind(&pace, 1005.5), "behind for longer than a second after the last time");
    pace_due(&pace, 1006, 0, DT);
    pace_due(&pace, 1006.5, 0, DT);
    ck_assert(pace_behind(&pace, 1006.5));
    pace_set(&pace, 0.5, 1006.5, 0);
    ck_assert_msg(!pace_behind(&pace, 1006.5), "another speed begins with the old one's debts");
}
END_TEST

START_TEST(it_sleeps_until_a_step_is_due)
{
    struct pace pace = pace_at(0.1, 1000, 0);
    ck_assert(fabs(pace_sleep(&pace, 1000, 0, 0.01) - 0.1) < 1e-9);
    ck_assert(fabs(pace_sleep(&pace, 1000.07, 0, 0.01) - 0.03) < 1e-9);
    ck_assert(fabs(pace_sleep(&pace, 1000.0999, 0, 0.01) - 0.004) < 1e-9);
    pace_set(&pace, 1e-9, 1000, 0);
    ck_assert(pace_sleep(&pace, 1000, 0, 1) == 3600);
    pace_set(&pace, 1, 1000, 0);
    pace_anchor(&pace, 1000, 5, 0.003); /* set back or forth: owes what it owed */
    ck_assert_uint_eq(pace_due(&pace, 1000, 5, DT), 3);
}
END_TEST

START_TEST(the_meter_looks_at_about_the_last_second)
{
    struct meter meter = {0};
    ck_assert(meter_reached(&meter) == 0);
    meter_sample(&meter, 100, 5);
    ck_assert_msg(meter_reached(&meter) == 0, "one sample says nothing");
    meter_sample(&meter, 100.01, 9); /* too soon: left out */
    ck_assert(meter_reached(&meter) == 0);
    for (int i = 1; i <= 40; i++) /* twice real time */
        meter_sample(&meter, 100 + 0.125 * i, 5 + 0.25 * i);
    ck_assert(fabs(meter_reached(&meter) - 2) < 1e-12);
    for (int i = 1; i <= 15; i++) /* half of it: one sample of before is still there */
        meter_sample(&meter, 105 + 0.125 * i, 15 + 0.0625 * i);
    ck_assert(fabs(meter_reached(&meter) - 0.5) < 1e-12);
    meter_restart(&meter);
    ck_assert(meter_reached(&meter) == 0);
    meter_sample(&meter, 200, 1);
    meter_sample(&meter, 200.125, 1);
    ck_assert(meter_reached(&meter) == 0);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("engine: pace", what_is_due_is_speed_times_what_has_passed, a_debt_that_is_too_large_is_forgiven,
                       only_who_is_forgiven_again_and_again_is_behind, it_sleeps_until_a_step_is_due,
                       the_meter_looks_at_about_the_last_second);
}
