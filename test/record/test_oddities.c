/* What is odd in a file is counted and said, what holds no spikes is refused with what it looks like, and several files
 * of one run become one recording. */
#include "harness.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "record/format.h"

#define T(text) text, sizeof(text) - 1

static struct recording *parse(const char *text, size_t length, const struct load_options *options, struct text *said)
{
    struct error error = {""};
    text_clear(said);
    struct recording *r = recording_parse("r.csv", text, length, 0, options, said, &error);
    ck_assert_msg(r != NULL, "'%s': %s", text, error.text);
    return r;
}

#define OPEN_QUOTE "a quotation mark is opened on this line and not closed on it"

static const struct {
    const char *text;
    size_t length;
    struct load_options options;
    size_t units, spikes;
    const char *says; /* behind the first line */
} odd[] = {
    {T("time,neuron\n0.1,1\n0.2,2\nabc,3\n0.3,1\nnan,2\n-0.5,1\n0.4,2\n0.4,2\n0.35,1\n,4\n0.6,\n0.7,3\n0.8\ninf,1\n0.9,"
       "1\n"),
     {.unit = "s"},
     3,
     9,
     "\n4 of 15 rows cannot be read and are left out: line 4: 'abc' in column 1 (time) is not a number; line 11: '' in "
     "column 1 (time) is not a number; line 12: no neuron in column 2 (neuron); and so on"
     "\n2 of 15 times are nan or inf and left out: line 6, line 15"
     "\n2 of 9 rows are earlier than the row before them; sorted by time"
     "\n1 of 9 spikes repeat one of the same unit and time"
     "\n1 of 9 spikes are before time 0"},
    {T("time,neuron\n0.1,3\nNaN,4\n"), {.unit = "s"}, 1, 1, "\n1 of 2 times is nan or inf and left out: line 3"},
    {T("time,a,b\n1,0,1\n2,1,0\n3,0,0\n4,x,1\n5,0,1\n6,1,0\n7,0\n8,0,1\n9,1,1\n"),
     {.unit = "ms"},
     2,
     7,
     "\n2 of 9 rows cannot be read and are left out: line 5: 'x' in column 2 (a) is not a number; line 8: 2 columns "
     "here, "
     "but 3 in line 1"
     "\na mean rate of 428.6 Hz"},
    {T("0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8\n0.5 0.6 0.7 oops 0.8 0.75 inf\n"),
     {.unit = "s"},
     2,
     13,
     "\n1 of 15 times cannot be read and is left out: line 2: 'oops' in column 4 is not a number"
     "\n1 of 15 times is nan or inf and left out: line 2"
     "\n1 of 13 times are earlier than the one before them; sorted by time"},
    /* one good row is enough */
    {T("time,neuron\n0.1,3\nabc,4\n"),
     {.unit = "s"},
     1,
     1,
     "\n1 of 2 rows cannot be read and is left out: line 3: 'abc' in column 1 (time) is not a number"},
    {T("abc,3\n0.1,4\n0.2,5\n"),
     {.unit = "s"},
     2,
     2,
     "\n1 of 3 rows cannot be read and is left out: line 1: 'abc' in column 1 is not a number"},
    {T("0.1 3\n\n0.2 4\n0.x3 4\n0.4 3\n"),
     {.unit = "s"},
     2,
     3,
     "\n1 of 4 rows cannot be read and is left out: line 4: '0.x3' in column 1 is not a number"},
    {T("time,n_0,n_1\n0.1,0,1\n0.2,0\n0.3,nan,1\n0.4,0,0\n"),
     {.unit = "s", .format = "dense"},
     2,
     1,
     "\n2 of 4 rows cannot be read and are left out: line 3: 2 columns here, but 3 in line 1; line 4: 'nan' in column "
     "2 "
     "(n_0) is not a number\n1 of 2 units never spike"},
    {T("time,a,x\n0.002,0,1.5\n0.001,1,1.5\n0.003,1,nan\n0.004,1,-3\n"),
     {.unit = "s", .stimulus = "x"},
     1,
     1,
     "\n2 of 4 rows cannot be read and are left out: line 3: the time falls here; beside a stimulus the rows must be "
     "in "
     "order; line 4: 'nan' in column 3 (x): a finite number is wanted"},
    /* files put one behind the other; numbers are never a header again */
    {T("sender\ttime_ms\n1\t50\n2\t70\nSender\ttime_ms\n3\t80\n"),
     {.unit = "ms"},
     3,
     3,
     "\nthe header stands 1 time more among the rows, as where files were put one behind the other"},
    /* an unclosed quotation mark costs its line only */
    {T("time,neuron\n0.1,3\n0.2,\"4\n\"0.3,4\r\n0.4,\"5\"\r\n0.5,\"6"),
     {.unit = "s"},
     2,
     2,
     "\n3 of 5 rows cannot be read and are left out: line 3: " OPEN_QUOTE "; line 4: " OPEN_QUOTE
     "; line 6: " OPEN_QUOTE},
    {T("time,neuron\n\"8,5\"8,5\";A1\n1,\";A1\n1,5;\"B \" 1\"\"\"\r\n"),
     {.unit = "s"},
     1,
     1,
     "\n2 of 3 rows cannot be read and are left out: line 2: " OPEN_QUOTE "; line 3: " OPEN_QUOTE},
    {T("\"time,neuron\n0.1,3\n0.2,4\n"),
     {.unit = "s"},
     2,
     2,
     "\n1 of 3 rows cannot be read and is left out: line 1: " OPEN_QUOTE},
    {T("0.1 0.2 0.3\n\"0.4 0.5\n0.3 0.4 0.7\n0.5\n"),
     {.unit = "s", .format = "trains"},
     4,
     7,
     "\n1 of 8 times cannot be read and is left out: line 2: " OPEN_QUOTE "\n1 of 4 units never spike\n1 empty line "
     "counts as a neuron that never spikes; empty=skip leaves it out"},
    {T("t,u\n1,a\n2,b\n3,a\n4,\"say \"\"x\"\"\"\n"), {.unit = "s", .columns = "time,unit"}, 3, 4, ""},
};

