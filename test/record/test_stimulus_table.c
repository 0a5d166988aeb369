/* The stimulus beside a recording: a file of its own, a column of a dense file, and the sentences for what is
 * neither. */
#include "harness.h"

#include "record/format.h"
#include "record/stimulus_table.h"

static struct recording *recording_from(const char *text, const struct load_options *options, struct error *error)
{
    struct text said = {0};
    struct recording *r = recording_parse("r.csv", text, strlen(text), 0, options, &said, error);
    text_free(&said);
    return r;
}

/* Spikes from 0.1 to 6 s; the file counts in ms. */
static struct recording *six_seconds(void)
{
    struct error error;
    struct recording *r = recording_from("time_ms,neuron\n100,1\n3000,2\n6000,1\n", &(struct load_options){0}, &error);
    ck_assert_msg(r != NULL, "%s", error.text);
    return r;
}

static bool read_stimulus(const char *text, const struct stimulus_options *options, struct trace *trace,
                          struct text *said, struct error *error)
{
    struct recording *r = six_seconds();
    struct csv_table *table = csv_table_parse("dir/stim.csv", text, strlen(text), 0, csv_columns_of_numbers, error);
    ck_assert_msg(table != NULL, "%s", error->text);
    bool good = stimulus_from_table(table, "dir/stim.csv", options, r, trace, said, error);
    csv_table_free(table);
    recording_free(r);
    return good;
}

static const struct {
    const char *text;
    struct stimulus_options options;
    double last, x; /* time and value of the last sample */
    const char *said;
} good[] = {
    {"time,x\n0,-1\n6000,1\n",
     {0},
     6,
     1,
     "stimulus stim.csv: 2 samples, x from -1 to 1, 0 s to 6 s (times in ms, as the spikes'; unit= changes it)"},
    {"time,x\n0,-1\n6,1\n",
     {.kind = TRACE_LINEAR},
     6,
     1,
     "stimulus stim.csv: 2 samples, x from -1 to 1, 0 s to 6 s (times in s, in which it meets the spikes; unit= "
     "changes it)"},
    {"time_us,x\n0,-1\n6e6,1\n",
     {.kind = TRACE_LINEAR},
     6,
     1,
     "stimulus stim.csv: 2 samples, x from -1 to 1, 0 s to 6 s (times in us, as its column says)"},
    {"x,other,t\n-1,7,0\n2,7,3000\n",
     {.kind = TRACE_LINEAR},
     3,
     2,
     "stimulus stim.csv: 2 samples, x from -1 to 2, 0 s to 3 s (times in ms, as the spikes'; unit= changes it)"},
    {"0 0.5\n1000 0.5\n2000 0.5\n",
     {0},
     2,
     0.5,
     "stimulus stim.csv: 3 samples, x always 0.5, 0 s to 2 s (times in ms, as the spikes'; unit= changes it)"},
    {"time,x,angle\n0,1,90\n2,1,45\n",
     {.column = "angle", .unit = "s", .kind = TRACE_LINEAR},
     2,
     45,
     "stimulus stim.csv: 2 samples, angle from 45 to 90, 0 s to 2 s (times in s, as told)"},
    {"a,b\n5,0\n7,2000\n",
     {.time = "b", .kind = TRACE_LINEAR},
     2,
     7,
     "stimulus stim.csv: 2 samples, a from 5 to 7, 0 s to 2 s (times in ms, as the spikes'; unit= changes it)"},
    /* columns of words, of neurons and of ends are no values */
    {"time,phase,x,\n0,rest,-1,\n6000,go,1,\n",
     {0},
     6,
     1,
     "stimulus stim.csv: 2 samples, x from -1 to 1, 0 s to 6 s (times in ms, as the spikes'; unit= changes it)"},
    {"sender,time_ms,V_m\n1,0,-70\n1,6000,-55\n",
     {.kind = TRACE_LINEAR},
     6,
     -55,
     "stimulus stim.csv: 2 samples, V_m from -70 to -55, 0 s to 6 s (times in ms, as its column says)"},
    {"start,stop,contrast\n0,100,3\n3000,3100,5\n",
     {.time = "start"},
     3,
     5,
     "stimulus stim.csv: 2 samples, contrast from 3 to 5, 0 s to 3 s (times in ms, as the spikes'; unit= changes it)"},
    {"frame,x\n0,0\n60000,1\n",
     {.unit = "samples@10000", .kind = TRACE_LINEAR},
     6,
     1,
     "stimulus stim.csv: 2 samples, x from 0 to 1, 0 s to 6 s (times in samples@10000, as told)"},
};

START_TEST(stimuli_are_read_and_what_was_found_is_said)
{
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct trace trace;
        struct text said = {0};
        struct error error;
        ck_assert_msg(read_stimulus(good[i].text, &good[i].options, &trace, &said, &error), "%zu: %s", i, error.text);
        ck_assert_msg(strcmp(text_string(&said), good[i].said) == 0, "%zu said\n%s\nnot\n%s", i, text_string(&said),
                      good[i].said);
        ck_assert_msg(near_relative(trace.time[trace.count - 1], good[i].last, 1e-12) &&
                          trace.x[trace.count - 1] == good[i].x && trace.kind == good[i].options.kind,
                      "%zu ends at %g s with %g", i, trace.time[trace.count - 1], trace.x[trace.count - 1]);
        text_free(&said);
        trace_free(&trace);
    }
}
END_TEST

