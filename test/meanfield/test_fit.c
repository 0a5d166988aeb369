/* The low-pass fit: what was put in comes out, and data that no low-pass describes is told from it. The
 * example's fits are in test_network.c. */
#include "harness.h"

#include "meanfield/fit.h"

#define COUNT 120

static double low_pass(double frequency, double tau, double h0)
{
    double w = 2 * M_PI * frequency;
    return h0 / sqrt(1 + w * w * tau * tau);
}

START_TEST(an_exact_low_pass_is_found)
{
    static const double taus[] = {1e-6, 1e-4, 3e-3, 0.1, 50};
    double f[COUNT], y[COUNT];
    for (size_t t = 0; t < sizeof taus / sizeof *taus; t++)
        for (double h0 = 1e-300; h0 < 1e10; h0 *= 1e100) {
            for (size_t m = 0; m < COUNT; m++) {
                f[m] = 0.1 * pow(1.08, (double)m);
                y[m] = low_pass(f[m], taus[t], h0);
            }
            struct fit fit = fit_low_pass(COUNT, f, y);
            double most = taus[t] < 1e-5 ? 1e-6 : 1e-9; /* 1 us bends 1 kHz by 2e-5 only */
            ck_assert_int_eq(fit.status, FIT_OK);
            ck_assert_msg(near_relative(fit.tau, taus[t], most) && near_relative(fit.h0, h0, 1e-9),
                          "tau %.17g, not %g; h0 %g, not %g", fit.tau, taus[t], fit.h0, h0);
            ck_assert_msg(fit.fit_error < most, "error %g", fit.fit_error);
        }
}
END_TEST

/* No tau near the one found does better with its own best h0. */
START_TEST(the_minimum_is_one)
{
    double f[COUNT], y[COUNT];
    for (size_t m = 0; m < COUNT; m++) {
        f[m] = 1 + 2 * (double)m;
        y[m] = low_pass(f[m], 2e-3, 100) + 10 * sin(0.3 * (double)m);
    }
    struct fit fit = fit_low_pass(COUNT, f, y);
    double best = INFINITY, at = 0;
    for (double tau = 0.5 * fit.tau; tau < 2 * fit.tau; tau *= 1.001) {
        double gy = 0, gg = 0, S = 0;
        for (size_t m = 0; m < COUNT; m++) {
            gy += low_pass(f[m], tau, 1) * y[m];
            gg += low_pass(f[m], tau, 1) * low_pass(f[m], tau, 1);
        }
        for (size_t m = 0; m < COUNT; m++)
            S += pow(y[m] - low_pass(f[m], tau, gy / gg), 2);
        if (S < best)
            best = S, at = tau;
    }
    ck_assert_msg(near_relative(fit.tau, at, 2e-3), "tau %g, the walk finds %g", fit.tau, at);
    ck_assert(fit.fit_error > 0 && fit.fit_error < 1);
}
END_TEST

START_TEST(what_rises_has_no_low_pass)
{
    double f[COUNT], y[COUNT], mean = 0;
    for (size_t m = 0; m < COUNT; m++) {
        f[m] = 1 + (double)m;
        y[m] = 5 + 0.1 * (double)m;
        mean += y[m] / COUNT;
    }
    struct fit fit = fit_low_pass(COUNT, f, y);
    ck_assert_int_eq(fit.status, FIT_NO_LOW_PASS);
    ck_assert(fit.tau == 0 && near_relative(fit.h0, mean, 1e-14) && isnan(fit.fit_error));
}
END_TEST

START_TEST(what_falls_too_fast_has_no_time_constant)
{
    double f[COUNT], y[COUNT];
    for (size_t m = 0; m < COUNT; m++) {
        f[m] = 1 + (double)m;
        y[m] = 1 / (f[m] * f[m]);
    }
    struct fit fit = fit_low_pass(COUNT, f, y);
    ck_assert_int_eq(fit.status, FIT_NO_TIME);
    ck_assert(isnan(fit.tau) && isnan(fit.h0) && isnan(fit.fit_error));
}
END_TEST

START_TEST(signs_of_frequencies_do_not_matter)
{
    double f[COUNT], g[COUNT], y[COUNT];
    for (size_t m = 0; m < COUNT; m++) {
        f[m] = (double)m;
        g[m] = m % 2 ? -f[m] : f[m];
        y[m] = low_pass(f[m], 1e-3, 2) * (1 + 0.01 * sin((double)m));
    }
    struct fit a = fit_low_pass(COUNT, f, y), b = fit_low_pass(COUNT, g, y);
    ck_assert(a.status == FIT_OK && a.tau == b.tau && a.h0 == b.h0 && a.fit_error == b.fit_error && a.tau > 0 &&
              a.h0 > 0);
}
END_TEST

START_TEST(few_frequencies)
{
    double f[] = {10, -10, 100}, y[] = {3, 3, 1};
    ck_assert_int_eq(fit_low_pass(0, f, y).status, FIT_TOO_FEW);
    ck_assert_int_eq(fit_low_pass(1, f, y).status, FIT_TOO_FEW);
    ck_assert_int_eq(fit_low_pass(2, f, y).status, FIT_TOO_FEW);
    struct fit two = fit_low_pass(2, f + 1, y + 1);
    ck_assert(two.status == FIT_OK && isnan(two.fit_error));
    ck_assert(near_relative(low_pass(100, two.tau, two.h0), 1, 1e-12) &&
              near_relative(low_pass(10, two.tau, two.h0), 3, 1e-12));
    double nothing[] = {0, 0, 0};
    ck_assert_int_eq(fit_low_pass(3, f, nothing).status, FIT_NO_LOW_PASS);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("meanfield: fit", an_exact_low_pass_is_found, the_minimum_is_one, what_rises_has_no_low_pass,
                       what_falls_too_fast_has_no_time_constant, signs_of_frequencies_do_not_matter, few_frequencies);
}
