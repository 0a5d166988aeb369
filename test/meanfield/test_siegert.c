/* Stationary rates and their slopes against values computed to 40 digits; the limits no table has. */
#include "harness.h"

#include "meanfield/siegert.h"

static const char *const methods[METHODS] = {"shift", "taylor", "delta"};

static struct meanfield_neuron neuron_of(const struct table *t, size_t row)
{
    return (struct meanfield_neuron){table_number(t, row, "tau_m_s"), table_number(t, row, "tau_s_s"),
                                     table_number(t, row, "tau_r_s"), table_number(t, row, "V_th_rel_V"),
                                     table_number(t, row, "V_0_rel_V")};
}

/* Near the lowest doubles digits are lost in the number itself. */
static bool close_to(double a, double b, double tolerance)
{
    return near_relative(a, b, tolerance) || (fabs(b) < 1e-290 && fabs(a - b) < 1e-300);
}

START_TEST(rates_and_slopes_match_forty_digits)
{
    struct table t = table_read("meanfield_rates.csv");
    ck_assert_uint_gt(t.rows, 600);
    for (size_t r = 0; r < t.rows; r++)
        for (int m = 0; m < METHODS; m++) {
            struct meanfield_neuron n = neuron_of(&t, r);
            struct working_point p = {table_number(&t, r, "mu_V"), table_number(&t, r, "sigma_V")};
            char rate[40], slope[40];
            snprintf(rate, sizeof rate, "ref_%s_Hz", methods[m]);
            snprintf(slope, sizeof slope, "ref_dnudmu_%s_Hz_per_V", methods[m]);
            double y = (n.V_th - p.mu) / p.sigma, tolerance = 1e-12 * (1 + y * y / 50);
            struct siegert s = siegert_rate(&n, p, (enum meanfield_method)m);
            ck_assert_msg(close_to(s.rate, table_number(&t, r, rate), tolerance), "row %zu: %s %.17g, not %s", r, rate,
                          s.rate, table_text(&t, r, rate));
            ck_assert_msg(close_to(s.slope, table_number(&t, r, slope), tolerance), "row %zu: %s %.17g, not %s", r,
                          slope, s.slope, table_text(&t, r, slope));
        }
    table_free(&t);
}
END_TEST

START_TEST(without_noise_the_neuron_is_a_clock)
{
    struct meanfield_neuron n = meanfield_neuron_defaults;
    n.tau_r = 2e-3;
    double period = 2e-3 + 5e-3 * log(20 / 5.);
    for (int m = 0; m < METHODS; m++) {
        struct siegert above = siegert_rate(&n, (struct working_point){20e-3, 0}, (enum meanfield_method)m);
        struct siegert at = siegert_rate(&n, (struct working_point){15e-3, 0}, (enum meanfield_method)m);
        ck_assert_msg(near_relative(above.rate, 1 / period, 1e-14), "%.17g, not %.17g", above.rate, 1 / period);
        ck_assert_msg(at.rate == 0 && at.log_rate == -INFINITY, "at threshold %g", at.rate);
        struct siegert nearly = siegert_rate(&n, (struct working_point){20e-3, 1e-9}, METHOD_DELTA);
        ck_assert_msg(near_relative(nearly.rate, above.rate, 1e-9), "%.17g at 1 nV, %.17g at 0", nearly.rate,
                      above.rate);
        double up = siegert_rate(&n, (struct working_point){20.001e-3, 0}, METHOD_DELTA).rate;
        double down = siegert_rate(&n, (struct working_point){19.999e-3, 0}, METHOD_DELTA).rate;
        ck_assert_msg(near_relative(above.slope, (up - down) / 2e-6, 1e-6), "slope %g", above.slope);
    }
}
END_TEST

/* At the threshold the rate falls as slowly as 1 / log(1 / sigma), and what the filter moves is a share of sigma that
 * stays: int_0^Y exp(u^2) erfc(u) du = (log 2Y + gamma / 2) / sqrt(pi) for large Y, and the move a series. */
START_TEST(at_the_threshold_the_least_noise_decides)
{
    struct meanfield_neuron n = meanfield_neuron_defaults;
    const double gamma = 0.57721566490153286, alpha = 2.0652531522312172;
    for (double sigma = 1e-5; sigma > 1e-12; sigma /= 10)
        for (int shifted = 0; shifted < 2; shifted++) {
            double move = shifted ? alpha / 2 * sqrt(n.tau_s / n.tau_m) : 0, Y = n.V_th / sigma - move, moved = 0;
            for (int i = 0; i < 2000; i++) {
                double u = (i + 0.5) * move / 2000;
                moved += exp(u * u) * erfc(-u) * move / 2000;
            }
            double expected = 1 / (n.tau_r + n.tau_m * (log(2 * Y) + gamma / 2 + sqrt(M_PI) * moved));
            struct siegert s =
                siegert_rate(&n, (struct working_point){n.V_th, sigma}, shifted ? METHOD_SHIFT : METHOD_DELTA);
            ck_assert_msg(near_relative(s.rate, expected, 1e-7), "sigma %g, %s: %.17g, not %.17g", sigma,
                          shifted ? "shift" : "delta", s.rate, expected);
        }
}
END_TEST

