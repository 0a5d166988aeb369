/* The tables commands give against the peer's numbers (test/data). */
#include "run.h"

#include "base/text.h"
#include "signal/kernel.h"

/* CSV text as a table; takes the text. */
static struct table table_of(char *text)
{
    const char *path = scratch("table.csv");
    write_file(path, text);
    free(text);
    struct table t = {0};
    t.text = read_file(path);
    ck_assert_msg(strchr(t.text, '\n') != NULL, "no table");
    table_parse(&t);
    return t;
}

/* Runs lines that print one table. */
static struct table table_from(const char *lines)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "'%s' failed: %s", lines, o.err);
    free(o.err);
    return table_of(o.out);
}

static double cell(const struct table *t, size_t row, size_t column)
{
    return strtod(t->cell[row * t->columns + column], NULL);
}

/* ---- response ---- */

static void check_response(const char *model, const struct table *cases, size_t c, const struct table *rates,
                           const char *rate_column, const char *slope_column)
{
    struct text file = {0}, line = {0};
    size_t *row = malloc(rates->rows * sizeof *row), count = 0;
    text_add(&file, "other,J\n");
    for (size_t i = 0; i < rates->rows; i++)
        if (table_number(rates, i, "case") == (double)c) {
            text_printf(&file, "7,%s\n", table_text(rates, i, "J"));
            row[count++] = i;
        }
    const char *path = scratch("J.csv");
    write_file(path, file.bytes);
    double amplitude = table_number(cases, c, "amplitude"), tau_rc = table_number(cases, c, "tau_rc");
    text_printf(&line, "response model=%s J=@%s tau_rc=%.17g tau_ref=%.17g sigma=%.17g amplitude=%.17g", model, path,
                tau_rc, table_number(cases, c, "tau_ref"), table_number(cases, c, "sigma"), amplitude);
    struct table got = table_from(line.bytes);
    ck_assert_uint_eq(got.rows, count);
    for (size_t i = 0; i < count; i++) {
        double want = table_number(rates, row[i], rate_column);
        ck_assert_msg(near_relative(cell(&got, i, 1), want, 1e-12), "case %zu, J=%s: rate %.17g, not %.17g", c,
                      table_text(rates, row[i], "J"), cell(&got, i, 1), want);
        if (!slope_column)
            continue;
        want = table_number(rates, row[i], slope_column);
        double slope = cell(&got, i, 2);
        bool good = isnan(want) ? near_relative(slope, amplitude / tau_rc, 1e-9) || slope == 0
                                : near_relative(slope, want, 1e-12);
        ck_assert_msg(good, "case %zu, J=%s: slope %.17g, not %.17g", c, table_text(rates, row[i], "J"), slope, want);
    }
    table_free(&got);
    text_free(&file);
    text_free(&line);
    free(row);
}

START_TEST(response_gives_the_peers_rates_and_slopes)
{
    struct table cases = table_read("softlif_cases.csv"), rates = table_read("softlif_rates.csv");
    for (size_t c = 0; c < cases.rows; c++) {
        check_response("softlif", &cases, c, &rates, "softlif_rate", "softlif_drate_dJ");
        check_response("lif", &cases, c, &rates, "lif_rate", NULL);
    }
    table_free(&cases);
    table_free(&rates);
}
END_TEST

START_TEST(response_multiplies_the_slope_with_the_gain)
{
    struct table cases = table_read("softlif_cases.csv"), want = table_read("softlif_gain_bias_derivative.csv");
    for (size_t i = 0; i < want.rows; i += 7) {
        size_t c = (size_t)table_number(&want, i, "case");
        double gain = table_number(&want, i, "gain");
        double J = gain * table_number(&want, i, "x") + table_number(&want, i, "bias");
        char line[512];
        snprintf(line, sizeof line,
                 "response J=%.17g gain=%.17g tau_rc=%.17g tau_ref=%.17g sigma=%.17g amplitude=%.17g", J, gain,
                 table_number(&cases, c, "tau_rc"), table_number(&cases, c, "tau_ref"),
                 table_number(&cases, c, "sigma"), table_number(&cases, c, "amplitude"));
        struct table got = table_from(line);
        double slope = table_number(&want, i, "softlif_drate_dx");
        ck_assert_msg(near_relative(cell(&got, 0, 2), slope, 1e-12), "row %zu: %.17g, not %.17g", i, cell(&got, 0, 2),
                      slope);
        table_free(&got);
    }
    table_free(&cases);
    table_free(&want);
}
END_TEST

