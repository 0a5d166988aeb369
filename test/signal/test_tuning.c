#include "harness.h"

#include "signal/trace.h"
#include "signal/tuning.h"

static void expect(double got, double wanted, const char *what)
{
    ck_assert_msg(same(got, wanted) || fabs(got - wanted) <= 1e-12 * (1 + fabs(wanted)), "%s is %.17g, not %.17g", what,
                  got, wanted);
}

static double times[] = {0, 1, 3, 4}, values[] = {0, 1, -1, 2};

static struct trace trace_of(enum trace_kind kind, size_t count)
{
    return (struct trace){.kind = kind, .count = count, .time = times, .x = values};
}

START_TEST(a_trace_is_known_for_a_time)
{
    double first, last;
    struct trace t = trace_of(TRACE_HELD, 4);
    ck_assert(trace_span(&t, &first, &last));
    expect(first, 0, "held: first");
    expect(last, 4, "held: last, the last sample only ends the one before");
    t = trace_of(TRACE_LINEAR, 4);
    ck_assert(trace_span(&t, &first, &last));
    expect(last, 4, "linear: last");
    t = trace_of(TRACE_STEPS, 4);
    ck_assert(trace_span(&t, &first, &last));
    expect(first, -1, "steps: first, as long before as the second lasts");
    expect(last, 4, "steps: last");
    t = trace_of(TRACE_HELD, 1);
    ck_assert(trace_span(&t, &first, &last));
    ck_assert_msg(isinf(last), "a single held value ends at %g", last);
    t = trace_of(TRACE_LINEAR, 1);
    ck_assert_msg(!trace_span(&t, &first, &last), "a line through one sample");
    t = trace_of(TRACE_HELD, 0);
    ck_assert_msg(!trace_span(&t, &first, &last), "an empty trace is known for %g to %g", first, last);
}
END_TEST

