/* What a change of a population says, and what is held while it changes. Numbers are those of the closed form: with
 * max rate r and intercept i, J(1) = 1 + 1 / expm1((1/r - tau_ref) / tau_rc), gain = (J - 1) / (1 - i), bias = J - gain. */
#include "run.h"

#define ONE "population A n=1 max_rates=165 intercepts=-0.3\n"

/* What people are told by the last of the lines. */
static void expect_said(const char *lines, const char *sentence)
{
    struct outcome o = run_sized(lines, 200, 30, true);
    size_t length = strlen(o.err), last = length > 1 ? length - 1 : 0;
    while (last > 0 && o.err[last - 1] != '\n')
        last--;
    ck_assert_msg(o.good && strncmp(o.err + last, sentence, strlen(sentence)) == 0 &&
                      strcmp(o.err + last + strlen(sentence), "\n") == 0,
                  "'%s' said\n%s\nand not at last\n%s", lines, o.err, sentence);
    outcome_free(&o);
}

START_TEST(rates_are_kept_by_other_gains)
{
    expect_said(
        ONE "set A tau_ref=4ms",
        "A: tau_ref 2 \u2192 4 ms; gain 3.417 \u2192 7.088 and bias 2.025 \u2192 3.126 keep max rate 165 Hz and "
        "intercept -0.3; fires at most 500 \u2192 250 Hz");
    expect_said(
        "population A max_rates=165 intercepts=-0.3 encoders=1\nselect A 7\nset A tau_rc=40ms",
        "A: tau_rc 20 \u2192 40 ms; neuron 7: gain 3.417 \u2192 7.199 and bias 2.025 \u2192 3.16 keep max rate 165 Hz "
        "and intercept -0.3");
}
END_TEST

START_TEST(gains_can_be_held_instead)
{
    expect_said(
        ONE "set hold=gain\nset A tau_ref=4ms",
        "A: tau_ref 2 \u2192 4 ms; gain and bias stay, max rate 165 \u2192 124.1 Hz; fires at most 500 \u2192 250 Hz");
    expect_out(
        ONE "set hold=gain\nset A tau_ref=4ms\nset A tau_ref=2ms\nhold",
        "name,value,unit,default,help\nhold,gain,\"\",rates,\"what stays when tau_rc, tau_ref or the model change; "
        "rates: max rates and intercepts; gain: gain and bias\"\n");
    /* Back to what was asked for: the rates of max_rates and intercepts. */
    expect_said(ONE "set A tau_ref=4ms hold=gain\nset hold=rates\nset A tau_ref=3ms",
                "A: tau_ref 4 \u2192 3 ms; gain 3.417 \u2192 4.652 and bias 2.025 \u2192 2.396, max rate 124.1 \u2192 "
                "165 Hz; fires "
                "at most 250 \u2192 333.3 Hz");
    /* What could not be asked for can be held. */
    expect_out("population A n=1 max_rates=400\nset A tau_ref=4ms hold=gain\nA.max_rates",
               "name,value,unit,default,help\nA.max_rates,400,Hz,200:400,\"rate at |x| = radius in the preferred "
               "direction, below 1/tau_ref\"\n");
}
END_TEST

START_TEST(gain_and_bias_are_given_and_taken_back)
{
    expect_said(ONE "set A gain=2",
                "A: gain rates \u2192 2; gain 3.417 \u2192 2, max rate 165 \u2192 129.7 Hz, intercept -0.3 "
                "\u2192 -0.5126");
    expect_said(ONE "set A gain=2 bias=1\nset A gain=rates bias=rates",
                "A: gain 2 \u2192 rates, bias 1 \u2192 rates; gain 2 \u2192 3.417 and bias 1 \u2192 2.025, max rate "
                "98.92 \u2192 165 "
                "Hz, intercept 0 \u2192 -0.3");
    expect_out(
        ONE "set A gain=2 bias=1\nset A gain=rates bias=rates\nbias",
        "name,value,unit,default,help\nA.bias,2.025 (rates),\"\",on,\"current at x = 0; rates: what max_rates and "
        "intercepts make of it; off: none while it runs, as where a Dale connection brings it; on: it acts\"\n");
}
END_TEST

START_TEST(a_unit_that_is_missing_is_said)
{
    expect_said(ONE "set A tau_rc=30 hold=gain\nset A tau_rc=20ms\nset A tau_synapse=5",
                "A: tau_synapse 10 ms \u2192 5 s (no unit: seconds)");
    expect_said("set window=500", "window 500 ms \u2192 500 s (no unit: seconds)");
    expect_said("set window=2", "window 500 ms \u2192 2 s");
}
END_TEST

/* 165 Hz are impossible from 1/165 s = 6.06 ms on, and steps are of 0.1 ms. */
START_TEST(a_knob_stops_at_the_limit_and_says_so_once)
{
    struct outcome o = run(ONE "knob A tau_ref 1ms:10ms\nturn 100\nturn 1\nturn 50\ntau_ref\nturn -1\nturn 3\n");
    const char *said = "t:3: A tau_ref stops at 6 ms: max_rates: 165 Hz is not below 1/tau_ref;";
    ck_assert_msg(o.good && strstr(o.out, "A.tau_ref,0.0060000000000000001,s,"), "%s%s", o.out, o.err);
    ck_assert_msg(strstr(o.err, said) && !strstr(o.err, "t:4:") && !strstr(o.err, "t:5:"), "%s", o.err);
    ck_assert_msg(strstr(o.err, "t:8: A tau_ref stops at 6 ms"), "after it was left, the limit is said again: %s",
                  o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(knobs_of_gain_and_bias_begin_where_they_are)
{
    struct outcome o =
        run(ONE "knob A gain\nturn 1\ngain\nturn reset\nknob bias\nturn -1\nknob\nturn reset\nneurons A\n");
    ck_assert_msg(o.good && strstr(o.out, "A.gain,3.45,"), "%s%s", o.out, o.err);
    ck_assert_msg(strstr(o.out, "\nbias,A,2.0099999999999998,0.51000000000000001,"), "%s", o.out);
    ck_assert_msg(strstr(o.out, "\n0,3.417") && strstr(o.out, ",2.025"), "reset gives back what rates make: %s", o.out);
    outcome_free(&o);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: change", rates_are_kept_by_other_gains, gains_can_be_held_instead,
                       gain_and_bias_are_given_and_taken_back, a_unit_that_is_missing_is_said,
                       a_knob_stops_at_the_limit_and_says_so_once, knobs_of_gain_and_bias_begin_where_they_are);
}
