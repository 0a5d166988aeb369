/* The judge of files: tables that people have, made up here, are read as what they are or refused with what helps. Each
 * is also tried with its rows far behind others, for the judge looks at rows from everywhere. */
#include "harness.h"

#include <math.h>

#include "base/text.h"
#include "record/format.h"

#define UNITS 12

/* Of one unit after the other in turn, at odd times: 480 spikes of 12 units in 20 s, none within 3 ms of another one of
 * its unit. */
static double time_of(int i)
{
    return 0.0415 * i + 0.011 * ((i * 7919) % 13) / 13;
}

static int unit_of(int i)
{
    return (i * 7 + i / 12 * 5) % UNITS;
}

struct made {
    const char *name;
    const char *head; /* lines above the rows */
    void (*row)(struct text *text, int i, double time, int unit);
    size_t units;      /* 0: refused */
    const char *says;  /* part of what is said, or of the refusal; NULL: not looked at */
    const char *first; /* label; NULL: not looked at */
};

static void tetrode_cell(struct text *t, int i, double time, int unit)
{
    (void)i;
    text_printf(t, "%.5f,%d,%d\n", time, unit % 4 + 1, unit / 4 + 1);
}

static void levels(struct text *t, int i, double time, int unit)
{
    (void)i;
    text_printf(t, "s1,A,%d,%d,%.2f\n", unit % 3, unit / 3, time * 1e3);
}

static void peak_channel(struct text *t, int i, double time, int unit)
{
    text_printf(t, "%d,%d,%.5f,%d.%d\n", unit * 7 + 3, unit % 4, time, 40 + i % 7, i % 10);
}

static void pixels(struct text *t, int i, double time, int unit)
{
    text_printf(t, "%d,%d,%d,%.0f\n", 90 + unit % 4, 70 + unit / 4, i % 2, 7e6 + time * 1e6);
}

static void dotted(struct text *t, int i, double time, int unit)
{
    (void)i;
    text_printf(t, "%d.%d %.5f\n", unit % 4 + 1, unit / 4 + 1, time + 20);
}

static void line_event(struct text *t, int i, double time, int unit)
{
    text_printf(t, "acq,%.5f,%.0f,%d,%d\n", time, time * 30000, unit, i % 2);
}

static void amplitude(struct text *t, int i, double time, int unit)
{
    (void)unit;
    text_printf(t, "%.5f,%.2f\n", time, -50.0 - (i * 31) % 17 / 3.0);
}

static void step_id(struct text *t, int i, double time, int unit)
{
    (void)time;
    text_printf(t, "%d %d\n", i / 4, (i * 733 + unit) % 499);
}

static void trial(struct text *t, int i, double time, int unit)
{
    text_printf(t, "%d,%.2f,%d\n", i / 96, 1e3 * (time - time_of(i / 96 * 96)), unit);
}

static void six(struct text *t, int i, double time, int unit)
{
    text_printf(t, "%d,%.5f,noisy,spike,%d,%d\n", i / 96, time, unit, i);
}

static void multimeter(struct text *t, int i, double time, int unit)
{
    (void)time;
    (void)unit;
    text_printf(t, "%d\t%.1f\t%.3f\n", i % 3 + 4, i / 3 + 1.0, -70 + (i * 37 % 101) / 10.0);
}

static void resting(struct text *t, int i, double time, int unit)
{
    (void)time;
    (void)unit;
    text_printf(t, "%d\t%d.000\t-70.000\n", i % 3 + 4, i / 3 + 1);
}

static void resting_alone(struct text *t, int i, double time, int unit)
{
    (void)time;
    (void)unit;
    text_printf(t, "%d.%d,1,-65.5\n", i / 10, i % 10);
}

static void native_channel(struct text *t, int i, double time, int unit)
{
    (void)i;
    text_printf(t, "A-%03d,%.6f,%d\n", unit % 4, time, unit / 4 + 1);
}

static void counted_and_timed(struct text *t, int i, double time, int unit)
{
    (void)i;
    text_printf(t, "%.0f,%.5f,%d\n", time * 20000, time, unit);
}

static void numbered(struct text *t, int i, double time, int unit)
{
    (void)unit;
    text_printf(t, "%d,%.5f\n", i, time);
}

