/* Statistics of trains small enough to work out by hand. */
#include "harness.h"

#include "signal/stats.h"

static void check(const char *what, double got, double want)
{
    ck_assert_msg(same(got, want) || fabs(got - want) <= 1e-15 * fabs(want), "%s is %.17g, not %.17g", what,
                  got, want);
}

START_TEST(by_hand)
{
    double spikes[] = {1, 2, 4, 4, 8};
    struct train_stats s = train_stats(spikes, 5, 0, 10);
    ck_assert_uint_eq(s.spikes, 5);
    ck_assert_uint_eq(s.duplicates, 1);
    check("rate", s.rate, 0.5);
    check("mean", s.isi_mean, 7 / 3.);
    check("median", s.isi_median, 2);
    check("shortest", s.isi_min, 1);
    /* Variance (1 + 4 + 16) / 3 - 49 / 9 = 14 / 9. */
    check("cv", s.isi_cv, sqrt(14.) / 7);
}
END_TEST

START_TEST(even_number_of_intervals)
{
    double spikes[] = {0, 0.5, 1.5, 4, 4.25};
    check("median", train_stats(spikes, 5, 0, 5).isi_median, 0.75);
}
END_TEST

START_TEST(regular_has_no_variation)
{
    double spikes[] = {0.25, 0.5, 0.75, 1};
    struct train_stats s = train_stats(spikes, 4, 0, 1);
    check("cv", s.isi_cv, 0);
    check("mean", s.isi_mean, 0.25);
    check("rate", s.rate, 4);
}
END_TEST

START_TEST(too_few)
{
    double spikes[] = {1, 2, 2};
    struct train_stats none = train_stats(NULL, 0, 0, 2), one = train_stats(spikes, 1, 0, 2);
    struct train_stats two = train_stats(spikes, 2, 0, 2), twice = train_stats(spikes + 1, 2, 0, 2);
    ck_assert(none.spikes == 0 && none.rate == 0 && none.duplicates == 0);
    ck_assert(isnan(none.isi_mean) && isnan(none.isi_median) && isnan(none.isi_cv) && isnan(none.isi_min));
    ck_assert(one.rate == 0.5 && isnan(one.isi_mean) && isnan(one.isi_min));
    ck_assert(two.isi_mean == 1 && two.isi_median == 1 && two.isi_min == 1 && isnan(two.isi_cv));
    ck_assert(twice.spikes == 2 && twice.duplicates == 1 && isnan(twice.isi_mean) && isnan(twice.isi_min));
    ck_assert(isnan(train_stats(spikes, 3, 0, 2).isi_cv));
}
END_TEST

START_TEST(no_span_no_rate)
{
    double spikes[] = {1, 1};
    check("rate", train_stats(spikes, 2, 1, 1).rate, 0);
    check("rate", train_stats(spikes, 2, 1, NAN).rate, 0);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: stats", by_hand, even_number_of_intervals, regular_has_no_variation, too_few,
                       no_span_no_rate);
}
