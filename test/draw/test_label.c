/* Headings that name a unit: every number stays whole, and a long name keeps what tells it from the others. */
#include "harness.h"

#include "draw/label.h"
#include "draw/subject.h"
#include "signal/recording.h"

static struct recording *units_named(const char *const *names, size_t count)
{
    char **label = malloc(count * sizeof *label);
    double *time = malloc(count * sizeof *time);
    uint32_t *unit = malloc(count * sizeof *unit);
    for (size_t i = 0; i < count; i++) {
        label[i] = strcpy(malloc(strlen(names[i]) + 1), names[i]);
        time[i] = (double)i;
        unit[i] = (uint32_t)i;
    }
    return recording_new(label, count, time, unit, count);
}

static void expect_heading(const char *const names[2], int columns, enum glyph_set glyphs, const char *heading)
{
    static const char *const rest[] = {": 20 spikes, 80 Hz", ": 20, 80 Hz"};
    struct recording *r = units_named(names, 2);
    struct subject s = {.recording = r, .neurons = 2, .spikes = recording_source(r), .selected = 0};
    struct canvas canvas = {.width = columns, .height = 1, .glyphs = glyphs};
    char out[600];
    label_heading(&canvas, &s, 0, "", rest, 2, columns, out, sizeof out);
    ck_assert_msg(strcmp(out, heading) == 0, "in %d columns '%s', not '%s'", columns, out, heading);
    recording_free(r);
}

START_TEST(a_number_gives_up_its_word_first)
{
    static const char *const numbers[] = {"7", "8"};
    expect_heading(numbers, 26, GLYPHS_BRAILLE, "neuron 7: 20 spikes, 80 Hz");
    expect_heading(numbers, 25, GLYPHS_BRAILLE, "7: 20 spikes, 80 Hz");
    expect_heading(numbers, 18, GLYPHS_BRAILLE, "7: 20, 80 Hz");
}
END_TEST

START_TEST(a_long_name_is_cut_where_it_says_nothing)
{
    static const char *const names[] = {"session_2024_03_17_probe_A_shank_0_cluster_with_a_long_name_unit_003",
                                        "session_2024_03_17_probe_A_shank_0_cluster_with_a_long_name_unit_117"};
    expect_heading(names, 100, GLYPHS_BRAILLE,
                   "session_2024_03_17_probe_A_shank_0_cluster_with_a_long_name_unit_003: 20 spikes, 80 Hz");
    expect_heading(names, 40, GLYPHS_BRAILLE, "\u2026er_with_a_long_name_unit_003: 20, 80 Hz");
    expect_heading(names, 40, GLYPHS_ASCII, "<er_with_a_long_name_unit_003: 20, 80 Hz");
}
END_TEST

START_TEST(a_title_holds_the_whole_name)
{
    char name[101] = "", title[LABEL_BYTES + 8];
    memset(name, 'e', 100);
    const char *const names[] = {name, "7"};
    struct recording *r = units_named(names, 2);
    struct subject s = {.recording = r, .neurons = 2, .spikes = recording_source(r)};
    ck_assert_str_eq(subject_title(&s, 0, title, sizeof title), name);
    ck_assert_str_eq(subject_title(&s, 1, title, sizeof title), "neuron 7");
    recording_free(r);
}
END_TEST

START_TEST(no_number_is_ever_cut)
{
    static const char *const names[] = {"one_name_that_is_much_longer_than_the_pane", "another_one_that_is_as_long"};
    for (int columns = 13; columns < 60; columns++) {
        static const char *const rest[] = {": 20 spikes, 80 Hz", ": 20, 80 Hz"};
        struct recording *r = units_named(names, 2);
        struct subject s = {.recording = r, .neurons = 2, .spikes = recording_source(r), .selected = 0};
        struct canvas canvas = {.width = columns, .height = 1, .glyphs = GLYPHS_BRAILLE};
        char out[600];
        label_heading(&canvas, &s, 0, "", rest, 2, columns, out, sizeof out);
        size_t length = strlen(out);
        ck_assert_msg(length > 11 && strcmp(out + length - 5, "80 Hz") == 0, "in %d columns '%s'", columns, out);
        ck_assert_msg(canvas_columns(&canvas, out) <= columns, "in %d columns '%s'", columns, out);
        recording_free(r);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("draw: label", a_number_gives_up_its_word_first, a_long_name_is_cut_where_it_says_nothing,
                       a_title_holds_the_whole_name, no_number_is_ever_cut);
}