/* At every division into pieces the same is said. */
static void check_pieces(const char *bytes, size_t length, const struct load_options *options, const char *says)
{
    struct text said = {0};
    for (size_t piece = 1; piece <= length; piece++) {
        struct error error = {""};
        struct recording *r = recording_parse("r.csv", bytes, length, piece, options, &said, &error);
        ck_assert_msg(r && strcmp(text_string(&said), says) == 0, "'%s' in pieces of %zu: %s%s", bytes, piece,
                      text_string(&said), error.text);
        recording_free(r);
        text_clear(&said);
    }
    text_free(&said);
}

/* A row as wide as that would take memory without end: it is left out, and why is said. */
START_TEST(a_row_of_very_many_fields_is_left_out)
{
    size_t length = (size_t)40 << 20;
    char *text = malloc(length);
    memset(text, ',', length);
    memcpy(text, "time,neuron\n0.1,1\n", 18);
    struct error error = {""};
    struct text said = {0};
    struct recording *r = recording_parse("f", text, length, 0, &(struct load_options){0}, &said, &error);
    ck_assert_msg(r != NULL, "%s", error.text);
    ck_assert_uint_eq(r->spikes, 1);
    ck_assert_msg(strstr(text_string(&said), "a row of more than 16 million fields") != NULL, "it says '%s'",
                  text_string(&said));
    recording_free(r);
    text_free(&said);
    free(text);
}
END_TEST

START_TEST(what_is_odd_is_counted_and_said)
{
    struct text said = {0};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct recording *r = parse(odd[i].text, odd[i].length, &odd[i].options, &said);
        ck_assert_msg(r->units == odd[i].units && r->spikes == odd[i].spikes, "'%s': %zu units, %zu spikes",
                      odd[i].text, r->units, r->spikes);
        const char *behind = strchr(text_string(&said), '\n');
        behind = behind ? behind : "";
        /* the remark on rates is not what is looked at here */
        if (strstr(odd[i].says, "a mean rate") == NULL)
            ck_assert_str_eq(behind, odd[i].says);
        else
            ck_assert_msg(strncmp(behind, odd[i].says, strcspn(odd[i].says, "a") + 1) == 0, "%s", behind);
        recording_free(r);
        check_pieces(odd[i].text, odd[i].length, &odd[i].options, text_string(&said));
    }
    text_free(&said);
}
END_TEST

/* Whatever the share of rows that cannot be read, the others are. */
START_TEST(bad_rows_do_not_cost_the_good_ones)
{
    static const struct {
        size_t good, bad;
        bool read;
    } cases[] = {{1, 1, true},   {5, 1, true},  {6, 6, true},   {30, 29, true},
                 {10, 90, true}, {1, 20, true}, {1, 21, false}, {0, 1, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = {0}, said = {0};
        struct error error = {""};
        text_add(&text, "time,neuron\n");
        for (size_t k = 0; k < cases[i].good; k++)
            text_printf(&text, "0.%zu,1\n", 100 + k);
        for (size_t k = 0; k < cases[i].bad; k++)
            text_add(&text, "bad,1\n");
        struct recording *r =
            recording_parse("r.csv", text.bytes, text.length, 0, &(struct load_options){0}, &said, &error);
        ck_assert_msg((r != NULL) == cases[i].read, "%zu good, %zu bad: %s", cases[i].good, cases[i].bad,
                      r ? "read" : error.text);
        ck_assert_msg(!r || r->spikes == cases[i].good, "%zu good, %zu bad: %zu spikes", cases[i].good, cases[i].bad,
                      r->spikes);
        recording_free(r);
        text_free(&text);
        text_free(&said);
    }
}
END_TEST

/* Longer than any number, and than what is read at once, ending in all ways; the rows around it are read. */
START_TEST(an_endless_field_costs_its_line_only)
{
    static const size_t lengths[] = {65535, 65536, 65537, 70000, 73727, 73728, 73729, 74000, 131072, 200000, 1000000};
    static const char *const ends[] = {",2\n", "\n", "\r\n", ",\"2\n", "\",\"\n"};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths * (sizeof ends / sizeof *ends); i++) {
        size_t length = lengths[i % (sizeof lengths / sizeof *lengths)];
        struct text text = {0}, said = {0};
        text_add(&text, "time,neuron\n0.1,1\n0.2,1\n");
        for (size_t k = 0; k < length; k++)
            text_append(&text, k < 3 ? &"0.3"[k] : "3", 1);
        text_printf(&text, "%s0.4,1\n0.5,2\n", ends[i / (sizeof lengths / sizeof *lengths)]);
        for (size_t piece = 0; piece < 100000; piece = piece * 9 + 4093) {
            struct error error = {""};
            struct recording *r = recording_parse("r.csv", text.bytes, text.length, piece,
                                                  &(struct load_options){.unit = "s"}, &said, &error);
            ck_assert_msg(r != NULL, "%zu bytes in pieces of %zu: %s", length, piece, error.text);
            ck_assert_msg(strstr(text_string(&said), "line 4: ") || r->spikes == 5, "%zu bytes in pieces of %zu: %s",
                          length, piece, text_string(&said));
            ck_assert_msg(r->spikes == 4 || (r->spikes == 5 && length <= 65536),
                          "%zu bytes in pieces of %zu: %zu spikes", length, piece, r->spikes);
            recording_free(r);
            text_clear(&said);
        }
        text_free(&text);
        text_free(&said);
    }
}
END_TEST

