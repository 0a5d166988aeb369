/* What panes draw and what tables say of the same window is the same number, and adjoining windows add up: with spikes
 * on both edges, live, from a file of events and from a dense file. */
#include "run.h"

#include <math.h>

#define POPULATION_40 "population A n=2 encoders=1 max_rates=40 intercepts=-0.9 model=lif; input A 1; "

/* 40 Hz and a step of 1 ms: a spike every 25 ms from 23 ms on, so one on each edge of the windows below. Saved, both
 * ways, and read back. */
static const char setup[] = "population A n=2 encoders=1 max_rates=40 intercepts=-0.9 model=lif; input A 1; run 1s\n"
                            "save A /tmp/lifscope-pane-tables.csv format=events\n"
                            "save A /tmp/lifscope-pane-tables-dense.csv format=dense\n"
                            "load /tmp/lifscope-pane-tables.csv as E from=0 to=1s\n"
                            "load /tmp/lifscope-pane-tables-dense.csv as D\n";

/* The number in the heading of the first pane, "neuron 0: 10 spikes, 40 Hz". */
static double heading(const char *screen)
{
    const char *at = strstr(screen, "neuron 0: ");
    ck_assert_msg(at != NULL, "no heading in\n%s", screen);
    return atof(at + strlen("neuron 0: "));
}

static double pane_says(const char *name, const char *pane, double from, double to)
{
    char lines[900];
    snprintf(lines, sizeof lines,
             "%spane 1 %s; focus 1; zoom; select %s 0; window %s %.17g; goto %s %.17g; save-screen\n", setup, pane,
             name, name, to - from, name, (from + to) / 2);
    struct outcome o = run_sized(lines, 100, 24, false);
    ck_assert_msg(o.good, "%s", o.err);
    double value = heading(o.out);
    outcome_free(&o);
    return value;
}

/* Rows of a table, or the number in its second column of the first row. */
static double table_says(const char *command, bool rows)
{
    char lines[900];
    snprintf(lines, sizeof lines, "%s%s\n", setup, command);
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "%s", o.err);
    const char *at = strchr(o.out, '\n');
    double value = 0;
    for (const char *c = at; rows && c && c[1]; c = strchr(c + 1, '\n'))
        value++;
    if (!rows)
        value = atof(strchr(at, ',') + 1);
    outcome_free(&o);
    return value;
}

static const char *const names[] = {"A", "E", "D"};
static const double edge[] = {0.048, 0.248, 0.398, 0.748, 0.998};
#define WINDOWS (sizeof edge / sizeof *edge - 1)

START_TEST(counts_of_adjoining_windows_add_up_in_pane_and_table)
{
    for (size_t i = 0; i < 3; i++) {
        double sum = 0;
        char pane[40], command[120];
        snprintf(pane, sizeof pane, "counts %s", names[i]);
        for (size_t w = 0; w < WINDOWS; w++) {
            snprintf(command, sizeof command, "counts %s from=%g to=%g", names[i], edge[w], edge[w + 1]);
            double shown = pane_says(names[i], pane, edge[w], edge[w + 1]), told = table_says(command, false);
            ck_assert_msg(shown == told, "%s from %g to %g: the pane says %g, the table %g", names[i], edge[w],
                          edge[w + 1], shown, told);
            sum += shown;
        }
        snprintf(command, sizeof command, "counts %s from=%g to=%g", names[i], edge[0], edge[WINDOWS]);
        ck_assert_msg(sum == table_says(command, false), "%s: windows add up to %g", names[i], sum);
    }
}
END_TEST

START_TEST(intervals_are_those_of_the_table)
{
    for (size_t i = 0; i < 3; i++)
        for (size_t w = 0; w < WINDOWS; w++) {
            char pane[40], command[120];
            snprintf(pane, sizeof pane, "isi %s over=window", names[i]);
            snprintf(command, sizeof command, "intervals %s 0 from=%g to=%g", names[i], edge[w], edge[w + 1]);
            double shown = pane_says(names[i], pane, edge[w], edge[w + 1]), told = table_says(command, true);
            ck_assert_msg(shown == told, "%s from %g to %g: the pane says %g, the table has %g rows", names[i], edge[w],
                          edge[w + 1], shown, told);
        }
}
END_TEST

