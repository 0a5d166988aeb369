/* Tuning curves of recordings and live populations, and fits, as a script sees them. */
#include "run.h"

#include "base/text.h"

static char *with_files(const char *lines, const char *spikes, const char *stimulus)
{
    struct text out = {0};
    for (const char *c = lines; *c; c++)
        if (*c == '$')
            text_add(&out, spikes);
        else if (*c == '%')
            text_add(&out, stimulus);
        else
            text_append(&out, c, 1);
    return out.bytes;
}

/* x is -1 for a second, then 0, then 1; neuron a spikes once, twice, four times, b in the last second only. */
static const char *const spike_text = "time,neuron\n0.5,a\n1.25,a\n1.75,a\n2.2,a\n2.4,a\n2.5,b\n2.6,a\n2.8,a\n";
static const char *const stimulus_text = "time,x\n0,-1\n1,0\n2,1\n3,1\n";

static struct outcome run_files(const char *spikes, const char *stimulus, const char *lines)
{
    const char *spike_path = scratch("spikes.csv"), *stimulus_path = scratch("stim.csv");
    write_file(spike_path, spikes);
    write_file(stimulus_path, stimulus);
    char *all = with_files(lines, spike_path, stimulus_path);
    struct outcome o = run(all);
    free(all);
    return o;
}

static void expect_table(const char *lines, const char *out)
{
    struct outcome o = run_files(spike_text, stimulus_text, lines);
    ck_assert_msg(o.good, "'%s' failed: %s", lines, o.err);
    ck_assert_msg(strcmp(o.out, out) == 0, "'%s' printed\n%s\nnot\n%s", lines, o.out, out);
    outcome_free(&o);
}

static void expect_said(const char *spikes, const char *stimulus, const char *lines, bool good, const char *said)
{
    struct outcome o = run_files(spikes, stimulus, lines);
    ck_assert_msg(o.good == good && strstr(o.err, said), "'%s' %s and said\n%s\nnot\n%s", lines,
                  o.good ? "went well" : "failed", o.err, said);
    outcome_free(&o);
}

START_TEST(a_recording_is_measured_against_its_stimulus)
{
    const char *table = "x,a,b\n-1,1,0\n0,2,0\n1,4,1\n";
    expect_table("load $ as R unit=s stimulus=@%; tuning R points=3", table);
    expect_table("load $ as R unit=s\nstimulus R @%\ntuning R model=measured points=3", table);
    expect_table("load $ as R unit=s stimulus=@%; tuning R points=3 errors=on",
                 "x,a,a_se,b,b_se\n-1,1,1,0,0\n0,2,1.4142135623730951,0,0\n1,4,2,1,1\n");
    expect_table("load $ as R unit=s stimulus=@%; tuning R points=2 from=1s to=2.5s", "x,a,b\n0,2,0\n1,4,0\n");
    expect_table("load $ as R unit=s stimulus=@%; tuning R points=4", "x,a,b\n-1,1,0\n-0.25,nan,nan\n0,2,0\n1,4,1\n");
}
END_TEST

START_TEST(lines_between_samples_are_followed)
{
    /* x goes from -1 to 1 in two seconds: half a second in each of four equal bins. */
    expect_table("load $ as R unit=s; stimulus R @% interp=linear; tuning R points=4 to=2s",
                 "x,a,b\n-0.75,0,0\n-0.25,2,0\n0.25,2,0\n0.75,2,0\n");
}
END_TEST

