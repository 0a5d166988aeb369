/* The example's scan and self-consistent points, and the edges of both. */
#include "harness.h"

#include "meanfield/scan.h"

#define COUNT 199

static void frequencies(double *f)
{
    for (size_t m = 0; m < COUNT; m++)
        f[m] = 1 + (double)m;
}

static void check(size_t row, const char *what, double value, double want, double most)
{
    ck_assert_msg(near_relative(value, want, most), "row %zu: %s %.17g, not %.17g", row, what, value, want);
}

START_TEST(the_example_s_scan_is_reproduced)
{
    struct table t = table_read("meanfield_scan.csv");
    double f[COUNT];
    frequencies(f);
    ck_assert_uint_eq(t.rows, 16);
    for (size_t r = 0; r < t.rows; r++) {
        struct working_point p = {table_number(&t, r, "mu_V"), table_number(&t, r, "sigma_V")};
        struct scan_row row;
        scan_point(&meanfield_network_defaults, EXC, p, &transfer_defaults, COUNT, f, NULL, &row);
        ck_assert_str_eq(scan_status_names[row.status], table_text(&t, r, "status"));
        check(r, "nu_ext_exc", row.external[EXC], table_number(&t, r, "ref_nu_ext_exc_Hz"), 1e-12);
        check(r, "nu_ext_inh", row.external[INH], table_number(&t, r, "ref_nu_ext_inh_Hz"), 1e-12);
        check(r, "rate", row.rate, table_number(&t, r, "ref_firing_rate_shift_Hz"), 1e-12);
        check(r, "tau", row.tau, table_number(&t, r, "ref_tau_rate_s"), 1e-9);
        check(r, "h0", row.h0, table_number(&t, r, "ref_h0_Hz_per_V"), 1e-9);
        check(r, "fit_error", row.fit_error, table_number(&t, r, "ref_fit_error"), 1e-8);
        check(r, "w_exc", row.weight[EXC], table_number(&t, r, "W_rate_EE"), 1e-5);
        check(r, "w_inh", row.weight[INH], table_number(&t, r, "W_rate_EI"), 1e-5);
        /* and back */
        double rate[POPULATIONS];
        struct working_point back[POPULATIONS];
        struct error error;
        ck_assert(network_point(&meanfield_network_defaults, row.external, METHOD_SHIFT, rate, back, &error));
        check(r, "rate again", rate[EXC], row.rate, 1e-10);
        check(r, "mu again", back[INH].mu, p.mu, 1e-10);
        check(r, "sigma again", back[INH].sigma, p.sigma, 1e-10);
    }
    table_free(&t);
}
END_TEST

START_TEST(self_consistent_points_match)
{
    struct table t = table_read("meanfield_point.csv");
    for (size_t r = 0; r < t.rows; r++) {
        double external[] = {table_number(&t, r, "nu_ext_exc_Hz"), table_number(&t, r, "nu_ext_inh_Hz")}, rate[2];
        enum meanfield_method method = table_text(&t, r, "method")[0] == 't' ? METHOD_TAYLOR : METHOD_SHIFT;
        size_t i = (size_t)table_number(&t, r, "population");
        struct working_point p[POPULATIONS];
        struct error error;
        ck_assert_msg(network_point(&meanfield_network_defaults, external, method, rate, p, &error), "%s", error.text);
        check(r, "rate", rate[i], table_number(&t, r, "ref_firing_rate_Hz"), 1e-10);
        check(r, "mu", p[i].mu, table_number(&t, r, "ref_mean_input_V"), 1e-10);
        check(r, "sigma", p[i].sigma, table_number(&t, r, "ref_std_input_V"), 1e-10);
    }
    table_free(&t);
}
END_TEST

/* Rates that a solver with absolute tolerances turns into noise. */
START_TEST(low_rates_keep_their_digits)
{
    static const double external[][2] = {{0, 0}, {1, 0}, {0, 1000}, {1000, 0}, {10000, 0}};
    for (size_t i = 0; i < 5; i++) {
        double rate[POPULATIONS];
        struct working_point p[POPULATIONS];
        struct error error;
        ck_assert(network_point(&meanfield_network_defaults, external[i], METHOD_SHIFT, rate, p, &error));
        double want = siegert_rate(&meanfield_neuron_defaults, p[EXC], METHOD_SHIFT).rate;
        check(i, "rate", rate[EXC], want, 1e-11);
        ck_assert(rate[EXC] == rate[INH] && rate[EXC] >= 0);
    }
}
END_TEST