static const struct {
    const char *text;
    struct stimulus_options options;
    const char *sentence;
} bad[] = {
    {"time\n1\n2\n", {0}, "stim.csv has one column; a stimulus has two, of times and of values"},
    {"time,x\n", {0}, "stim.csv has no rows of numbers; a stimulus needs one at least"},
    {"time,x\n1,2\n",
     {.kind = TRACE_LINEAR},
     "stim.csv has one row of numbers; a stimulus needs two for a line between them"},
    {"time,x\n0,1\n1,nan\n", {0}, "row 2 of stim.csv has time 1 and value nan; a stimulus is finite at every time"},
    {"time,x\n0,1\ninf,1\n", {0}, "row 2 of stim.csv has time inf and value 1; a stimulus is finite at every time"},
    {"time,x\n0,1\n2,1\n1,1\n",
     {0},
     "row 3 of stim.csv is at time 1, before the row above it at 2; a stimulus is in the order of time"},
    {"time,side\n0,left\n1,right\n", {0}, "column 2 (side) of stim.csv holds no numbers, as a stimulus must"},
    {"time,x\n0,1\n1,1\n", {.column = "y"}, "column=y: stim.csv has no column of that name"},
    {"time,x\n0,1\n1,1\n", {.time = "y"}, "time=y: stim.csv has no column of that name"},
    {"time,x\n0,1\n1,1\n", {.time = "x", .column = "x"}, "column 2 of stim.csv cannot be both time and value"},
    {"time,x\n0,1\n1,1\n",
     {.unit = "day"},
     "unit=day: the times of a file are in s, ms, us, ns, min, h, samples@30000 or steps@0.1ms"},
    {"frame,x\n0,1\n1,1\n",
     {0},
     "the times of stim.csv are counted in samples: unit=samples@30000 says how long one is"},
    {"time_s,x\n100,1\n106,1\n",
     {.kind = TRACE_LINEAR},
     "stim.csv goes from 100 s to 106 s (times in s), the recording from 100 ms to 6 s: they have no moment in common; "
     "unit= says what the times of the stimulus are counted in"},
};

START_TEST(what_is_no_stimulus_gets_its_sentence)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct trace trace;
        struct text said = {0};
        struct error error;
        ck_assert_msg(!read_stimulus(bad[i].text, &bad[i].options, &trace, &said, &error), "%zu was read", i);
        ck_assert_msg(strcmp(error.text, bad[i].sentence) == 0, "%zu said\n%s\nnot\n%s", i, error.text,
                      bad[i].sentence);
        text_free(&said);
    }
}
END_TEST

START_TEST(a_column_of_a_dense_file_is_no_neuron)
{
    struct error error;
    struct load_options options = {.stimulus = "x"};
    struct recording *r =
        recording_from("time,a,x,b\n0.001,0,-0.5,1000\n0.002,1000,0.25,0\n0.003,0,1,0\n", &options, &error);
    ck_assert_msg(r != NULL, "%s", error.text);
    ck_assert_msg(r->units == 2 && r->spikes == 2 && strcmp(r->label[1], "b") == 0, "%zu units, %zu spikes", r->units,
                  r->spikes);
    ck_assert_msg(r->stimulus && r->stimulus[0] == -0.5 && r->stimulus[1] == 0.25 && r->stimulus[2] == 1,
                  "the stimulus is not what the column holds");
    recording_free(r);
}
END_TEST

START_TEST(a_column_that_cannot_be_one_gets_its_sentence)
{
    static const struct {
        const char *text, *stimulus, *sentence;
    } rows[] = {
        {"time,a,x\n0.001,0,1\n0.002,1,1\n", "y", "r.csv:1: stimulus=y: there is no column of that name here"},
        {"time,a,x\n0.001,0,1\n0.002,1,1\n", "time", "r.csv:1: stimulus=time: that is the column of times"},
        {"time,a,x\n0.001,0,nan\n", "x", "r.csv:2: 'nan' in column 3 (x): a finite number is wanted"},
        {"time,neuron\n0.1,3\n0.2,4\n", "x",
         "r.csv:1: stimulus=x is a column of a dense file, but this is read as events; a stimulus in a file of its own "
         "is stimulus=@FILE"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error;
        struct load_options options = {.stimulus = rows[i].stimulus};
        struct recording *r = recording_from(rows[i].text, &options, &error);
        ck_assert_msg(r == NULL, "%zu was read", i);
        ck_assert_msg(strcmp(error.text, rows[i].sentence) == 0, "%zu said\n%s\nnot\n%s", i, error.text,
                      rows[i].sentence);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: stimulus_table", stimuli_are_read_and_what_was_found_is_said,
                       what_is_no_stimulus_gets_its_sentence, a_column_of_a_dense_file_is_no_neuron,
                       a_column_that_cannot_be_one_gets_its_sentence);
}
