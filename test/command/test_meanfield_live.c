/* Spiking populations under white noise against the theory of them, within the errors they give themselves.
 */
#include "run.h"

#include "meanfield/discrete.h"

static struct table table_from(const char *lines)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "'%s' said: %s", lines, o.err);
    const char *path = scratch("table.csv");
    write_file(path, o.out);
    outcome_free(&o);
    struct table t = {0};
    t.text = read_file(path);
    table_parse(&t);
    return t;
}

#define NEURONS "population A n=200 model=lif tau_rc=5ms tau_ref=0 min_voltage=-inf; dt 0.1ms; "
#define SIGMAS 5 /* standard errors that chance may make */

START_TEST(white_noise_gives_siegert_s_rate_but_for_the_step)
{
    struct table t = table_from(NEURONS "input A white mu=10mV sigma=10mV; run 1.1s; meanfield live A");
    double rate = table_number(&t, 0, "rate"), error = table_number(&t, 0, "rate_se");
    double theory = table_number(&t, 0, "theory"), at_dt = table_number(&t, 0, "theory_dt");
    ck_assert_msg(near_relative(table_number(&t, 0, "time"), 1, 1e-9), "%s s", table_text(&t, 0, "time"));
    ck_assert_msg(near_relative(theory, 83.839807477323689, 1e-12), "theory %g", theory);
    ck_assert_msg(near_relative(at_dt, 1 / (1 / 74.34 + 0.05e-3), 1e-3), "theory at 0.1 ms %g", at_dt);
    ck_assert_msg(error > 0.2 && error < 1, "standard error %g", error);
    ck_assert_msg(fabs(rate - at_dt) < SIGMAS * error, "%g +- %g, not %g", rate, error, at_dt);
    ck_assert_msg(theory - rate > SIGMAS * error, "the step makes no difference: %g +- %g", rate, error);
    table_free(&t);
}
END_TEST

/* The theory is of first order in sqrt(tau_s/tau_m) = 0.14 here; the rest is a few per cent. */
START_TEST(a_synapse_lowers_the_rate)
{
    struct table t = table_from(NEURONS "dt 20us; input A white tau_s=0.1ms; run 0.6s; meanfield live A");
    double rate = table_number(&t, 0, "rate"), error = table_number(&t, 0, "rate_se"),
           at_dt = table_number(&t, 0, "theory_dt");
    ck_assert_msg(fabs(rate - at_dt) < SIGMAS * error + 0.03 * at_dt, "%g +- %g, not %g", rate, error, at_dt);
    ck_assert(table_number(&t, 0, "theory") < 80);
    table_free(&t);
}
END_TEST

START_TEST(a_sine_is_answered_as_the_transfer_function_says)
{
    struct table t = table_from(NEURONS "set A n=400; input A white; meanfield probe A freq=20Hz,100Hz time=2s");
    ck_assert_uint_eq(t.rows, 2);
    for (size_t r = 0; r < 2; r++) {
        double n = table_number(&t, r, "amplitude"), n_se = table_number(&t, r, "amplitude_se");
        double phase = table_number(&t, r, "phase"), phase_se = table_number(&t, r, "phase_se");
        ck_assert_msg(n_se > 0 && n_se < 0.2 * n && phase_se > 0 && phase_se < 0.2, "errors %g %g", n_se, phase_se);
        ck_assert_msg(fabs(n - table_number(&t, r, "dt_amplitude")) < SIGMAS * n_se, "row %zu: %g +- %g, not %s", r, n,
                      n_se, table_text(&t, r, "dt_amplitude"));
        ck_assert_msg(fabs(phase - table_number(&t, r, "dt_phase")) < SIGMAS * phase_se, "row %zu: %g +- %g, not %s", r,
                      phase, phase_se, table_text(&t, r, "dt_phase"));
    }
    table_free(&t);
}
END_TEST

START_TEST(the_probe_disturbs_nothing)
{
    struct outcome with =
        run(NEURONS "input A white; run 0.2s; meanfield probe A freq=50Hz time=0.1s > /dev/null; run 0.2s; spikes A");
    struct outcome without = run(NEURONS "input A white; run 0.2s; run 0.2s; spikes A");
    ck_assert_msg(with.good && without.good, "%s%s", with.err, without.err);
    ck_assert_msg(strcmp(with.out, without.out) == 0 && strlen(with.out) > 10000, "the spikes differ");
    outcome_free(&with);
    outcome_free(&without);
}
END_TEST

START_TEST(spikes_of_other_steps_do_not_count)
{
    struct outcome o =
        run("population A n=20 model=lif tau_rc=5ms tau_ref=0 min_voltage=-inf; input A white tau_s=1ms; "
            "run 1s; dt 0.1ms; run 0.5s; meanfield live A");
    ck_assert_msg(o.good && strstr(o.out, "\nA,0.01,0.01,0.3"), "%s%s", o.out, o.err); /* 0.5 s - 20 (5 + 1) ms */
    outcome_free(&o);
    expect_error("population A min_voltage=-inf; input A white; run 1s; meanfield live A from=0.5s to=0.4s",
                 "from=500 ms is after to=400 ms");
}
END_TEST

