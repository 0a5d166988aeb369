/* Statistics of trains small enough to work out by hand. */
#include "harness.h"

#include "signal/stats.h"

#define SPAN(begin, end) (&(struct time_span){.from = (begin), .to = (end)})

static void check(const char *what, double got, double want)
{
    ck_assert_msg(same(got, want) || fabs(got - want) <= 1e-15 * fabs(want), "%s is %.17g, not %.17g", what, got, want);
}

START_TEST(by_hand)
{
    double spikes[] = {1, 2, 4, 4, 8};
    struct train_stats s = train_stats(spikes, 5, SPAN(0, 10));
    ck_assert_uint_eq(s.spikes, 5);
    ck_assert_uint_eq(s.duplicates, 1);
    check("rate", s.rate, 0.5);
    check("mean", s.isi_mean, 7 / 3.);
    check("median", s.isi_median, 2);
    check("shortest", s.isi_min, 1);
    /* Variance (1 + 4 + 16) / 3 - 49 / 9 = 14 / 9. */
    check("cv", s.isi_cv, sqrt(14.) / 7);
    /* Intervals 1, 2, 4: each neighbour differs by a third of the sum. */
    check("cv2", s.isi_cv2, 2 / 3.);
    check("lv", s.isi_lv, 1 / 3.);
}
END_TEST

START_TEST(even_number_of_intervals)
{
    double spikes[] = {0, 0.5, 1.5, 4, 4.25};
    check("median", train_stats(spikes, 5, SPAN(0, 5)).isi_median, 0.75);
}
END_TEST

START_TEST(regular_has_no_variation)
{
    double spikes[] = {0.25, 0.5, 0.75, 1};
    struct train_stats s = train_stats(spikes, 4, SPAN(0, 1));
    check("cv", s.isi_cv, 0);
    check("cv2", s.isi_cv2, 0);
    check("lv", s.isi_lv, 0);
    check("mean", s.isi_mean, 0.25);
    check("rate", s.rate, 4);
}
END_TEST

START_TEST(too_few)
{
    double spikes[] = {1, 2, 2};
    struct train_stats none = train_stats(NULL, 0, SPAN(0, 2)), one = train_stats(spikes, 1, SPAN(0, 2));
    struct train_stats two = train_stats(spikes, 2, SPAN(0, 2)), twice = train_stats(spikes + 1, 2, SPAN(0, 2));
    ck_assert(none.spikes == 0 && none.rate == 0 && none.duplicates == 0);
    ck_assert(isnan(none.isi_mean) && isnan(none.isi_median) && isnan(none.isi_cv) && isnan(none.isi_min));
    ck_assert(one.rate == 0.5 && isnan(one.isi_mean) && isnan(one.isi_min));
    ck_assert(two.isi_mean == 1 && two.isi_median == 1 && two.isi_min == 1 && isnan(two.isi_cv));
    ck_assert(twice.spikes == 2 && twice.duplicates == 1 && isnan(twice.isi_mean) && isnan(twice.isi_min));
    struct train_stats three = train_stats(spikes, 3, SPAN(0, 2));
    ck_assert(isnan(three.isi_cv) && isnan(three.isi_cv2) && isnan(three.isi_lv));
    ck_assert(isnan(none.isi_cv2) && isnan(one.isi_lv) && isnan(two.isi_cv2) && isnan(two.isi_lv));
}
END_TEST

START_TEST(no_span_no_rate)
{
    double spikes[] = {1, 1};
    ck_assert(isnan(train_stats(spikes, 2, SPAN(1, 1)).rate));
    ck_assert(isnan(train_stats(spikes, 2, SPAN(1, NAN)).rate));
}
END_TEST

/* A slow change of rate is variation to CV, hardly any to CV2 and LV: intervals 1, 1.1, 1.2, ... */
START_TEST(neighbours_know_no_trend)
{
    double spikes[41] = {0};
    for (int i = 1; i <= 40; i++)
        spikes[i] = spikes[i - 1] + 1 + 0.1 * (i - 1);
    struct train_stats s = train_stats(spikes, 41, SPAN(0, 200));
    ck_assert_msg(s.isi_cv > 0.35 && s.isi_cv2 < 0.05 && s.isi_lv < 0.002, "cv %g, cv2 %g, lv %g", s.isi_cv, s.isi_cv2,
                  s.isi_lv);
}
END_TEST

/* Two intervals in turn: 2 |b - a| / (a + b) = 1 and 3 ((a - b) / (a + b))^2 = 3/4 for b = 3 a. */
START_TEST(bursts_are_more_than_irregular)
{
    double spikes[100];
    for (int i = 0; i < 100; i++)
        spikes[i] = (i / 2) * 4. + i % 2;
    struct train_stats s = train_stats(spikes, 100, SPAN(0, 200));
    check("cv2", s.isi_cv2, 1);
    check("lv", s.isi_lv, 0.75);
}
END_TEST

/* Uniform in (0, 1]. */
static double chance(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(*state >> 11) + 1) / 9007199254740992.;
}

/* Intervals of a gamma distribution of order 1 (Poisson) or 2, mean 20 ms. 200 000 of them: the standard
 * errors are below 0.003 for CV2 and LV, and 0.006 for the Fano factor in 40 000 windows; five of them are
 * allowed. */