START_TEST(rates_below_any_double_keep_their_logarithm)
{
    struct meanfield_neuron n = meanfield_neuron_defaults;
    struct siegert s = siegert_rate(&n, (struct working_point){0, 0.5e-3}, METHOD_DELTA);
    /* exp(-y^2) y / (tau_m sqrt(pi)) (1 + 1 / (2 y^2))... with y = 30: from 1 / (2 D(y)) */
    double y = 30, expected = -y * y + log(y / (5e-3 * sqrt(M_PI))) - log1p(1 / (2 * y * y));
    ck_assert_msg(s.rate == 0, "%g", s.rate);
    ck_assert_msg(fabs(s.log_rate - expected) < 1e-5, "log %.17g, not %.17g", s.log_rate, expected);
    s = siegert_rate(&n, (struct working_point){-100, 1e-6}, METHOD_TAYLOR);
    ck_assert_msg(s.rate == 0 && isfinite(s.log_rate) && s.slope == 0, "%g %g %g", s.rate, s.log_rate, s.slope);
}
END_TEST

START_TEST(a_reset_close_to_the_threshold_loses_no_digits)
{
    /* With V_0 -> V_th the time from one to the other is proportional to their distance. */
    struct working_point p = {10e-3, 5e-3};
    struct meanfield_neuron n = meanfield_neuron_defaults;
    n.V_th = 0x1p-6;
    n.V_0 = n.V_th - 0x1p-40;
    struct siegert a = siegert_rate(&n, p, METHOD_SHIFT);
    n.V_0 = n.V_th - 0x1p-44;
    struct siegert b = siegert_rate(&n, p, METHOD_SHIFT);
    ck_assert_msg(near_relative(b.rate / a.rate, 16, 1e-8), "%.17g", b.rate / a.rate);
    double up = siegert_rate(&n, (struct working_point){10.001e-3, 5e-3}, METHOD_SHIFT).rate;
    double down = siegert_rate(&n, (struct working_point){9.999e-3, 5e-3}, METHOD_SHIFT).rate;
    ck_assert_msg(near_relative(b.slope, (up - down) / 2e-6, 1e-6), "slope %g, difference %g", b.slope,
                  (up - down) / 2e-6);
}
END_TEST

START_TEST(no_filter_makes_all_methods_equal)
{
    struct meanfield_neuron n = meanfield_neuron_defaults;
    n.tau_s = 0;
    struct working_point p = {8e-3, 6e-3};
    double delta = siegert_rate(&n, p, METHOD_DELTA).rate;
    ck_assert_double_eq(siegert_rate(&n, p, METHOD_SHIFT).rate, delta);
    ck_assert_double_eq(siegert_rate(&n, p, METHOD_TAYLOR).rate, delta);
}
END_TEST

START_TEST(impossible_neurons_are_refused)
{
    struct error error;
    struct meanfield_neuron n = meanfield_neuron_defaults;
    ck_assert(meanfield_neuron_check(&n, &error));
    n.V_0 = n.V_th;
    ck_assert(!meanfield_neuron_check(&n, &error));
    ck_assert_str_eq(error.text, "V_th=15 mV: the threshold must be above the reset, V_0=15 mV");
    n = meanfield_neuron_defaults;
    n.tau_m = 0;
    ck_assert(!meanfield_neuron_check(&n, &error));
    ck_assert_str_eq(error.text, "tau_m=0 s: must be above 0 s and at most 1000 s");
    n.tau_m = NAN;
    ck_assert(!meanfield_neuron_check(&n, &error));
}
END_TEST

START_TEST(erfcx_joins_its_series)
{
    ck_assert_double_eq(siegert_erfcx(0), 1);
    ck_assert(near_relative(siegert_erfcx(1), 0.42758357615580700441, 1e-15));
    ck_assert(near_relative(siegert_erfcx(24.999999), siegert_erfcx(25.000001), 1e-7));
    ck_assert(near_relative(siegert_erfcx(25), 0.022549572432641359, 1e-15));
    ck_assert(near_relative(siegert_erfcx(1e10), 5.6418958354775628e-11, 1e-15));
}
END_TEST

int main(void)
{
    return HARNESS_RUN("meanfield: siegert", rates_and_slopes_match_forty_digits, without_noise_the_neuron_is_a_clock,
                       at_the_threshold_the_least_noise_decides, rates_below_any_double_keep_their_logarithm,
                       a_reset_close_to_the_threshold_loses_no_digits, no_filter_makes_all_methods_equal,
                       impossible_neurons_are_refused, erfcx_joins_its_series);
}
