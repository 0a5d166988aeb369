/* A number means one thing: what two commands say of the same thing agrees, and with what can be said by hand. */
#include "run.h"

/* Runs lines that succeed and gives what they printed; the caller frees it. */
static char *printed(const char *lines)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "'%s' failed: %s", lines, o.err);
    free(o.err);
    return o.out;
}

static void expect_same(const char *lines, const char *other, bool same)
{
    char *a = printed(lines), *b = printed(other);
    ck_assert_msg((strcmp(a, b) == 0) == same, "'%s' and '%s' printed %s", lines, other, same ? "different things" : a);
    free(a);
    free(b);
}

/* ---- seeds ---- */

START_TEST(objects_have_seeds_of_their_own)
{
    expect_same("population A n=5; neurons A", "population B n=5; neurons B", false);
    expect_same("population A n=5; population B n=5; neurons A", "population A n=5; neurons A", true);
    expect_same("population A n=5 seed=3; neurons A", "population B n=5 seed=3; neurons B", true);
    expect_same("seed 7; population A n=5; neurons A", "population A n=5; seed 7; neurons A", true);
    expect_same("seed 7; population A n=5; neurons A", "seed 8; population A n=5; neurons A", false);
}
END_TEST

START_TEST(noises_have_seeds_of_their_own)
{
    static const char *const kinds[] = {"noise", "white mu=16mV sigma=4mV"};
    char a[200], b[200];
    for (size_t k = 0; k < 2; k++) {
        snprintf(a, sizeof a, "population A n=3 model=lif seed=1; input A %s; run 200ms; spikes A", kinds[k]);
        snprintf(b, sizeof b, "population B n=3 model=lif seed=1; input B %s; run 200ms; spikes B", kinds[k]);
        expect_same(a, b, false);
        snprintf(a, sizeof a, "population A n=3 model=lif seed=1; input A %s seed=65; run 200ms; spikes A", kinds[k]);
        snprintf(b, sizeof b, "population B n=3 model=lif seed=1; input B %s seed=65; run 200ms; spikes B", kinds[k]);
        expect_same(a, b, true);
        snprintf(b, sizeof b, "population B n=3 model=lif seed=1; input B %s seed=66; run 200ms; spikes B", kinds[k]);
        expect_same(a, b, false);
    }
}
END_TEST

/* ---- windows ---- */

/* The cell in row `row` (the header is 0) and column `column` of what lines print last. */
static double cell_of(const char *lines, size_t row, size_t column)
{
    char *out = printed(lines), *at = out;
    for (size_t i = 0; i < row; i++) {
        at = strchr(at, '\n');
        ck_assert_msg(at && at[1], "'%s' has no row %zu: %s", lines, row, out);
        at++;
    }
    for (size_t i = 0; i < column; i++) {
        at = strchr(at, ',');
        ck_assert_msg(at != NULL, "'%s' has no column %zu: %s", lines, column, out);
        at++;
    }
    double value = strtod(at, NULL);
    free(out);
    return value;
}

static void expect_cell(const char *lines, size_t row, size_t column, double right)
{
    double got = cell_of(lines, row, column);
    ck_assert_msg(near_relative(got, right, 1e-12), "'%s': row %zu, column %zu is %.17g, not %.17g", lines, row, column,
                  got, right);
}

static void expect_near(const char *lines, size_t row, size_t column, double right, double tolerance)
{
    double got = cell_of(lines, row, column);
    ck_assert_msg(near_relative(got, right, tolerance), "'%s': row %zu, column %zu is %.17g, not %.17g", lines, row,
                  column, got, right);
}

/* Borrowed until the next one. */
static const char *joined(const char *before, const char *after)
{
    static char lines[700];
    snprintf(lines, sizeof lines, "%s%s", before, after);
    return lines;
}

/* A neuron that spikes in every step. */
static char *every_step(const char *rest)
{
    static char lines[600];
    const char *path = scratch("every_step.csv");
    write_file(path, "gain,bias,e1\n1,500,1\n");
    snprintf(lines, sizeof lines, "population A neurons=@%s tau_ref=0\ninput A 0\n%s", path, rest);
    return lines;
}

