/* Spike files of every layout, as people write them: what is made of each, at every division into pieces, and the
 * exact sentence for what is refused. */
#include "harness.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/stop.h"
#include "record/format.h"

#define T(text) text, sizeof(text) - 1
#define MOST 8

static const struct {
    const char *text;
    size_t length;
    struct load_options options;
    const char *says; /* all of it; NULL: not compared */
    size_t units, spikes;
    const char *label[MOST];
    double time[MOST];
    unsigned unit[MOST];
} good[] = {
    /* header names, delimiters, line ends */
    {T("time,neuron\n0.1,3\n0.2,12\n0.35,3\n"),
     {0},
     "events, comma, header: time in s (largest 0.35): 250 ms, 2 units, 3 spikes, 4 Hz mean; unit=ms changes it",
     2,
     3,
     {"3", "12"},
     {0.1, 0.2, 0.35},
     {0, 1, 0}},
    {T("id;time_ms\r\n12;100\r\n3;200\r\n3;350.5\r\n"),
     {0},
     "events, semicolon, header: time in ms (column time_ms): 250.5 ms, 2 units, 3 spikes, 3.99 Hz mean; unit=s "
     "changes it",
     2,
     3,
     {"3", "12"},
     {0.1, 0.2, 0.3505},
     {1, 0, 0}},
    {T("# NEST version: 3.6\n# RecordingBackendASCII version: 2\nsender\ttime_ms\n7\t83.700\n14\t83.400\n7\t90.1\n"),
     {0},
     "nest, tab, header: time in ms (column time_ms): 6.7 ms from 83.4 ms, 2 units, 3 spikes, 149 Hz mean; unit=s "
     "changes it\n1 of 3 rows are earlier than the row before them; sorted by time",
     2,
     3,
     {"7", "14"},
     {0.0834, 0.0837, 0.0901},
     {1, 0, 0}},
    {T("# sender\ttime_ms\n7\t83.7\n14\t90.4\n"),
     {0},
     "nest, tab, header in a comment: time in ms (column time_ms): 6.7 ms from 83.7 ms, 2 units, 2 spikes, 74.6 Hz "
     "mean; unit=s changes it",
     2,
     2,
     {"7", "14"},
     {0.0837, 0.0904},
     {0, 1}},
    {T("timestamps population node_ids\n487.5 cortex 354\n124.25 cortex 64\n487.5 cortex 64\n"),
     {0},
     NULL,
     2,
     3,
     {"64", "354"},
     {0.12425, 0.4875, 0.4875},
     {0, 0, 1}},
    {T("timestamps population node_ids\n487.5 cortex 3\n500 thalamus 3\n600 cortex 12\n"),
     {.unit = "ms"},
     NULL,
     3,
     3,
     {"cortex:3", "cortex:12", "thalamus:3"},
     {0.4875, 0.5, 0.6},
     {0, 2, 1}},
    {T("id,time,Simulation_reset\n2821.0,33.0\n2841.0,39.0\n9.0,51.0\n"),
     {.unit = "ms"},
     NULL,
     3,
     3,
     {"9", "2821", "2841"},
     {0.033, 0.039, 0.051},
     {1, 2, 0}},
    {T("Time (s),Electrode,Amplitude(mV)\r\n0.5,D3_31,0.1\r\n0.75,A1_2,0.2\n1,A1_11,0.2\n"),
     {0},
     NULL,
     3,
     3,
     {"A1_2", "A1_11", "D3_31"},
     {0.5, 0.75, 1},
     {2, 0, 1}},
    {T("\xef\xbb\xbfUnit;Spike Times [ms]\nx;1,5\ny;2,25\n"), {0}, NULL, 2, 2, {"x", "y"}, {0.0015, 0.00225}, {0, 1}},
    {T("tempo,neur\xc3\xb4nio\n12,1\n15,2\n40,1\n"), {0}, NULL, 2, 3, {"1", "2"}, {0.012, 0.015, 0.04}, {0, 1, 0}},
    {T("\"time\",\"neuron\"\n\"0.25\",\"a, b\"\n0.5,\"say \"\"x\"\"\"\n"),
     {.unit = "s"},
     NULL,
     2,
     2,
     {"a, b", "say \"x\""},
     {0.25, 0.5},
     {0, 1}},
    {T("time,neuron\n0.1,\xe9t\xe9\n0.2,\x1b[31m\n"),
     {0},
     NULL,
     2,
     2,
     {"^[[31m", "\xc3\xa9t\xc3\xa9"},
     {0.1, 0.2},
     {1, 0}},
    /* no header */
    {T("2.275 32\n2.3 8\n2.3 0\n19.775 32\n"),
     {0},
     "events, blanks, no header (column 1 time, column 2 neuron): time in ms (largest 19.775): 17.5 ms, 3 units, "
     "4 spikes, 57.1 Hz mean; unit=s or columns=neuron,time changes it",
     3,
     4,
     {"0", "8", "32"},
     {0.002275, 0.0023, 0.0023, 0.019775},
     {2, 0, 1, 2}},
    {T("7\t83.7\n14 \t 83.4\n  7   90.1  \n"),
     {.unit = "ms"},
     NULL,
     2,
     3,
     {"7", "14"},
     {0.0834, 0.0837, 0.0901},
     {1, 0, 0}},
    {T("1 10\r\n2 10\r\n1 30\r\n1 55\r\n"),
     {.columns = "id,time", .unit = "ms"},
     "events, blanks, no header: time in ms (as told): 45 ms, 2 units, 4 spikes, 33.3 Hz mean",
     2,
     4,
     {"1", "2"},
     {0.01, 0.01, 0.03, 0.055},
     {0, 1, 0, 0}},
    {T("a,5,x,0.5\nb,6,y,0.25\n"),
     {.columns = "neuron,-,-,time", .unit = "s"},
     NULL,
     2,
     2,
     {"a", "b"},
     {0.25, 0.5},
     {1, 0}},
    /* columns by their names, in any order */
    {T("q,time_ms,z\n3,100,0\n5,200,0\n"), {.columns = "time_ms,q"}, NULL, 2, 2, {"3", "5"}, {0.1, 0.2}, {0, 1}},
    {T("q,time_ms,z\n3,100,0\n5,200,0\n"), {.columns = "Q,time_ms"}, NULL, 2, 2, {"3", "5"}, {0.1, 0.2}, {0, 1}},
    {T("a,b,c\n3,0.5,x\n5,0.75,y\n"), {.columns = "b,c", .unit = "s"}, NULL, 2, 2, {"x", "y"}, {0.5, 0.75}, {0, 1}},
    {T("a,t_s,t_us\n3,0.5,7\n5,0.75,8\n"), {.columns = "t_us,a"}, NULL, 2, 2, {"3", "5"}, {7e-6, 8e-6}, {0, 1}},
    {T("time,id\n3,0.5\n5,0.75\n"), {.columns = "id,time", .unit = "s"}, NULL, 2, 2, {"3", "5"}, {0.5, 0.75}, {0, 1}},
    {T("0.5,D3\n0.75,D10\n"), {.unit = "s"}, NULL, 2, 2, {"D3", "D10"}, {0.5, 0.75}, {0, 1}},
    /* units */
    {T("neuron,time\n0,30000\n1,45000\n"), {.unit = "samples@30000"}, NULL, 2, 2, {"0", "1"}, {1, 1.5}, {0, 1}},
    {T("neuron,sample\n0,30000\n1,45000\n"), {.unit = "samples@30kHz"}, NULL, 2, 2, {"0", "1"}, {1, 1.5}, {0, 1}},
    {T("neuron,step\n0,3\n1,7\n"), {.unit = "steps@0.1ms"}, NULL, 2, 2, {"0", "1"}, {0.0003, 0.0007}, {0, 1}},
    {T("Time (min),unit\n0.5,0\n2,1\n"),
     {0},
     "events, comma, header: time in min (column Time (min)): 90 s, 2 units, 2 spikes, 0.00556 Hz mean; unit=ms "
     "changes it\n"
     "a mean rate of 5.556 mHz a unit is odd for neurons: are the times really in min?",
     2,
     2,
     {"0", "1"},
     {30, 120},
     {0, 1}},
    {T("spike_time_h;unit\n0,5;0\n0,25;1\n"), {0}, NULL, 2, 2, {"0", "1"}, {900, 1800}, {1, 0}},
    {T("time[ns],unit\n1500,0\n2500,1\n"), {0}, NULL, 2, 2, {"0", "1"}, {1.5e-6, 2.5e-6}, {0, 1}},
    {T("0.5 3\n0.75 4\n"), {.unit = "min"}, NULL, 2, 2, {"3", "4"}, {30, 45}, {0, 1}},
    {T("time,neuron\n18079.641,1\n18081.5,1\n18089.5941,2\n"),
     {.unit = "s"},
     "events, comma, header: time in s (as told): 9.953 s from 18079.6 s, 2 units, 3 spikes, 0.1 Hz mean",
     2,
     3,
     {"1", "2"},
     {18079.641, 18081.5, 18089.5941},
     {0, 0, 1}},
    {T("t_us,unit\n1500,0\n2500,1\n"), {0}, NULL, 2, 2, {"0", "1"}, {0.0015, 0.0025}, {0, 1}},
    {T("time,neuron\n"),
     {0},
     "events, comma, header: time in s (as lifscope writes it): 0 units, 0 spikes",
     0,
     0,
     {0},
     {0},
     {0}},
    {T("time,neuron\n-0.5,1\n0.25,1\n0.25,1\n"),
     {0},
     "events, comma, header: time in s (largest 0.5): 750 ms from -500 ms, 1 unit, 3 spikes, 1.33 Hz mean; unit=ms "
     "changes it\n"
     "1 of 3 spikes repeat one of the same unit and time\n1 of 3 spikes are before time 0",
     1,
     3,
     {"1"},
     {-0.5, 0.25, 0.25},
     {0, 0, 0}},
    {T("time,neuron\n0.5,1"), {0}, NULL, 1, 1, {"1"}, {0.5}, {0}},
    {T("time,neuron\n1,a\n\n#x\n2,b\n"),
     {.unit = "s"},
     "events, comma, header: time in s (as told): 1 s from 1 s, 2 units, 2 spikes, 0.5 Hz mean",
     2,
     2,
     {"a", "b"},
     {1, 2},
     {0, 1}},
    /* dense */
    {T("time,neuron_0,neuron_1,neuron_2\n0.001,0,1000,0.0\n0.002,0.0,0,0\n0.003,1000,1000.0,0\n"),
     {0},
     "dense, comma, header: time in s (largest 0.003): 3 ms, 3 samples, 3 units, 3 spikes, 333 Hz mean; "
     "unit=ms changes it\n1 of 3 units never spike",
     3,
     3,
     {"neuron_0", "neuron_1", "neuron_2"},
     {0.001, 0.003, 0.003},
     {1, 0, 1}},
    {T("1 0 0 0 0 0 1\n2 0 0 0 0 0 0\n3 0 1 0 0 0 0\n"),
     {.unit = "ms"},
     NULL,
     6,
     2,
     {"0", "1", "2", "3", "4", "5"},
     {0.001, 0.003},
     {5, 1}},
    {T("b,a\n0,1\n1,1\n0,0\n"),
     {.dt = 0.001},
     "dense, comma, header: time in s (from dt): 3 ms, 3 samples, 2 units, 3 spikes, 500 Hz mean",
     2,
     3,
     {"b", "a"},
     {0.001, 0.002, 0.002},
     {1, 0, 1}},
    {T("0;1\n1;1\n"), {.dt = 0.5}, NULL, 2, 3, {"0", "1"}, {0.5, 1, 1}, {1, 0, 1}},
    {T(",time,n0,n1\n0,0.1,0,1\n1,0.2,1,0\n2,0.3,0,0\n"), {0}, NULL, 2, 2, {"n0", "n1"}, {0.1, 0.2}, {1, 0}},
    {T("time,1,2\n20,0,1\n10,1,0\n30,0,0\n"),
     {.unit = "ms"},
     "dense, comma, header: time in ms (as told): 30 ms, 3 samples, 2 units, 2 spikes, 33.3 Hz mean\n"
     "1 of 3 rows are earlier than the row before them; sorted by time",
     2,
     2,
     {"1", "2"},
     {0.01, 0.02},
     {0, 1}},
    /* told what it is, against appearances */
    {T("time,neuron\n1,0\n2,1\n3,0\n"), {.format = "dense", .unit = "ms"}, NULL, 1, 1, {"neuron"}, {0.002}, {0}},
    {T("x,y\n0.5,1\n0.7,2\n"),
     {.header = "on", .delimiter = "comma", .format = "ev"},
     NULL,
     2,
     2,
     {"1", "2"},
     {0.5, 0.7},
     {0, 1}},
};

