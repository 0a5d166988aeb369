/* What is saved and loaded again is the same spikes of the same neurons, to the last bit. */
#include "harness.h"

#include <unistd.h>

#include "base/xalloc.h"
#include "record/format.h"

static struct recording *make(const char *const *label, size_t units, const double *time, const uint32_t *unit,
                              size_t spikes)
{
    char **labels = xcalloc(units, sizeof *labels);
    for (size_t u = 0; u < units; u++)
        labels[u] = xstrdup(label[u]);
    double *times = xcalloc(spikes, sizeof *times);
    uint32_t *unit_copy = xcalloc(spikes, sizeof *unit_copy);
    for (size_t i = 0; i < spikes; i++) {
        times[i] = time[i];
        unit_copy[i] = unit[i];
    }
    return recording_new(labels, units, times, unit_copy, spikes);
}

static const char *const layouts[] = {"events", "nest", "trains", "dense"};

static size_t count_spikes_of(const struct recording *r, const char *label)
{
    size_t n = 0;
    for (size_t u = 0; u < r->units; u++)
        n += strcmp(r->label[u], label) == 0 ? r->start[u + 1] - r->start[u] : 0;
    return n;
}

/* Silent units survive in trains and dense; elsewhere it is said that they are lost. */
static void check_units(const struct recording *r, const struct recording *back, const char *layout, const char *lost)
{
    size_t silent = 0;
    bool all = strcmp(layout, "trains") == 0 || strcmp(layout, "dense") == 0;
    for (size_t u = 0; u < r->units; u++) {
        silent += r->start[u] == r->start[u + 1];
        ck_assert_uint_eq(count_spikes_of(back, r->label[u]), r->start[u + 1] - r->start[u]);
    }
    ck_assert_msg(back->units == r->units - (all ? 0 : silent), "%s: %zu of %zu units came back", layout, back->units,
                  r->units);
    ck_assert_msg((strstr(lost, "never spike") != NULL) == (!all && silent > 0), "%s: '%s'", layout, lost);
}

/* Saves, loads, and compares spike by spike; neurons by their labels, whose order may be another. */
static void check_layout(const struct recording *r, const char *layout)
{
    char path[] = "/tmp/lifscope-test-XXXXXX";
    close(mkstemp(path));
    struct error error = {""};
    struct text said = {0}, lost = {0};
    struct spike_source source = recording_source(r);
    ck_assert_msg(recording_save(path, &source, layout, &lost, &error), "%s", error.text);
    struct recording *back = recording_load(path, &(struct load_options){0}, &said, &error);
    ck_assert_msg(back != NULL, "%s: %s", layout, error.text);
    ck_assert_msg(back->spikes == r->spikes, "%s: %zu spikes, %zu came back (%s)", layout, r->spikes, back->spikes,
                  text_string(&said));
    for (size_t i = 0; i < r->spikes; i++) {
        ck_assert_msg(same(back->time[i], r->time[i]), "%s: spike %zu at %.17g came back at %.17g (%s)", layout, i,
                      r->time[i], back->time[i], text_string(&said));
        bool found = false;
        for (size_t k = 0; k < back->spikes && !found; k++)
            found = back->time[k] == r->time[i] &&
                    strcmp(back->label[recording_unit(back, k)], r->label[recording_unit(r, i)]) == 0;
        ck_assert_msg(found, "%s: the spike of '%s' at %.17g is lost", layout, r->label[recording_unit(r, i)],
                      r->time[i]);
    }
    check_units(r, back, layout, text_string(&lost));
    recording_free(back);
    text_free(&said);
    text_free(&lost);
    unlink(path);
}

static void check_round_trip(const struct recording *r, bool on_grid)
{
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (on_grid || strcmp(layouts[i], "dense") != 0)
            check_layout(r, layouts[i]);
}