/* ---- inject ---- */

/* The trace's currents, one column a neuron and one row a step; step 0 is the initial state. */
static void write_currents(const struct table *trace, size_t neurons, const char *path)
{
    struct text file = {0};
    for (size_t i = neurons; i < trace->rows; i++)
        text_printf(&file, "%s%s", table_text(trace, i, "J"), (i + 1) % neurons ? "," : "\n");
    write_file(path, file.bytes);
    text_free(&file);
}

static void check_trace(const struct table *cases, size_t c)
{
    static const char *const columns[] = {"step", "neuron", "J", "voltage", "refractory_time", "spiked"};
    const char *name = table_text(cases, c, "file"), *path = scratch("J.csv");
    struct table trace = table_read(name);
    size_t neurons = (size_t)table_number(cases, c, "neurons");
    write_currents(&trace, neurons, path);
    char line[512];
    snprintf(line, sizeof line, "inject model=%s current=@%s tau_rc=%s tau_ref=%s dt=%s min_voltage=%s amplitude=%s",
             name[0] == 'f' ? "fastlif" : "lif", path, table_text(cases, c, "tau_rc"), table_text(cases, c, "tau_ref"),
             table_text(cases, c, "dt"), table_text(cases, c, "min_voltage"), table_text(cases, c, "amplitude"));
    struct table got = table_from(line);
    ck_assert_msg(got.rows == trace.rows - neurons, "%s: %zu rows, not %zu", name, got.rows, trace.rows - neurons);
    for (size_t i = 0; i < got.rows; i++)
        for (size_t k = 0; k < 6; k++) {
            double want = table_number(&trace, i + neurons, columns[k]);
            ck_assert_msg(near_relative(cell(&got, i, k), want, 1e-12) || fabs(cell(&got, i, k) - want) <= 1e-12,
                          "%s row %zu: %s %.17g, not %.17g", name, i, columns[k], cell(&got, i, k), want);
        }
    table_free(&got);
    table_free(&trace);
}

START_TEST(inject_gives_the_peers_traces)
{
    struct table cases = table_read("neuron_trace_cases.csv");
    size_t checked = 0;
    for (size_t c = 0; c < cases.rows; c++) {
        const char *name = table_text(&cases, c, "file");
        if (strstr(name, "_init")) /* starts from other states */
            continue;
        check_trace(&cases, c);
        checked++;
    }
    ck_assert_uint_ge(checked, 15);
    table_free(&cases);
}
END_TEST

START_TEST(inject_takes_a_header_and_any_number_of_neurons)
{
    struct text file = {0};
    size_t neurons = 130;
    for (size_t i = 0; i < neurons; i++)
        text_printf(&file, "%sn%zu", i ? "," : "", i);
    for (size_t step = 0; step < 40; step++)
        for (size_t i = 0; i < neurons; i++)
            text_printf(&file, "%s%g", i ? "," : "\n", 1 + (double)i / 10);
    text_add(&file, "\n");
    const char *path = scratch("wide.csv");
    write_file(path, file.bytes);
    char line[300];
    snprintf(line, sizeof line, "inject current=@%s", path);
    struct table got = table_from(line);
    ck_assert_uint_eq(got.rows, 40 * neurons);
    double spikes[130] = {0};
    for (size_t i = 0; i < got.rows; i++) {
        ck_assert_double_eq(cell(&got, i, 0), (double)(i / neurons + 1));
        ck_assert_double_eq(cell(&got, i, 1), (double)(i % neurons));
        spikes[i % neurons] += cell(&got, i, 5) / 1000;
    }
    ck_assert_double_eq(spikes[0], 0);
    ck_assert_msg(spikes[129] > spikes[64] && spikes[64] > spikes[10], "more current, fewer spikes: %g %g %g",
                  spikes[10], spikes[64], spikes[129]);
    table_free(&got);
    text_free(&file);
}
END_TEST