START_TEST(adjoining_windows_of_a_population_add_up)
{
    expect_cell(every_step("run 1s; stats A from=100ms to=200ms"), 1, 1, 100);
    expect_cell(every_step("run 1s; stats A from=100ms to=200ms"), 1, 2, 1000);
    expect_cell(every_step("run 1s; stats A from=200ms to=300ms"), 1, 1, 100);
    expect_cell(every_step("run 1s; stats A from=100ms to=300ms"), 1, 1, 200);
    expect_cell(every_step("run 1s; stats A"), 1, 2, 1000);
    /* Times k dt that are no typed number: 3 x 0.1 ms is not 0.3 ms to the last bit. */
    expect_cell(every_step("dt 0.1ms; run 1ms; stats A from=0.3ms to=0.7ms"), 1, 1, 4);
    expect_cell(every_step("dt 0.1ms; run 1ms; stats A to=0.3ms"), 1, 1, 3);
    expect_cell(every_step("run 1s; cursor A 1 100ms; cursor A 2 200ms; select A 0; cursor A"), 1, 4, 100);
    expect_cell(every_step("run 1s; tuning A model=measured points=2 from=100ms to=200ms"), 2, 1, 1000);
}
END_TEST

START_TEST(a_neuron_that_spikes_in_every_step_has_no_variance)
{
    expect_cell(every_step("run 1s; stats A window=10ms"), 1, 10, 0);
    expect_cell(every_step("run 1s; stats A window=30ms from=100ms to=910ms"), 1, 10, 0);
}
END_TEST

static char *loaded(const char *csv, const char *rest)
{
    static char lines[600];
    const char *path = scratch("loaded.csv");
    write_file(path, csv);
    snprintf(lines, sizeof lines, "load %s as R unit=s %s", path, rest);
    return lines;
}

