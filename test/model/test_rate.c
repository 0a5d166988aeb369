/* LIF and SoftLIF curves and slopes against nengo and nengo-extras, cell by cell, relative 1e-12; the limits where the
 * peer's own formula gives NaN. */
#include "harness.h"

#include <float.h>
#include <math.h>

#include "model/rate.h"

#define TOLERANCE 1e-12

static struct neuron_params case_params(const struct table *cases, size_t row)
{
    struct neuron_params p = neuron_defaults;
    p.sigma = table_number(cases, row, "sigma");
    p.tau_rc = table_number(cases, row, "tau_rc");
    p.tau_ref = table_number(cases, row, "tau_ref");
    p.amplitude = table_number(cases, row, "amplitude");
    return p;
}

static double expected_slope(const struct neuron_params *p, double J, double peer)
{
    if (!isnan(peer))
        return peer;
    return J > 1 ? p->amplitude / p->tau_rc : 0;
}

START_TEST(curves_match_the_peer)
{
    struct table cases = table_read("softlif_cases.csv"), t = table_read("softlif_rates.csv");
    ck_assert_uint_gt(t.rows, 800);
    for (size_t r = 0; r < t.rows; r++) {
        struct neuron_params p = case_params(&cases, (size_t)table_number(&t, r, "case"));
        double J = table_number(&t, r, "J");
        double plus = rate_softplus(J - 1, p.sigma), soft = rate_softlif.rate(&p, J), hard = rate_lif.rate(&p, J);
        double slope = rate_softlif.slope(&p, J);
        double want = expected_slope(&p, J, table_number(&t, r, "softlif_drate_dJ"));
        ck_assert_msg(near_relative(plus, table_number(&t, r, "softplus"), TOLERANCE),
                      "row %zu J %.17g: softplus %.17g", r, J, plus);
        ck_assert_msg(near_relative(soft, table_number(&t, r, "softlif_rate"), TOLERANCE),
                      "row %zu J %.17g: SoftLIF %.17g", r, J, soft);
        ck_assert_msg(near_relative(hard, table_number(&t, r, "lif_rate"), TOLERANCE), "row %zu J %.17g: LIF %.17g", r,
                      J, hard);
        ck_assert_msg(near_relative(slope, want, TOLERANCE), "row %zu J %.17g: slope %.17g, not %.17g", r, J, slope,
                      want);
    }
    table_free(&t);
    table_free(&cases);
}
END_TEST

START_TEST(slopes_over_x_carry_the_gain)
{
    struct table cases = table_read("softlif_cases.csv"), t = table_read("softlif_gain_bias_derivative.csv");
    for (size_t r = 0; r < t.rows; r++) {
        struct neuron_params p = case_params(&cases, (size_t)table_number(&t, r, "case"));
        double gain = table_number(&t, r, "gain");
        double J = gain * table_number(&t, r, "x") + table_number(&t, r, "bias");
        double slope = gain * rate_softlif.slope(&p, J);
        ck_assert_msg(near_relative(rate_softlif.rate(&p, J), table_number(&t, r, "softlif_rate"), TOLERANCE),
                      "row %zu: rate", r);
        double want = expected_slope(&p, J, table_number(&t, r, "softlif_drate_dx"));
        ck_assert_msg(near_relative(slope, want, TOLERANCE), "row %zu: slope %.17g, not %.17g", r, slope, want);
    }
    table_free(&t);
    table_free(&cases);
}
END_TEST

START_TEST(lif_rates_match_over_j)
{
    struct table t = table_read("lif_j.csv");
    for (size_t r = 0; r < t.rows; r++) {
        double j = table_number(&t, r, "j"), want = table_number(&t, r, "lif_j");
        struct neuron_params p = neuron_defaults;
        p.tau_ref = table_number(&t, r, "tau_ref");
        p.tau_rc = table_number(&t, r, "tau_rc");
        p.amplitude = table_number(&t, r, "amplitude");
        if (j + 1 - 1 != j) /* what J = j + 1 cannot carry is not for the curve over J */
            continue;
        ck_assert_msg(near_relative(rate_lif.rate(&p, j + 1), want, TOLERANCE), "row %zu j %.17g: %.17g, not %.17g", r,
                      j, rate_lif.rate(&p, j + 1), want);
    }
    table_free(&t);
}
END_TEST