static void section(struct text *t, int i, double time, int unit)
{
    (void)unit;
    if (i % 40 == 0)
        text_printf(t, "Unit %d\n", i / 40 + 1);
    text_printf(t, "%.5f\n", time - time_of(i / 40 * 40) + 0.1);
}

static void parted(struct text *t, int i, double time, int unit)
{
    (void)i;
    text_printf(t, "%.0f,%.0f,%d\n", floor(time), 1e6 * (time - floor(time)), unit);
}

static void metadata(struct text *t, int i, double time, int unit)
{
    (void)time;
    text_printf(t, "%d,%d,%.1f\n", i, 125 + i * 13 % 700, unit / 2.0);
}

static void trial_count(struct text *t, int i, double time, int unit)
{
    (void)time;
    text_printf(t, "%d,%d,%d\n", i / 5, i % 5, unit % 7);
}

static void sparse_counts(struct text *t, int i, double time, int unit)
{
    (void)time;
    text_printf(t, "%.2f,%d,%d,%d\n", 0.01 * i, unit == 1 ? 1 + i % 3 : 0, unit == 4, unit == 9 ? 1 + i % 2 : 0);
}

static void tied(struct text *t, int i, double time, int unit)
{
    (void)i;
    text_printf(t, "%.5f %d %d\n", time, unit % 4 + 1, unit / 4 + 1);
}

static void flagged(struct text *t, int i, double time, int unit)
{
    text_printf(t, "%.5f %d %d\n", time, unit, i % 2);
}

static void kilosort(struct text *t, int i, double time, int unit)
{
    (void)i;
    text_printf(t, "%.0f,%d\n", time * 30000, unit);
}

static void sorted_by_unit(struct text *t, int i, double time, int unit)
{
    (void)time;
    (void)unit;
    text_printf(t, "%d,%d\n", 100 + i / 40, (i % 40) * 497 + i / 40 * 31 + i % 7);
}

static void only_rising(struct text *t, int i, double time, int unit)
{
    (void)time;
    (void)unit;
    text_printf(t, "%d\t%d.000\t%.3f\n", i % 3 + 1, 10 * (i / 3 + 1), -70 + 0.01 * (i / 3 + 1));
}

static void id_alone(struct text *t, int i, double time, int unit)
{
    (void)i;
    (void)time;
    text_printf(t, "%d\n", unit);
}

static void price(struct text *t, int i, double time, int unit)
{
    text_printf(t, "%ld,%.2f,%.2f,%.2f\n", 1700000000L + 86400L * (i + i / 5 * 2), 100 + time, 101 + unit + time,
                99 - unit + time);
}

static void bar(struct text *t, int i, double time, int unit)
{
    (void)i;
    text_printf(t, "| %.4f | %d |\n", time, unit);
}

static void word_and_unit(struct text *t, int i, double time, int unit)
{
    (void)i;
    text_printf(t, "Zelle %c;%d,%04d s\n", 'A' + unit, (int)time, (int)(time * 1e4) % 10000);
}