/* Steps of dt as a simulation makes them: time is step * dt. */
START_TEST(live_spikes_come_back)
{
    static const double dts[] = {1e-3, 1e-4, 5e-3, 0.0078125, 0.3};
    static const char *const label[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"};
    for (size_t d = 0; d < sizeof dts / sizeof *dts; d++)
        for (size_t n = 0; n <= 300; n += n < 5 ? 1 : 59) {
            double time[300];
            uint32_t unit[300];
            for (size_t i = 0; i < n; i++) {
                time[i] = (double)(7 * i / 3) * dts[d];
                unit[i] = (uint32_t)(i * i % 12);
            }
            struct recording *r = make(label, 12, time, unit, n);
            check_round_trip(r, true);
            recording_free(r);
        }
}
END_TEST

/* Times as they are written in a file, with few digits, and far from 0: each is off the grid by its own rounding. */
START_TEST(decimal_times_have_a_grid)
{
    static const char *const label[] = {"0", "1", "2"};
    static const double begins[] = {0, 0.5, 18079, -3.25};
    for (size_t b = 0; b < sizeof begins / sizeof *begins; b++)
        for (double per_second = 1000; per_second <= 30000; per_second *= per_second < 10000 ? 10 : 3) {
            double time[200];
            uint32_t unit[200];
            for (size_t i = 0; i < 200; i++) {
                time[i] = (begins[b] * per_second + (double)(370 * i + i * i % 67)) / per_second;
                unit[i] = (uint32_t)(i % 3);
            }
            struct recording *r = make(label, 3, time, unit, 200);
            check_layout(r, "dense");
            recording_free(r);
        }
}
END_TEST

/* Trains of small whole times resemble counts in bins; neurons 0, 1, ... that all spike need no labels. */
START_TEST(trains_that_look_like_counts_come_back)
{
    static const char *const labels[] = {"0", "1", "2", "3", "4", "5", "6", "7"};
    static const double times[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  0, 0,
                                   0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 9, 10, 10};
    static const uint32_t units[] = {0, 0, 0, 0, 0, 0, 1, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4,
                                     4, 4, 5, 5, 6, 6, 6, 7, 7, 7, 2, 5, 7, 4, 3, 6};
    struct recording *r = make(labels, 8, times, units, sizeof units / sizeof *units);
    check_layout(r, "trains");
    recording_free(r);
}
END_TEST

/* Units of one label become one, and few spikes hardly tell their unit of time then. */
/* Of every set of silent neurons in five, the first ones too, whose empty lines are no header. */
START_TEST(silent_neurons_come_back_wherever_they_stand)
{
    static const char *const labels[] = {"0", "1", "2", "3", "4"};
    for (unsigned silent = 0; silent < 31; silent++) {
        double times[30];
        uint32_t units[30];
        size_t spikes = 0;
        for (size_t i = 0; i < 30; i++)
            if (!(silent >> i % 5 & 1)) {
                times[spikes] = 0.01 * (double)(i + 1);
                units[spikes++] = (uint32_t)(i % 5);
            }
        struct recording *r = make(labels, 5, times, units, spikes);
        for (size_t l = 0; l < sizeof layouts / sizeof *layouts; l++)
            check_layout(r, layouts[l]);
        recording_free(r);
    }
}
END_TEST

START_TEST(units_of_one_label_come_back_as_one)
{
    static const char *const labels[] = {"K0", "000", "5", "7", "0", "0"};
    static const double times[] = {0, 0, 0, 0, 0, 0, 1, 6};
    static const uint32_t units[] = {0, 0, 0, 1, 2, 3, 4, 5};
    struct recording *r = make(labels, 6, times, units, sizeof units / sizeof *units);
    char path[] = "/tmp/lifscope-test-XXXXXX";
    struct error error = {""};
    struct text said = {0};
    close(mkstemp(path));
    struct spike_source source = recording_source(r);
    ck_assert_msg(recording_save(path, &source, "events", &said, &error), "%s", error.text);
    struct recording *back = recording_load(path, &(struct load_options){0}, &said, &error);
    ck_assert_msg(back != NULL, "%s", error.text);
    ck_assert_uint_eq(back->units, 5);
    ck_assert_msg(back->last == 6, "the last spike is at %g, not 6: %s", back->last, text_string(&said));
    recording_free(back);
    recording_free(r);
    text_free(&said);
    unlink(path);
}
END_TEST

START_TEST(awkward_times_and_labels_come_back)
{
    static const char *const label[] = {"",      " a b ",     "x,y", "say \"hi\"", "# no comment", "%",
                                        "D3_31", "cortex:12", "-1",  "007",        "\xc2\xb5",     "a;b c"};
    static const double time[] = {-0.1,      0,         1e-17,     0.1,       1.0 / 3,  2, 18079.123456789,
                                  1e9 + 0.1, 1e9 + 0.2, 1e9 + 0.3, 1e9 + 0.4, 1e9 + 0.5};
    static const uint32_t unit[] = {0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    struct recording *r = make(label + 1, 11, time, unit, 12);
    check_round_trip(r, false);
    recording_free(r);
}
END_TEST

/* Alone in a file, such a name must not make its layout something else. */
START_TEST(labels_that_resemble_other_files_come_back)
{
    static const char *const label[] = {"2m[0V9",        "[0.5", "2[0",  "{\"a\"", "[[1",
                                        "version https", "[ms]", "True", "nan"};
    for (size_t i = 0; i < sizeof label / sizeof *label; i++) {
        struct recording *r = make(label + i, 1, (double[]){0.001, 0.002, 0.004}, (uint32_t[]){0, 0, 0}, 3);
        check_round_trip(r, true);
        recording_free(r);
    }
}
END_TEST

START_TEST(the_file_is_what_the_contract_says)
{
    char path[] = "/tmp/lifscope-test-XXXXXX", text[256];
    close(mkstemp(path));
    static const char *const label[] = {"3", "x,y"};
    struct recording *r = make(label, 2, (double[]){0.003, 0.5}, (uint32_t[]){1, 0}, 2);
    struct spike_source source = recording_source(r);
    struct error error = {""};
    ck_assert(recording_save(path, &source, "events", NULL, &error));
    FILE *file = fopen(path, "r");
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    ck_assert_str_eq(text, "time,neuron\n0.0030000000000000001,\"x,y\"\n0.5,3\n");
    unlink(path);
    ck_assert(!recording_save(path, &source, "mcs", NULL, &error));
    ck_assert_str_eq(error.text,
                     "format=mcs is read only; spikes are written with format=events, dense, trains or nest");
    ck_assert(!recording_save(path, &source, "mat", NULL, &error));
    ck_assert_str_eq(
        error.text,
        "unknown format 'mat': one of events, dense, trains, nest, sonata, columns, axion, mcs, cell, trials, spike2");
    ck_assert_msg(access(path, F_OK) != 0, "a refused save left a file");
    ck_assert(!recording_save("/nowhere/at/all.csv", &source, NULL, NULL, &error));
    ck_assert_str_eq(error.text, "/nowhere/at/all.csv: cannot be made here: No such file or directory");
    recording_free(r);
}
END_TEST

static const struct {
    const char *layout, *text;
} written[] = {
    {"events", "time,neuron\n0.0030000000000000001,\"x,y\"\n0.0040000000000000001,3\n0.0060000000000000001,3\n"},
    {"nest", "sender\ttime_ms\n\"x,y\"\t3\n3\t4\n3\t6\n"},
    {"dense", "time_s,3,\"x,y\",z\n0.0030000000000000001,0,1,0\n0.0040000000000000001,1,0,0\n"
              "0.0050000000000000001,0,0,0\n0.0060000000000000001,1,0,0\n"},
    {"trains", "# lifscope trains: one neuron a line, times in s\n3:,0.0040000000000000001,0.0060000000000000001\n"
               "\"x,y:\",0.0030000000000000001\nz:\n"},
};

START_TEST(every_layout_is_written_plainly)
{
    static const char *const label[] = {"3", "x,y", "z"};
    char path[] = "/tmp/lifscope-test-XXXXXX", text[512];
    close(mkstemp(path));
    struct recording *r = make(label, 3, (double[]){0.003, 0.004, 0.006}, (uint32_t[]){1, 0, 0}, 3);
    struct spike_source source = recording_source(r);
    struct error error = {""};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        ck_assert_msg(recording_save(path, &source, written[i].layout, NULL, &error), "%s", error.text);
        FILE *file = fopen(path, "r");
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        fclose(file);
        ck_assert_str_eq(text, written[i].text);
    }
    unlink(path);
    recording_free(r);
}
END_TEST

START_TEST(samples_of_a_dense_recording_come_back)
{
    static const char text[] = "time,a,b\n0.25,0,0\n0.5,1000,0\n1.25,0,0\n1.5,1000,1000\n9,0,0\n";
    char path[] = "/tmp/lifscope-test-XXXXXX";
    close(mkstemp(path));
    struct error error = {""};
    struct text said = {0};
    struct recording *r =
        recording_parse("r", text, sizeof text - 1, 0, &(struct load_options){.unit = "s"}, &said, &error);
    struct spike_source source = recording_source(r);
    ck_assert_msg(recording_save(path, &source, "dense", NULL, &error), "%s", error.text);
    struct recording *back = recording_load(path, &(struct load_options){0}, &said, &error);
    ck_assert_msg(back != NULL, "%s", error.text);
    ck_assert_uint_eq(back->samples, r->samples);
    for (size_t i = 0; i < r->samples; i++)
        ck_assert_msg(same(back->sample_time[i], r->sample_time[i]), "sample %zu is at %.17g", i, back->sample_time[i]);
    ck_assert_uint_eq(back->spikes, 3);
    recording_free(r);
    recording_free(back);
    text_free(&said);
    unlink(path);
}
END_TEST

START_TEST(what_a_layout_cannot_hold_is_refused)
{
    static const char *const plain[] = {"1", "2"}, *const roles[] = {"time", "neuron"};
    static const struct {
        const char *const *label;
        double time[3];
        uint32_t unit[3];
        const char *says;
    } cases[] = {
        {plain,
         {0, 0.1, 0.23456789012345},
         {0, 0, 0},
         "the times do not lie on one grid of steps, so they are no rows of samples; format=events and format=trains "
         "keep "
         "them as they are"},
        {plain,
         {0, 0.5, 0.5},
         {0, 1, 1},
         "unit 2 spikes twice at 0.5 s, and a cell holds one spike; format=events keeps both"},
        {roles,
         {0, 0.5, 1},
         {0, 1, 1},
         "a column 'time' would be read as something else than a neuron; format=trains keeps such a label"},
        {plain,
         {0, 0.0000001, 1000},
         {0, 1, 1},
         "20 000 000 002 cells would be written; format=events writes a row for each "
         "spike only"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[] = "/tmp/lifscope-test-XXXXXX";
        close(mkstemp(path));
        unlink(path);
        struct recording *r = make(cases[i].label, 2, cases[i].time, cases[i].unit, 3);
        struct spike_source source = recording_source(r);
        struct error error = {""};
        ck_assert(!recording_save(path, &source, "dense", NULL, &error));
        ck_assert_str_eq(error.text, cases[i].says);
        ck_assert_msg(access(path, F_OK) != 0, "a refused save left a file");
        recording_free(r);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: saving", live_spikes_come_back, decimal_times_have_a_grid,
                       trains_that_look_like_counts_come_back, silent_neurons_come_back_wherever_they_stand,
                       units_of_one_label_come_back_as_one, awkward_times_and_labels_come_back,
                       labels_that_resemble_other_files_come_back, the_file_is_what_the_contract_says,
                       every_layout_is_written_plainly, samples_of_a_dense_recording_come_back,
                       what_a_layout_cannot_hold_is_refused);
}
