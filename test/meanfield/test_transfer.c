/* Transfer functions against 40 digits; symmetry, limits, and what does not exist. */
#include "harness.h"

#include "meanfield/transfer.h"

static double off(struct transfer n, double re, double im)
{
    double size = hypot(re, im);
    return size < 1e-290 ? hypot(n.re - re, n.im - im) > 1e-300 : hypot(n.re - re, n.im - im) / size;
}

static double tolerance(const struct meanfield_neuron *n, struct working_point p)
{
    double y = (n->V_th - p.mu) / p.sigma;
    return 1e-12 * (1 + y * y / 50);
}

static void compare(const struct table *t, size_t row, const char *name, struct transfer n, double most)
{
    char re[64], im[64];
    snprintf(re, sizeof re, "ref_tf_%s_re_Hz_per_V", name);
    snprintf(im, sizeof im, "ref_tf_%s_im_Hz_per_V", name);
    double is = off(n, table_number(t, row, re), table_number(t, row, im));
    ck_assert_msg(is <= most, "row %zu: %s %.17g%+.17gi, not %s, %s: off by %g", row, name, n.re, n.im,
                  table_text(t, row, re), table_text(t, row, im), is);
}

static struct transfer one(const struct meanfield_neuron *neuron, struct working_point p,
                           struct transfer_options options, double frequency)
{
    struct transfer n;
    struct error error;
    ck_assert_msg(transfer_function(neuron, p, &options, 1, &frequency, &n, NULL, &error), "%s", error.text);
    return n;
}

START_TEST(single_values_match_forty_digits)
{
    struct table t = table_read("meanfield_transfer.csv");
    ck_assert_uint_gt(t.rows, 500);
    for (size_t r = 0; r < t.rows; r++) {
        struct meanfield_neuron n = {table_number(&t, r, "tau_m_s"), table_number(&t, r, "tau_s_s"),
                                     table_number(&t, r, "tau_r_s"), table_number(&t, r, "V_th_rel_V"),
                                     table_number(&t, r, "V_0_rel_V")};
        struct working_point p = {table_number(&t, r, "mu_V"), table_number(&t, r, "sigma_V")};
        double f = table_number(&t, r, "freq_Hz"), most = tolerance(&n, p);
        bool filter = table_number(&t, r, "synaptic_filter") != 0;
        compare(&t, r, "shift", one(&n, p, (struct transfer_options){METHOD_SHIFT, filter, false}, f), most);
        compare(&t, r, "taylor", one(&n, p, (struct transfer_options){METHOD_TAYLOR, filter, false}, f), most);
        compare(&t, r, "shift_with_refractory", one(&n, p, (struct transfer_options){METHOD_SHIFT, filter, true}, f),
                most);
    }
    table_free(&t);
}
END_TEST

START_TEST(the_example_matches_forty_digits)
{
    struct table t = table_read("meanfield_transfer_example.csv");
    double f[64];
    struct transfer shift[64], taylor[64];
    struct error error;
    for (size_t first = 0, count; first < t.rows; first += count) {
        struct working_point p = {table_number(&t, first, "mu_V"), table_number(&t, first, "sigma_V")};
        for (count = 0; first + count < t.rows && table_number(&t, first + count, "mu_V") == p.mu &&
                        table_number(&t, first + count, "sigma_V") == p.sigma;
             count++)
            f[count] = table_number(&t, first + count, "freq_Hz");
        struct transfer_options options = transfer_defaults;
        ck_assert(transfer_function(&meanfield_neuron_defaults, p, &options, count, f, shift, NULL, &error));
        options.method = METHOD_TAYLOR;
        ck_assert(transfer_function(&meanfield_neuron_defaults, p, &options, count, f, taylor, NULL, &error));
        for (size_t i = 0; i < count; i++) {
            compare(&t, first + i, "shift", shift[i], 1e-12);
            compare(&t, first + i, "taylor", taylor[i], 1e-12);
        }
    }
    table_free(&t);
}
END_TEST

static const struct working_point points[] = {
    {6e-3, 6e-3}, {12e-3, 10e-3}, {20e-3, 1e-3}, {2e-3, 2e-3}, {40e-3, 20e-3}};
#define POINTS (sizeof points / sizeof *points)

START_TEST(negative_frequencies_are_the_conjugate)
{
    for (size_t i = 0; i < POINTS; i++)
        for (int m = 0; m < METHODS; m++) {
            struct transfer_options options = {(enum meanfield_method)m, true, false};
            struct transfer a = one(&meanfield_neuron_defaults, points[i], options, 30);
            struct transfer b = one(&meanfield_neuron_defaults, points[i], options, -30);
            ck_assert_msg(a.re == b.re && a.im == -b.im && a.phase == -b.phase && a.amplitude == b.amplitude,
                          "point %zu: %g%+gi and %g%+gi", i, a.re, a.im, b.re, b.im);
        }
}
END_TEST