START_TEST(what_differs_from_the_theory_is_said)
{
    struct outcome o = run("population A n=20 tau_rc=5ms tau_ref=0; input A white; run 1s; meanfield live A");
    ck_assert(o.good);
    ck_assert_msg(strstr(o.err, "A: min_voltage=0 keeps V up, which the theory does not know: set A min_voltage=-inf"),
                  "%s", o.err);
    ck_assert_msg(
        strstr(o.err, "steps of 1 ms let neurons cross the threshold and come back unseen: expect -34% in the rate"),
        "%s", o.err);
    ck_assert(!strstr(o.err, "rough guide")); /* some 50 Hz: an interval is twenty steps long */
    outcome_free(&o);
    o = run(
        "population A n=20 model=lif tau_rc=5ms tau_ref=0 min_voltage=-inf; input A white mu=100mV sigma=1mV; run 1s; "
        "meanfield live A");
    ck_assert_msg(strstr(o.err, "an interval is 0.81 steps of 1 ms: theory_dt, which is for many, is a rough guide"),
                  "%s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(other_populations_are_refused)
{
    expect_error("meanfield live", "there is no population yet: population NAME makes one");
    expect_error("population A n=2 min_voltage=-inf; meanfield live A",
                 "A needs white noise: input A white mu=10mV sigma=10mV");
    expect_error("population A n=2 min_voltage=-inf; input A white; set A model=softlif; meanfield live A",
                 "A is a rate model and has no spikes: set A model=fastlif or model=lif");
    expect_error("population A n=2 min_voltage=-inf; input A white; meanfield live A", "A has not run yet: run 2s");
    expect_error("population A n=2 tau_rc=5ms min_voltage=-inf; input A white; run 0.1s; meanfield live A",
                 "there is nothing of A from 100 ms to 100 ms: run it for longer");
    expect_error("population A n=2 min_voltage=-inf; input A white; meanfield probe A",
                 "meanfield needs freq=LO:HI:COUNT|A,B,...|@FILE");
    expect_error("population A n=2 min_voltage=-inf; input A white; meanfield probe A freq=-1",
                 "freq=-1 Hz: a sine to measure with is above 0 Hz");
    expect_error("population A n=2 min_voltage=-inf; input A white; meanfield probe A freq=600",
                 "freq=600 Hz is too fast for steps of 1 ms");
    expect_error("population A n=2 min_voltage=-inf; input A white sigma=0; meanfield probe A freq=6",
                 "sigma=0 V: without noise there is no transfer function; sigma must be above 0");
    expect_error("population A n=2 min_voltage=-inf; input A white V_0=15mV",
                 "white: V_th=15 mV: the threshold must be above the reset, V_0=15 mV");
    expect_error("population A n=2 dims=2; input A white dim=2",
                 "white goes to every neuron, whatever the dimensions of x: it takes neither dim= nor lists");
    expect_error("population A n=2 dims=2; input A white mu=1mV,2mV",
                 "white goes to every neuron, whatever the dimensions of x: it takes neither dim= nor lists");
    expect_error("population A n=2 dims=2 min_voltage=-inf; input A white; input A sine dim=2",
                 "white goes to every neuron, so that no dimension has an input of its own: leave out dim=");
    expect_error("population A n=2 dims=2 min_voltage=-inf; input A white; set A x2=0.5",
                 "white goes to every neuron, so that no dimension has an input of its own: leave out dim=");
    expect_error("population A n=2 min_voltage=-inf; meanfield rate A",
                 "meanfield rate takes no population, but the theory's own neurons: A is one too many");
}
END_TEST

START_TEST(the_step_moves_the_threshold)
{
    struct meanfield_neuron n = meanfield_neuron_defaults;
    n.tau_s = 0;
    double moved = discrete_neuron(&n, 10e-3, 0.1e-3).V_th - n.V_th;
    ck_assert_msg(near_relative(moved, 0.58259715793901 * 10e-3 * sqrt(0.02), 1e-12), "%g", moved);
    n.tau_s = 5e-3;
    ck_assert(discrete_neuron(&n, 10e-3, 0.1e-3).V_th - n.V_th < 0.1 * moved);
    ck_assert_double_eq(discrete_neuron(&n, 0, 0.1e-3).V_th, n.V_th);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: mean field alive", white_noise_gives_siegert_s_rate_but_for_the_step,
                       a_synapse_lowers_the_rate, a_sine_is_answered_as_the_transfer_function_says,
                       spikes_of_other_steps_do_not_count, the_probe_disturbs_nothing,
                       what_differs_from_the_theory_is_said, other_populations_are_refused,
                       the_step_moves_the_threshold);
}