START_TEST(moments_are_found_from_anywhere)
{
    static const struct {
        enum trace_kind kind;
        double time;
        size_t piece;
    } rows[] = {
        {TRACE_HELD, 0, 0},       {TRACE_HELD, 0.999, 0}, {TRACE_HELD, 1, 1},   {TRACE_HELD, 3.9, 2},
        {TRACE_HELD, 4, 3},       {TRACE_HELD, -1e-9, 3}, {TRACE_LINEAR, 0, 0}, {TRACE_LINEAR, 3, 2},
        {TRACE_LINEAR, 4, 3},     {TRACE_LINEAR, 4.1, 3}, {TRACE_STEPS, 0, 0},  {TRACE_STEPS, 1e-9, 1},
        {TRACE_STEPS, 1, 1},      {TRACE_STEPS, 4, 3},    {TRACE_STEPS, -1, 4}, {TRACE_STEPS, -0.5, 0},
        {TRACE_STEPS, 4.0001, 4}, {TRACE_HELD, NAN, 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t near = 0; near < 6; near++) {
            struct trace t = trace_of(rows[i].kind, 4);
            size_t piece = trace_find(&t, rows[i].time, near);
            ck_assert_msg(piece == rows[i].piece, "kind %d, %g s from %zu: piece %zu, not %zu", rows[i].kind,
                          rows[i].time, near, piece, rows[i].piece);
        }
}
END_TEST

START_TEST(many_samples_are_found_as_by_counting)
{
    enum { N = 5000 };
    double *time = malloc(N * sizeof *time), *x = calloc(N, sizeof *x);
    for (size_t i = 0; i < N; i++)
        time[i] = (double)(i * i % 7) * 1e-3 + (double)i; /* uneven, rising */
    struct trace t = {TRACE_HELD, N, time, x};
    size_t near = 0, slow = 0;
    for (double moment = 0; moment < N; moment += 0.37) {
        while (slow + 1 < N && time[slow + 1] <= moment)
            slow++;
        near = trace_find(&t, moment, near);
        ck_assert_msg(near == slow, "%g s is in piece %zu, not %zu", moment, near, slow);
    }
    free(time);
    free(x);
}
END_TEST

START_TEST(the_range_is_that_of_the_time_asked_for)
{
    double low, high;
    struct trace t = trace_of(TRACE_LINEAR, 4);
    ck_assert(trace_range(&t, 0.5, 2, &low, &high));
    expect(low, 0, "low at 2 s");
    expect(high, 1, "high at 1 s");
    ck_assert(trace_range(&t, 0.5, 0.75, &low, &high));
    expect(low, 0.5, "low");
    expect(high, 0.75, "high");
    ck_assert_msg(!trace_range(&t, 7, 9, &low, &high), "a range where nothing is known");
    t = trace_of(TRACE_HELD, 4);
    ck_assert(trace_range(&t, 0.5, 0.75, &low, &high));
    expect(high, 0, "held: high");
}
END_TEST

START_TEST(a_ramp_spends_the_same_time_everywhere)
{
    /* x from -1 to 1 in 10 s; five equal bins. */
    double time[] = {0, 10}, x[] = {-1, 1}, spikes[] = {0.5, 2.5, 5, 5.1, 9.9, 10, 10.5};
    struct trace t = {TRACE_LINEAR, 2, time, x};
    struct tuning_bins *b = tuning_bins_new(&t, -INFINITY, INFINITY, -1, 1, 5, 1);
    tuning_bins_count(b, &t, 0, spikes, 7);
    static const double wanted[] = {2, 2, 2, 2, 2}, mean[] = {-0.8, -0.4, 0, 0.4, 0.8};
    static const unsigned counts[] = {1, 1, 2, 0, 1}; /* the spike at the end belongs to what follows */
    for (size_t i = 0; i < 5; i++) {
        expect(b->time[i], wanted[i], "time");
        expect(b->mean[i], mean[i], "mean");
        expect(tuning_bins_x(b, i), mean[i], "x");
        expect(b->spread[i], 0.4 / sqrt(12), "spread");
        ck_assert_msg(tuning_bins_spikes(b, 0, i) == counts[i], "bin %zu has %u spikes", i,
                      tuning_bins_spikes(b, 0, i));
        expect(tuning_bins_rate(b, 0, i), counts[i] / wanted[i], "rate");
        expect(tuning_bins_error(b, 0, i), sqrt(counts[i]) / wanted[i], "error");
    }
    tuning_bins_free(b);
}
END_TEST

START_TEST(bins_are_merged_as_if_they_had_been_one)
{
    double time[] = {0, 1, 3, 4, 9}, x[] = {-1, 0.2, 0.3, 1, -0.5}, spikes[] = {0.1, 0.5, 1.5, 2, 3.3, 3.9, 5, 6, 8.5};
    struct trace t = {TRACE_LINEAR, 5, time, x};
    struct tuning_bins *fine = tuning_bins_new(&t, 0.3, 8.7, -1, 1, 12, 2),
                       *one = tuning_bins_new(&t, 0.3, 8.7, -1, 1, 4, 2);
    tuning_bins_count(fine, &t, 1, spikes, 9);
    tuning_bins_count(one, &t, 1, spikes, 9);
    struct tuning_bins *merged = tuning_bins_merge(fine, 3);
    ck_assert_msg(merged->bins == 4, "%zu bins", merged->bins);
    for (size_t b = 0; b < 4; b++) {
        expect(merged->time[b], one->time[b], "time");
        expect(merged->mean[b], one->mean[b], "mean");
        expect(merged->spread[b], one->spread[b], "spread");
        expect(tuning_bins_edge(merged, b), tuning_bins_edge(one, b), "edge");
        expect(tuning_bins_spikes(merged, 1, b), tuning_bins_spikes(one, 1, b), "spikes");
    }
    expect(tuning_bins_edge(merged, 4), 1, "the last edge");
    tuning_bins_free(fine);
    tuning_bins_free(one);
    tuning_bins_free(merged);
}
END_TEST

/* A protocol of few values: each has its bin and its own value, those on edges too, and no rounding. */
START_TEST(values_on_edges_have_a_bin_each)
{
    enum { VALUES = 11 };
    double time[VALUES + 1], x[VALUES + 1];
    for (size_t bins = VALUES; bins < 40; bins++) {
        for (size_t i = 0; i <= VALUES; i++) {
            time[i] = (double)i;
            x[i] = -1 + 0.2 * (double)i;
        }
        struct trace t = {TRACE_HELD, VALUES + 1, time, x};
        struct tuning_bins *b = tuning_bins_new(&t, 0, VALUES, -1, x[VALUES - 1], bins, 1);
        size_t next = 0;
        for (size_t i = 0; i < b->bins; i++)
            if (b->time[i] > 0) {
                ck_assert_msg(tuning_bins_x(b, i) == x[next], "%zu bins: x is %.17g, not %.17g", bins,
                              tuning_bins_x(b, i), x[next]);
                next++;
            }
        ck_assert_msg(next == VALUES, "%zu bins hold %zu values", bins, next);
        tuning_bins_free(b);
    }
}
END_TEST

START_TEST(only_the_time_asked_for_counts)
{
    double time[] = {0, 10}, x[] = {0, 10}, spikes[] = {1, 3, 4, 4.5, 6, 9};
    struct trace t = {TRACE_LINEAR, 2, time, x};
    struct tuning_bins *b = tuning_bins_new(&t, 3, 6, 0, 10, 11, 1);
    tuning_bins_count(b, &t, 0, spikes, 6);
    double all = 0;
    unsigned count = 0;
    for (size_t i = 0; i < b->bins; i++) {
        all += b->time[i];
        count += tuning_bins_spikes(b, 0, i);
    }
    expect(all, 3, "all time");
    ck_assert_msg(count == 3, "%u spikes", count); /* from 3 s to before 6 s */
    ck_assert_msg(isnan(tuning_bins_rate(b, 0, 0)) && isnan(tuning_bins_error(b, 0, 0)) && isnan(b->mean[0]),
                  "a rate where x never was");
    tuning_bins_free(b);
}
END_TEST

START_TEST(a_constant_has_one_bin)
{
    double time[] = {0, 2}, x[] = {0.25, 0.25}, spikes[] = {0.5, 1.5, 1.9};
    struct trace t = {TRACE_HELD, 2, time, x};
    struct tuning_bins *b = tuning_bins_new(&t, 0, INFINITY, 0.25, 0.25, 31, 2);
    tuning_bins_count(b, &t, 1, spikes, 3);
    ck_assert_msg(b->bins == 1, "%zu bins", b->bins);
    expect(tuning_bins_rate(b, 1, 0), 1.5, "rate");
    expect(tuning_bins_rate(b, 0, 0), 0, "rate of the silent unit");
    expect(b->spread[0], 0, "spread");
    tuning_bins_free(b);
}
END_TEST

/* Steps as a simulation has them: the spike at the end of a step belongs to its x. */
START_TEST(a_step_owns_the_spike_at_its_end)
{
    double time[] = {0.001, 0.002, 0.003}, x[] = {0, 1, 0}, spikes[] = {0.002, 0.003};
    struct trace t = {TRACE_STEPS, 3, time, x};
    struct tuning_bins *b = tuning_bins_new(&t, -INFINITY, INFINITY, 0, 1, 2, 1);
    tuning_bins_count(b, &t, 0, spikes, 2);
    expect(b->time[0], 0.002, "time at 0");
    expect(b->time[1], 0.001, "time at 1");
    ck_assert_msg(tuning_bins_spikes(b, 0, 0) == 1 && tuning_bins_spikes(b, 0, 1) == 1, "%u and %u spikes",
                  tuning_bins_spikes(b, 0, 0), tuning_bins_spikes(b, 0, 1));
    tuning_bins_free(b);
}
END_TEST

START_TEST(samples_at_one_time_take_none)
{
    double time[] = {0, 1, 1, 2}, x[] = {0, 5, 1, 1}, spikes[] = {1, 1.5};
    struct trace t = {TRACE_HELD, 4, time, x};
    struct tuning_bins *b = tuning_bins_new(&t, 0, 2, 0, 1, 2, 1);
    tuning_bins_count(b, &t, 0, spikes, 2);
    expect(b->time[0], 1, "time at 0");
    expect(b->time[1], 1, "time at 1");
    ck_assert_msg(tuning_bins_spikes(b, 0, 1) == 2, "of equal times the last sample counts: %u spikes at 1",
                  tuning_bins_spikes(b, 0, 1));
    tuning_bins_free(b);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: tuning", a_trace_is_known_for_a_time, moments_are_found_from_anywhere,
                       many_samples_are_found_as_by_counting, the_range_is_that_of_the_time_asked_for,
                       a_ramp_spends_the_same_time_everywhere, bins_are_merged_as_if_they_had_been_one,
                       values_on_edges_have_a_bin_each, only_the_time_asked_for_counts, a_constant_has_one_bin,
                       a_step_owns_the_spike_at_its_end, samples_at_one_time_take_none);
}
