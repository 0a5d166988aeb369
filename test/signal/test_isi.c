/* ISI rates against nengo-extras: the same bits for the kinds whose arithmetic is the peer's, 1e-12 for
 * slinear and 1e-9 of the largest rate for the splines. Then what the peer cannot do. */
#include "harness.h"

#include "signal/isi.h"

#define SAMPLES 120

struct train {
    double spike[64];
    size_t count;
};

static struct train read_train(const struct table *events, const char *name)
{
    struct train train = {.count = 0};
    for (size_t row = 0; row < events->rows; row++)
        if (strcmp(table_text(events, row, "case"), name) == 0)
            train.spike[train.count++] = table_number(events, row, "time");
    return train;
}

/* Of the largest rate in the column; 0 asks for the same bits. */
static double tolerance_of(const struct isi_interp *interp)
{
    if (interp == &isi_slinear)
        return 1e-12;
    return interp == &isi_quadratic || interp == &isi_cubic ? 1e-9 : 0;
}

static void check_column(const char *name, const char *column, const double *got, const double *want, double tolerance)
{
    double largest = 0;
    for (size_t i = 0; i < SAMPLES; i++)
        largest = fmax(largest, fabs(want[i]));
    for (size_t i = 0; i < SAMPLES; i++) {
        ck_assert_msg(isfinite(got[i]), "%s %s: sample %zu is %g", name, column, i, got[i]);
        if (!isnan(want[i]))
            ck_assert_msg(got[i] == want[i] || fabs(got[i] - want[i]) <= tolerance * largest,
                          "%s %s: sample %zu is %.17g, not %.17g", name, column, i, got[i], want[i]);
    }
}

static void check_case(const struct table *rates, size_t first_row, const char *name, const struct train *train)
{
    double t[SAMPLES], want[SAMPLES], got[SAMPLES];
    for (size_t k = 0; k < isi_interp_count; k++)
        for (int midpoint = 0; midpoint < 2; midpoint++) {
            char column[32];
            snprintf(column, sizeof column, "m%d_%s", midpoint, isi_interps[k]->name);
            for (size_t i = 0; i < SAMPLES; i++) {
                t[i] = table_number(rates, first_row + i, "t");
                want[i] = table_number(rates, first_row + i, column);
            }
            isi_rates(train->spike, train->count, t, SAMPLES, isi_interps[k], midpoint, got);
            check_column(name, column, got, want, tolerance_of(isi_interps[k]));
        }
}

START_TEST(as_the_peer)
{
    struct table cases = table_read("isi_cases.csv"), events = table_read("isi_events.csv");
    struct table rates = table_read("isi_rates.csv");
    ck_assert_uint_eq(rates.rows, cases.rows * SAMPLES);
    for (size_t c = 0; c < cases.rows; c++) {
        const char *name = table_text(&cases, c, "case");
        struct train train = read_train(&events, name);
        ck_assert_uint_eq(train.count, (size_t)table_number(&cases, c, "n_spikes"));
        ck_assert_str_eq(table_text(&rates, c * SAMPLES, "case"), name);
        check_case(&rates, c * SAMPLES, name, &train);
    }
    table_free(&cases);
    table_free(&events);
    table_free(&rates);
}
END_TEST

/* Every column the peer could not give is in the status table, and nothing else is NaN. */
START_TEST(gaps_are_the_peers)
{
    struct table status = table_read("isi_status.csv"), rates = table_read("isi_rates.csv");
    ck_assert_uint_eq(status.rows, 18 * 2 * isi_interp_count);
    for (size_t row = 0; row < status.rows; row++) {
        char column[32];
        snprintf(column, sizeof column, "m%s_%s", table_text(&status, row, "midpoint"),
                 table_text(&status, row, "kind"));
        size_t first = row / (2 * isi_interp_count) * SAMPLES;
        ck_assert_str_eq(table_text(&rates, first, "case"), table_text(&status, row, "case"));
        bool raises = strcmp(table_text(&status, row, "status"), "ok") != 0;
        for (size_t i = 0; i < SAMPLES; i++)
            ck_assert_msg(!!isnan(table_number(&rates, first + i, column)) == raises, "%s, sample %zu", column, i);
    }
    table_free(&status);
    table_free(&rates);
}
END_TEST

/* Spikes on the first and last sample, where the peer raises: the value from the right. */
START_TEST(spikes_on_the_ends)
{
    double spikes[] = {0, 1, 3}, t[] = {0, 0.5, 1, 2, 2.5, 3}, out[6];
    static const struct {
        const struct isi_interp *interp;
        double want[6];
    } rows[] = {
        {&isi_zero, {1, 1, 0.5, 0.5, 0.5, 0}},
        {&isi_linear, {1, 0.75, 0.5, 0.25, 0.125, 0}},
        {&isi_slinear, {1, 0.75, 0.5, 0.25, 0.125, 0}},
        /* The parabola through (0, 1), (1, 1/2), (3, 0). */
        {&isi_quadratic, {1, 35 / 48., 0.5, 1 / 6., 1 / 16., 0}},
        {&isi_cubic, {1, 35 / 48., 0.5, 1 / 6., 1 / 16., 0}},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        isi_rates(spikes, 3, t, 6, rows[k].interp, false, out);
        for (size_t i = 0; i < 6; i++)
            ck_assert_msg(fabs(out[i] - rows[k].want[i]) < 1e-14, "%s: sample %zu is %.17g, not %.17g",
                          rows[k].interp->name, i, out[i], rows[k].want[i]);
    }
}
END_TEST

/* A spline of degree 3 gives a cubic back, of degree 2 a parabola, whatever the spacing and however few
 * points. */