static void check_good(size_t i, size_t piece)
{
    struct error error = {""};
    struct text said = {0};
    struct recording *r =
        recording_parse("r.csv", good[i].text, good[i].length, piece, &good[i].options, &said, &error);
    ck_assert_msg(r != NULL, "'%s' in pieces of %zu: %s", good[i].text, piece, error.text);
    if (good[i].says)
        ck_assert_str_eq(text_string(&said), good[i].says);
    ck_assert_msg(r->units == good[i].units && r->spikes == good[i].spikes,
                  "'%s' in pieces of %zu: %zu units, %zu spikes", good[i].text, piece, r->units, r->spikes);
    for (size_t u = 0; u < r->units; u++)
        ck_assert_str_eq(r->label[u], good[i].label[u]);
    for (size_t k = 0; k < r->spikes; k++)
        ck_assert_msg(near_relative(r->time[k], good[i].time[k], 3e-16) && recording_unit(r, k) == good[i].unit[k],
                      "'%s' in pieces of %zu: spike %zu is %.17g of %u (%s)", good[i].text, piece, k, r->time[k],
                      recording_unit(r, k), text_string(&said));
    ck_assert_str_eq(r->source, "r.csv");
    ck_assert_msg(strncmp(r->described, text_string(&said), strlen(r->described)) == 0 && !strchr(r->described, '\n'),
                  "described as '%s'", r->described);
    recording_free(r);
    text_free(&said);
}