/* ---- rates ---- */

static const char *const kinds[] = {"zero", "nearest", "linear", "slinear", "previous", "next", "quadratic", "cubic"};

static void check_kind(const struct table *want, const char *name, const char *load, const char *grid, const char *kind,
                       bool midpoint)
{
    char line[600], column[32];
    snprintf(column, sizeof column, "m%d_%s", midpoint, kind);
    snprintf(line, sizeof line, "%s; rates R method=isi interp=%s midpoint=%s %s", load, kind, midpoint ? "on" : "off",
             grid);
    struct table got = table_from(line);
    double scale = 0;
    for (size_t i = 0; i < want->rows; i++)
        if (strcmp(table_text(want, i, "case"), name) == 0 && fabs(table_number(want, i, column)) > scale)
            scale = fabs(table_number(want, i, column));
    for (size_t i = 0, k = 0; i < want->rows; i++) {
        if (strcmp(table_text(want, i, "case"), name) != 0)
            continue;
        double rate = table_number(want, i, column);
        ck_assert_msg(k < got.rows, "%s %s: only %zu rows", name, column, got.rows);
        ck_assert_msg(same(cell(&got, k, 0), table_number(want, i, "t")), "%s %s row %zu: t %.17g, not %.17g", name,
                      column, k, cell(&got, k, 0), table_number(want, i, "t"));
        ck_assert_msg(isnan(rate) || fabs(cell(&got, k, 1) - rate) <= 1e-9 * scale, "%s %s row %zu: %.17g, not %.17g",
                      name, column, k, cell(&got, k, 1), rate);
        k++;
    }
    table_free(&got);
}

START_TEST(rates_of_a_dense_file_are_the_peers)
{
    struct table cases = table_read("isi_cases.csv"), want = table_read("isi_rates.csv");
    for (size_t c = 0; c < cases.rows; c++) {
        const char *name = table_text(&cases, c, "case"), *path = scratch("dense.csv");
        struct text file = {0};
        char load[300];
        text_add(&file, "time,n0\n");
        for (size_t i = 0; i < want.rows; i++)
            if (strcmp(table_text(&want, i, "case"), name) == 0)
                text_printf(&file, "%s,%s\n", table_text(&want, i, "t"), table_text(&want, i, "spike"));
        write_file(path, file.bytes);
        text_free(&file);
        snprintf(load, sizeof load, "load %s as R format=dense unit=s", path);
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            check_kind(&want, name, load, "", kinds[k], false);
            check_kind(&want, name, load, "", kinds[k], true);
        }
    }
    table_free(&cases);
    table_free(&want);
}
END_TEST

START_TEST(rates_of_events_are_at_multiples_of_dt)
{
    struct table cases = table_read("isi_cases.csv"), want = table_read("isi_rates.csv"),
                 events = table_read("isi_events.csv");
    size_t checked = 0;
    for (size_t c = 0; c < cases.rows; c++) {
        const char *name = table_text(&cases, c, "case"), *path = scratch("events.csv");
        struct text file = {0};
        char load[300], grid[120];
        size_t count = 0;
        text_add(&file, "time,neuron\n");
        for (size_t i = 0; i < events.rows; i++)
            if (strcmp(table_text(&events, i, "case"), name) == 0)
                count += (text_printf(&file, "%s,0\n", table_text(&events, i, "time")), 1);
        write_file(path, file.bytes);
        text_free(&file);
        if (count < 2)
            continue;
        snprintf(load, sizeof load, "load %s as R format=events unit=s", path);
        snprintf(grid, sizeof grid, "dt=%s from=%s to=%s", table_text(&cases, c, "dt"),
                 table_text(&cases, c, "t_first"), table_text(&cases, c, "t_last"));
        check_kind(&want, name, load, grid, "zero", false);
        check_kind(&want, name, load, grid, "linear", true);
        checked++;
    }
    ck_assert_uint_ge(checked, 5);
    table_free(&cases);
    table_free(&want);
    table_free(&events);
}
END_TEST

