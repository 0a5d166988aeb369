/* The tables of `meanfield` as scripts see them: columns, order of rows, what is empty, and what is refused.
 */
#include "run.h"

#include "base/text.h"

static struct table table_from(const char *lines)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good && strcmp(o.err, "") == 0, "'%s' said: %s", lines, o.err);
    const char *path = scratch("table.csv");
    write_file(path, o.out);
    outcome_free(&o);
    struct table t = {0};
    t.text = read_file(path);
    table_parse(&t);
    return t;
}

static void check_columns(const struct table *t, const char *want)
{
    struct text names = {0};
    for (size_t c = 0; c < t->columns; c++)
        text_printf(&names, "%s%s", c ? "," : "", t->name[c]);
    ck_assert_msg(strcmp(names.bytes, want) == 0, "columns %s, not %s", names.bytes, want);
    text_free(&names);
}

static void check_number(const struct table *t, size_t row, const char *column, double want, double most)
{
    double is = table_number(t, row, column);
    ck_assert_msg(near_relative(is, want, most), "row %zu: %s %.17g, not %.17g", row, column, is, want);
}

static void check_empty(const struct table *t, size_t row, const char *column)
{
    ck_assert_msg(strcmp(table_text(t, row, column), "") == 0, "row %zu: %s is %s", row, column,
                  table_text(t, row, column));
}

START_TEST(the_example_is_the_default_scan)
{
    struct table t = table_from("meanfield scan"), want = table_read("meanfield_scan.csv");
    check_columns(&t, "mu,sigma,status,nu_ext_exc,nu_ext_inh,rate,tau,h0,w_exc,w_inh,fit_error");
    ck_assert_uint_eq(t.rows, 16);
    for (size_t r = 0; r < t.rows; r++) {
        check_number(&t, r, "mu", table_number(&want, r, "mu_V"), 1e-15);
        check_number(&t, r, "sigma", table_number(&want, r, "sigma_V"), 1e-15);
        ck_assert_str_eq(table_text(&t, r, "status"), "ok");
        check_number(&t, r, "nu_ext_exc", table_number(&want, r, "ref_nu_ext_exc_Hz"), 1e-12);
        check_number(&t, r, "nu_ext_inh", table_number(&want, r, "ref_nu_ext_inh_Hz"), 1e-12);
        check_number(&t, r, "rate", table_number(&want, r, "ref_firing_rate_shift_Hz"), 1e-12);
        check_number(&t, r, "tau", table_number(&want, r, "ref_tau_rate_s"), 1e-9);
        check_number(&t, r, "h0", table_number(&want, r, "ref_h0_Hz_per_V"), 1e-9);
        check_number(&t, r, "w_exc", table_number(&want, r, "W_rate_EE"), 1e-5);
        check_number(&t, r, "w_inh", table_number(&want, r, "W_rate_EI"), 1e-5);
        check_number(&t, r, "fit_error", table_number(&want, r, "ref_fit_error"), 1e-8);
    }
    table_free(&t);
    table_free(&want);
}
END_TEST

START_TEST(rates_by_every_method)
{
    static const char *const methods[] = {"shift", "taylor", "delta"}, *const columns[] = {"ref_firing_rate_shift_Hz",
                                                                                           "ref_firing_rate_taylor_Hz",
                                                                                           "ref_firing_rate_delta_Hz"};
    struct table want = table_read("meanfield_scan.csv");
    for (int m = 0; m < 3; m++) {
        char line[200];
        snprintf(line, sizeof line, "meanfield rate mu=6mV,8mV,10mV,12mV sigma=6mV:12mV:4 method=%s", methods[m]);
        struct table t = table_from(line);
        check_columns(&t, "mu,sigma,rate");
        ck_assert_uint_eq(t.rows, 16);
        for (size_t r = 0; r < 16; r++)
            check_number(&t, r, "rate", table_number(&want, r, columns[m]), 1e-12);
        table_free(&t);
    }
    table_free(&want);
}
END_TEST