/* A label holds 400 bytes at most, and the neuron is what must not be cut off. */
START_TEST(neurons_of_a_population_with_an_endless_name_stay_apart)
{
    static const char *const letters[] = {"p", "\xff", "\xc2\xb5"};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        struct text text = {0}, said = {0};
        text_add(&text, "timestamps population node_ids\n");
        for (int row = 1; row <= 2; row++) {
            text_printf(&text, "%d ", row);
            for (int k = 0; k < 500; k++)
                text_add(&text, letters[i]);
            text_printf(&text, " %d\n", row);
        }
        struct recording *r = parse(text.bytes, text.length, &(struct load_options){0}, &said);
        ck_assert_msg(r->units == 2, "letter %zu: %zu units", i, r->units);
        for (size_t u = 0; u < 2; u++)
            ck_assert_msg(strcmp(r->label[u], u ? "2" : "1") == 0, "letter %zu: unit %zu is '%s'", i, u, r->label[u]);
        recording_free(r);
        text_free(&text);
        text_free(&said);
    }
}
END_TEST

#define COUNTS(most, advice)                                                                                           \
    "r.csv:1: this looks like counts of spikes in bins, 0 to " most " in a cell, and the times are lost in them; "     \
    "export the times of the spikes, or " advice " reads each bin that is not empty as one spike"
#define ONE_COLUMN "; or columns=time,neuron takes column 2 for neurons"
#define CLUSTERS                                                                                                       \
    "r.csv:1: this is a spike sorter's list of clusters, which holds no times; these are beside it in "                \
    "spike_times.npy and spike_clusters.npy: write both as the columns sample,cluster of a CSV and load that with "    \
    "unit=samples@30000"

#define LISTS                                                                                                          \
    "r.csv:1: these are lists within one another, as Python prints them; with a line end behind each they are read: "  \
    "sed 's/\\], */]\\n/g; s/\\[\\[/[/' FILE | tr -d '{}' > NEW"