/* Column "kind_tauT" of one case, from row `first` on. */
static void check_kernel(const struct table *want, size_t first, size_t rows, const char *column, const char *load,
                         const char *grid)
{
    char line[600], kind[32];
    double peak = 0;
    snprintf(kind, sizeof kind, "%.*s", (int)strcspn(column, "_"), column);
    snprintf(line, sizeof line, "%s; rates R method=kernel kernel=%s tau=%s %s", load, kind, strstr(column, "_tau") + 4,
             grid);
    struct table got = table_from(line);
    ck_assert_msg(got.rows == rows, "%s: %zu rows, not %zu", line, got.rows, rows);
    for (size_t k = 0; k < rows; k++)
        peak = fmax(peak, table_number(want, first + k, column));
    for (size_t k = 0; k < rows; k++) {
        double t = table_number(want, first + k, "t"), rate = table_number(want, first + k, column);
        ck_assert_msg(same(cell(&got, k, 0), t), "%s row %zu: t %.17g, not %.17g", line, k, cell(&got, k, 0), t);
        ck_assert_msg(fabs(cell(&got, k, 1) - rate) <= 1e-12 * peak, "%s row %zu: %.17g, not %.17g", line, k,
                      cell(&got, k, 1), rate);
    }
    table_free(&got);
}

static void check_kernel_case(const struct table *want, size_t first, size_t rows, const char *dt)
{
    struct text dense = {0}, events = {0};
    const char *dense_path = scratch("dense.csv"), *events_path = scratch("events.csv");
    char load[2][300], grid[120];
    snprintf(load[0], sizeof load[0], "load %s as R format=dense unit=s", dense_path);
    snprintf(load[1], sizeof load[1], "load %s as R format=events unit=s", events_path);
    text_add(&dense, "time,n0\n");
    text_add(&events, "time,neuron\n");
    for (size_t i = first; i < first + rows; i++) {
        text_printf(&dense, "%s,%s\n", table_text(want, i, "t"), table_text(want, i, "spike"));
        if (table_number(want, i, "spike") != 0)
            text_printf(&events, "%s,0\n", table_text(want, i, "t"));
    }
    write_file(dense_path, dense.bytes);
    write_file(events_path, events.bytes);
    snprintf(grid, sizeof grid, "dt=%s from=%s to=%s", dt, table_text(want, first, "t"),
             table_text(want, first + rows - 1, "t"));
    for (size_t i = 0; i < want->columns; i++)
        if (strstr(want->name[i], "_tau")) {
            check_kernel(want, first, rows, want->name[i], load[0], "");
            check_kernel(want, first, rows, want->name[i], load[1], grid);
        }
    text_free(&dense);
    text_free(&events);
}

START_TEST(kernel_rates_are_the_peers)
{
    struct table cases = table_read("kernel_rates_cases.csv"), want = table_read("kernel_rates.csv");
    size_t first = 0;
    for (size_t c = 0; c < cases.rows; c++) {
        size_t rows = (size_t)table_number(&cases, c, "n_samples");
        check_kernel_case(&want, first, rows, table_text(&cases, c, "dt"));
        first += rows;
    }
    table_free(&cases);
    table_free(&want);
}
END_TEST