/* A spike on every edge of the bins, each in one of them: the bars are as high as the table says, without a gap. */
START_TEST(bins_of_the_population_rate_hold_each_spike_once)
{
    for (size_t i = 0; i < 3; i++) {
        char lines[1200];
        snprintf(lines, sizeof lines,
                 "population A n=2 encoders=1 max_rates=40 intercepts=-0.9 model=lif; input A step before=-1 after=1 "
                 "at=2ms\n"
                 "run 1s\nsave A /tmp/lifscope-pane-tables.csv format=events\n"
                 "save A /tmp/lifscope-pane-tables-dense.csv format=dense\n"
                 "load /tmp/lifscope-pane-tables.csv as E from=0 to=1s\n"
                 "load /tmp/lifscope-pane-tables-dense.csv as D\n"
                 "pane 1 poprate %s bin=25ms; focus 1; zoom; window %s 500ms; goto %s 600ms; save-screen\n"
                 "poprate %s bin=25ms from=350ms to=850ms\n",
                 names[i], names[i], names[i], names[i]);
        struct outcome o = run_sized(lines, 100, 24, false);
        ck_assert_msg(o.good, "%s", o.err);
        const char *row = strstr(o.out, "20┤"), *table = strstr(o.out, "from,to,spikes,rate");
        size_t full = 0, rows = 0;
        for (row += strlen("20┤"); strncmp(row, "⣿", 3) == 0; row += 3)
            full++;
        ck_assert_msg(full == 94 && strstr(o.out, "40┤") && !strstr(o.out, "80┤"), "%s: %zu columns are full in\n%s",
                      names[i], full, o.out);
        for (const char *c = table; (c = strstr(c, ",2,40\n")); c++)
            rows++;
        ck_assert_msg(rows == 20, "%s: %zu of 20 bins hold two spikes\n%s", names[i], rows, table);
        outcome_free(&o);
    }
}
END_TEST

/* Two tables that adjoin are one: the step on the edge is in the first. */
START_TEST(steps_decoded_in_adjoining_windows_are_each_there_once)
{
    const char *begin = "population A n=5 seed=1; input A sine 5Hz; run 300ms\n";
    double parts = 0, whole = 0;
    char lines[300];
    static const char *const windows[] = {"to=100ms", "from=100ms to=200ms", "from=200ms", ""};
    for (size_t i = 0; i < 4; i++) {
        snprintf(lines, sizeof lines, "%sdecoded A %s", begin, windows[i]);
        struct outcome o = run(lines);
        ck_assert_msg(o.good, "%s", o.err);
        for (const char *c = strchr(o.out, '\n'); c[1]; c = strchr(c + 1, '\n'))
            *(i < 3 ? &parts : &whole) += 1;
        outcome_free(&o);
    }
    ck_assert_msg(parts == 300 && whole == 300, "%g rows in parts, %g in all", parts, whole);
}
END_TEST

/* The error below the pane is that of the rows in the same window. */
START_TEST(the_error_of_the_decoded_pane_is_that_of_its_table)
{
    struct outcome o = run_sized("population A n=5 seed=1; input A sine 5Hz; run 300ms\n"
                                 "pane 1 decoded A; focus 1; zoom; window A 50ms; goto A 225ms; save-screen\n"
                                 "decoded A from=200ms to=250ms\n",
                                 100, 24, false);
    ck_assert_msg(o.good, "%s", o.err);
    const char *said = strstr(o.out, "error "), *row = strstr(o.out, "t,x,target");
    double sum = 0, rows = 0;
    ck_assert_msg(said && row, "%s", o.out);
    while ((row = strchr(row, '\n')) && row[1]) {
        const char *last = row++;
        for (const char *c = row; *c && *c != '\n'; c++)
            last = *c == ',' ? c : last;
        sum += atof(last + 1) * atof(last + 1);
        rows++;
    }
    char wanted[40];
    snprintf(wanted, sizeof wanted, "error %.3g;", sqrt(sum / rows));
    ck_assert_msg(rows == 50 && strncmp(said, wanted, strlen(wanted)) == 0, "%g rows say %s, the pane %.20s", rows,
                  wanted, said);
    outcome_free(&o);
}
END_TEST