static const struct {
    const char *text;
    size_t length;
    const char *says;
} refused[] = {
    {T("\"\",\"V1\",\"V2\",\"V3\"\n\"1\",0,2,1\n\"2\",1,0,3\n\"3\",0,0,0\n\"4\",2,1,0\n"),
     COUNTS("3", "format=dense dt=10ms")},
    {T("\"V1\" \"V2\" \"V3\"\n\"1\" 0 2 1\n\"2\" 1 0 3\n\"3\" 0 0 0\n\"4\" 2 1 0\n"),
     COUNTS("3", "format=dense dt=10ms")},
    {T("time,a,b\n0.1,5,2\n0.2,1,6\n0.3,3,1\n0.4,2,1\n"), COUNTS("6", "format=dense")},
    {T("\"\",\"bin\",\"u1\",\"u2\"\n\"1\",0,2,1\n\"2\",1,1,3\n\"3\",2,4,2\n\"4\",3,1,1\n\"5\",4,2,2\n\"6\",5,0,1\n"),
     COUNTS("4", "format=dense dt=10ms")},
    {T("bin,count\n0,3\n1,2\n2,5\n3,2\n"), COUNTS("5", "format=dense dt=10ms") ONE_COLUMN},
    {T("time,n_spikes\n0.1,3\n0.2,2\n0.3,5\n0.4,2\n"), COUNTS("5", "format=dense") ONE_COLUMN},
    {T("bin_start,bin_end,count\n0,1,3\n1,2,2\n2,3,150\n3,4,2\n"), COUNTS("150", "format=dense")},
    {T("time,c\n0,3\n0.033,2\n0.067,5\n0.1,2\n0.133,2\n0.167,1\n0.2,6\n0.233,4\n"),
     COUNTS("6", "format=dense") ONE_COLUMN},
    {T("time,c1,c2\n0,3,1\n0.033,2,4\n0.067,5,4\n0.1,2,2\n0.133,2,3\n0.167,1,2\n0.2,6,3\n0.233,4,1\n"),
     COUNTS("6", "format=dense")},
    {T("unit,bin,count\n1,0,3\n1,1,2\n1,2,5\n2,0,2\n"), "r.csv:1: this looks like counts of spikes in bins, 0 to 5 in "
                                                        "a cell, and the times are lost in them; export the times "
                                                        "of the spikes"},
    {T("neuron,0.00,0.05,0.10,0.15,0.20,0.25,0.30,0.35,0.40\n0,0,2,1,0,0,1,0,3,0\n1,1,0,0,0,2,0,1,0,0\n"),
     "r.csv:1: this looks like counts of spikes, 0 to 3 in a cell, with a row for each neuron and a column for each "
     "bin, and "
     "the times are lost in them; export the times of the spikes"},
    {T("unit,b0,b1,b2,b3,b4,b5,b6,b7,b8\nu0,0,1,1,0,0,1,0,1,0\nu1,1,0,0,0,1,0,1,0,0\n"),
     "r.csv:1: here each row looks like a neuron and each column like a sample; write it the other way round, a row a "
     "sample, "
     "and load it with format=dense dt=1ms"},
    {T("{0: [0.5, 0.75, 1.5], 1: [0.25, 0.3]}\n"), LISTS},
    {T("[[0.1, 0.2], [0.3]]\n"), LISTS},
    {T("{\"spikes\": [0.1, 0.2]}\n"),
     "r.csv:1: this is JSON; write time and neuron of each spike as a row of CSV first"},
    {T("version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 1234\n"),
     "r.csv:1: this is a pointer to a file that Git LFS keeps elsewhere; git lfs pull brings the file itself"},
    {T("cluster_id\tgroup\n0\tgood\n1\tmua\n"), CLUSTERS},
    {T("id\tKSLabel\tfr\tn_spikes\n0\tgood\t1.5\t10\n1\tmua\t2.5\t30\n"), CLUSTERS},
    {T("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "r.csv:1: this is a PNG picture; lifscope reads tables of spikes"},
    {T("\xff\xd8\xff\xe0\0\x10JFIF"), "r.csv:1: this is a JPEG picture; lifscope reads tables of spikes"},
    {T("%PDF-1.4\n%\xe2\xe3"), "r.csv:1: this is a PDF document; lifscope reads tables of spikes"},
    {T("PK\x03\x04\x14\0"),
     "r.csv:1: this is a zip archive (.npz and .xlsx are such); export time and neuron as CSV first"},
    {T("MC_DataTool ASCII conversion\n\nt\tElectrode Raw Data 21\n[ms]\t[mV]\n0.00\t-1\n0.04\t2\n"),
     "r.csv:1: this text from MC_DataTool holds no spikes in its first blocks; export the spikes of the recording "
     "instead "
     "of its signals"},
    {T("name,firing rate,depth\nx,3,1\ny,2,5\nz,1,2\nu,0,1\n"),
     "r.csv:1: no column is called a time (they are called name, firing rate or depth), and none behaves like the "
     "times of "
     "spikes; columns=NAME,NAME says which are the time and the neuron"},
};

START_TEST(what_holds_no_spikes_is_said_to_be_what_it_is)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct error error = {""};
        struct text said = {0};
        struct recording *r =
            recording_parse("r.csv", refused[i].text, refused[i].length, 0, &(struct load_options){0}, &said, &error);
        ck_assert_msg(r == NULL, "'%s' was read: %s", refused[i].text, text_string(&said));
        ck_assert_str_eq(error.text, refused[i].says);
    }
}
END_TEST

/* Rows have more cells than the header has names, and columns= speaks of one of those. */
START_TEST(a_time_beyond_the_header_of_a_dense_file_is_refused)
{
    static const char text[] = "n0\n0,1,0.1\n1,0,0.2\n0,0,0.3\n";
    struct error error = {""};
    struct text said = {0};
    struct recording *r = recording_parse(
        "r.csv", text, sizeof text - 1, 0,
        &(struct load_options){.format = "dense", .header = "on", .columns = "neuron,-,time"}, &said, &error);
    ck_assert(r == NULL);
    ck_assert_str_eq(error.text, "r.csv:1: columns=neuron,-,time: the time would be column 3, but the header names 1");
    text_free(&said);
}
END_TEST

/* What resembles counts, and what is read when somebody knows better. */
START_TEST(spikes_are_not_taken_for_counts)
{
    static const struct {
        const char *text;
        size_t length;
        struct load_options options;
        size_t units, spikes;
    } rows[] = {
        {T("time,id\n0,3\n1,2\n2,5\n3,2\n4,1\n5,1\n6,0\n7,4\n8,2\n"), {.unit = "ms"}, 6, 9},
        {T("time,a,b\n0,1,0\n1,0,0\n2,0,1\n3,1,0\n4,1,1\n5,0,0\n6,0,0\n7,0,0\n8,1,0\n"), {.unit = "ms"}, 2, 6},
        {T("time,n\n0,0\n1,1000\n2,0\n3,1000\n4,0\n5,0\n6,0\n7,0\n8,1000\n"), {.unit = "ms"}, 2, 9},
        {T("time,what\n0,3\n0.12,2\n0.2,5\n0.3,2\n0.37,1\n0.5,1\n0.6,0\n0.77,4\n0.8,2\n"), {.unit = "s"}, 6, 9},
        {T("time,what\n0,3\n1,2\n2,5\n3,2\n4,1\n5,1\n6,0\n7,4\n8,2\n"), {.unit = "ms", .columns = "time,neuron"}, 6, 9},
        {T("bin,count\n0,3\n1,0\n2,5\n3,2\n"), {.format = "dense", .dt = 0.01}, 1, 3},
        {T("\"\",\"bin\",\"u1\",\"u2\"\n\"1\",0,2,1\n\"2\",1,0,3\n\"3\",2,0,0\n"),
         {.format = "dense", .dt = 0.01},
         2,
         3},
    };
    struct text said = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct recording *r = parse(rows[i].text, rows[i].length, &rows[i].options, &said);
        ck_assert_msg(r->units == rows[i].units && r->spikes == rows[i].spikes, "'%s': %zu units, %zu spikes; %s",
                      rows[i].text, r->units, r->spikes, text_string(&said));
        recording_free(r);
    }
    text_free(&said);
}
END_TEST