START_TEST(every_layout_is_read_in_every_piece_size)
{
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        for (size_t piece = 0; piece <= good[i].length; piece++)
            check_good(i, piece);
}
END_TEST

#define OPEN_QUOTE "a quotation mark is opened on this line and not closed on it"

static const struct {
    const char *text;
    size_t length;
    struct load_options options;
    const char *says;
} bad[] = {
    /* malformed rows */
    {T("time,neuron\nabc,4\n"), {0}, "r.csv:2: 'abc' in column 1 (time) is not a number"},
    {T("time,neuron\r\nNaN,4\r\n"), {0}, "r.csv:2: 'NaN' in column 1 (time): a finite number is wanted"},
    {T("time,neuron\n-inf,4\ninf,4\n"), {0}, "r.csv:2: '-inf' in column 1 (time): a finite number is wanted"},
    {T("time,neuron\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n0.5,2\n"),
     {0},
     "r.csv:2: 1 column here, but time is column 1 (time) and neuron column 2 (neuron), and so on in 21 of 22 rows: "
     "this "
     "is no file of spikes"},
    {T("\"0.1,3\n\"0.2,4"), {0}, "r.csv:1: " OPEN_QUOTE},
    {T("time,neuron\n\"0.1,3\r\n\"0.2,4"), {0}, "r.csv:2: " OPEN_QUOTE},
    /* no spikes at all */
    {T(""), {0}, "r.csv:1: the file is empty"},
    {T("# only\n\n"), {0}, "r.csv:1: there are only blank lines and comments in this file"},
    {T("x,y,z\n"), {0}, "r.csv:1: there is a header here and no spike under it"},
    {T("1\n-2\n3\n-1\n"),
     {0},
     "r.csv:1: there is one column here, and its numbers rise and fall like a signal; spikes need a column of times "
     "and "
     "one of neurons, or format=cell reads the times of one neuron"},
    {T("Dear all, please\nfind the spikes, attached\n"),
     {0},
     "r.csv:1: there are mostly words here; a table of spikes has times and neurons"},
    {T("0,0,1,0,0,0\n0,1,0,0,0,0\n0,0,0,0,0,0\n"),
     {0},
     "r.csv:1: mostly zeros, and no column rises as times do; dt=1ms makes each row a sample"},
    {T("1.5,-0.2,0.3\n1.25,0.1,-0.7\n-1,0.5,0.25\n"),
     {0},
     "r.csv:1: no columns of times and neurons are found; columns=time,neuron says where they are, format=dense that "
     "each column is a neuron, format=trains that each row is"},
    {T("0.1,3\n0.2,\0\n"), {0}, "r.csv:2: a NUL byte: this is a binary file, not text"},
    {T("\x93NUMPY\x01\0v\0{"),
     {0},
     "r.csv:1: this is a NumPy file (.npy); write it as text first, numpy.savetxt does that"},
    {T("\x89HDF\r\n\x1a\n\0"),
     {0},
     "r.csv:1: this is an HDF5 file (NWB, SONATA and MATLAB 7.3 are such); export time and neuron as CSV first, h5dump "
     "or h5py does that"},
    {T("\x1f\x8b\x08\0"), {0}, "r.csv: the compressed data end too early; the file is cut off"},
    {T("\xff\xfet\0i\0"), {0}, "r.csv:1: there is a header here and no spike under it"},
    {T("-1e308,1\n1e308,2\n"), {.unit = "s"}, "r.csv: times from -1e+308 to 1e+308 s are too far apart"},
    /* options */
    {T("1,2\n"),
     {.format = "hdf"},
     "unknown format 'hdf': one of events, dense, trains, nest, sonata, columns, axion, mcs, cell, trials, spike2"},
    {T("1,2\n"),
     {.unit = "day"},
     "unit=day: the times of a file are in s, ms, us, ns, min, h, samples@30000 or steps@0.1ms"},
    {T("1,2\n"), {.unit = "samples@0"}, "unit=samples@0: the samples in a second must be positive and finite"},
    {T("1,2\n"),
     {.unit = "steps@2Hz"},
     "unit=steps@2Hz: '2Hz': a time is wanted here, in s, ms, us, ns, min (none: s)"},
    {T("1,2\n"), {.delimiter = "pipe"}, "unknown delimiter 'pipe': one of comma, semicolon, tab, space, bar, colon"},
    {T("1,2\n"), {.header = "maybe"}, "unknown header 'maybe': one of off, on"},
    {T("1,2\n"),
     {.columns = "time,what"},
     "r.csv:1: columns=time,what: 'what' is none of time, neuron (or id), population, - (not used), nor is each word "
     "the "
     "name of a column here"},
    {T("1,2\n"),
     {.columns = "time"},
     "r.csv:1: columns=time: both time and neuron are needed, as in columns=time,neuron"},
    {T("1,2\n"), {.columns = "time,-,id"}, "r.csv:1: columns=time,-,id names more columns than the 2 there are"},
    {T("sample,unit\n1,2\n5,2\n"),
     {0},
     "r.csv:1: column sample counts samples: unit=samples@30000 says how long one is"},
    {T("bin,unit\n1,2\n5,2\n"),
     {0},
     "r.csv:1: column bin counts steps: unit=steps@0.1ms (or dt=0.1ms) says how long one is"},
    {T("time,n0\n1,0\n2,1\n"), {.dt = 0.1}, "r.csv:1: dt= is for files without times, but column 1 (time) holds them"},
    {T("1,1\n0,0\n"), {.format = "dense"}, "r.csv:1: no column rises as times do; dt=1ms makes each row a sample"},
};