/* What lies beyond the record is no silence, and every table with a window says so. */
START_TEST(a_window_beyond_the_record_is_told_of_by_every_table)
{
    static const char *const tables[] = {"stats", "counts", "spikes",  "poprate", "isi", "intervals",
                                         "rates", "tuning", "decoded", "trace",   "fit", "meanfield live"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const char *more = strcmp(tables[i], "tuning") == 0 ? "model=measured" : "";
        bool live = strncmp(tables[i], "mean", 4) == 0;
        char lines[400];
        const char *begin =
            live ? "population A n=5 seed=1 model=lif min_voltage=-inf; input A white mu=20mV sigma=2mV; run 300ms"
                 : "population A n=5 seed=1; input A sine 5Hz; run 300ms";
        snprintf(lines, sizeof lines, "%s; %s A %s from=100ms to=2s", begin, tables[i], more);
        struct outcome o = run(lines);
        ck_assert_msg(
            o.good &&
                strstr(o.err, "A: its record goes from 0 s to 300 ms; of the rest of the window nothing is known"),
            "%s says %s", tables[i], o.err);
        outcome_free(&o);
        snprintf(lines, sizeof lines, "%s; %s A %s from=100ms to=50ms", begin, tables[i], more);
        expect_error(lines, "from=100 ms is after to=50 ms");
        snprintf(lines, sizeof lines, "%s; %s A %s from=100ms to=300ms", begin, tables[i], more);
        o = run(lines);
        ck_assert_msg(o.good && !strstr(o.err, "record"), "%s says %s", tables[i], o.err);
        outcome_free(&o);
    }
}
END_TEST

/* 0.3 s are known of the 2 s: rates are over those. Of a file of spikes alone the window says how long it was. */
START_TEST(rates_are_over_what_was_recorded)
{
    struct outcome o = run(POPULATION_40 "run 1s; counts A from=500ms to=10s; poprate A bin=250ms from=500ms to=10s\n"
                                         "rates A dt=250ms from=500ms to=10s");
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_msg(strstr(o.out, "0,20,40\n") && strstr(o.out, "0.75,1,") && !strstr(o.out, "\n1,1.25,"), "%s", o.out);
    ck_assert_msg(strstr(o.out, "\n1,") && !strstr(o.out, "\n1.25,"), "%s", o.out);
    outcome_free(&o);
    FILE *file = fopen("/tmp/lifscope-pane-tables.csv", "w");
    fputs("time,neuron\n1.0,0\n1.1,0\n1.2,0\n", file);
    fclose(file);
    o = run("load /tmp/lifscope-pane-tables.csv as R; counts R from=0 to=10s");
    ck_assert_msg(o.good && strstr(o.out, "0,3,0.2999") &&
                      strstr(o.err, "R: its spikes go from 1 s to 1.2 s; the rest of the window is taken for silence"),
                  "%s%s", o.out, o.err);
    outcome_free(&o);
    o = run("load /tmp/lifscope-pane-tables.csv as R from=0.5s to=2s; counts R from=0 to=10s");
    ck_assert_msg(o.good && strstr(o.out, "0,3,2\n") && strstr(o.err, "R: its record goes from 500 ms to 2 s;"), "%s%s",
                  o.out, o.err);
    outcome_free(&o);
}
END_TEST

/* Three spikes are two in 200 ms wherever one looks: the one that ends the record is in no rate. */
static void expect_seen(const char *lines, const char *seen)
{
    struct outcome o = run_sized(lines, 100, 24, false);
    ck_assert_msg(o.good && strstr(o.out, seen), "%s%s\ndoes not hold: %s", o.err, o.out, seen);
    outcome_free(&o);
}

/* Intervals of 2 ms are not below 2 ms, however 0.107 - 0.105 is rounded, and the share that the pane says is that of
 * the violations in stats. */