/* A kernel's keys say which method is meant; of the population's record and of a dense file alike. */
START_TEST(kernel_keys_choose_the_method)
{
    struct outcome a = run("population A n=3\ninput A 0.5\nrun 200ms\nrates A method=kernel tau=20ms\n");
    struct outcome b = run("population A n=3\ninput A 0.5\nrun 200ms\nrates A kernel=gauss tau=20ms\n");
    ck_assert_msg(a.good && b.good && strcmp(a.err, "") == 0, "%s%s", a.err, b.err);
    ck_assert_str_eq(a.out, b.out);
    struct table rates = table_of(strdup(a.out));
    ck_assert_uint_eq(rates.rows, 200);
    ck_assert_uint_eq(rates.columns, 4);
    table_free(&rates);
    outcome_free(&a);
    outcome_free(&b);
}
END_TEST

START_TEST(short_kernels_are_spoken_of)
{
    struct outcome o = run("population A n=1 max_rates=300 intercepts=0 encoders=1\ninput A 1\nrun 5ms\n"
                           "rates A kernel=expon tau=0.4ms\n");
    ck_assert(o.good);
    ck_assert_str_eq(o.err, "lifscope: t:4: tau=400 us is short for rows every 1 ms: rates read as 2.71 times "
                            "what they are; choose a longer tau or a smaller dt\n");
    outcome_free(&o);
}
END_TEST

/* expon by hand: 1/tau at the spike, then exp(-t/tau); a spike between two rows is seen at the later one. */
START_TEST(causal_kernels_only_look_back)
{
    char load[300], rates[500];
    write_file(scratch("causal.csv"), "time,neuron\n0.5,a\n0.501,b\n");
    snprintf(load, sizeof load, "load %s as R unit=s from=0 to=2", scratch("causal.csv"));
    for (size_t i = 0; i < rate_kernel_count; i++) {
        snprintf(rates, sizeof rates, "%s; rates R kernel=%s tau=40ms dt=10ms causal=on", load, rate_kernels[i]->name);
        struct table t = table_from(rates);
        for (size_t r = 0; r < t.rows; r++) {
            ck_assert_msg(r >= 50 || cell(&t, r, 1) == 0, "%s: row %zu knows the spike of row 50",
                          rate_kernels[i]->name, r);
            ck_assert_msg(r >= 51 || cell(&t, r, 2) == 0, "%s: row %zu knows the spike of row 51",
                          rate_kernels[i]->name, r);
            if (rate_kernels[i] == &kernel_expon && r >= 50 && r < 70)
                ck_assert(fabs(cell(&t, r, 1) - 25 * exp(-((double)r - 50) / 4)) < 1e-9);
        }
        table_free(&t);
    }
    expect_error("population A; run 10ms; rates A method=isi causal=on",
                 "causal= belongs to method=kernel, and this is method=isi");
}
END_TEST

START_TEST(kernels_say_what_a_spike_counts_as)
{
    struct outcome o = run("population A n=1\nrun 5ms\nrates A kernel=alpha\n");
    ck_assert_str_eq(
        o.err, "lifscope: t:3: alpha with tau=40 ms, rows every 1 ms: a spike counts as 0.9591, and rates read as "
               "that many times what they are\n");
    outcome_free(&o);
    o = run("population A n=1\nrun 5ms\nrates A kernel=gauss\n");
    ck_assert_str_eq(o.err, "");
    outcome_free(&o);
    o = run("population A n=1\nrun 50ms\nselect A 0\npane 2 rates A kernel=alpha\nfocus 2\nzoom\nsave-screen\n");
    ck_assert_msg(strstr(o.out, "a spike counts as 0.9591"), "%s%s", o.err, o.out);
    outcome_free(&o);
}
END_TEST

START_TEST(rates_begin_at_the_last_change)
{
    const char *lines =
        "population A n=1 max_rates=300 intercepts=0 encoders=1\ninput A 1\nrun 100ms\nset A tau_rc=30ms\n"
        "run 50ms\nrates A\n";
    struct outcome o = run(lines);
    ck_assert_msg(strstr(o.err, "A: begins at 100 ms, when its neurons changed; from= asks for more"), "%s", o.err);
    struct table t = table_of(strdup(o.out));
    ck_assert_uint_eq(t.rows, 50);
    ck_assert(fabs(cell(&t, 0, 0) - 0.101) < 1e-9);
    table_free(&t);
    outcome_free(&o);
}
END_TEST