START_TEST(signals_among_neurons_are_left_out)
{
    struct text said = {0};
    struct recording *r = parse(T("time,x,a,b,c\n1,0.5,1,0,0\n2,0.75,0,0,0\n3,-0.25,0,0,1\n4,0.1,0,1,0\n"),
                                &(struct load_options){.unit = "ms"}, &said);
    ck_assert_uint_eq(r->units, 3);
    ck_assert_msg(strstr(text_string(&said),
                         "\ncolumn 2 (x) holds other values than 0 and the height of a spike and is left "
                         "out; stimulus=x shows it beside the spikes"),
                  "%s", text_string(&said));
    recording_free(r);
    r = parse(T("time,x,a,b,c\n1,0.5,1,0,0\n2,0.75,0,0,0\n3,-0.25,0,0,1\n4,0.1,0,1,0\n"),
              &(struct load_options){.unit = "ms", .stimulus = "x"}, &said);
    ck_assert_uint_eq(r->units, 3);
    ck_assert_msg(!strstr(text_string(&said), "column 2"), "%s", text_string(&said));
    recording_free(r);
    /* an input of another height, a step that counts, a constant; what is told is taken */
    static const char input[] =
        "step,t,u,a,b,k\n1,0.1,5,0,1,3\n2,0.2,5,1,0,3\n3,0.3,0,0,0,3\n4,0.4,0,0,1,3\n5,0.5,5,1,1,3\n"
        "6,0.6,5,0,0,3\n7,0.7,0,1,0,3\n8,0.8,0,0,0,3\n";
    r = parse(T(input), &(struct load_options){.unit = "s"}, &said);
    ck_assert_msg(r->units == 2 && r->spikes == 6 && strcmp(r->label[1], "b") == 0 && r->time[5] == 0.7, "%s",
                  text_string(&said));
    ck_assert_msg(strstr(text_string(&said), "\ncolumn 1 (step), column 3 (u) and column 6 (k) hold other values"),
                  "%s", text_string(&said));
    recording_free(r);
    r = parse(T(input), &(struct load_options){.unit = "s", .columns = "t,b"}, &said);
    ck_assert_msg(r->units == 1 && r->spikes == 3, "%s", text_string(&said));
    recording_free(r);
    text_free(&said);
}
END_TEST

/* 12 rows of 60 bins between two labels; `ids` are what the cells hold where a neuron fired. */
static struct recording *parse_trials(const int *ids, size_t count, const struct load_options *options,
                                      struct text *said)
{
    struct error error = {""};
    struct text text = {0};
    for (int row = 0; row < 12; row++) {
        text_printf(&text, "s%d,", row);
        for (int bin = 0; bin < 60; bin++)
            text_printf(&text, "%d,", (bin * 7 + row) % 20 == 0 ? ids[(size_t)row % count] : 0);
        text_printf(&text, "a%d\n", row);
    }
    text_clear(said);
    struct recording *r = recording_parse("r.csv", text.bytes, text.length, 0, options, said, &error);
    if (!r)
        text_add(said, error.text);
    text_free(&text);
    return r;
}

START_TEST(matrices_of_trials_are_told_from_samples)
{
    struct text said = {0};
    struct recording *r = parse_trials((int[]){3, 17, 9}, 3, &(struct load_options){0}, &said);
    ck_assert_msg(r != NULL, "%s", text_string(&said));
    ck_assert_str_eq(
        text_string(&said),
        "trials, comma, no header: time in steps@1ms (assumed): 707 ms, 3 units, 36 spikes, 16.5 Hz mean; dt=2ms "
        "changes it\n12 trials of 60 bins follow one another, columns 2 to 61; 2 columns beside them are left out");
    ck_assert_str_eq(r->label[1], "9");
    /* bin b of trial k fires where 7 b + k is a multiple of 20 */
    ck_assert(r->time[0] == 0 && r->time[1] == 0.02 && r->time[3] == 0.077 && recording_unit(r, 3) == 2);
    recording_free(r);
    r = parse_trials((int[]){3, 17, 9}, 3, &(struct load_options){.dt = 0.01}, &said);
    ck_assert(r && r->time[1] == 0.2);
    recording_free(r);
    ck_assert_ptr_null(
        parse_trials((int[]){1000}, 1, &(struct load_options){0}, &said)); /* 1/dt: samples without times */
    ck_assert_ptr_null(parse_trials((int[]){1}, 1, &(struct load_options){0}, &said));
    text_free(&said);
}
END_TEST