START_TEST(transfer_functions_keep_to_their_columns)
{
    struct table t = table_from("meanfield transfer mu=6mV sigma=6mV freq=1Hz,7,-7Hz,0");
    struct table want = table_read("meanfield_transfer_example.csv");
    check_columns(&t, "mu,sigma,freq,re,im,amplitude,phase");
    ck_assert_uint_eq(t.rows, 4);
    for (size_t r = 0; r < 2; r++) {
        double re = table_number(&want, r, "ref_tf_shift_re_Hz_per_V"),
               im = table_number(&want, r, "ref_tf_shift_im_Hz_per_V");
        ck_assert_double_eq(table_number(&t, r, "freq"), table_number(&want, r, "freq_Hz"));
        check_number(&t, r, "re", re, 1e-12);
        check_number(&t, r, "im", im, 1e-12);
        check_number(&t, r, "amplitude", hypot(re, im), 1e-12);
        check_number(&t, r, "phase", atan2(im, re), 1e-12);
    }
    check_number(&t, 2, "im", -table_number(&t, 1, "im"), 0);
    check_number(&t, 2, "phase", -table_number(&t, 1, "phase"), 0);
    ck_assert(table_number(&t, 3, "im") == 0 && table_number(&t, 3, "phase") == 0);
    table_free(&t);
    t = table_from("meanfield transfer V_th=15mV tau_m=5ms tau_r=2ms mu=10mV sigma=10mV freq=0,1e-5 refractory=on");
    check_number(&t, 1, "re", table_number(&t, 0, "re"), 1e-8);
    table_free(&t);
    table_free(&want);
}
END_TEST

START_TEST(working_points_from_a_file_stay_in_order)
{
    const char *path = scratch("points.csv");
    char line[300];
    write_file(path, "sigma,other,mu\n0.012,1,0.006\n0.006,2,0.012\n");
    snprintf(line, sizeof line, "meanfield rate points=@%s", path);
    struct table t = table_from(line);
    ck_assert_uint_eq(t.rows, 2);
    check_number(&t, 0, "rate", 39.526281432078441, 1e-12);
    check_number(&t, 1, "rate", 46.279932870801431, 1e-12);
    table_free(&t);
    write_file(path, "0.006,0.012\n");
    t = table_from(line);
    check_number(&t, 0, "sigma", 0.012, 0);
    table_free(&t);
    write_file(path, "mu,sigma\n0.01,-0.001\n");
    char want[400];
    snprintf(want, sizeof want,
             "points=@%s: row 1, mu 0.01 V, sigma -0.001 V: both must be numbers below 1000 V, sigma at least 0", path);
    expect_error(line, want);
    write_file(path, "mu,other\n0.01,-0.001\n");
    snprintf(want, sizeof want, "points=@%s: the columns mu and sigma are wanted", path);
    expect_error(line, want);
}
END_TEST

START_TEST(what_does_not_exist_is_empty)
{
    struct outcome o = run("meanfield fit mu=20mV sigma=0,1mV");
    ck_assert(o.good);
    ck_assert_msg(strstr(o.out, "0.02,0,144.26950408889638,,,\n") != NULL, "%s", o.out);
    ck_assert_msg(strstr(o.out, ",140.16043167545024,0,26179.1329966950") != NULL, "%s", o.out);
    ck_assert_msg(strstr(o.err, "no low-pass fits 2 of 2 points: 1 without noise, so without a transfer function, "
                                "1 whose modulus does not fall") != NULL,
                  "%s", o.err);
    outcome_free(&o);
    o = run("meanfield fit freq=10Hz,-10Hz; meanfield fit freq=10Hz,20Hz");
    ck_assert_msg(strstr(o.err, "1 with fewer than two frequencies") &&
                      strstr(o.err, "two frequencies leave no fit_error"),
                  "%s", o.err);
    outcome_free(&o);
    struct table t = table_from("meanfield scan mu=20mV sigma=0,2mV,20mV");
    ck_assert_str_eq(table_text(&t, 0, "status"), "no_noise");
    ck_assert_str_eq(table_text(&t, 1, "status"), "negative_external_rate");
    ck_assert_str_eq(table_text(&t, 2, "status"), "ok");
    check_empty(&t, 0, "tau");
    check_empty(&t, 0, "w_exc");
    check_empty(&t, 1, "nu_ext_exc");
    check_empty(&t, 1, "nu_ext_inh");
    check_empty(&t, 1, "fit_error");
    ck_assert(table_number(&t, 1, "rate") > 100 && table_number(&t, 1, "h0") > 0);
    table_free(&t);
}
END_TEST

START_TEST(points_are_self_consistent)
{
    struct table t = table_from("meanfield point nu_ext_exc=30kHz nu_ext_inh=1kHz");
    check_columns(&t, "population,rate,mu,sigma");
    ck_assert_uint_eq(t.rows, 2);
    ck_assert_str_eq(table_text(&t, 0, "population"), "exc");
    ck_assert_str_eq(table_text(&t, 1, "population"), "inh");
    check_number(&t, 0, "rate", 81.246768115785599, 1e-10);
    check_number(&t, 1, "mu", 0.014816533759434021, 1e-10);
    check_number(&t, 1, "sigma", 0.0066937424123922019, 1e-10);
    table_free(&t);
    t = table_from("meanfield point nu_ext_exc=30kHz nu_ext_inh=1kHz method=taylor");
    check_number(&t, 0, "rate", 80.860309908176077, 1e-10);
    table_free(&t);
}
END_TEST

