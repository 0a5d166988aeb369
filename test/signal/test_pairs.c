/* Correlograms and histograms around events against counting every pair. */
#include "harness.h"

#include "base/xalloc.h"
#include "signal/correlogram.h"
#include "signal/psth.h"

static double draw(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 33) / 2147483648.0;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Times that are multiples of a step, where edges are met all the time, or not. */
static double *train(size_t n, double step, uint64_t *state)
{
    double *time = xcalloc(n + 1, sizeof *time);
    for (size_t i = 0; i < n; i++)
        time[i] = step > 0 ? floor(draw(state) * 2 / step) * step : draw(state) * 2;
    qsort(time, n, sizeof *time, by_value);
    return time;
}

START_TEST(every_pair_is_in_its_bin)
{
    static const size_t sizes[] = {0, 1, 2, 40, 300};
    uint64_t state = 11;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int same = 0; same < 2; same++)
            for (int grid = 0; grid < 2; grid++) {
                size_t n = sizes[s], m = same ? n : sizes[(s + 1) % 5], side = 20;
                double *a = train(n, grid * 1e-3, &state), *b = same ? a : train(m, grid * 1e-3, &state), bin = 2e-3;
                uint64_t count[41] = {0}, wanted[41] = {0};
                for (size_t i = 0; i < n; i++)
                    for (size_t j = 0; j < m; j++) {
                        long k = lround(floor((b[j] - a[i]) / bin + 0.5 + 1e-6));
                        if (k >= -20 && k <= 20 && !(same && i == j))
                            wanted[k + 20]++;
                    }
                correlogram_count(a, n, b, m, same, bin, side, count);
                for (size_t k = 0; k < 41; k++)
                    ck_assert_msg(count[k] == wanted[k], "%zu and %zu spikes, bin %zu: %lu pairs, not %lu", n, m, k,
                                  (unsigned long)count[k], (unsigned long)wanted[k]);
                free(a);
                if (!same)
                    free(b);
            }
}
END_TEST

/* A neuron that follows another by 5 ms has all its pairs there; a train with itself is the same on both sides. */
START_TEST(a_lag_is_where_it_is)
{
    double a[50], b[50];
    uint64_t count[21] = {0}, own[201] = {0};
    for (int i = 0; i < 50; i++) {
        a[i] = i * 0.1;
        b[i] = a[i] + 0.005;
    }
    correlogram_count(a, 50, b, 50, false, 1e-3, 10, count);
    for (int k = 0; k < 21; k++)
        ck_assert_uint_eq(count[k], k == 15 ? 50 : 0);
    correlogram_count(a, 50, a, 50, true, 2e-3, 100, own);
    ck_assert_uint_eq(own[100], 0); /* no spike with itself */
    ck_assert_uint_eq(own[150], 49);
    ck_assert_uint_eq(own[50], 49);
}
END_TEST

/* Two events, bins of 0.25 s: counts by hand; their spread is the sample's. */
START_TEST(events_have_a_mean_and_an_error)
{
    static const double time[] = {0.5, 0.75, 1, 1.125, 2.5, 3, 3.0625};
    uint64_t spikes[4] = {0}, scratch[4];
    double squares[4] = {0};
    struct psth p = {.bins = 4, .bin = 0.25, .before = 0.5, .spikes = spikes, .squares = squares};
    ck_assert(isnan(psth_rate(&p, 0)));
    psth_add(&p, time, 7, 1, scratch); /* 0.5 | 0.75 | 1, 1.125 | */
    ck_assert(isnan(psth_error(&p, 0)));
    psth_add(&p, time, 7, 3, scratch); /* 2.5 | | 3, 3.0625 | */
    static const double mean[] = {1, 0.5, 2, 0}, deviation[] = {0, 0.70710678118654752, 0, 0};
    for (size_t k = 0; k < 4; k++) {
        ck_assert_double_eq_tol(psth_rate(&p, k), mean[k] / 0.25, 1e-12);
        ck_assert_double_eq_tol(psth_error(&p, k), deviation[k] / sqrt(2) / 0.25, 1e-12);
    }
    ck_assert_uint_eq(spikes[2], 4);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: pairs", every_pair_is_in_its_bin, a_lag_is_where_it_is,
                       events_have_a_mean_and_an_error);
}