START_TEST(at_rest_it_is_the_slope_of_the_rate)
{
    struct meanfield_neuron n = meanfield_neuron_defaults;
    n.tau_r = 2e-3;
    for (size_t i = 0; i < POINTS; i++)
        for (int m = 0; m < METHODS; m++)
            for (int refractory = 0; refractory < 2; refractory++) {
                struct transfer_options options = {(enum meanfield_method)m, true, refractory};
                double slope = siegert_rate(&n, points[i], (enum meanfield_method)m).slope;
                struct transfer zero = one(&n, points[i], options, 0), slow = one(&n, points[i], options, 1e-6);
                ck_assert_msg(near_relative(zero.re, slope, 1e-12) && zero.im == 0, "%g, slope %g", zero.re, slope);
                ck_assert_msg(!refractory || near_relative(slow.re, slope, 1e-9),
                              "point %zu method %d: at 1 uHz %.17g, slope %.17g", i, m, slow.re, slope);
            }
}
END_TEST

START_TEST(the_filter_is_a_low_pass_behind)
{
    double f = 70, w = 2 * M_PI * f * 0.5e-3;
    struct transfer with =
        one(&meanfield_neuron_defaults, points[1], (struct transfer_options){METHOD_SHIFT, true, false}, f);
    struct transfer without =
        one(&meanfield_neuron_defaults, points[1], (struct transfer_options){METHOD_SHIFT, false, false}, f);
    ck_assert(near_relative(with.amplitude, without.amplitude / sqrt(1 + w * w), 1e-14));
    ck_assert(near_relative(with.phase, without.phase - atan(w), 1e-13));
    ck_assert_msg(with.phase < 0, "a lag is negative, not %g", with.phase);
}
END_TEST

START_TEST(a_rate_too_low_for_a_double_keeps_shape_and_phase)
{
    struct working_point deep = {0, 0.2e-3};
    struct transfer n = one(&meanfield_neuron_defaults, deep, transfer_defaults, 30);
    struct transfer slow = one(&meanfield_neuron_defaults, deep, transfer_defaults, 1);
    ck_assert_msg(n.amplitude == 0 && n.re == 0 && n.gain > 0 && n.phase < 0, "%g %g %g", n.amplitude, n.gain, n.phase);
    /* far below threshold the neuron follows the membrane and the synapse alone */
    double w = 2 * M_PI * 30, v = 2 * M_PI;
    double shape = sqrt((1 + w * w * 25e-6) * (1 + w * w * 25e-8) / ((1 + v * v * 25e-6) * (1 + v * v * 25e-8)));
    ck_assert_msg(near_relative(slow.gain / n.gain, shape, 1e-3), "%g, not %g", slow.gain / n.gain, shape);
}
END_TEST

START_TEST(extremes_stay_finite)
{
    static const double sigma[] = {1e-300, 1e-14, 1e-10, 1e-6, 1e-3, 1, 1e3},
                        mu[] = {-1e3, -1, 0, 15e-3, 20e-3, 1, 1e3};
    double f[] = {0, 1e-300, 1e-6, 1, 1e3, 2e4, 1e5, -3e4, -1e-300};
    struct transfer n[9];
    struct error error;
    for (size_t s = 0; s < sizeof sigma / sizeof *sigma; s++)
        for (size_t u = 0; u < 7; u++)
            for (int m = 0; m < METHODS; m++)
                for (int refractory = 0; refractory < 2; refractory++) {
                    struct meanfield_neuron neuron = meanfield_neuron_defaults;
                    neuron.tau_r = refractory * 2e-3;
                    struct transfer_options options = {(enum meanfield_method)m, true, refractory};
                    struct working_point p = {mu[u], sigma[s]};
                    ck_assert(transfer_function(&neuron, p, &options, 9, f, n, NULL, &error));
                    for (size_t i = 0; i < 9; i++)
                        ck_assert_msg(isfinite(n[i].re) && isfinite(n[i].im) && isfinite(n[i].amplitude) &&
                                          isfinite(n[i].phase) && isfinite(n[i].gain),
                                      "mu %g sigma %g f %g method %d: %g %g %g", mu[u], sigma[s], f[i], m, n[i].re,
                                      n[i].im, n[i].gain);
                }
}
END_TEST