/* ---- several files ---- */

static char directory[] = "/tmp/lifscope-test-XXXXXX";
static char paths[4][64];
static const char *list[4];

static void put(size_t i, const char *name, const char *text)
{
    if (i == 0) {
        strcpy(directory, "/tmp/lifscope-test-XXXXXX");
        ck_assert_ptr_nonnull(mkdtemp(directory));
    }
    snprintf(paths[i], sizeof paths[i], "%s/%s", directory, name);
    list[i] = paths[i];
    FILE *file = fopen(paths[i], "wb");
    fputs(text, file);
    fclose(file);
}

static void leave(size_t count)
{
    for (size_t i = 0; i < count; i++)
        unlink(paths[i]);
    rmdir(directory);
}

static struct recording *load(size_t count, const struct load_options *options, struct text *said)
{
    struct error error = {""};
    struct recording *r = recording_load_files(list, count, options, said, &error);
    ck_assert_msg(r != NULL, "%s", error.text);
    return r;
}

/* `text` read: what is said of it, or the sentence that refuses it; `units` and `spikes` are 0 if it is refused. */
static void expect_table(struct text *text, const struct load_options *options, size_t units, size_t spikes,
                         const char *says)
{
    struct text said = {0};
    struct error error = {""};
    struct recording *r = recording_parse("r.csv", text->bytes, text->length, 0, options, &said, &error);
    const char *answer = r ? text_string(&said) : error.text;
    ck_assert_msg((r != NULL) == (units > 0), "%s", answer);
    ck_assert_msg(strstr(answer, says) != NULL, "'%s' is not in: %s", says, answer);
    ck_assert_msg(!r || (r->units == units && r->spikes == spikes), "%zu units, %zu spikes: %s", r ? r->units : 0,
                  r ? r->spikes : 0, answer);
    recording_free(r);
    text_free(&said);
    text_clear(text);
}

/* 800 samples: a spikes in one of 50, b in one of 40, ttl is on for 200 samples and off for 200. */
START_TEST(a_switch_beside_neurons_is_none)
{
    struct text text = {0};
    static const char *const times[] = {"time", "time_s"}; /* the second as lifscope writes it: all columns stay */
    for (size_t k = 0; k < 2; k++) {
        text_printf(&text, "%s,a,b,ttl\n", times[k]);
        for (int i = 0; i < 800; i++)
            text_printf(&text, "%.3f,%d,%d,%d\n", i * 0.001, i % 50 == 7, i % 40 == 9, i / 200 % 2);
        expect_table(&text, &(struct load_options){.unit = "s"}, k ? 3 : 2, k ? 436 : 36,
                     k ? "column 4 (ttl) stays on for many samples on end, as a switch does and no neuron: each of "
                         "these samples counts as a spike; stimulus=ttl shows it beside the spikes"
                       : "column 4 (ttl) stays on for many samples on end, as a switch does and no neuron, and is left "
                         "out; stimulus=ttl shows it beside the spikes");
    }
    text_add(&text, "time,a,b\n"); /* spikes that are on for 5 samples each are some still */
    for (int i = 0; i < 800; i++)
        text_printf(&text, "%.3f,%d,%d\n", i * 0.001, i % 50 == 7, i % 80 < 5);
    expect_table(&text, &(struct load_options){.unit = "s"}, 2, 66, "dense");
    text_free(&text);
}
END_TEST

/* A spike every 83 ticks; 65536 / 83 = 789.6, so that 2000 spikes are on the clock's third round. */
START_TEST(a_clock_that_wraps_is_told)
{
    struct text text = {0};
    static const char *const heads[] = {"time_ms,unit", "ticks,unit"};
    for (size_t k = 0; k < 2; k++) {
        text_printf(&text, "%s\n", heads[k]);
        for (int i = 0; i < 2000; i++)
            text_printf(&text, "%d,%d\n", (i * 83 + i * i % 7) % 65536, i % 5);
        expect_table(&text, &(struct load_options){.columns = k ? "ticks,unit" : NULL, .unit = k ? "ms" : NULL}, 5,
                     2000,
                     "\nthe clock seems to wrap: times fall back by almost 65 536 in 2 places, as a counter of 16");
    }
    struct text said = {0};
    struct error error = {""};
    text_add(&text, "time_ms,unit\n"); /* trials of a minute begin anew, and that is no counter */
    for (int i = 0; i < 2000; i++)
        text_printf(&text, "%d,%d\n", i * 83 % 60000, i % 5);
    struct recording *r =
        recording_parse("r.csv", text.bytes, text.length, 0, &(struct load_options){0}, &said, &error);
    ck_assert_msg(r && !strstr(text_string(&said), "wrap"), "%s%s", error.text, text_string(&said));
    recording_free(r);
    text_free(&said);
    text_free(&text);
}
END_TEST