static void check_gamma(int order, double cv2, double lv, double fano)
{
    enum { N = 200000 };
    double *spikes = malloc((N + 1) * sizeof *spikes);
    uint64_t state = 1;
    spikes[0] = 0;
    for (int i = 1; i <= N; i++) {
        spikes[i] = spikes[i - 1];
        for (int k = 0; k < order; k++)
            spikes[i] -= 0.02 / order * log(chance(&state));
    }
    double to = spikes[N];
    struct train_stats s = train_stats(spikes, N + 1, SPAN(0, to));
    double got = train_fano(spikes, N + 1, SPAN(0, to), 0.1);
    ck_assert_msg(fabs(s.isi_cv2 - cv2) < 0.015, "order %d: CV2 %g, not %g", order, s.isi_cv2, cv2);
    ck_assert_msg(fabs(s.isi_lv - lv) < 0.015, "order %d: LV %g, not %g", order, s.isi_lv, lv);
    ck_assert_msg(fabs(got - fano) < 0.03, "order %d: Fano factor %g, not %g", order, got, fano);
    /* P(interval < limit) = 1 - (1 + x) exp(-x) or 1 - exp(-x); 0.0007 is the error of one. */
    double x = order * 0.002 / 0.02, share = (double)train_violations(spikes, N + 1, 0.002) / N;
    double below = order == 1 ? 1 - exp(-x) : 1 - (1 + x) * exp(-x);
    ck_assert_msg(fabs(share - below) < 0.0035, "order %d: %g below 2 ms, not %g", order, share, below);
    free(spikes);
}

/* CV2 = 1 and 3/4, LV = 3 / (2 order + 1). Counts of order 2 in a window of w means: variance / mean is
 * 1/2 + (1 - exp(-4 w)) / (8 w), Cox & Lewis 1966. */
START_TEST(random_trains)
{
    check_gamma(1, 1, 1, 1);
    check_gamma(2, 0.75, 0.6, 0.5 + (1 - exp(-20.)) / 40);
}
END_TEST

START_TEST(fano_by_hand)
{
    /* Counts 2, 0, 1, 1 in four windows of 1 s, the rest does not fill one: variance 1/2 over mean 1. */
    double spikes[] = {10, 10.5, 12, 13.2, 14.1, 14.3};
    check("fano", train_fano(spikes, 6, SPAN(10, 14.9), 1), 0.5);
    /* Spikes before `from` and none at all. */
    check("fano", train_fano(spikes, 6, SPAN(12, 14), 1), 0);
    ck_assert(isnan(train_fano(spikes, 6, SPAN(20, 30), 1)));
    ck_assert(isnan(train_fano(NULL, 0, SPAN(0, 1), 0.1)));
    ck_assert(isnan(train_fano(spikes, 6, SPAN(10, 11.9), 1)));
    ck_assert(isnan(train_fano(spikes, 6, SPAN(10, 14), 0)));
    ck_assert(isnan(train_fano(spikes, 6, SPAN(10, 14), -1)));
    ck_assert(isnan(train_fano(spikes, 6, SPAN(10, 14), NAN)));
    ck_assert(isnan(train_fano(spikes, 6, SPAN(14, 10), 1)));
}
END_TEST

/* Every window holds as many, though spikes lie on its borders and 0.1 is no number of the machine's. */
START_TEST(fano_of_a_regular_train_is_zero)
{
    double spikes[3000];
    for (int i = 0; i < 3000; i++)
        spikes[i] = 0.01 * (i + 1);
    check("fano", train_fano(spikes, 3000, SPAN(0.01, 30), 0.1), 0);
    check("fano", train_fano(spikes, 3000, SPAN(0.01, 30), 0.03), 0);
}
END_TEST

START_TEST(violations_by_hand)
{
    double spikes[] = {0, 0.0015, 0.003, 0.003, 0.0049, 0.01};
    ck_assert_uint_eq(train_violations(spikes, 6, 0.002), 3);
    ck_assert_uint_eq(train_violations(spikes, 6, 0.001), 0);
    ck_assert_uint_eq(train_violations(spikes, 6, 1), 4);
    ck_assert_uint_eq(train_violations(spikes, 6, 0), 0);
    ck_assert_uint_eq(train_violations(spikes, 6, NAN), 0);
    ck_assert_uint_eq(train_violations(NULL, 0, 1), 0);
}
END_TEST

/* Exactly 2 ms apart, but not in doubles. */
START_TEST(rounding_is_no_violation)
{
    double spikes[10000];
    for (int i = 0; i < 10000; i++)
        spikes[i] = 1000 + 0.002 * i;
    ck_assert_uint_eq(train_violations(spikes, 10000, 0.002), 0);
    ck_assert_uint_eq(train_violations(spikes, 10000, 0.0020001), 9999);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: stats", by_hand, even_number_of_intervals, regular_has_no_variation, too_few,
                       no_span_no_rate, neighbours_know_no_trend, bursts_are_more_than_irregular, random_trains,
                       fano_by_hand, fano_of_a_regular_train_is_zero, violations_by_hand, rounding_is_no_violation);
}