START_TEST(what_is_set_stays)
{
    expect_out("meanfield set tau_s=0 mu=8mV; meanfield rate sigma=6mV method=shift; meanfield rate "
               "sigma=6mV method=delta",
               "mu,sigma,rate\n0.0080000000000000002,0.0060000000000000001,27.704411460639488\n"
               "mu,sigma,rate\n0.0080000000000000002,0.0060000000000000001,27.704411460639488\n");
    /* for one command only */
    expect_out("meanfield rate tau_m=10ms tau_r=2ms > /dev/null; meanfield show",
               "parameter,value,unit\ntau_m,0.0050000000000000001,s\ntau_s,0.00050000000000000001,s\ntau_r,0,s\n"
               "V_th,0.014999999999999999,V\nV_0,0,V\nC,2.5000000000000002e-10,F\nW_exc,8.7799999999999997e-11,A\n"
               "W_inh,-4.3899999999999998e-10,A\nK_exc,400,\nK_inh,100,\nmu,0.01,V\nsigma,0.01,V\nmethod,shift,\n"
               "filter,on,\nrefractory,on,\n");
    struct table t = table_from("meanfield set exc.tau_m=10ms J_exc=0.1mV; meanfield");
    ck_assert_str_eq(table_text(&t, 0, "parameter"), "exc.tau_m");
    ck_assert_str_eq(table_text(&t, 1, "parameter"), "inh.tau_m");
    ck_assert_str_eq(table_text(&t, 7, "parameter"), "J_exc");
    check_number(&t, 8, "value", -0.878e-3, 1e-14);
    table_free(&t);
    t = table_from("meanfield set exc.tau_m=10ms; meanfield rate; meanfield set tau_m=10ms");
    double exc = table_number(&t, 0, "rate");
    table_free(&t);
    t = table_from("meanfield rate tau_m=10ms");
    check_number(&t, 0, "rate", exc, 0);
    table_free(&t);
    t = table_from("meanfield set exc.tau_m=10ms; meanfield rate population=inh");
    check_number(&t, 0, "rate", 55.219504977535514, 1e-12);
    table_free(&t);
}
END_TEST

START_TEST(weights_are_given_either_way)
{
    struct table a = table_from("meanfield scan mu=10mV sigma=10mV");
    struct table b = table_from("meanfield scan mu=10mV sigma=10mV J_exc=175.6uV J_inh=-878uV");
    struct table c = table_from("meanfield scan mu=10mV sigma=10mV C=500pF W_exc=175.6pA W_inh=-878pA");
    check_number(&b, 0, "w_exc", table_number(&a, 0, "w_exc"), 1e-13);
    check_number(&b, 0, "nu_ext_inh", table_number(&a, 0, "nu_ext_inh"), 1e-12);
    check_number(&c, 0, "w_inh", table_number(&a, 0, "w_inh"), 1e-13);
    table_free(&a);
    table_free(&b);
    table_free(&c);
}
END_TEST