START_TEST(the_foot_of_a_report_is_no_neuron)
{
    struct text text = {0};
    static const char *const heads[] = {"unit,time_s\n", "tetrode,unit,time_s\n"},
                             *const feet[] = {"Total,600\nmean,50\n", "Grand total,,600\nMean:,1,50\n"};
    for (size_t k = 0; k < 2; k++) {
        text_add(&text, heads[k]);
        for (int i = 0; i < 600; i++)
            text_printf(&text, "%s%d,%.3f\n", k ? i % 24 < 12 ? "1," : "2," : "", i % 12 + 1, i * 0.05);
        text_add(&text, feet[k]);
        expect_table(&text, &(struct load_options){0}, k ? 24 : 12, 600,
                     k ? "2 of 602 rows cannot be read and are left out: line 602: "
                       : "2 of 602 rows cannot be read and are left out: line 602: 'Total' in column 1 (unit) is the "
                         "foot of a report and no neuron; line 603: 'mean' in column 1 (unit) is the foot");
    }
    text_add(&text, "unit,time_s\n"); /* where neurons have names, any word is one */
    for (int i = 0; i < 600; i++)
        text_printf(&text, "%s,%.3f\n", i % 2 ? "sum" : "other", i * 0.05);
    expect_table(&text, &(struct load_options){0}, 2, 600, "events");
    text_free(&text);
}
END_TEST

/* Times that rise and fall leave no other reading, and then the number decides. */
START_TEST(a_neuron_below_minus_one_is_named)
{
    struct text text = {0};
    for (size_t told = 0; told < 2; told++) {
        text_add(&text, "neuron,time_ms\n");
        for (int i = 0; i < 60; i++)
            text_printf(&text, "%d,%.1f\n", i == 20 ? -3 : i % 8, i * 37 % 61 * 10.3);
        expect_table(&text, &(struct load_options){.columns = told ? "time_ms,neuron" : NULL}, told ? 9 : 0, 60,
                     told ? "events"
                          : "column 1 (neuron) would be the neuron, but holds the number -3: the least that neurons "
                            "have is -1, for spikes of none; columns=time_ms,neuron takes it for the neuron all the "
                            "same");
    }
    text_free(&text);
}
END_TEST

START_TEST(files_of_one_run_become_one_recording)
{
    struct text said = {0};
    put(0, "run-7-0.dat", "");
    put(1, "run-7-1.dat", "# NEST version: 3.6\nsender\ttime_ms\n1\t10\n12\t30\n");
    put(2, "run-7-2.dat", "# NEST version: 3.6\nsender\ttime_ms\n2\t20\n12\t5\nx\ty\n2\t25\n2\t26\n2\t27\n2\t28\n");
    struct recording *r = load(3, &(struct load_options){0}, &said);
    char says[400];
    snprintf(
        says, sizeof says,
        "nest, tab, header, 3 files: time in ms (column time_ms): 25 ms, 3 units, 8 spikes, 93.3 Hz mean; "
        "unit=s changes it\n1 of 9 rows cannot be read and is left out: %s line 5: 'y' in column 2 (time_ms) is not a "
        "number\n1 of 8 rows are earlier than the row before them; sorted by time\n1 of 3 files are empty",
        paths[2]);
    ck_assert_str_eq(text_string(&said), says);
    ck_assert_str_eq(r->label[2], "12");
    ck_assert(r->time[0] == 0.005 && recording_unit(r, 0) == 2);
    snprintf(says, sizeof says, "%s and 2 more", paths[0]);
    ck_assert_str_eq(r->source, says);
    recording_free(r);
    text_free(&said);
    leave(3);
}
END_TEST

START_TEST(one_file_a_cell_makes_one_unit_each)
{
    struct text said = {0};
    put(0, "2002.11.26 R2 a10a", "10\r20\r30\r");
    put(1, "2002.11.26 R2 a4a", "15\r25\r");
    put(2, "silent.txt", "");
    struct recording *r = load(3, &(struct load_options){.unit = "samples@1000"}, &said);
    ck_assert_uint_eq(r->units, 3);
    ck_assert_str_eq(r->label[0], "2002.11.26 R2 a4a");
    ck_assert_str_eq(r->label[1], "2002.11.26 R2 a10a");
    ck_assert_str_eq(r->label[2], "silent");
    ck_assert_uint_eq(r->spikes, 5);
    ck_assert(r->time[1] == 0.015 && recording_unit(r, 1) == 0);
    recording_free(r);
    text_free(&said);
    leave(3);
}
END_TEST

START_TEST(trains_of_several_files_keep_apart)
{
    struct text said = {0};
    put(0, "a.txt", "1 2 3 4 5 6\n2 3 4 5 6 7\n");
    put(1, "b.txt", "1.5 2 3 4 5 6\n");
    struct recording *r = load(2, &(struct load_options){.unit = "s"}, &said);
    ck_assert_uint_eq(r->units, 3);
    ck_assert_str_eq(r->label[0], "a:0");
    ck_assert_str_eq(r->label[1], "a:1");
    ck_assert_str_eq(r->label[2], "b:0");
    recording_free(r);
    text_free(&said);
    leave(2);
}
END_TEST

/* "0.0123,1" and so on: 60 rows, `scale` apart, with the columns in either order. */
static void put_rows(size_t i, const char *name, const char *header, double scale, bool neuron_first)
{
    struct text text = {0};
    text_add(&text, header);
    for (int k = 0; k < 60; k++) {
        double time = (k + 0.3 * sin(7.0 * k)) * scale;
        if (neuron_first)
            text_printf(&text, "%d,%.4f\n", k * k % 5, time);
        else
            text_printf(&text, "%.4f,%d\n", time, k * k % 5);
    }
    put(i, name, text.bytes);
    text_free(&text);
}