START_TEST(the_time_a_recording_lasted)
{
    const char *three = "time,neuron\n1.0,0\n1.1,0\n1.2,0\n", *one = "time,neuron\n1.0,0\n";
    expect_cell(loaded(three, "; stats R"), 1, 1, 3);
    expect_cell(loaded(three, "; stats R"), 1, 2, 10);
    expect_cell(loaded(three, "; stats R from=1 to=1.1"), 1, 1, 1);
    expect_cell(loaded(three, "; stats R from=1.1 to=1.2"), 1, 1, 1);
    expect_cell(loaded(three, "; stats R from=1 to=1.2"), 1, 2, 10);
    expect_cell(loaded(three, "from=0 to=2; stats R"), 1, 2, 1.5);
    expect_cell(loaded(three, "from=1 to=1.2; stats R"), 1, 1, 2);
    expect_cell(loaded(three, "from=0; stats R"), 1, 2, 2 / 1.2);
    expect_cell(loaded(one, "; stats R"), 1, 2, NAN);
    expect_cell(loaded(one, "from=0 to=4; stats R"), 1, 2, 0.25);
    /* Three rows of 1 ms last 3 ms. */
    expect_cell(loaded("time,a\n0.001,1\n0.002,0\n0.003,1\n", "format=dense; stats R"), 1, 2, 2 / 0.003);
    struct outcome o = run(loaded("time,a\n0.001,1\n0.002,0\n0.003,1\n", "format=dense from=0"));
    ck_assert_msg(!o.good && strstr(o.err, "the rows of a dense file say what time it spans"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(a_stimulus_is_known_from_its_first_to_its_last_sample)
{
    const char *stimulus = scratch("stim.csv");
    char rest[400];
    write_file(stimulus, "time,x\n0,0\n1,1\n11,0\n");
    snprintf(rest, sizeof rest, "stimulus=@%s; tuning R points=2", stimulus);
    const char *spikes = "time,neuron\n0.5,a\n1.5,a\n5,a\n10,a\n11,a\n";
    expect_cell(loaded(spikes, rest), 1, 1, 1);
    expect_cell(loaded(spikes, rest), 2, 1, 0.3);
}
END_TEST

/* ---- neurons that changed ---- */

START_TEST(tables_begin_where_the_neurons_changed)
{
    const char *path = scratch("silent.csv");
    char lines[400];
    write_file(path, "gain,bias,e1\n1,0,1\n");
    snprintf(lines, sizeof lines, "%s\npopulation A neurons=@%s\nrun 100ms\nstats A", every_step("run 100ms"), path);
    struct outcome o = run(lines);
    ck_assert_msg(o.good && strstr(o.err, "A: begins at 100 ms, when its neurons changed; from= asks for more"), "%s",
                  o.err);
    outcome_free(&o);
    expect_cell(lines, 1, 2, 0);
    strcat(lines, " from=0");
    expect_cell(lines, 1, 2, 500);
    expect_cell(every_step("run 100ms; set A sigma=0.1; run 100ms; stats A"), 1, 1,
                200); /* no neuron's spikes know sigma */
}
END_TEST

/* A file has no place for when that was. */
START_TEST(a_saved_record_of_changed_neurons_is_told_of)
{
    for (int changed = 0; changed < 2; changed++) {
        char all[400];
        snprintf(all, sizeof all, "population A n=3; input A 1; run 50ms; %s; run 50ms; save A %s overwrite=on",
                 changed ? "population A n=2" : "input A 0.5", scratch("changed.csv"));
        struct outcome o = run(all);
        bool said = strstr(
            o.err, "A: its neurons changed at 50 ms; the file holds what others of their numbers spiked before, too");
        ck_assert_msg(o.good && said == changed, "%s%s", all, o.err);
        outcome_free(&o);
    }
}
END_TEST

/* ---- what panes draw, as numbers ---- */

START_TEST(panes_have_tables)
{
    const char *burst = "time,neuron\n0.1,a\n0.2,a\n0.4,a\n0.5,b\n";
    char *out = printed(loaded(burst, "from=0 to=1; counts R; intervals R a; isi R bins=2; poprate R bin=500ms"));
    ck_assert_str_eq(out, "neuron,spikes,rate\na,3,3\nb,1,1\n"
                          "neuron,time,interval\na,0.20000000000000001,0.10000000000000001\n"
                          "a,0.40000000000000002,0.20000000000000001\n"
                          "from,to,intervals\n0,0.10000000000000001,0\n0.10000000000000001,0.20000000000000001,2\n"
                          "from,to,spikes,rate\n0,0.5,3,3\n0.5,1,1,1\n");
    free(out);
    expect_cell(every_step("run 1s; poprate A bin=100ms"), 10, 2, 100);
}
END_TEST

/* ---- inputs ---- */

/* Ten samples a step: the last of each ten is played, and the others are told of, as are frequencies that are too
 * fast. */
START_TEST(samples_between_steps_are_told_of)
{
    const char *path = scratch("fast.csv");
    char text[3000] = "time,x\n", lines[300];
    for (int i = 0; i < 100; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%.4f,%d\n", i * 1e-4, i);
    write_file(path, text);
    snprintf(lines, sizeof lines, "population A n=1; input A file @%s; run 3ms; trace A", path);
    struct outcome o = run(lines);
    ck_assert_msg(strstr(o.err, "input of A: 89 of 100 samples lie between steps of 1 ms and are not played"), "%s",
                  o.err);
    ck_assert_msg(strstr(o.out, "\n0.001,10\n0.002,20\n"), "%s", o.out);
    outcome_free(&o);
    snprintf(lines, sizeof lines, "population A n=1; dt 0.1ms; input A file @%s; dt 0.05ms", path);
    o = run(lines);
    ck_assert_msg(o.good && strcmp(o.err, "") == 0, "%s", o.err);
    outcome_free(&o);
    snprintf(lines, sizeof lines, "population A n=1; dt 0.1ms; input A file @%s; dt 0.2ms", path);
    o = run(lines);
    ck_assert_msg(strstr(o.err, "input of A: 49 of 100 samples lie between steps of 200 us"), "%s", o.err);
    outcome_free(&o);
    write_file(path, "x\n10\n20\n30\n40\n");
    snprintf(lines, sizeof lines, "population A n=1; input A file @%s; dt 2ms", path);
    o = run(lines);
    ck_assert_msg(strstr(o.err, "input of A: 2 of 4 samples lie between steps of 2 ms"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(a_row_is_played_in_its_step)
{
    const char *path = scratch("rows.csv");
    char lines[400];
    write_file(path, "x\n10\n20\n30\n40\n");
    snprintf(lines, sizeof lines, "population A n=2; input A file @%s; run 6ms; decoded A", path);
    static const double right[] = {10, 20, 30, 40, 40, 40};
    for (size_t i = 0; i < 6; i++)
        expect_cell(lines, i + 1, 1, right[i]);
    snprintf(lines, sizeof lines, "population A n=2; input A file @%s dt=2ms repeat=1; run 10ms; decoded A", path);
    static const double twice[] = {10, 10, 20, 20, 30, 30, 40, 40, 10, 10};
    for (size_t i = 0; i < 10; i++)
        expect_cell(lines, i + 1, 1, twice[i]);
}
END_TEST

START_TEST(rows_of_decoded_are_multiples_of_dt)
{
    expect_cell("population A n=5; dt 0.1ms; run 5ms; decoded A dt=1ms", 1, 0, 0.001);
    expect_cell("population A n=5; dt 0.1ms; run 5ms; decoded A dt=1ms from=1.5ms", 1, 0, 0.002);
}
END_TEST

/* ---- neurons ---- */

START_TEST(amplitude_is_where_spikes_have_one)
{
    expect_error(
        "population A amplitude=2",
        "amplitude=2: FastLIF spikes are 1/dt high whatever it is, so that its curves and decoders would not fit "
        "them; model=lif has spikes of amplitude/dt");
    free(printed("population A amplitude=2 model=lif; population B amplitude=2 model=softlif"));
}
END_TEST

/* With an amplitude, rates beside a curve are in its units: tables, lines, dots. */
START_TEST(rates_are_in_the_units_of_their_curve)
{
    const char *path = scratch("unit.csv");
    char lines[500], table[600];
    write_file(path, "gain,bias,e1\n1,1.1565176427496657,1\n"); /* 1/(0.002 + 0.02 ln(1 + 1/0.1565)) = 23.8 Hz */
    double right = 0.1 / (0.002 + 0.02 * log1p(1 / 0.1565176427496657));
    snprintf(lines, sizeof lines, "population A neurons=@%s model=lif amplitude=0.1; input A 0; run 2s; select A 0; ",
             path);
    snprintf(table, sizeof table, "%srates A from=1s to=1s", lines);
    expect_near(table, 1, 1, right, 0.02);
    snprintf(table, sizeof table, "%stuning A model=measured points=3", lines);
    expect_near(table, 2, 1, right, 0.02);
    snprintf(table, sizeof table, "%stuning A model=lif points=3", lines);
    expect_near(table, 2, 1, right, 1e-9);
    snprintf(table, sizeof table, "%srates A from=1s to=1s", lines);
    struct outcome o = run(table);
    ck_assert_msg(strstr(o.err, "A: rates are in the units of its curves, amplitude=0.1 times spikes per second"), "%s",
                  o.err);
    outcome_free(&o);
    snprintf(table, sizeof table, "%spane 2 rates A; save-screen", lines);
    o = run_sized(table, 200, 40, false);
    char predicted[60];
    snprintf(predicted, sizeof predicted, "%3.0f Hz, predicted %3.0f", right, right);
    ck_assert_msg(strstr(o.out, predicted) && strstr(o.out, "rates: 0.1 × spikes/s"), "%s: %s%s", predicted, o.err,
                  o.out);
    outcome_free(&o);
}
END_TEST

/* The same neuron and input with amplitude a: all currents are the same, so the fit is, and its residual is a times as
 * large. Under white noise the theory is beside it, which counts spikes. */
START_TEST(residuals_have_the_unit_of_their_curve_and_theory_counts_spikes)
{
    double rms[2], rate[2];
    static const char *const amplitude[2] = {"", "amplitude=0.25"};
    for (int i = 0; i < 2; i++) {
        char lines[300], *end;
        snprintf(lines, sizeof lines, "population A n=1 seed=2 model=lif %s; input A sine freq=1Hz; run 4s; fit A",
                 amplitude[i]);
        struct outcome o = run(lines);
        ck_assert_msg(o.good && (strstr(o.err, "rates are in the units of its curves") != NULL) == (i == 1), "%s",
                      o.err);
        const char *cell = strchr(o.out, '\n') + 1;
        for (int k = 0; k < 6; k++)
            cell = strchr(cell, ',') + 1;
        rms[i] = strtod(cell, &end);
        outcome_free(&o);
        snprintf(lines, sizeof lines,
                 "population A n=1 seed=2 model=lif %s; input A white mu=20mV sigma=5mV; run 2s; "
                 "rates A from=1s to=1s",
                 amplitude[i]);
        o = run(lines);
        ck_assert_msg(o.good && !strstr(o.err, "rates are in the units"), "%s", o.err);
        rate[i] = atof(strrchr(o.out, ',') + 1);
        outcome_free(&o);
    }
    ck_assert_double_eq_tol(rms[1], 0.25 * rms[0], 1e-12 * rms[0]);
    ck_assert_msg(rate[0] > 10 && rate[0] == rate[1], "%g and %g Hz", rate[0], rate[1]);
}
END_TEST

/* J = 0.95: SoftLIF would fire at 7.6 Hz, the neuron does not, and nothing says that it should. */
START_TEST(neurons_are_judged_by_their_own_curve)
{
    const char *path = scratch("below.csv");
    char lines[400];
    write_file(path, "gain,bias,e1\n1,0.95,1\n");
    snprintf(lines, sizeof lines, "population A neurons=@%s; input A 0; run 2s; select A 0; ", path);
    struct outcome o = run_sized(joined(lines, "save-screen"), 200, 40, false);
    ck_assert_msg(strstr(o.out, "0:   0 Hz, predicted   0"), "%s%s", o.err, o.out);
    ck_assert_msg(strstr(o.out, "LIF predicts") && !strstr(o.out, "SoftLIF predicts"), "%s", o.out);
    ck_assert_msg(strstr(o.out, "tuning A (SoftLIF") && strstr(o.out, "┄ LIF · 1 of 1 curve"), "%s", o.out);
    outcome_free(&o);
    expect_cell(joined(lines, "tuning A points=3"), 2, 1, 0);
    o = run_sized(joined(lines, "pane 3 tuning A model=lif; save-screen"), 200, 40, false);
    ck_assert_msg(strstr(o.out, "tuning A (LIF)") && !strstr(o.out, "┄ LIF ·"), "%s", o.out);
    outcome_free(&o);
}
END_TEST

START_TEST(encoders_of_a_file_keep_their_current)
{
    const char *path = scratch("long.csv");
    char lines[300];
    write_file(path, "gain,bias,e1\n2,1,2\n");
    snprintf(lines, sizeof lines, "population A neurons=@%s model=lif; neurons A", path);
    expect_cell(lines, 1, 1, 4);
    expect_cell(lines, 1, 3, 1 / (0.002 + 0.02 * log1p(0.25)));
    expect_cell(lines, 1, 5, 1);
    struct outcome o = run(lines);
    ck_assert_msg(strstr(o.err, "A: 1 of 1 encoders are not of length 1 (neuron 0: 2)"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(slopes_far_below_threshold_are_finite)
{
    /* There j = sigma exp(u), and dr/dJ = amplitude / (sigma tau_rc log(j)^2). */
    double sigma = 0.9059616787360244, log_j = (-638.1635151992037 - 1) / sigma + log(sigma);
    double right = 60.752984742955263 / (sigma * 1.0848335053835857e-06 * log_j * log_j);
    ck_assert(fabs(right - 124.16) < 0.01);
    expect_cell(
        "response model=softlif J=-638.1635151992037 sigma=0.9059616787360244 amplitude=60.752984742955263 tau_ref=0 "
        "tau_rc=1.0848335053835857e-06",
        1, 2, right);
}
END_TEST

/* ---- mean field ---- */

START_TEST(theory_meets_its_limits)
{
    const char *transfer = "meanfield transfer mu=16mV sigma=4mV tau_m=10ms tau_s=0 tau_r=5ms freq=0,0.001Hz";
    double still = cell_of(transfer, 1, 5), slow = cell_of(transfer, 2, 5);
    ck_assert_msg(fabs(still - slow) < 1e-4 * still, "%g at 0 Hz, %g at 1 mHz", still, slow);
    /* At the threshold tau_m (ln(2 (V_th - V_0) / sigma) + Euler's constant / 2) pass from reset to threshold, however
     * little noise there is. */
    static const double least[] = {1e-11, 1e-13, 1e-18, 1e-30, 1e-300};
    for (size_t i = 0; i < sizeof least / sizeof *least; i++) {
        char line[200];
        snprintf(line, sizeof line, "meanfield rate mu=15mV sigma=%gV method=delta", least[i]);
        double rate = cell_of(line, 1, 2), right = 1 / (0.005 * (log(0.03 / least[i]) + 0.57721566490153286 / 2));
        ck_assert_msg(fabs(rate - right) < 1e-9 * right, "%s: %.15g Hz, not %.15g", line, rate, right);
    }
    ck_assert(fabs(cell_of("meanfield rate mu=15mV sigma=0.00000000001V method=delta", 1, 2) - 9.05) < 0.01);
    ck_assert(cell_of("meanfield rate mu=15mV sigma=0V method=delta", 1, 2) == 0);
}
END_TEST

int main(void)
{
    return HARNESS_RUN(
        "command: numbers", objects_have_seeds_of_their_own, noises_have_seeds_of_their_own,
        adjoining_windows_of_a_population_add_up, a_neuron_that_spikes_in_every_step_has_no_variance,
        the_time_a_recording_lasted, a_stimulus_is_known_from_its_first_to_its_last_sample,
        tables_begin_where_the_neurons_changed, a_saved_record_of_changed_neurons_is_told_of, panes_have_tables,
        a_row_is_played_in_its_step, samples_between_steps_are_told_of, rows_of_decoded_are_multiples_of_dt,
        amplitude_is_where_spikes_have_one, rates_are_in_the_units_of_their_curve,
        residuals_have_the_unit_of_their_curve_and_theory_counts_spikes, neurons_are_judged_by_their_own_curve,
        encoders_of_a_file_keep_their_current, slopes_far_below_threshold_are_finite, theory_meets_its_limits);
}