static const struct made tables[] = {
    {"tetrode and cell", "spike_time,tetrode,cell\n", tetrode_cell, 12, "(tetrode and cell make the neuron)", "1:1"},
    {"four levels", "session,probe,shank,unit,t_ms\n", levels, 12, "(shank and unit make the neuron)", "0:0"},
    {"a cluster's peak channel", "cluster_id,ch,time_s,amp\n", peak_channel, 12,
     "\ncolumn 2 (ch) and column 4 (amp) are left out", "3"},
    {"event camera", "", pixels, 12, "columns 1 and 2 neuron", "90:70"},
    {"electrode.unit", "", dotted, 12, "column 2 time, column 1 neuron", "1.1"},
    {"lines of a rig", "stream_name,timestamp,sample_number,line,state\n", line_event, 12,
     "column 3 (sample_number) and column 5 (state) are left out", "0"},
    {"one cell with amplitudes", "Time (s),Amplitude (mV)\n", amplitude, 1,
     "column 2 (Amplitude (mV)) is left out, and all spikes are taken for those of one neuron", NULL},
    {"steps and ids", "", step_id, 480, "column 1 never falls and is taken for the time", NULL},
    {"trials", "trial,time_rel_ms,unit\n", trial, 12,
     "columns=time_rel_ms,unit,trial makes each trial a row of its neuron", NULL},
    {"Kilosort's arrays", "spike_times,spike_clusters\n", kilosort, 12,
     "samples@30000 (assumed, as Kilosort and phy count)", NULL},
    {"sorted by unit", "", sorted_by_unit, 12, "column 2 time, column 1 neuron", "100"},
    {"markdown", "| time (s) | unit |\n|---------:|:-----|\n", bar, 12, NULL, "0"},
    {"units in cells", "neuron;zeit\n", word_and_unit, 12, "(as its cells say)", "Zelle A"},
    {"Intan's channels", "Native Channel,Timestamp,Spike ID\n", native_channel, 12,
     "(Native Channel and Spike ID make the neuron)", "A-000:1"},
    {"samples beside seconds", "sample,seconds,unit\n", counted_and_timed, 12, "column seconds", "0"},
    {"numbered times of one cell", "", numbered, 1, "all spikes are taken for those of one neuron", NULL},
    {"six columns", "\"Episode\",\"Time\",\"Context\",\"Role\",\"Train\",\"Spike_Index\"\n", six, 0,
     "columns=Time,NAME says it", NULL},
    {"multimeter", "# NEST version: 3.6\nsender\ttime_ms\tV_m\n", multimeter, 0,
     "a signal that was sampled in equal steps", NULL},
    {"multimeter that only rises", "# NEST version: 3.6\nsender\ttime_ms\tV_m\n", only_rising, 0,
     "a signal that was sampled in equal steps", NULL},
    {"multimeter without a header", "", multimeter, 0, "a signal that was sampled in equal steps", NULL},
    {"multimeter at rest", "# NEST version: 3.6\nsender\ttime_ms\tV_m\n", resting, 0,
     "a signal that was sampled in equal steps", NULL},
    {"multimeter at rest without a header", "", resting, 0, "a signal that was sampled in equal steps", NULL},
    {"multimeter of one neuron", "time,sender,V_m\n", resting_alone, 0, "a signal that was sampled in equal steps",
     NULL},
    {"words above the times of each neuron", "", section, 0, "lines of words stand above the times of each neuron",
     NULL},
    {"a time in two columns", "sec,usec,unit\n", parted, 0, "the time is parted here into sec and usec", NULL},
    {"table of neurons", "neuron_id,depth_um,baseline_rate\n", metadata, 0, "no column is called a time", NULL},
    {"trial, unit, count", "trial,unit,count\n", trial_count, 0, "this looks like counts of spikes", NULL},
    {"sparse counts", "time,c0,c1,c2\n", sparse_counts, 0, "this looks like counts of spikes in bins, 0 to 3", NULL},
    {"two columns that may be the neuron", "", tied, 0,
     "this can be read in three ways, and nothing tells which is right: columns=time,-,neuron (column 1 is the time, "
     "column 3 "
     "the neuron), columns=time,neuron (column 1 is the time, column 2 the neuron), or columns=time,neuron,neuron "
     "(both "
     "together)",
     NULL},
    {"numbers of neurons alone", "", id_alone, 0, "paste -d, TIMES NEURONS", NULL},
    {"a flag beside the neuron", "", flagged, 12, "column 1 time, column 2 neuron", "0"},
    {"prices", "timestamp,open,high,low\n", price, 0, "as in a table of prices", NULL},
};

static struct text make(const struct made *table, int rows)
{
    struct text text = {0};
    text_add(&text, table->head);
    for (int i = 0; i < rows; i++)
        table->row(&text, i, time_of(i), unit_of(i));
    return text;
}