START_TEST(splines_reproduce_polynomials)
{
    double rt[40], r2[40], r3[40], t[500], out[500];
    double x = 0;
    for (int i = 0; i < 40; i++) {
        rt[i] = x;
        r2[i] = 3 - 2 * x + 0.7 * x * x;
        r3[i] = r2[i] - 0.31 * x * x * x;
        x += 0.01 + 0.1 * (i * 7 % 11);
    }
    for (size_t points = 3; points <= 40; points++) {
        for (int i = 0; i < 500; i++)
            t[i] = rt[points - 1] * i / 499;
        isi_quadratic.interpolate(rt, r2, points, t, 500, out);
        for (int i = 0; i < 500; i++)
            ck_assert_double_eq_tol(out[i], 3 - 2 * t[i] + 0.7 * t[i] * t[i], 1e-9);
        isi_cubic.interpolate(rt, points < 4 ? r2 : r3, points, t, 500, out);
        for (int i = 0; i < 500; i++)
            ck_assert_double_eq_tol(
                out[i], 3 - 2 * t[i] + 0.7 * t[i] * t[i] - (points < 4 ? 0 : 0.31 * t[i] * t[i] * t[i]), 1e-9);
    }
}
END_TEST

static void check_finite(const double *spikes, size_t k, const double *t, size_t n)
{
    double out[8];
    for (size_t i = 0; i < isi_interp_count; i++)
        for (int midpoint = 0; midpoint < 2; midpoint++) {
            isi_rates(spikes, k, t, n, isi_interps[i], midpoint, out);
            for (size_t j = 0; j < n; j++)
                ck_assert_msg(isfinite(out[j]), "%s, %zu spikes: sample %zu is %g", isi_interps[i]->name, k, j, out[j]);
        }
}

START_TEST(never_infinite)
{
    double t[8] = {-1, 0, 1e-300, 0.5, 1, 1.5, 2, 3};
    static const double trains[][6] = {
        {0.5, 0.5, 0.5, 1, 1, 2},
        {-1, -1, 1, 1, 3, 3},
        {0, 5e-324, 1e-323, 1e-310, 0.5, 1},
        {0, 1e-300, 2e-300, 1e-299, 0.5, 1},
        {1, 1 + 2.3e-16, 1 + 4.6e-16, 1 + 7e-16, 1 + 9e-16, 1 + 1.2e-15},
        {-5, -4, 0.5, 1, 7, 8},
    };
    for (size_t i = 0; i < sizeof trains / sizeof *trains; i++)
        for (size_t k = 0; k <= 6; k++)
            for (size_t n = 0; n <= 8; n++)
                check_finite(trains[i], k, t, n);
}
END_TEST

START_TEST(doubles_count_once)
{
    double once[] = {1, 2, 4}, often[] = {1, 1, 2, 2, 2, 4}, t[50], a[50], b[50];
    for (int i = 0; i < 50; i++)
        t[i] = 0.1 * i;
    for (size_t k = 0; k < isi_interp_count; k++) {
        isi_rates(once, 3, t, 50, isi_interps[k], false, a);
        isi_rates(often, 6, t, 50, isi_interps[k], false, b);
        ck_assert_msg(memcmp(a, b, sizeof a) == 0, "%s differs with spikes given twice", isi_interps[k]->name);
    }
}
END_TEST

START_TEST(spikes_outside_do_not_count)
{
    double spikes[] = {90, 101, 102, 104, 106}, t[] = {100, 101, 102, 103, 104, 105}, out[6];
    static const double want[] = {0, 1, 0.5, 0.5, 0, 0};
    isi_rates(spikes, 5, t, 6, &isi_zero, false, out);
    for (size_t i = 0; i < 6; i++)
        ck_assert_msg(out[i] == want[i], "sample %zu is %g, not %g", i, out[i], want[i]);
}
END_TEST

/* The place of a point among the samples is computed where they are evenly spaced; with any other spacing the
 * held rates must be those of a search sample by sample. */
START_TEST(any_spacing_of_samples)
{
    double t[400], out[400], spikes[60], x = 3, s = 2.9;
    for (int round = 0; round < 50; round++) {
        unsigned seed = (unsigned)round;
        for (int i = 0; i < 400; i++) {
            seed = seed * 1664525 + 1013904223;
            x += round % 3 == 0 ? 0.01 : round % 3 == 1 ? (seed >> 24) * 1e-4 : i % 100 == 0 ? 100 : 0.001;
            t[i] = x;
        }
        for (int i = 0; i < 60; i++) {
            seed = seed * 1664525 + 1013904223;
            spikes[i] = i % 2 ? s : t[(i * 6 + seed % 5)];
            s = spikes[i] + 1e-3 * (1 + seed % 7);
        }
        size_t kept = 0;
        for (int i = 0; i < 60; i++)
            if (spikes[i] >= t[0] && spikes[i] <= t[399] && (kept == 0 || spikes[i] > spikes[kept - 1]))
                spikes[kept++] = spikes[i];
        isi_rates(spikes, kept, t, 400, &isi_zero, false, out);
        for (int j = 0; j < 400; j++) {
            size_t i = 0;
            while (i < kept && spikes[i] <= t[j])
                i++;
            double want = i > 0 && i < kept ? 1 / (spikes[i] - spikes[i - 1]) : 0;
            ck_assert_msg(out[j] == want, "round %d, sample %d is %g, not %g", round, j, out[j], want);
        }
        x += 1;
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: isi", as_the_peer, gaps_are_the_peers, spikes_on_the_ends,
                       splines_reproduce_polynomials, never_infinite, doubles_count_once, spikes_outside_do_not_count,
                       any_spacing_of_samples);
}