START_TEST(short_intervals_are_the_same_in_pane_and_table)
{
    static const struct {
        double step; /* ms, of every fourth interval; the others are 2 ms */
        int violations;
        const char *seen;
    } rows[] = {{2, 0, "0 % below 2 ms"},
                {1.9, 25, "25 % below 2 ms"},
                {1e-3, 25, "25 % below 2 ms"},
                {9, 0, "0 % below 2 ms"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        FILE *file = fopen("/tmp/lifscope-pane-tables.csv", "w");
        double time = 100.105;
        fputs("time,neuron\n", file);
        for (int k = 0; k <= 100; time += ++k % 4 ? 2e-3 : 1e-3 * rows[i].step)
            fprintf(file, "%.6f,0\n", time);
        fclose(file);
        struct outcome o =
            run_sized("load /tmp/lifscope-pane-tables.csv as R unit=s; select R 0; pane 1 isi R; focus 1; zoom; "
                      "save-screen; stats R",
                      100, 24, false);
        const char *last = strrchr(o.out, ',');
        ck_assert_msg(o.good && last && atoi(last + 1) == rows[i].violations && strstr(o.out, rows[i].seen),
                      "%g ms: not %d violations and '%s' in\n%s%s", rows[i].step, rows[i].violations, rows[i].seen,
                      o.err, o.out);
        outcome_free(&o);
    }
    FILE *file = fopen("/tmp/lifscope-pane-tables.csv", "w");
    fputs("time,neuron\n0.1,0\n", file);
    for (int k = 0; k < 400; k++) /* all but one of the intervals */
        fprintf(file, "%.4f,0\n", 0.2 + 1e-3 * k);
    fclose(file);
    expect_seen("load /tmp/lifscope-pane-tables.csv as R unit=s; select R 0; pane 1 isi R; focus 1; zoom; save-screen",
                "99.75 % below 2 ms");
}
END_TEST

/* A window that the record does not fill ends with it, so that no spike is lost. */
START_TEST(windows_of_the_population_rate_hold_all_spikes)
{
    struct outcome o = run(POPULATION_40 "run 1s; poprate A bin=300ms");
    ck_assert_msg(o.good, "%s", o.err);
    double spikes = 0, from, to, in, rate = 0;
    int rows = 0;
    for (const char *c = strchr(o.out, '\n'); c[1]; c = strchr(c + 1, '\n'), rows++) {
        ck_assert_int_eq(sscanf(c, "%lf,%lf,%lf,%lf", &from, &to, &in, &rate), 4);
        spikes += in;
    }
    ck_assert_msg(rows == 4 && spikes == 80 && to == 1 && fabs(rate - in / 2 / 0.1) < 1e-9, "%s", o.out);
    outcome_free(&o);
}
END_TEST

START_TEST(the_spike_that_ends_a_record_is_in_no_rate)
{
    FILE *file = fopen("/tmp/lifscope-pane-tables.csv", "w");
    fputs("time,neuron\n1.0,0\n1.1,0\n1.2,0\n", file);
    fclose(file);
#define THREE "load /tmp/lifscope-pane-tables.csv as R; select R 0; "
    expect_seen(THREE "stats R", "\n0,3,10.0");
    expect_seen(THREE "pane 1 rates R; save-screen", "neuron 0: mean shown 10 Hz");
    expect_seen(THREE "pane 1 counts R; save-screen", "neuron 0: 3 spikes, 10 Hz");
}
END_TEST

/* Spikes of other neurons count where one looks at their time and at nothing else. */
START_TEST(a_window_before_the_change_is_of_the_neurons_of_that_time)
{
#define CHANGED                                                                                                        \
    POPULATION_40 "run 1s; set A max_rates=80 intercepts=-0.9; run 1s; select A 0; window A 500ms; focus 1; zoom; "
    expect_seen(CHANGED "pane 1 counts A; goto A 0.5; save-screen; counts A from=250ms to=750ms",
                "neuron 0: 20 spikes, 40 Hz");
    expect_seen(CHANGED "pane 1 counts A; goto A 1.1; save-screen; counts A from=850ms to=1350ms", "since 1 s");
    expect_seen(CHANGED "pane 1 counts A; goto A 1.1; save-screen", " Hz");
    expect_seen(CHANGED "pane 1 isi A over=window; goto A 0.5; save-screen", "neuron 0: 19 intervals");
    expect_seen(CHANGED "pane 1 decoded A; goto A 1.1; save-screen", "since 1 s");
}
END_TEST

int main(void)
{
    int failed = HARNESS_RUN(
        "command: panes and tables", counts_of_adjoining_windows_add_up_in_pane_and_table,
        intervals_are_those_of_the_table, bins_of_the_population_rate_hold_each_spike_once,
        steps_decoded_in_adjoining_windows_are_each_there_once, the_error_of_the_decoded_pane_is_that_of_its_table,
        a_window_beyond_the_record_is_told_of_by_every_table, rates_are_over_what_was_recorded,
        short_intervals_are_the_same_in_pane_and_table, windows_of_the_population_rate_hold_all_spikes,
        the_spike_that_ends_a_record_is_in_no_rate, a_window_before_the_change_is_of_the_neurons_of_that_time);
    unlink("/tmp/lifscope-pane-tables.csv");
    unlink("/tmp/lifscope-pane-tables-dense.csv");
    return failed;
}