static void check(const struct made *table, int rows)
{
    struct text text = make(table, rows), said = {0};
    struct error error = {""};
    struct recording *r =
        recording_parse("r.csv", text.bytes, text.length, 0, &(struct load_options){.explain = true}, &said, &error);
    ck_assert_msg((r != NULL) == (table->units > 0), "%s, %d rows: %s%s", table->name, rows, error.text,
                  text_string(&said));
    const char *answer = r ? text_string(&said) : error.text;
    ck_assert_msg(!table->says || strstr(answer, table->says), "%s, %d rows: %s", table->name, rows, answer);
    if (r && table->units < 400)
        ck_assert_msg(r->units == table->units, "%s, %d rows: %zu units; %s", table->name, rows, r->units, answer);
    ck_assert_msg(!r || r->spikes == (size_t)rows, "%s: %zu of %d spikes; %s", table->name, r ? r->spikes : 0, rows,
                  answer);
    ck_assert_msg(!r || !table->first || strcmp(r->label[0], table->first) == 0, "%s: '%s'", table->name,
                  r ? r->label[0] : "");
    ck_assert_msg(!r || strstr(text_string(&said), "\n1. "), "%s: the ways to read it are not explained", table->name);
    recording_free(r);
    text_free(&text);
    text_free(&said);
}

START_TEST(tables_are_read_as_what_they_are)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        check(&tables[i], 480);
}
END_TEST

START_TEST(long_tables_are_judged_as_short_ones)
{
    static const char *const periodic[] = {"steps and ids", "sorted by unit", "table of neurons"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        bool skip = false;
        for (size_t k = 0; k < sizeof periodic / sizeof *periodic; k++)
            skip |= strcmp(tables[i].name, periodic[k]) == 0;
        if (!skip)
            check(&tables[i], 9600);
    }
}
END_TEST

/* What the first rows do not show: neurons in the column that seemed to be steps, since a slow start. */
START_TEST(rows_from_everywhere_decide)
{
    struct text text = {0}, said = {0};
    struct error error = {""};
    for (int i = 0; i < 20000; i++) /* in the first 3000 rows both columns rise */
        text_printf(&text, "%d %d\n", i < 3000 ? i / 2 : (i * 7919) % 1500, i);
    struct recording *r =
        recording_parse("r.txt", text.bytes, text.length, 0, &(struct load_options){0}, &said, &error);
    ck_assert_msg(r != NULL, "%s", error.text);
    ck_assert_msg(r->units == 1500, "%zu units; %s", r->units, text_string(&said));
    recording_free(r);
    text_free(&text);
    text_free(&said);
}
END_TEST

/* columns= with any number of columns, by name and by place. */
START_TEST(any_columns_together_are_the_neuron)
{
    static const struct {
        const char *columns, *first;
        size_t units;
    } cases[] = {{"t_ms,shank,unit", "0:0", 12},
                 {"t_ms,unit,shank", "0:0", 12},
                 {"unit,t_ms", "0", 4},
                 {"-,-,population,neuron,time", "0:0", 12},
                 {"-,-,neuron,neuron,time", "0:0", 12},
                 {"session,probe,shank,unit,t_ms", "0:0", 12},
                 {"-,-,shank,unit,time", "0:0", 12}};
    struct text text = make(&tables[1], 480), said = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {""};
        struct recording *r =
            recording_parse("r.csv", text.bytes, text.length, 0,
                            &(struct load_options){.columns = cases[i].columns, .unit = "ms"}, &said, &error);
        ck_assert_msg(r != NULL, "columns=%s: %s", cases[i].columns, error.text);
        ck_assert_msg(r->units == cases[i].units && strcmp(r->label[0], cases[i].first) == 0,
                      "columns=%s: %zu units, '%s'", cases[i].columns, r->units, r->label[0]);
        recording_free(r);
    }
    text_free(&text);
    text_free(&said);
}
END_TEST

#define FLAGGED 30 /* of the tables */

