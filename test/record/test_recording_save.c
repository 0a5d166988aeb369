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

/* Saves, loads, and compares spike by spike; neurons by their labels, for silent ones are in no events file. */
static void check_round_trip(const struct recording *r)
{
    char path[] = "/tmp/lifscope-test-XXXXXX";
    close(mkstemp(path));
    struct error error = {""};
    struct text said = {0};
    struct spike_source source = recording_source(r);
    ck_assert_msg(recording_save(path, &source, NULL, &error), "%s", error.text);
    struct recording *back = recording_load(path, &(struct load_options){0}, &said, &error);
    ck_assert_msg(back != NULL, "%s", error.text);
    ck_assert_uint_eq(back->spikes, r->spikes);
    /* Labels may be in another order within one time; so each spike is looked for among those of its time. */
    for (size_t i = 0; i < r->spikes; i++) {
        ck_assert_msg(same(back->time[i], r->time[i]), "spike %zu at %.17g came back at %.17g (%s)", i, r->time[i],
                      back->time[i], text_string(&said));
        bool found = false;
        for (size_t k = 0; k < back->spikes && !found; k++)
            found = back->time[k] == r->time[i] && strcmp(back->label[back->unit[k]], r->label[r->unit[i]]) == 0;
        ck_assert_msg(found, "the spike of '%s' at %.17g is lost", r->label[r->unit[i]], r->time[i]);
    }
    recording_free(back);
    text_free(&said);
    unlink(path);
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
            check_round_trip(r);
            recording_free(r);
        }
}
END_TEST

START_TEST(awkward_times_and_labels_come_back)
{
    static const char *const label[] = {"", " a b ", "x,y", "say \"hi\"", "# no comment", "%", "D3_31", "cortex:12", "-1",
                                        "007", "\xc2\xb5", "a;b c"};
    static const double time[] = {-0.1, 0, 1e-17, 0.1, 1.0 / 3, 2, 18079.123456789, 1e9 + 0.1, 1e9 + 0.2, 1e9 + 0.3,
                                  1e9 + 0.4, 1e9 + 0.5};
    static const uint32_t unit[] = {1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    struct recording *r = make(label, 12, time, unit, 12);
    check_round_trip(r);
    recording_free(r);
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
    ck_assert(recording_save(path, &source, "events", &error));
    FILE *file = fopen(path, "r");
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    ck_assert_str_eq(text, "time,neuron\n0.0030000000000000001,\"x,y\"\n0.5,3\n");
    unlink(path);
    ck_assert(!recording_save(path, &source, "dense", &error));
    ck_assert_str_eq(error.text, "format=dense is read only; spikes are written with format=events");
    ck_assert(!recording_save(path, &source, "mat", &error));
    ck_assert_str_eq(error.text, "unknown format 'mat': one of events, dense");
    ck_assert_msg(access(path, F_OK) != 0, "a refused save left a file");
    ck_assert(!recording_save("/nowhere/at/all.csv", &source, NULL, &error));
    ck_assert_str_eq(error.text, "/nowhere/at/all.csv: cannot be made here: No such file or directory");
    recording_free(r);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: saving", live_spikes_come_back, awkward_times_and_labels_come_back,
                       the_file_is_what_the_contract_says);
}