START_TEST(unequal_populations_satisfy_their_own_equations)
{
    struct meanfield_network n = meanfield_network_defaults;
    n.neuron[EXC].tau_m = 10e-3;
    n.neuron[INH].V_th = 14e-3;
    n.C[INH] = 200e-12;
    double external[] = {30000, 1000}, rate[POPULATIONS];
    struct working_point p[POPULATIONS];
    struct error error;
    ck_assert_msg(network_point(&n, external, METHOD_SHIFT, rate, p, &error), "%s", error.text);
    for (int i = 0; i < POPULATIONS; i++)
        check((size_t)i, "rate", rate[i], siegert_rate(&n.neuron[i], p[i], METHOD_SHIFT).rate, 1e-10);
    ck_assert_msg(rate[EXC] > 1 && rate[INH] > 1 && rate[EXC] != rate[INH] && p[EXC].mu != p[INH].mu, "%g %g Hz",
                  rate[EXC], rate[INH]);
    check(0, "J of exc", network_weight(&n, EXC, EXC), 0.5e-3 * 87.8e-12 / 250e-12, 1e-15);
    check(0, "J of inh", network_weight(&n, INH, EXC), 0.5e-3 * 87.8e-12 / 200e-12, 1e-15);
}
END_TEST

START_TEST(runaway_excitation_is_said)
{
    struct meanfield_network n = meanfield_network_defaults;
    n.neuron[EXC].tau_m = 10e-3;
    n.neuron[INH].tau_r = 2e-3;
    n.C[EXC] = 200e-12;
    double external[] = {30000, 1000}, rate[POPULATIONS];
    struct working_point p[POPULATIONS];
    struct error error;
    ck_assert(!network_point(&n, external, METHOD_SHIFT, rate, p, &error));
    ck_assert_msg(strstr(error.text, "grow without limit"), "%s", error.text);
}
END_TEST

static struct scan_row scan(struct meanfield_network n, double mu, double sigma, enum meanfield_method method)
{
    double f[COUNT];
    struct scan_row row;
    frequencies(f);
    struct transfer_options options = {method, true, false};
    scan_point(&n, EXC, (struct working_point){mu, sigma}, &options, COUNT, f, NULL, &row);
    return row;
}

START_TEST(a_status_says_what_is_missing)
{
    struct meanfield_network n = meanfield_network_defaults;
    struct scan_row row = scan(n, 20e-3, 2e-3, METHOD_SHIFT);
    ck_assert_str_eq(scan_status_names[row.status], "negative_external_rate");
    ck_assert(isnan(row.external[EXC]) && isnan(row.external[INH]) && row.rate > 100);
    ck_assert_msg(row.tau == 0 && row.h0 > 0 && isnan(row.fit_error), "tau %g", row.tau);
    n.K[EXC] = n.K[INH] = 0;
    n.by_weight = true;
    n.J[EXC] = 0.01e-3;
    n.J[INH] = -0.01e-3;
    row = scan(n, 20e-3, 1e-3, METHOD_SHIFT);
    ck_assert_str_eq(scan_status_names[row.status], "no_low_pass");
    ck_assert(row.external[EXC] > 0 && row.external[INH] > 0 && row.tau == 0 && isnan(row.fit_error));
    row = scan(meanfield_network_defaults, 20e-3, 0, METHOD_SHIFT);
    ck_assert_str_eq(scan_status_names[row.status], "no_noise");
    ck_assert(row.rate > 100 && isnan(row.tau) && isnan(row.h0) && isnan(row.weight[EXC]));
    n.J[INH] = n.J[EXC];
    row = scan(n, 6e-3, 6e-3, METHOD_SHIFT);
    ck_assert_str_eq(scan_status_names[row.status], "no_external_rate");
    row = scan(meanfield_network_defaults, 2e-3, 5e-3, METHOD_TAYLOR);
    ck_assert_str_eq(scan_status_names[row.status], "negative_rate");
    ck_assert(row.rate < 0 && row.tau > 0 && row.h0 > 0);
}
END_TEST

/* The peer's fit ends at negative time constants here. */
START_TEST(low_gain_keeps_its_sign)
{
    static const double points[][2] = {{2e-3, 2e-3}, {4e-3, 3e-3}, {2e-3, 1e-3}, {0, 0.2e-3}};
    for (size_t i = 0; i < 4; i++) {
        struct scan_row row = scan(meanfield_network_defaults, points[i][0], points[i][1], METHOD_SHIFT);
        ck_assert_msg(row.tau > 1e-3 && row.tau < 10e-3 && row.h0 >= 0 && row.weight[EXC] >= 0 && row.weight[INH] <= 0,
                      "point %zu: tau %g h0 %g", i, row.tau, row.h0);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("meanfield: network", the_example_s_scan_is_reproduced, self_consistent_points_match,
                       low_rates_keep_their_digits, unequal_populations_satisfy_their_own_equations,
                       runaway_excitation_is_said, a_status_says_what_is_missing, low_gain_keeps_its_sign);
}
