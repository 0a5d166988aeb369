/* Synapses against nengo: coefficients, responses, start values. */
#include "harness.h"

#include "model/synapse.h"

#define TOLERANCE 1e-12

static const struct synapse_type *by_kind(const char *kind)
{
    return kind[0] == 'l' ? &synapse_lowpass : &synapse_alpha;
}

static void check(double got, double peer, size_t row, const char *what)
{
    /* an entry that is 0 but for rounding (the peer has 2.5e-17) is not asked for its digits */
    ck_assert_msg(near_relative(got, peer, TOLERANCE) || fabs(got - peer) < 1e-16, "row %zu, %s: %.17g, peer %.17g",
                  row, what, got, peer);
}

START_TEST(coefficients_match_the_peer)
{
    struct table t = table_read("synapse_coefficients.csv");
    for (size_t r = 0; r < t.rows; r++) {
        struct synapse_filter f =
            synapse_filter(by_kind(table_text(&t, r, "kind")), table_number(&t, r, "tau"), table_number(&t, r, "dt"));
        ck_assert_uint_eq(f.order, (size_t)table_number(&t, r, "order"));
        check(f.a[0][0], table_number(&t, r, "a11"), r, "a11");
        check(f.a[0][1], table_number(&t, r, "a12"), r, "a12");
        check(f.a[1][0], table_number(&t, r, "a21"), r, "a21");
        check(f.a[1][1], table_number(&t, r, "a22"), r, "a22");
        check(f.b[0], table_number(&t, r, "b1"), r, "b1");
        check(f.b[1], table_number(&t, r, "b2"), r, "b2");
        check(f.c[0], table_number(&t, r, "c1"), r, "c1");
        check(f.c[1], table_number(&t, r, "c2"), r, "c2");
        check(f.d, table_number(&t, r, "d"), r, "d");
    }
    table_free(&t);
}
END_TEST

static void check_response(const struct table *t, const char *column, const struct synapse_type *type, double tau)
{
    double state[2] = {0}, most = 0, dt = 0;
    for (size_t r = 0; r < t->rows; r++)
        most = fmax(most, fabs(table_number(t, r, column)));
    for (size_t r = 0; r < t->rows; r++) {
        double u = table_number(t, r, "u"), y, peer = table_number(t, r, column);
        if (table_number(t, r, "dt") != dt)
            state[0] = state[1] = 0;
        dt = table_number(t, r, "dt");
        struct synapse_filter f = synapse_filter(type, tau, dt);
        synapse_step(&f, 1, &u, state, &y);
        ck_assert_msg(fabs(y - peer) <= TOLERANCE * most, "%s, row %zu: %.17g, peer %.17g", column, r, y, peer);
    }
}

START_TEST(responses_match_the_peer)
{
    struct table t = table_read("synapse_response.csv");
    check_response(&t, "y0_lp_tau0.1", &synapse_lowpass, 0.1);
    check_response(&t, "y1_lp_tau0.005", &synapse_lowpass, 0.005);
    check_response(&t, "y2_lp_tau0", &synapse_lowpass, 0);
    check_response(&t, "y3_lp_tau1e-05", &synapse_lowpass, 1e-5);
    check_response(&t, "y4_alpha_tau0.1", &synapse_alpha, 0.1);
    check_response(&t, "y5_alpha_tau0.005", &synapse_alpha, 0.005);
    check_response(&t, "u", &synapse_none, 0.1);
    table_free(&t);
}
END_TEST

static void check_start(const struct table *t, const char *column, const struct synapse_type *type)
{
    struct synapse_filter f = synapse_filter(type, 0.005, 0.001);
    double y0[2] = {2, 0}, state[4], y[2];
    synapse_rest(&f, 2, y0, state);
    for (size_t r = 0; r < t->rows; r++) {
        double u = table_number(t, r, "u"), both[2] = {u, u}, peer = table_number(t, r, column);
        synapse_step(&f, 2, both, state, y);
        ck_assert_msg(fabs(y[0] - peer) <= TOLERANCE * 2, "%s, row %zu: %.17g, peer %.17g", column, r, y[0], peer);
    }
}

START_TEST(start_values_match_the_peer)
{
    struct table t = table_read("synapse_step_y0_filtfilt.csv");
    check_start(&t, "lp_y0_2", &synapse_lowpass);
    check_start(&t, "alpha_y0_2", &synapse_alpha);
    table_free(&t);
}
END_TEST

/* Whatever the time constant, a constant goes through unchanged and nothing is NaN. */
START_TEST(any_time_constant_has_gain_one)
{
    const double tau[] = {0, 1e-300, 1e-12, 1e-9, 1e-6, 1e-3, 1, 1e3};
    for (size_t s = 0; s < synapse_type_count; s++)
        for (size_t i = 0; i < sizeof tau / sizeof *tau; i++) {
            struct synapse_filter f = synapse_filter(synapse_types[s], tau[i], 1e-3);
            double one = 1, y = 0, state[2] = {0};
            synapse_rest(&f, 1, &one, state);
            for (int k = 0; k < 100; k++)
                synapse_step(&f, 1, &one, state, &y);
            ck_assert_msg(fabs(y - 1) < 1e-12, "%s, tau %g: %.17g of 1", synapse_types[s]->name, tau[i], y);
        }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: synapse", coefficients_match_the_peer, responses_match_the_peer,
                       start_values_match_the_peer, any_time_constant_has_gain_one);
}