START_TEST(faults_are_said_with_their_place_whatever_the_pieces)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        for (size_t piece = 0; piece <= bad[i].length; piece++) {
            struct error error = {""};
            struct text said = {0};
            struct recording *r =
                recording_parse("r.csv", bad[i].text, bad[i].length, piece, &bad[i].options, &said, &error);
            ck_assert_msg(r == NULL, "'%s' was read (%s); expected: %s", bad[i].text, text_string(&said), bad[i].says);
            ck_assert_str_eq(error.text, bad[i].says);
            ck_assert_msg(said.length == 0, "'%s' says '%s' though it failed", bad[i].text, text_string(&said));
        }
}
END_TEST

/* A population of `units` neurons firing at about `rate` Hz for `span` s, its times written as multiples of a second
 * divided by `over`, rounded to `digits`. */
static struct text make_events(const char *header, const char *row, size_t units, double rate, double span,
                               double scale, int digits)
{
    struct text text = {0};
    text_printf(&text, "%s", header);
    size_t n = (size_t)((double)units * rate * span);
    uint64_t state = 99;
    for (size_t i = 0; i < n; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        char time[40], id[24];
        snprintf(time, sizeof time, "%.*f", digits, (double)i / (double)n * span * scale);
        snprintf(id, sizeof id, "%u", (unsigned)(state >> 40) % (unsigned)units);
        for (const char *c = row; *c; c++)
            text_printf(&text, "%s", *c == 't' ? time : *c == 'n' ? id : (char[]){*c, '\0'});
        text_add(&text, "\n");
    }
    return text;
}