START_TEST(impossible_kernels_are_refused)
{
    expect_error("population A; rates A method=isi tau=3ms", "tau= belongs to method=kernel, and this is method=isi");
    expect_error("population A; rates A method=kernel midpoint=on",
                 "midpoint= belongs to method=isi, and this is method=kernel");
    expect_error("population A; rates A kernel=gauss interp=zero",
                 "interp= belongs to method=isi, and this is method=kernel");
    expect_error("population A; run 5ms; rates A kernel=gauss tau=1000s",
                 "tau = 1000 s with samples 1 ms apart needs a kernel of 4 000 000 samples, more than 1 000 000; "
                 "choose tau up to 250 s, or a larger dt");
    char line[300];
    const char *path = scratch("uneven.csv");
    write_file(path, "time,a,b\n0,0,1\n0.001,1,0\n0.002,0,0\n0.009,1,1\n0.010,0,0\n");
    snprintf(line, sizeof line, "load %s as R format=dense unit=s; rates R method=kernel", path);
    struct outcome o = run(line);
    ck_assert_msg(!o.good && strstr(o.err, "a kernel needs evenly spaced samples, but the step is 7 ms before "
                                           "t = 9 ms and 2.5 ms on average; choose even steps with dt\n"),
                  "said %s", o.err);
    outcome_free(&o);
    snprintf(line, sizeof line, "load %s as R format=dense unit=s; rates R method=kernel dt=1ms", path);
    struct table got = table_from(line);
    ck_assert_uint_eq(got.rows, 11);
    table_free(&got);
}
END_TEST

START_TEST(rates_of_a_rate_model_are_its_curve)
{
    struct outcome o = run("population A n=2 max_rates=100 intercepts=-0.5 encoders=1 model=softlif sigma=0.05\n"
                           "input A ramp from=-1 to=1 duration=10ms\nrun 10ms\nrates A\ntuning A points=11\n");
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_str_eq(o.err,
                     "lifscope: t:4: A is a population of SoftLIF rate neurons: these are its rates, not estimates "
                     "from spikes\n");
    char *tuning = strstr(o.out, "x,");
    struct table curve = table_of(strdup(tuning));
    *tuning = '\0';
    struct table rates = table_of(strdup(o.out));
    ck_assert_uint_eq(rates.rows, 10);
    for (size_t k = 0; k < rates.rows; k++)
        ck_assert_msg(near_relative(cell(&rates, k, 1), cell(&curve, k + 1, 1), 1e-9), "row %zu: %g, not %g", k,
                      cell(&rates, k, 1), cell(&curve, k + 1, 1));
    table_free(&rates);
    table_free(&curve);
    outcome_free(&o);
}
END_TEST

/* ---- points ---- */

/* ---- stats ---- */