/* The LIF slope has no table: compare with a central difference in long double, away from the corner. */
START_TEST(lif_slope_matches_the_difference_quotient)
{
    const double currents[] = {1.001, 1.01, 1.5, 2.385, 10, 1e3, 1e6};
    for (size_t i = 0; i < sizeof currents / sizeof *currents; i++) {
        long double J = currents[i], h = (J - 1) * 1e-5L;
        const struct neuron_params *p = &neuron_defaults;
        long double up = p->amplitude / (p->tau_ref + p->tau_rc * log1pl(1 / (J - 1 + h)));
        long double down = p->amplitude / (p->tau_ref + p->tau_rc * log1pl(1 / (J - 1 - h)));
        double want = (double)((up - down) / (2 * h)), got = rate_lif.slope(p, currents[i]);
        ck_assert_msg(near_relative(got, want, 1e-8), "J %g: slope %.17g, not %.17g", currents[i], got, want);
    }
    ck_assert(rate_lif.slope(&neuron_defaults, 1) == 0);
    ck_assert(rate_lif.slope(&neuron_defaults, NAN) == 0);
    ck_assert(rate_lif.slope(&neuron_defaults, INFINITY) == 0);
}
END_TEST

/* The same quotients in long double, whose exponents reach sixteen times as far; 0 where a double's do not: from where
 * 1 / j or exp(-u) would be infinite. */
static long double true_slope(const struct neuron_params *p, double J)
{
    long double sigma = p->sigma, u = ((long double)(J - 1)) / sigma;
    long double j = u < 34 ? sigma * log1pl(expl(u)) : J - 1;
    if (!(j > 0) || 1 / j > DBL_MAX || expl(-u) > DBL_MAX)
        return 0;
    long double period = p->tau_ref + p->tau_rc * log1pl(1 / j);
    return p->amplitude * p->tau_rc / (period * period * j * (j + 1) * (1 + expl(-u)));
}

static double sweep_current(double sigma, int i)
{
    double u = i < 0 ? -pow(10, -i / 20.0 - 15) : pow(10, i / 20.0 - 15);
    return 1 + sigma * u;
}

START_TEST(the_softlif_slope_is_finite_and_right_everywhere)
{
    static const double sigmas[] = {1e-300, 1e-30, 1e-6, 0.02, 0.9059616787360244, 1, 10, 1e3, 1e30, 1e290};
    size_t above = 0;
    for (size_t k = 0; k < sizeof sigmas / sizeof *sigmas; k++)
        for (int refractory = 0; refractory < 2; refractory++)
            for (int i = -6300; i <= 6300; i++) {
                struct neuron_params p = neuron_defaults;
                p.sigma = sigmas[k];
                p.tau_ref = refractory ? 0.002 : 0;
                double J = sweep_current(p.sigma, i);
                if (!isfinite(J) || fabs(J) > 1e300)
                    continue;
                double slope = rate_softlif.slope(&p, J);
                long double want = true_slope(&p, J);
                ck_assert_msg(isfinite(slope) && slope >= 0, "sigma %g J %.17g: slope %.17g", p.sigma, J, slope);
                ck_assert_msg(near_relative(slope, (double)want, 1e-11), "sigma %g J %.17g: slope %.17g, not %.17Lg",
                              p.sigma, J, slope, want);
                above += slope > 0;
            }
    ck_assert_uint_gt(above, 50000);
    for (size_t k = 0; k < sizeof sigmas / sizeof *sigmas; k++) {
        struct neuron_params p = neuron_defaults;
        p.sigma = sigmas[k];
        for (int i = -300; i <= 300; i++) {
            double J = i < 0 ? -pow(10, -i) : pow(10, i), slope = rate_softlif.slope(&p, J),
                   rate = rate_softlif.rate(&p, J);
            ck_assert_msg(isfinite(slope) && slope >= 0 && isfinite(rate) && rate >= 0, "sigma %g J %g: %g, slope %g",
                          p.sigma, J, rate, slope);
        }
    }
}
END_TEST

/* The one step: with sigma = 10 nengo-extras has 0 at u = -710, and 7.9957e-06 at -709.5 (softlif_rates, case 5). */
START_TEST(the_softlif_slope_ends_where_exp_does)
{
    struct neuron_params p = {.tau_rc = 0.05, .tau_ref = 0.005, .sigma = 10, .amplitude = 2};
    ck_assert(rate_softlif.slope(&p, -7099) == 0 && rate_softlif.rate(&p, -7099) > 0.0565);
    double period = p.tau_ref + p.tau_rc * (7096.8 / 10 - log(10)),
           right = p.amplitude * p.tau_rc / (p.sigma * period * period);
    ck_assert_msg(near_relative(rate_softlif.slope(&p, -7095.8), right, 1e-12), "%.17g, not %.17g",
                  rate_softlif.slope(&p, -7095.8), right);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: rates", curves_match_the_peer, slopes_over_x_carry_the_gain, lif_rates_match_over_j,
                       lif_slope_matches_the_difference_quotient, the_softlif_slope_is_finite_and_right_everywhere,
                       the_softlif_slope_ends_where_exp_does);
}