START_TEST(units_are_guessed_from_what_neurons_do)
{
    static const struct {
        const char *header, *row;
        size_t units;
        double rate, span, scale;
        int digits;
        const char *unit;
    } cases[] = {
        {"", "t n", 60, 4, 12, 1e3, 1, "time in ms "},
        {"", "n\tt", 60, 4, 12, 1e3, 1, "time in ms "},
        {"", "t,n", 60, 4, 12, 1, 4, "time in s "},
        {"time,id\n", "t,n", 1500, 0.8, 18, 1e3, 0, "time in ms "},
        {"id,time\n", "n,t", 20, 50, 3, 1, 6, "time in s "},
        {"time,id\n", "t,n", 10, 20, 5, 1e6, 0, "time in us "},
        {"t,i\n", "t,n", 100, 0.3, 2000, 1, 2, "time in s "},
        {"time,neuron\n", "t,n", 60, 4, 12, 1e3, 1, "time in ms "},
        {"time,neuron\n", "t,n", 60, 4, 12, 1e3, 0, "time in ms "},
        {"", "n t", 4, 8, 6, 1e3, 0, "time in ms "},
        {"time,neuron\n", "t,n", 60, 4, 12, 1, 3, "time in s "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = make_events(cases[i].header, cases[i].row, cases[i].units, cases[i].rate, cases[i].span,
                                       cases[i].scale, cases[i].digits);
        struct text said = {0};
        struct error error = {""};
        struct recording *r =
            recording_parse("r.csv", text.bytes, text.length, 0, &(struct load_options){0}, &said, &error);
        ck_assert_msg(r != NULL, "case %zu: %s", i, error.text);
        ck_assert_msg(strstr(text_string(&said), cases[i].unit) != NULL, "case %zu: %s", i, text_string(&said));
        ck_assert_msg(fabs(r->last - cases[i].span) < 0.05 * cases[i].span, "case %zu: %s", i, text_string(&said));
        ck_assert_uint_eq(r->units, cases[i].units);
        recording_free(r);
        text_free(&text);
        text_free(&said);
    }
}
END_TEST

START_TEST(odd_readings_are_remarked_upon)
{
    struct error error = {""};
    struct text text = make_events("", "t n", 5, 20, 6, 30000, 0), said = {0};
    struct recording *r = recording_parse("r", text.bytes, text.length, 0, &(struct load_options){0}, &said, &error);
    ck_assert_msg(strstr(text_string(&said), " Hz mean; unit=samples@30000 if these are numbers of samples; unit=s or "
                                             "columns=neuron,time changes it\n"),
                  "%s", text_string(&said));
    recording_free(r);
    text_clear(&said);
    r = recording_parse("r", T("0.1 1\n0.1001 1\n0.1002 1\n"), 0, &(struct load_options){.unit = "s"}, &said, &error);
    ck_assert_msg(
        strstr(text_string(&said), "\na mean rate of 10 kHz a unit is odd for neurons: are the times really in s?"),
        "%s", text_string(&said));
    recording_free(r);
    text_clear(&said);
    r = recording_parse("r", T("time,a,b\n1,3,4\n2,5,6\n3,-1,7\n"), 0, &(struct load_options){.format = "dense"}, &said,
                        &error);
    ck_assert_msg(strstr(text_string(&said), "\n100 % of the cells are not zero, and each counts as a spike: does this "
                                             "file hold spikes?"),
                  "%s", text_string(&said));
    recording_free(r);
    text_free(&said);
    text_free(&text);
}
END_TEST

START_TEST(lost_line_ends_are_noticed_and_wide_files_are_not)
{
    struct error error = {""};
    struct text text = {0}, said = {0};
    for (int i = 0; i < 5000; i++)
        text_printf(&text, "%s0.%04d", i ? "," : "", i);
    ck_assert_ptr_null(recording_parse("r", text.bytes, text.length, 0, &(struct load_options){0}, &said, &error));
    ck_assert_str_eq(error.text,
                     "r:1: 5000 columns in a single row: the line ends seem to be lost; write one row a line, or "
                     "format=trains reads the row as the spikes of one neuron");
    text_clear(&text);
    text_add(&text, "time");
    for (int i = 0; i < 10000; i++)
        text_printf(&text, ",neuron_%d", i);
    for (int row = 1; row <= 5; row++) {
        text_printf(&text, "\n0.00%d", row);
        for (int i = 0; i < 10000; i++)
            text_add(&text, i == row * 1000 ? ",1000.0" : ",0.0");
    }
    struct recording *r = recording_parse("r", text.bytes, text.length, 0, &(struct load_options){0}, &said, &error);
    ck_assert_msg(r != NULL, "%s", error.text);
    ck_assert_uint_eq(r->units, 10000);
    ck_assert_uint_eq(r->spikes, 5);
    ck_assert_uint_eq(r->samples, 5);
    for (uint32_t k = 0; k < 5; k++)
        ck_assert_uint_eq(recording_unit(r, k), (k + 1) * 1000);
    recording_free(r);
    text_free(&text);
    text_free(&said);
}
END_TEST

static bool stop_at_half(void *context, double fraction)
{
    size_t *calls = context;
    ++*calls;
    return fraction > 0.5;
}

START_TEST(loading_can_be_interrupted)
{
    struct error error = {""};
    struct text said = {0};
    size_t calls = 0;
    struct load_options options = {.progress = {stop_at_half, &calls}};
    ck_assert_ptr_null(recording_parse("r", T("1.5 2\n2.5 2\n3.5 1\n"), 1, &options, &said, &error));
    ck_assert_str_eq(error.text, "r: interrupted");
    ck_assert_uint_gt(calls, 5);
}
END_TEST

/* The line ends inside a list come behind it, in a piece that may be smaller than they are many. */
START_TEST(a_list_over_many_lines_is_read_in_pieces)
{
    static const char text[] = "1,\"[0.1,\n0.2,\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n0.3]\"\n2,\"[0.4, 0.5]\"\n";
    for (size_t piece = 0; piece < 12; piece++) {
        struct error error = {""};
        struct text said = {0};
        struct recording *r = recording_parse("r", text, strlen(text), piece, &(struct load_options){0}, &said, &error);
        ck_assert_msg(r, "pieces of %zu: %s", piece, error.text);
        ck_assert_msg(r->spikes == 5 && r->units == 2, "pieces of %zu: %zu spikes of %u units", piece,
                      (size_t)r->spikes, (unsigned)r->units);
        recording_free(r);
        text_free(&said);
    }
}
END_TEST

static bool stop_at(void *context, double fraction)
{
    size_t *left = context;
    (void)fraction;
    if (*left == 0 || --*left == 0)
        stop_request();
    return false;
}

/* What is looked at when somebody asks to stop is not looked at to its end, so nothing that comes of it counts. */
START_TEST(whoever_was_stopped_has_loaded_nothing)
{
    struct text text = {0}, said = {0};
    text_printf(&text, "time");
    for (int c = 0; c < 3000; c++)
        text_printf(&text, ",n%d", c);
    for (int r = 0; r < 20; r++) {
        text_printf(&text, "\n%g", 0.001 * r);
        for (int c = 0; c < 3000; c++)
            text_printf(&text, ",%d", (7 * c + r) % 37 == 0);
    }
    text_printf(&text, "\n");
    for (size_t calls = 0; calls < 12; calls++) {
        struct error error = {""};
        size_t left = calls;
        struct load_options options = {.progress = {stop_at, &left}};
        if (calls == 0)
            stop_request();
        ck_assert_ptr_null(recording_parse("r", text.bytes, text.length, 9000, &options, &said, &error));
        ck_assert_msg(strcmp(error.text, "interrupted") == 0, "stopped at call %zu: %s", calls, error.text);
        stop_forget();
    }
    text_free(&text);
    text_free(&said);
}
END_TEST

START_TEST(files_that_cannot_be_opened_are_explained)
{
    char directory[] = "/tmp/lifscope-test-XXXXXX", path[64], expected[256];
    ck_assert_ptr_nonnull(mkdtemp(directory));
    struct error error = {""};
    struct text said = {0};
    struct load_options options = {0};
    ck_assert_ptr_null(recording_load(directory, &options, &said, &error));
    snprintf(expected, sizeof expected, "%s: this is a directory, a file is wanted", directory);
    ck_assert_str_eq(error.text, expected);
    snprintf(path, sizeof path, "%s/f.csv", directory);
    ck_assert_ptr_null(recording_load(path, &options, &said, &error));
    snprintf(expected, sizeof expected, "%s: there is no such file", path);
    ck_assert_str_eq(error.text, expected);
    FILE *file = fopen(path, "w");
    fputs("0.5 1\n0.75 2\n", file);
    fclose(file);
    struct recording *r = recording_load(path, &options, &said, &error);
    ck_assert_msg(r != NULL, "%s", error.text);
    ck_assert_str_eq(r->source, path);
    recording_free(r);
    text_free(&said);
    unlink(path);
    rmdir(directory);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: loading", every_layout_is_read_in_every_piece_size,
                       faults_are_said_with_their_place_whatever_the_pieces, units_are_guessed_from_what_neurons_do,
                       odd_readings_are_remarked_upon, lost_line_ends_are_noticed_and_wide_files_are_not,
                       loading_can_be_interrupted, whoever_was_stopped_has_loaded_nothing,
                       a_list_over_many_lines_is_read_in_pieces, files_that_cannot_be_opened_are_explained);
}