START_TEST(without_noise_there_is_none)
{
    struct transfer n;
    struct error error;
    struct siegert rate;
    double f = 1;
    ck_assert(!transfer_function(&meanfield_neuron_defaults, (struct working_point){20e-3, 0}, &transfer_defaults, 1,
                                 &f, &n, &rate, &error));
    ck_assert_str_eq(error.text, "sigma=0 V: without noise there is no transfer function; sigma must be above 0");
    ck_assert(rate.rate > 100);
}
END_TEST

/* As sigma goes to 0 the answer goes to that of deterministic neurons, whose flux along V has a closed form: what is
 * computed with just enough noise and what with too little for it differ by less than that noise does. */
START_TEST(little_noise_has_its_limit)
{
    static const double mu[] = {10e-3, 15.1e-3, 16e-3, 20e-3, 1}, f[] = {0, 1e-12, 1e-3, 3, 10, 47, 333, 5e3, -10};
    for (size_t u = 0; u < sizeof mu / sizeof *mu; u++)
        for (int m = 0; m < METHODS; m++)
            for (int kind = 0; kind < 4; kind++) {
                struct meanfield_neuron neuron = meanfield_neuron_defaults;
                struct transfer_options options = {(enum meanfield_method)m, kind & 1, kind & 2};
                struct transfer some[9], least[9];
                struct siegert rate;
                struct error error;
                neuron.tau_r = 3e-3;
                ck_assert(transfer_function(&neuron, (struct working_point){mu[u], 1.6e-11}, &options, 9, f, some, NULL,
                                            &error));
                ck_assert(transfer_function(&neuron, (struct working_point){mu[u], 1e-200}, &options, 9, f, least,
                                            &rate, &error));
                for (size_t i = 0; i < 9; i++) {
                    double a = some[i].amplitude, b = least[i].amplitude;
                    double near =
                        (m == METHOD_TAYLOR ? 1e-6 + 1e-15 * fabs(mu[u]) / 1.6e-11 : 1e-9) + /* a difference */
                        2 * 1.6e-11 / fabs(mu[u] - neuron.V_th) * (1 + 2 * M_PI * fabs(f[i]) * neuron.tau_m);
                    ck_assert_msg(
                        fabs(a - b) <= near * b &&
                            (fabs(some[i].phase - least[i].phase) < near || (a == 0 && m == METHOD_TAYLOR)),
                        "mu %g method %d kind %d, %g Hz: %.12g at %.12g with some noise, %.12g at %.12g with none",
                        mu[u], m, kind, f[i], a, some[i].phase, b, least[i].phase);
                }
                ck_assert_msg(near_relative(least[0].amplitude, rate.slope, 1e-14) || rate.slope == 0,
                              "at rest: %g, not %g", least[0].amplitude, rate.slope);
            }
}
END_TEST

/* mu on the threshold and beside it: 20 to 1e9 sigmas away the rate is the deterministic one to the square of that. */
START_TEST(rates_beside_the_threshold_do_not_jump)
{
    for (double away = 1e3; away < 1e9; away *= 3) {
        struct meanfield_neuron neuron = meanfield_neuron_defaults;
        double sigma = 1e-13, y = away * sigma;
        double right = 1 / (neuron.tau_m * log1p((neuron.V_th - neuron.V_0) / y));
        double got = siegert_rate(&neuron, (struct working_point){neuron.V_th + y, sigma}, METHOD_DELTA).rate;
        /* V_th + y is rounded to 2e-18 V */
        ck_assert_msg(fabs(got / right - 1) < 1 / (away * away) + 2e-18 / y, "%g sigmas above: %.15g, not %.15g", away,
                      got, right);
    }
    struct meanfield_neuron quick = meanfield_neuron_defaults;
    quick.tau_m = 1e-300; /* the boundary is moved beyond everything */
    ck_assert(siegert_rate(&quick, (struct working_point){20e-3, 10e-3}, METHOD_SHIFT).rate == 0);
}
END_TEST

START_TEST(frequencies_beyond_reason_are_refused)
{
    struct transfer n[2];
    struct error error;
    double f[] = {1, -1e300};
    ck_assert(!transfer_function(&meanfield_neuron_defaults, points[0], &transfer_defaults, 2, f, n, NULL, &error));
    ck_assert_str_eq(error.text, "a frequency of -1e+300 Hz is too high: with tau_m=5 ms 3.183 MHz is the limit");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("meanfield: transfer", single_values_match_forty_digits, the_example_matches_forty_digits,
                       negative_frequencies_are_the_conjugate, at_rest_it_is_the_slope_of_the_rate,
                       the_filter_is_a_low_pass_behind, a_rate_too_low_for_a_double_keeps_shape_and_phase,
                       extremes_stay_finite, without_noise_there_is_none, little_noise_has_its_limit,
                       rates_beside_the_threshold_do_not_jump, frequencies_beyond_reason_are_refused);
}