START_TEST(files_of_other_layouts_or_units_are_not_merged_silently)
{
    struct text said = {0};
    struct error error = {""};
    char says[700];
    put_rows(0, "a.csv", "", 0.0123, false);
    put_rows(1, "b.csv", "", 0.0123, true);
    ck_assert_ptr_null(recording_load_files(list, 2, &(struct load_options){0}, &said, &error));
    snprintf(says, sizeof says,
             "%s:1: here column 2 looks like the time and column 1 like the neuron, in the files before "
             "columns 1 and 2; columns=time,neuron or columns=neuron,time says which they are in all",
             paths[1]);
    ck_assert_str_eq(error.text, says);
    put_rows(1, "b.csv", "", 12.3, false);
    ck_assert_ptr_null(recording_load_files(list, 2, &(struct load_options){0}, &said, &error));
    snprintf(says, sizeof says, "%s: its times go over 722.036 ", paths[1]);
    ck_assert_msg(strncmp(error.text, says, strlen(says)) == 0 && strstr(error.text, "and look like ms, those of ") &&
                      strstr(error.text, " and like s; load each by itself, or unit= says what all are in"),
                  "%s", error.text);
    struct recording *r = load(2, &(struct load_options){.unit = "s"}, &said);
    ck_assert_uint_eq(r->spikes, 120);
    recording_free(r);
    put(1, "b.csv", "0.1 0.2 0.5 0.7\n0.3 0.4 0.8\n0.2 0.6 0.9 1.1 1.3\n");
    ck_assert_ptr_null(recording_load_files(list, 2, &(struct load_options){0}, &said, &error));
    snprintf(says, sizeof says,
             "%s: this file looks like trains, but %s before it was read as events; load it by itself, or "
             "format=events says that all are",
             paths[1], paths[0]);
    ck_assert_str_eq(error.text, says);
    put_rows(1, "b.csv", "id,time\n", 0.0123, true);
    text_clear(&said);
    r = load(2, &(struct load_options){0}, &said);
    snprintf(says, sizeof says,
             "\n1 of 2 files is written otherwise than the first (comma, no header), and read by its own "
             "columns: %s (comma, header (id time))",
             paths[1]);
    ck_assert_msg(strstr(text_string(&said), says) != NULL, "%s", text_string(&said));
    ck_assert_uint_eq(r->units, 3);
    recording_free(r);
    text_free(&said);
    leave(2);
}
END_TEST

START_TEST(files_that_do_not_go_together_are_refused)
{
    struct text said = {0};
    struct error error = {""};
    char says[300];
    put(0, "a.csv", "time_ms,neuron\n1,2\n3,4\n");
    put(1, "b.csv", "time_s,neuron\n1,2\n3,4\n");
    ck_assert_ptr_null(recording_load_files(list, 2, &(struct load_options){0}, &said, &error));
    snprintf(says, sizeof says, "%s: its times are in s, those of the files before in ms; unit= says what all are in",
             paths[1]);
    ck_assert_str_eq(error.text, says);
    put(1, "b.csv", "time,a,b\n1,0,1\n2,1,0\n");
    ck_assert_ptr_null(recording_load_files(list + 1, 2, &(struct load_options){.format = "dense"}, &said, &error));
    snprintf(says, sizeof says, "%s: files in format dense are loaded one by one: each has its own samples", paths[1]);
    ck_assert_str_eq(error.text, says);
    put(1, "b.csv", "");
    put(0 + 2, "c.csv", "");
    ck_assert_ptr_null(recording_load_files(list + 1, 2, &(struct load_options){0}, &said, &error));
    snprintf(says, sizeof says, "%s and 1 more: all these files are empty", paths[1]);
    ck_assert_str_eq(error.text, says);
    list[2] = "/no/such/file";
    ck_assert_ptr_null(recording_load_files(list + 1, 2, &(struct load_options){0}, &said, &error));
    ck_assert_str_eq(error.text, "/no/such/file: there is no such file");
    ck_assert_str_eq(text_string(&said), "");
    leave(3);
}
END_TEST

int main(void)
{
    return HARNESS_RUN(
        "record: oddities", a_row_of_very_many_fields_is_left_out, what_is_odd_is_counted_and_said,
        bad_rows_do_not_cost_the_good_ones, an_endless_field_costs_its_line_only,
        neurons_of_a_population_with_an_endless_name_stay_apart, what_holds_no_spikes_is_said_to_be_what_it_is,
        spikes_are_not_taken_for_counts, a_time_beyond_the_header_of_a_dense_file_is_refused,
        signals_among_neurons_are_left_out, matrices_of_trials_are_told_from_samples, a_switch_beside_neurons_is_none,
        a_clock_that_wraps_is_told, the_foot_of_a_report_is_no_neuron, a_neuron_below_minus_one_is_named,
        files_of_one_run_become_one_recording, one_file_a_cell_makes_one_unit_each, trains_of_several_files_keep_apart,
        files_of_other_layouts_or_units_are_not_merged_silently, files_that_do_not_go_together_are_refused);
}