START_TEST(stats_by_hand)
{
    const char *path = scratch("stats.csv");
    char line[300];
    /* Unit a: intervals 1, 2, 4 s and a double; b: a clock of 0.5 s; c: one spike. */
    write_file(path, "time,unit\n0,b\n0.5,b\n1,a\n1,b\n1.5,b\n2,a\n2,b\n2.5,b\n3,b\n3.5,b\n4,a\n4,a\n4,b\n8,a\n8,c\n");
    snprintf(line, sizeof line, "load %s as R format=events unit=s; stats R window=1s refractory=1.5s", path);
    struct table got = table_from(line);
    ck_assert_uint_eq(got.rows, 3);
    ck_assert_uint_eq(got.columns, 12);
    static const char *const column[] = {"spikes",     "rate",    "isi_mean", "isi_median", "isi_min",
                                         "duplicates", "isi_cv2", "isi_lv",   "fano",       "violations"};
    /* Counts of a in eight windows: 0 1 1 0 2 0 0 0; of b: 2 2 2 2 1 0 0 0; the spikes at 8 s close the record,
     * in no window and no rate. */
    const double want[3][10] = {
        {5, 4 / 8., 7 / 3., 2, 1, 1, 2 / 3., 1 / 3., 1, 1},
        {9, 9 / 8., 0.5, 0.5, 0.5, 0, 0, 0, 55 / 72., 8},
        {1, 0, NAN, NAN, NAN, 0, NAN, NAN, NAN, 0},
    };
    for (size_t row = 0; row < 3; row++) {
        const char *unit = table_text(&got, row, "neuron");
        ck_assert_uint_eq(strlen(unit), 1);
        for (size_t i = 0; i < 10; i++) {
            double value = table_number(&got, row, column[i]), right = want[unit[0] - 'a'][i];
            ck_assert_msg(near_relative(value, right, 1e-14), "%s of unit %s is %.17g, not %.17g", column[i], unit,
                          value, right);
        }
    }
    table_free(&got);
}
END_TEST

START_TEST(points_are_numpys_linspace)
{
    struct table t = table_from("response J=-1:2:7");
    ck_assert_uint_eq(t.rows, 7);
    for (size_t i = 0; i < 6; i++)
        ck_assert(same(cell(&t, i, 0), -1 + (double)i * (3.0 / 6)));
    table_free(&t);
    t = table_from("response J=0.1:0.7:7");
    ck_assert(same(cell(&t, 6, 0), 0.7));
    ck_assert(same(cell(&t, 3, 0), 0.1 + 3 * ((0.7 - 0.1) / 6)));
    table_free(&t);
    t = table_from("response J=5:7:1");
    ck_assert_uint_eq(t.rows, 1);
    ck_assert_double_eq(cell(&t, 0, 0), 5);
    table_free(&t);
    t = table_from("response J=-1e308:1e308:3");
    ck_assert_double_eq(cell(&t, 1, 0), 0);
    table_free(&t);
    t = table_from("response J=inf,-inf,nan,1e300");
    ck_assert(isinf(cell(&t, 0, 0)) && isnan(cell(&t, 2, 0)) && cell(&t, 3, 0) == 1e300);
    ck_assert_double_eq(cell(&t, 0, 1), 500);
    table_free(&t);
}
END_TEST

/* Borrowed until the fourth one after it. */
static const char *joined(const char *before, const char *after)
{
    static char lines[4][500];
    static size_t next;
    char *line = lines[next++ % 4];
    snprintf(line, sizeof lines[0], "%s%s", before, after);
    return line;
}

/* Every row of a window is the row of the whole table. */
static void check_window(const char *load, const char *rates, const char *window)
{
    char lines[400];
    snprintf(lines, sizeof lines, "%s; %s", load, rates);
    struct table whole = table_from(lines);
    snprintf(lines, sizeof lines, "%s; %s %s", load, rates, window);
    struct table part = table_from(lines);
    size_t first = 0;
    while (first < whole.rows && cell(&whole, first, 0) != cell(&part, 0, 0))
        first++;
    ck_assert_msg(part.rows > 2 && first > 2 && first + part.rows < whole.rows - 2, "%s is no window: %zu rows at %zu",
                  window, part.rows, first);
    for (size_t r = 0; r < part.rows; r++)
        for (size_t c = 0; c < part.columns; c++)
            ck_assert_msg(fabs(cell(&part, r, c) - cell(&whole, first + r, c)) < 1e-9,
                          "'%s %s' row %zu: %.17g, not %.17g", rates, window, r, cell(&part, r, c),
                          cell(&whole, first + r, c));
    table_free(&whole);
    table_free(&part);
}