/* What is taken is said to be sure by silence; else the command for the next best way is part of the answer. */
START_TEST(the_next_best_way_is_named_when_it_is_near)
{
    static const struct {
        size_t table;
        const char *columns, *says; /* NULL: nothing */
    } cases[] = {{FLAGGED, NULL, "\nnot sure: columns=time,-,neuron is nearly as likely ("},
                 {FLAGGED, "time,neuron", NULL},
                 {0, NULL, NULL}, /* with the tetrode or without: which is right shows in the cells */
                 {1, NULL, NULL},
                 {3, NULL, NULL},
                 {5, NULL, NULL},
                 {9, NULL, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = make(&tables[cases[i].table], 480), said = {0};
        struct error error = {""};
        struct recording *r = recording_parse("r.csv", text.bytes, text.length, 0,
                                              &(struct load_options){.columns = cases[i].columns}, &said, &error);
        ck_assert_msg(r != NULL, "%s", error.text);
        const char *doubt = strstr(text_string(&said), "\nnot sure");
        ck_assert_msg(!doubt == !cases[i].says, "case %zu: %s", i, text_string(&said));
        ck_assert_msg(!doubt || strncmp(doubt, cases[i].says, strlen(cases[i].says)) == 0, "case %zu: %s", i, doubt);
        recording_free(r);
        text_free(&text);
        text_free(&said);
    }
}
END_TEST

/* Tables that dense_save writes: one neuron at odd times, and one that spikes in every row. */
START_TEST(what_lifscope_wrote_is_read_back)
{
    static const struct {
        const char *text;
        size_t units, spikes;
    } cases[] = {
        {"time_s,0\n1895.25,1\n1995.25,1\n2043.25,1\n2146.25,1\n2179.25,1\n2238.25,0\n2295.25,1\n2304.25,1\n2379.25,1\n"
         "2583.25,0\n2759.25,1\n2809.25,1\n2813.25,1\n2815.25,0\n2824.25,1\n2968.25,1\n2988.25,1\n3013.25,0\n",
         1, 14},
        {"time_s,0,1\n0.001,1,1\n0.002,1,0\n0.004,1,1\n0.005,1,0\n0.006,1,1\n0.007,1,0\n0.008,1,1\n0.009,1,0\n0.010,1,"
         "1\n",
         2, 14},
        /* one row twice, as in what was read with it */
        {"time_s,n0,n1\n0,0,0\n0,0,0\n0.06,0,0\n0.12,1,0\n0.18,0,0\n0.24,0,1\n0.3,0,1\n0.36,0,0\n0.42,0,0\n0.9,1,0\n1."
         "2,0,0\n"
         "1.26,1,0\n1.32,0,0\n1.38,0,1\n",
         2, 6},
        /* all at once */
        {"time,neuron\n0,0\n0,0\n0,1\n0,1\n0,1\n0,2\n0,2\n0,3\n0,4\n0,5\n", 6, 10},
        /* neurons that are called as nothing else is */
        {"time,neuron\n0.002,-69.333\n0.0030000000000000001,\"-69.00\"\"5\"\"\"\n0.10000000000000001,3\n", 3, 3},
        /* rows are missing, and the neuron has the name of a column */
        {"time_s,n2\n0,0\n0.06,0\n0.12,0\n0.18,1\n0.24,1\n0.48,0\n0.54,0\n0.6,0\n0.66,1\n0.72,0\n0.78,0\n0.84,0\n0.9,"
         "1\n0.96,0\n1.02,0\n1.08,0\n1.14,1\n1.2,0\n1.26,0\n1.32,0\n1.38,1\n1.44,0\n1.5,0\n1.56,0\n1.62,1\n1.68,0\n",
         1, 7},
        /* neurons that are called as the columns of a camera are */
        {"time_s,x,y,p\n3.5000000000000000,1,1,1\n7,1,0,0\n8.25,1,1,1\n8.5,1,1,0\n9,1,0,1\n9.25,1,1,0\n9.5,0,1,1\n9.75,"
         "1,"
         "0,0\n10,1,1,1\n",
         3, 19},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text said = {0};
        struct error error = {""};
        struct recording *r =
            recording_parse("r.csv", cases[i].text, strlen(cases[i].text), 0, &(struct load_options){0}, &said, &error);
        ck_assert_msg(r != NULL, "case %zu: %s", i, error.text);
        ck_assert_msg(r->units == cases[i].units && r->spikes == cases[i].spikes, "case %zu: %zu units, %zu spikes; %s",
                      i, r->units, r->spikes, text_string(&said));
        recording_free(r);
        text_free(&said);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: judge", tables_are_read_as_what_they_are, long_tables_are_judged_as_short_ones,
                       rows_from_everywhere_decide, any_columns_together_are_the_neuron,
                       the_next_best_way_is_named_when_it_is_near, what_lifscope_wrote_is_read_back);
}