START_TEST(a_column_of_a_dense_file_is_a_stimulus)
{
    const char *path = scratch("dense.csv");
    char lines[400];
    write_file(path, "time,x,n\n0.25,-1,0\n0.5,-1,1\n0.75,1,1\n1,1,1\n");
    snprintf(lines, sizeof lines, "load %s as R stimulus=x\ntuning R points=2 errors=on", path);
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_str_eq(o.out, "x,n,n_se\n-1,2,2\n1,4,2.8284271247461903\n");
    ck_assert_msg(strstr(o.err, "R: stimulus: column x, 4 samples from -1 to 1\n"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(a_population_is_measured_against_its_input)
{
    /* One spike every so many steps; three seconds at three values of x. */
    const char *lines = "population A n=1 encoders=1 max_rates=200 intercepts=-0.5\ninput A -1\nrun 1s\n"
                        "set A input=0\nrun 1s\nset A input=1\nrun 1s\ntuning A model=measured points=3 errors=on";
    struct outcome o = run(lines);
    double x[3], rate[3], error[3];
    ck_assert_msg(o.good && sscanf(o.out, "x,0,0_se %lf,%lf,%lf %lf,%lf,%lf %lf,%lf,%lf", &x[0], &rate[0], &error[0],
                                   &x[1], &rate[1], &error[1], &x[2], &rate[2], &error[2]) == 9,
                  "%s%s", o.out, o.err);
    ck_assert_msg(x[0] == -1 && rate[0] == 0 && fabs(rate[2] - 200) < 3 && fabs(error[2] - sqrt(rate[2])) < 1e-9, "%s",
                  o.out);
    outcome_free(&o);
}
END_TEST

START_TEST(what_cannot_be_measured_gets_its_sentence)
{
    static const struct {
        const char *lines, *said;
    } rows[] = {
        {"load $ as R unit=s; tuning R", "R has no stimulus beside it; stimulus R @FILE.csv gives one"},
        {"load $ as R unit=s; fit R", "R has no stimulus beside it"},
        {"load $ as R unit=s; stimulus R", "R has no stimulus; stimulus R @FILE.csv gives one"},
        {"load $ as R unit=s stimulus=@%; tuning R model=lif",
         "R is a recording: its curves are model=measured, and model=fitted after fit R"},
        {"load $ as R unit=s stimulus=@%; tuning R model=fitted", "there are no fitted curves of R; fit finds them"},
        {"load $ as R unit=s stimulus=@%; tuning R from=50s", "nothing is known about x of R from 50 s to 3 s"},
        {"load $ as R unit=s stimulus=@%; tuning R points=1", "points=1: measured curves need 2 at least"},
        {"load $ as R unit=s stimulus=@%; fit R c", "R has no neuron 'c'"},
        {"load $ as R unit=s stimulus=@%; fit R model=lif sigma=0.1", "the LIF curve has a hard one"},
        {"load $ as R unit=s stimulus=@nosuch.csv", "nosuch.csv"},
        {"population A n=2; tuning A errors=on", "errors, from and to are for measured curves: model=measured"},
        {"population A n=2; tuning A model=fitted", "there are no fitted curves of A; they are kept of recordings"},
        {"population A n=2 model=softlif; fit A", "which do not spike; its parameters are known: neurons NAME"},
        {"population A n=2; stimulus A @%", "A is a population, a recording is wanted here"},
        {"load $ as R unit=s; open tuning R", "R has no stimulus beside it, which a tuning pane needs"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_said(spike_text, stimulus_text, rows[i].lines, false, rows[i].said);
    expect_said(spike_text, "time,x\n0,1\n1,nan\n", "load $ as R unit=s; stimulus R @%", false,
                "row 2 of stim.csv has time 1 and value nan");
    expect_said(spike_text, "time_s,x\n10,1\n11,2\n", "load $ as R unit=s; stimulus R @%", false,
                "they have no moment in common");
    /* What was there stays. */
    expect_said(spike_text, stimulus_text, "load $ as R unit=s stimulus=@%\nload $ as R stimulus=@nosuch.csv", false,
                "nosuch.csv");
}
END_TEST

START_TEST(silence_beyond_the_spikes_is_pointed_out)
{
    expect_said(spike_text, "time,x\n0,1\n10,2\n20,1\n", "load $ as R unit=s stimulus=@%", true,
                "R: the stimulus goes from 0 s to 20 s, the spikes from 500 ms to 2.8 s: time without spikes counts as "
                "silence; from= and to= in tuning and fit leave out what was not recorded");
}
END_TEST

START_TEST(hardly_any_spikes_fit_nothing)
{
    struct outcome o =
        run_files("time,neuron\n0.5,a\n", "time,x\n0,1\n1,1\n", "load $ as R unit=s stimulus=@%; fit R; tuning R");
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_str_eq(o.out,
                     "neuron,gain,bias,tau_rc,tau_ref,sigma,rms,status,gain_se,bias_se,tau_rc_se,tau_ref_se,sigma_se\n"
                     "a,nan,nan,nan,nan,nan,nan,too_few_points,nan,nan,nan,nan,nan\n"
                     "x,a\n1,1\n");
    outcome_free(&o);
    o = run_files(spike_text, "time,x\n2.7,1\n2.75,2\n2.8,3\n2.9,2.5\n3,2.5\n",
                  "load $ as R unit=s stimulus=@%; fit R b");
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_msg(strstr(o.out, "\nb,nan,nan,nan,nan,nan,nan,no_spikes,nan,nan,nan,nan,nan\n"), "%s%s", o.out, o.err);
    outcome_free(&o);
}
END_TEST

/* One row of `fit`. */
struct row {
    double gain, bias, tau_rc, tau_ref, sigma, rms;
    char status[48];
    double gain_se, bias_se, tau_rc_se, tau_ref_se, sigma_se;
};

static size_t read_rows(const char *out, struct row *rows, size_t room)
{
    size_t count = 0;
    for (const char *line = strchr(out, '\n'); line && line[1] && count < room; line = strchr(line + 1, '\n')) {
        struct row *r = &rows[count++];
        int got = sscanf(line + 1, "%*[^,],%lf,%lf,%lf,%lf,%lf,%lf,%47[^,],%lf,%lf,%lf,%lf,%lf", &r->gain, &r->bias,
                         &r->tau_rc, &r->tau_ref, &r->sigma, &r->rms, r->status, &r->gain_se, &r->bias_se,
                         &r->tau_rc_se, &r->tau_ref_se, &r->sigma_se);
        ck_assert_msg(got == 12, "a row of fit is '%s'", line + 1);
    }
    return count;
}

static void expect_close(const char *what, double got, double wanted, double tolerance)
{
    ck_assert_msg(fabs(got - wanted) <= tolerance, "%s is %g, not %g within %g", what, got, wanted, tolerance);
}

/* What the neurons are is known; a slow sine shows their curves. */
static const char *const population_lines = "population A neurons=@%\ninput A sine frequency=0.02Hz\nrun 50s\n";
static const char *const neuron_text = "gain,bias,e1\n3,0.5,1\n2,1.5,-1\n5,-1,1\n";
static const double gains[] = {3, -2, 5}, biases[] = {0.5, 1.5, -1};

static void check_rows(const char *out)
{
    struct row rows[4];
    ck_assert_msg(read_rows(out, rows, 4) == 3, "%s", out);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_msg(strcmp(rows[i].status, "ok") == 0, "status %s", rows[i].status);
        expect_close("gain", rows[i].gain, gains[i], 0.05 * fabs(gains[i]));
        expect_close("corner", (1 - rows[i].bias) / rows[i].gain, (1 - biases[i]) / gains[i], 0.01);
        ck_assert_msg(rows[i].tau_rc == 0.02 && rows[i].tau_ref == 0.002 && rows[i].rms < 3, "%s", out);
    }
}

START_TEST(a_fit_finds_what_a_population_is)
{
    struct text lines = {0};
    text_printf(&lines, "%sfit A model=lif tau_rc=20ms tau_ref=2ms", population_lines);
    struct outcome o = run_files("", neuron_text, text_string(&lines));
    ck_assert_msg(o.good && !*o.err, "%s", o.err);
    check_rows(o.out);
    outcome_free(&o);
    text_clear(&lines);
    text_printf(&lines, "%sfit A", population_lines);
    o = run_files("", neuron_text, text_string(&lines));
    struct row rows[4];
    ck_assert_msg(o.good && read_rows(o.out, rows, 4) == 3, "%s%s", o.out, o.err);
    for (size_t i = 0; i < 3; i++) {
        expect_close("tau_rc", rows[i].tau_rc, 0.02, 0.008);
        expect_close("gain", rows[i].gain, gains[i], 0.45 * fabs(gains[i]));
        expect_close("corner", (1 - rows[i].bias) / rows[i].gain, (1 - biases[i]) / gains[i], 0.01);
    }
    outcome_free(&o);
    text_free(&lines);
}
END_TEST

/* The same spikes as a recording, with the input as its stimulus. */
START_TEST(a_fit_finds_it_in_a_recording_too)
{
    const char *neurons = scratch("neurons.csv"), *spikes = scratch("s.csv"), *stimulus = scratch("x.csv");
    struct text lines = {0}, wave = {0};
    write_file(neurons, neuron_text);
    text_add(&wave, "time,x\n");
    for (int k = 0; k <= 50000; k += 10)
        text_printf(&wave, "%.3f,%.17g\n", k / 1000.0, sin(2 * 3.14159265358979323846 * 0.02 * k / 1000.0));
    write_file(stimulus, text_string(&wave));
    text_printf(&lines,
                "population A neurons=@%s\ninput A sine frequency=0.02Hz\nrun 50s\nspikes A > %s\n"
                "load %s as R stimulus=@%s\nfit R model=lif tau_rc=20ms tau_ref=2ms",
                neurons, spikes, spikes, stimulus);
    struct outcome o = run(text_string(&lines));
    ck_assert_msg(o.good, "%s", o.err);
    check_rows(o.out);
    outcome_free(&o);
    text_free(&lines);
    text_free(&wave);
}
END_TEST

/* Neurons whose parameters are known, simulated, saved, loaded and fitted: with few bins and with many each parameter
 * comes back within twice its reported error (and what the points cannot tell has a large one). */
START_TEST(parameters_come_back_within_their_errors)
{
    const char *neurons = scratch("neurons.csv"), *spikes = scratch("s.csv"), *stimulus = scratch("x.csv");
    struct text lines = {0}, wave = {0};
    static const int points[] = {5, 9, 31}, all = sizeof points / sizeof *points;
    write_file(neurons, neuron_text);
    text_add(&wave, "time,x\n");
    for (int k = 0; k <= 50000; k += 10)
        text_printf(&wave, "%.3f,%.17g\n", k / 1000.0, sin(2 * 3.14159265358979323846 * 0.02 * k / 1000.0));
    write_file(stimulus, text_string(&wave));
    text_printf(&lines,
                "dt 0.1ms\npopulation A neurons=@%s model=lif\ninput A sine frequency=0.02Hz\nrun 50s\nsave A %s\n"
                "load %s as R stimulus=@%s\n",
                neurons, spikes, spikes, stimulus);
    for (int i = 0; i < all; i++)
        text_printf(&lines, "fit R model=lif points=%d\n", points[i]);
    struct outcome o = run(text_string(&lines));
    ck_assert_msg(o.good, "%s", o.err);
    const char *table = o.out;
    for (int i = 0; i < all; i++) {
        struct row rows[3];
        ck_assert_msg(table && read_rows(table, rows, 3) == 3, "%s", o.out);
        for (int k = 0; k < 3; k++) {
            expect_close("gain", rows[k].gain, gains[k], 2 * rows[k].gain_se);
            expect_close("bias", rows[k].bias, biases[k], 2 * rows[k].bias_se);
            expect_close("tau_rc", rows[k].tau_rc, 0.02, 2 * rows[k].tau_rc_se);
            expect_close("tau_ref", rows[k].tau_ref, 0.002, 2 * rows[k].tau_ref_se);
            ck_assert_msg(rows[k].gain_se < 0.5 * fabs(rows[k].gain) && rows[k].tau_ref_se < 0.002 &&
                              rows[k].sigma_se == 0,
                          "%d points: errors %g of gain, %g of tau_ref, %g of sigma", points[i], rows[k].gain_se,
                          rows[k].tau_ref_se, rows[k].sigma_se);
        }
        table = strstr(table + 1, "neuron,gain");
    }
    outcome_free(&o);
    text_free(&lines);
    text_free(&wave);
}
END_TEST

/* At low rates the refractory period makes no difference: its error says so. What is given has none. */
START_TEST(what_is_not_determined_has_a_large_error)
{
    struct row row;
    struct outcome o =
        run("population A n=1 encoders=1 max_rates=12 intercepts=-0.5 model=lif\ninput A sine 0.02Hz\nrun 100s\n"
            "fit A model=lif\nfit A model=lif tau_rc=20ms tau_ref=2ms");
    ck_assert_msg(o.good && read_rows(o.out, &row, 1) == 1, "%s%s", o.out, o.err);
    ck_assert_msg(row.tau_ref_se > row.tau_ref, "tau_ref %g with an error of %g", row.tau_ref, row.tau_ref_se);
    ck_assert_msg(strstr(row.status, "tau_ref"), "status %s", row.status);
    ck_assert_msg(read_rows(strstr(o.out + 1, "neuron,"), &row, 1) == 1, "%s", o.out);
    ck_assert_msg(row.tau_ref_se == 0 && row.tau_rc_se == 0 && row.gain_se > 0, "%s", o.out);
    outcome_free(&o);
}
END_TEST

START_TEST(the_pane_shows_points_curve_and_residual)
{
    const char *picture = scratch("screen.txt");
    struct text lines = {0};
    text_printf(&lines,
                "load $ as R unit=s stimulus=@%%\nselect R a\nfit R tau_rc=20ms tau_ref=2ms sigma=0.05 > %s\n"
                "save-screen %s",
                scratch("fit.csv"), picture);
    struct outcome o = run_files(spike_text, stimulus_text, text_string(&lines));
    ck_assert_msg(o.good, "%s", o.err);
    char *screen = read_file(picture);
    ck_assert_msg(screen && strstr(screen, "tuning R") && strstr(screen, "residual") && strstr(screen, "\xe2\x97\x8f"),
                  "the screen is\n%s", screen);
    free(screen);
    outcome_free(&o);
    text_free(&lines);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: tuning", a_recording_is_measured_against_its_stimulus,
                       lines_between_samples_are_followed, a_column_of_a_dense_file_is_a_stimulus,
                       a_population_is_measured_against_its_input, what_cannot_be_measured_gets_its_sentence,
                       silence_beyond_the_spikes_is_pointed_out, hardly_any_spikes_fit_nothing,
                       a_fit_finds_what_a_population_is, a_fit_finds_it_in_a_recording_too,
                       parameters_come_back_within_their_errors, what_is_not_determined_has_a_large_error,
                       the_pane_shows_points_curve_and_residual);
}