START_TEST(wrong_requests_are_refused)
{
    static const char *const cases[][2] = {
        {"meanfield rate sigma=-1mV", "sigma=-1mV: must be from 0 V to 1000 V"},
        {"meanfield rate mu=10ms", "mu: '10ms': a voltage is wanted here, in V, mV, uV (none: V)"},
        {"meanfield scan W_exc=3mV", "W_exc: '3mV': a current is wanted here, in A, mA, uA, nA, pA (none: A)"},
        {"meanfield scan C=3mV", "C: '3mV': a capacitance is wanted here, in F, mF, uF, nF, pF (none: F)"},
        {"meanfield rate mu=nan", "mu=nan: must be from -1000 V to 1000 V"},
        {"meanfield rate tau_m=0", "tau_m=0: must be above 0 s and at most 1000 s"},
        {"meanfield rate V_0=15mV", "V_th=15 mV: the threshold must be above the reset, V_0=15 mV"},
        {"meanfield set inh.V_th=-1mV", "inh: V_th=-1 mV: the threshold must be above the reset, V_0=0 V"},
        {"meanfield transfer sigma=0", "sigma=0 V: without noise there is no transfer function; sigma must be above 0"},
        {"meanfield fit freq=1e12", "a frequency of 1e+12 Hz is too high: with tau_m=5 ms 3.183 MHz is the limit"},
        {"meanfield transfer freq=inf", "freq=inf: must be a finite number"},
        {"meanfield point nu_ext_exc=3", "meanfield needs nu_ext_inh=RATE"},
        {"meanfield point nu_ext_exc=-3 nu_ext_inh=0", "nu_ext_exc=-3: must be from 0 Hz to 100 MHz"},
        {"meanfield scan J_exc=1mV W_inh=1pA",
         "W_exc and W_inh are currents, J_exc and J_inh the voltages they make: give one pair"},
        {"meanfield sacn",
         "unknown kind of table 'sacn': one of rate, transfer, fit, scan, point, live, probe, set, show"},
        {"meanfield set",
         "meanfield set needs something to set: meanfield set tau_s=1ms mu=8mV; help meanfield lists all"},
        {"meanfield mu=3", "meanfield what? rate, transfer, fit, scan, point, live, probe, or set to keep a value"},
        {"meanfield set mu=1mV > x.csv", "meanfield set gives no table that could go into a file after '>'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_error(cases[i][0], cases[i][1]);
}
END_TEST

START_TEST(what_does_not_hold_is_said)
{
    struct outcome o = run("meanfield rate mu=0 sigma=5mV method=taylor; meanfield rate tau_s=2ms");
    ck_assert(o.good);
    ck_assert_msg(strstr(o.err, "a rate below 0 at 1 of 1 points") && strstr(o.err, "for fast synapses"), "%s", o.err);
    ck_assert_msg(strstr(o.out, ",-0.0325") != NULL, "%s", o.out);
    outcome_free(&o);
    static const char *const cases[][2] = {
        {"meanfield fit mu=0,10mV sigma=5mV method=taylor", "a rate below 0 at 1 of 2 points"},
        {"meanfield scan mu=0 sigma=5mV method=taylor", "a rate below 0 at 1 of 1 points"},
        {"meanfield transfer mu=0 sigma=5mV method=taylor freq=1", "a rate below 0 at 1 of 1 points"},
        {"meanfield point nu_ext_exc=10kHz nu_ext_inh=0 method=taylor", "a rate below 0 at 2 of 2 populations"},
        {"meanfield point nu_ext_exc=10kHz nu_ext_inh=0 tau_s=0", "give J_exc and J_inh"},
        {"meanfield scan tau_s=0", "give J_exc and J_inh"},
        {"meanfield point nu_ext_exc=10kHz nu_ext_inh=0 inh.tau_s=2ms", "for fast synapses"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        o = run(cases[i][0]);
        ck_assert_msg(o.good && strstr(o.err, cases[i][1]), "'%s' said: %s", cases[i][0], o.err);
        outcome_free(&o);
    }
}
END_TEST

/* Both at one point takes other rates for each; those in the table are a compromise, and this is said. */
START_TEST(a_compromise_between_populations_is_said)
{
    struct outcome o = run("meanfield scan mu=8mV sigma=8mV exc.tau_m=10ms");
    ck_assert_msg(o.good && strstr(o.err, "put both at 1 of 1 points") && strstr(o.out, ",ok,5098"), "%s%s", o.out,
                  o.err);
    outcome_free(&o);
    o = run("meanfield scan mu=8mV sigma=8mV exc.tau_m=10ms inh.tau_m=10ms");
    ck_assert_msg(o.good && strcmp(o.err, "") == 0, "%s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(a_scan_is_a_file_of_points)
{
    char line[600];
    const char *path = scratch("scan.csv");
    snprintf(line, sizeof line, "meanfield scan mu=10mV,20mV sigma=2mV > %s", path);
    struct outcome o = run(line);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
    snprintf(line, sizeof line, "meanfield rate points=@%s", path);
    struct table t = table_from(line);
    ck_assert_uint_eq(t.rows, 2);
    check_number(&t, 1, "mu", 0.02, 1e-15);
    table_free(&t);
    snprintf(line, sizeof line, "meanfield rate mu=@%s sigma=1mV", path);
    t = table_from(line);
    check_number(&t, 1, "mu", 0.02, 1e-15);
    table_free(&t);
    write_file(path, "sigma,mu\n0.01,ten\n");
    snprintf(line, sizeof line, "meanfield rate points=@%s", path);
    o = run(line);
    ck_assert_msg(!o.good && strstr(o.err, "'ten' in column 2 (mu) is not a number"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: meanfield", the_example_is_the_default_scan, rates_by_every_method,
                       transfer_functions_keep_to_their_columns, working_points_from_a_file_stay_in_order,
                       what_does_not_exist_is_empty, points_are_self_consistent, what_is_set_stays,
                       weights_are_given_either_way, wrong_requests_are_refused, what_does_not_hold_is_said,
                       a_compromise_between_populations_is_said, a_scan_is_a_file_of_points);
}
