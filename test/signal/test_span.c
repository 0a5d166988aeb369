/* Which spikes are in a stretch of time, at its ends above all. */
#include "harness.h"

#include <math.h>

#include "signal/span.h"

static bool lists(const struct time_span *span, double time)
{
    return time >= span_low(span) && time <= span_high(span);
}

START_TEST(adjoining_windows_hold_a_spike_once)
{
    for (int steps = 0; steps <= 1; steps++)
        for (int i = 1; i < 1000; i++) {
            double edge = i * 0.001, as_typed = i / 1000.0;
            struct time_span left = {.from = edge - 0.5, .to = edge, .steps = steps};
            struct time_span right = {.from = edge, .to = edge + 0.5, .steps = steps};
            ck_assert_msg(lists(&left, as_typed) == steps, "steps %d, %g s: the window that ends there", steps, edge);
            ck_assert_msg(lists(&right, as_typed) == !steps, "steps %d, %g s: the one that begins there", steps, edge);
        }
}
END_TEST

START_TEST(the_spike_that_closes_a_record_is_listed_and_not_counted)
{
    struct time_span closed = {.from = 0, .to = 2, .closed = true};
    ck_assert(lists(&closed, 2) && !span_counts(&closed, 2));
    ck_assert(lists(&closed, 1) && span_counts(&closed, 1));
    closed.closed = false;
    ck_assert(!lists(&closed, 2) && span_counts(&closed, 2));
}
END_TEST

START_TEST(since_a_time_nothing_before_it_is_left)
{
    static const struct {
        double from, to, time, left;
    } c[] = {
        {1, 3, 0, 1}, {1, 3, 1, 1}, {1, 3, 2, 2}, {1, 3, 3, 3},
        {1, 3, 5, 3}, {2, 2, 1, 2}, {2, 2, 9, 2}, {-3, -1, 0, -1},
    };
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        struct time_span span = {.from = c[i].from, .to = c[i].to, .closed = true};
        span_since(&span, c[i].time);
        ck_assert_msg(span.from == c[i].left && span.to == c[i].to && span.closed,
                      "%g to %g since %g begins at %g, not %g", c[i].from, c[i].to, c[i].time, span.from, c[i].left);
    }
}
END_TEST

START_TEST(without_a_length_there_is_no_rate)
{
    struct time_span none = {.from = 2, .to = 2}, second = {.from = 2, .to = 3};
    ck_assert(span_length(&none) == 0 && isnan(span_rate(&none, 5)));
    ck_assert(span_length(&second) == 1 && span_rate(&second, 5) == 5);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: stretches of time", adjoining_windows_hold_a_spike_once,
                       the_spike_that_closes_a_record_is_listed_and_not_counted, since_a_time_nothing_before_it_is_left,
                       without_a_length_there_is_no_rate);
}