START_TEST(windows_are_cut_out_of_the_estimate)
{
    static const char *const rates[] = {"interp=zero",
                                        "interp=nearest midpoint=on",
                                        "interp=linear midpoint=on",
                                        "interp=slinear",
                                        "interp=previous",
                                        "interp=next",
                                        "interp=quadratic midpoint=on",
                                        "interp=cubic",
                                        "kernel=gauss tau=60ms",
                                        "kernel=alpha tau=60ms",
                                        "kernel=expon tau=30ms causal=on",
                                        "kernel=expogauss tau=40ms",
                                        "kernel=expogauss tau=40ms causal=on"};
    char load[300];
    write_file(scratch("window.csv"), "time,neuron\n0.105,0\n0.2,0\n0.2,1\n0.31,0\n0.42,1\n0.5,0\n0.61,0\n0.7,1\n");
    snprintf(load, sizeof load, "load %s as R unit=s", scratch("window.csv"));
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        check_window(load, joined("rates R dt=10ms ", rates[i]), "from=0.33s to=0.48s");
    /* Neither does the number of taps hang on where the window begins. */
    write_file(scratch("one.csv"), "time,neuron\n5.675,0\n");
    snprintf(load, sizeof load, "load %s as R unit=s", scratch("one.csv"));
    struct table early = table_from(joined(load, "; rates R kernel=alpha tau=40ms dt=10ms from=0 to=7")),
                 late = table_from(joined(load, "; rates R kernel=alpha tau=40ms dt=10ms from=2.83 to=7"));
    for (size_t r = 0; r < late.rows; r++)
        ck_assert_msg(fabs(cell(&late, r, 1) - cell(&early, r + 283, 1)) < 1e-9, "row %zu: %g, not %g", r,
                      cell(&late, r, 1), cell(&early, r + 283, 1));
    table_free(&early);
    table_free(&late);
    struct outcome o = run("population A n=1; run 10ms; rates A from=5s to=5.001s");
    ck_assert_msg(o.good && strstr(o.err, "A has no record there: it goes from 0 s to 10 ms"), "%s", o.err);
    outcome_free(&o);
    expect_error("population A n=1; run 10ms; rates A from=5ms to=1ms", "from=5 ms is after to=1 ms");
}
END_TEST

START_TEST(windows_that_reach_past_the_record_are_spoken_of)
{
    static const char *const tables[] = {"stats", "counts", "intervals", "isi", "poprate", "rates"};
    static const struct {
        const char *window;
        bool said;
    } rows[] = {{"from=0.2 to=2s", true}, {"from=-1 to=1", true},     {"from=3s to=4s", true}, {"", false},
                {"from=0 to=1s", false},  {"from=0.1 to=0.9", false}, {"to=0.3", false}};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            char lines[200];
            snprintf(lines, sizeof lines, "population A n=3; run 1s\n%s A %s%s\n", tables[t], rows[i].window,
                     strcmp(tables[t], "rates") == 0 ? " dt=10ms" : "");
            struct outcome o = run(lines);
            ck_assert_msg(o.good, "%s%s", lines, o.err);
            bool said =
                strstr(o.err, "A: its record goes from 0 s to 1 s; of the rest of the window nothing is known") ||
                strstr(o.err, "A has no record there: it goes from 0 s to 1 s");
            ck_assert_msg(said == rows[i].said, "%s%s", lines, o.err);
            outcome_free(&o);
        }
}
END_TEST

int main(void)
{
    return HARNESS_RUN(
        "command: tables", response_gives_the_peers_rates_and_slopes, response_multiplies_the_slope_with_the_gain,
        inject_gives_the_peers_traces, inject_takes_a_header_and_any_number_of_neurons,
        rates_of_a_dense_file_are_the_peers, rates_of_events_are_at_multiples_of_dt,
        windows_are_cut_out_of_the_estimate, windows_that_reach_past_the_record_are_spoken_of,
        kernel_rates_are_the_peers, kernel_keys_choose_the_method, short_kernels_are_spoken_of,
        causal_kernels_only_look_back, kernels_say_what_a_spike_counts_as, rates_begin_at_the_last_change,
        impossible_kernels_are_refused, rates_of_a_rate_model_are_its_curve, stats_by_hand, points_are_numpys_linspace);
}
