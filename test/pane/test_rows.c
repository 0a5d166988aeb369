/* Which unit stands where: dots, labels, marks and hits of a pane with a row a unit agree, for any number of units, at
 * any height, in every set of glyphs. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/label.h"
#include "draw/rows.h"
#include "pane/pane.h"
#include "signal/recording.h"

/* Unit k fires only in second k: where its row is, nothing but its own dots is. */
static struct recording *staircase(size_t units, size_t spikes)
{
    double *time = malloc(units * spikes * sizeof *time);
    uint32_t *unit = malloc(units * spikes * sizeof *unit);
    char **label = malloc(units * sizeof *label);
    for (size_t u = 0; u < units; u++) {
        label[u] = malloc(16);
        snprintf(label[u], 16, "%zu", u);
        for (size_t i = 0; i < spikes; i++) {
            time[u * spikes + i] = (double)u + (0.5 + (double)i) / (double)spikes;
            unit[u * spikes + i] = (uint32_t)u;
        }
    }
    return recording_new(label, units, time, unit, units * spikes);
}

static struct subject subject_of(struct recording *r, size_t units, long selected)
{
    return (struct subject){.name = "R",
                            .recording = r,
                            .spikes = recording_source(r),
                            .neurons = units,
                            .selected = selected,
                            .from = 0,
                            .to = (double)units,
                            .now = NAN};
}

static bool is_blank(const struct canvas *c, int x, int y)
{
    uint32_t glyph = canvas_cell(c, x, y)->glyph;
    return glyph == ' ' || glyph == 0x2800;
}

/* The label in a row of the pane, -1: none. */
static long label_in(const struct canvas *c, int y, int left)
{
    char text[16] = "";
    for (int x = 0, n = 0; x < left && n < 15; x++)
        if (canvas_cell(c, x, y)->glyph >= '0' && canvas_cell(c, x, y)->glyph <= '9')
            text[n++] = (char)canvas_cell(c, x, y)->glyph, text[n] = '\0';
    return text[0] ? atol(text) : -1;
}

/* Whether something stands in the row at the time of a unit. */
static bool has_dots(const struct canvas *c, int y, int left, int width, size_t unit, size_t units)
{
    int from = left + (int)((double)unit * width / (double)units),
        to = left + (int)((double)(unit + 1) * width / (double)units);
    for (int x = from; x <= to && x < left + width; x++)
        if (!is_blank(c, x, y))
            return true;
    return false;
}

static void check_staircase(const struct pane_type *type, size_t units, size_t spikes, int height,
                            enum glyph_set glyphs, long selected)
{
    struct recording *r = staircase(units, spikes);
    struct subject s = subject_of(r, units, selected);
    struct canvas *c = canvas_new(64, height, glyphs);
    struct pane pane = {.type = type, .subject = "R"};
    char note[256];
    struct rect inner = {0, 0, 64, height};
    type->draw(&pane, &s, c, inner, note, sizeof note);
    int labels = 0, left = rows_label_width(&s, 64) + 1;
    for (int y = 0; y < height - 2; y++) {
        long unit = label_in(c, y, left - 1);
        if (unit < 0)
            continue;
        labels++;
        if (type == &pane_raster)
            ck_assert_msg(has_dots(c, y, left, 64 - left, (size_t)unit, units),
                          "%zu units, %d rows, glyphs %d: beside the label %ld its spikes are missing", units, height,
                          (int)glyphs, unit);
        struct pane_hit hit = {.neuron = -1};
        type->hit(&pane, &s, inner, left + 1, y, &hit);
        if (glyphs == GLYPHS_BRAILLE)
            ck_assert_msg(hit.neuron == unit, "%zu units, %d rows: a click beside %ld means %ld", units, height, unit,
                          hit.neuron);
    }
    ck_assert_int_gt(labels, 0);
    if (selected >= 0) {
        int marked = -1;
        for (int y = 0; y < height; y++)
            if (canvas_cell(c, left - 1, y)->glyph == 0x25B6 ||
                (glyphs == GLYPHS_ASCII && canvas_cell(c, left - 1, y)->glyph == '>'))
                marked = y;
        ck_assert_int_ge(marked, 0);
        ck_assert_int_eq(label_in(c, marked, left - 1), selected);
    }
    canvas_free(c);
    recording_free(r);
}

START_TEST(a_label_stands_beside_its_own_spikes)
{
    for (size_t units = 1; units <= 40; units += units < 20 ? 1 : 7)
        for (int height = 8; height <= 40; height += 3)
            for (int glyphs = GLYPHS_BRAILLE; glyphs <= GLYPHS_ASCII; glyphs++)
                for (size_t spikes = 3; spikes <= 300; spikes += 297) { /* dots, and shades */
                    check_staircase(&pane_raster, units, spikes, height, (enum glyph_set)glyphs, -1);
                    check_staircase(&pane_raster, units, spikes, height, (enum glyph_set)glyphs, (long)(units * 2 / 3));
                    check_staircase(&pane_counts, units, spikes, height, (enum glyph_set)glyphs, (long)(units / 2));
                }
}
END_TEST

START_TEST(every_line_belongs_to_one_row)
{
    for (size_t units = 1; units < 60; units++)
        for (int height = 1; height < 50; height++)
            for (int across = 1; across <= 4; across += 3) {
                struct subject s = {.neurons = units, .selected = -1};
                struct plot plot = {.area = {0, 0, 10, height}, .height = height * across, .down = across};
                struct rows r = across == 1 ? rows_over_cells(&s, &plot, true) : rows_over_dots(&s, &plot, true);
                size_t lines = 0;
                for (size_t row = 0; row < r.shown; row++) {
                    int low, end = rows_lines(&r, row, &low), middle = rows_middle(&r, row);
                    ck_assert_msg(middle >= low && middle < end, "row %zu of %zu: middle %d of %d..%d", row, r.shown,
                                  middle, low, end);
                    for (int line = low; line < end; line++, lines++)
                        ck_assert_msg(rows_at(&r, line) == row, "line %d is in row %zu, not in %zu", line, row,
                                      rows_at(&r, line));
                }
                ck_assert_uint_eq(lines, (size_t)r.lines);
                for (int cell = 0; cell < height; cell++)
                    ck_assert_uint_lt(rows_at_cell(&r, cell), r.shown);
            }
}
END_TEST

/* ---- names ---- */

static void expect_label(struct label_common common, const char *label, int columns, const char *wanted)
{
    struct canvas *c = canvas_new(4, 1, GLYPHS_BRAILLE);
    char out[LABEL_BYTES];
    label_fit(c, common, label, columns, out, sizeof out);
    ck_assert_msg(strcmp(out, wanted) == 0, "%s in %d columns: %s, expected %s", label, columns, out, wanted);
    canvas_free(c);
}

START_TEST(a_long_name_keeps_the_part_that_differs)
{
    struct label_common ends = {3, 8}, begins = {7, 0}, both = {8, 6}, none = {0, 0}, wide = {0, 6};
    expect_label(ends, "ch_12A_unit_0", 13, "ch_12A_unit_0");
    expect_label(ends, "ch_12A_unit_0", 9, "ch_12A\u2026");
    expect_label(ends, "ch_12A_unit_0", 7, "ch_12A\u2026");
    expect_label(ends, "ch_12A_unit_0", 6, "ch_12\u2026");
    expect_label(ends, "ch_12A_unit_0", 5, "\u2026_12\u2026");
    expect_label(ends, "ch_12A_unit_0", 4, "\u202612\u2026");
    expect_label(begins, "neuron_17", 5, "\u2026n_17");
    expect_label(begins, "neuron_17", 3, "\u202617");
    expect_label(both, "session_12_probe", 5, "\u2026_12\u2026");
    expect_label(none, "left", 3, "\u2026ft");
    expect_label(wide, "\u03b1\u03b2_probe", 4, "\u03b1\u03b2\u2026");
    expect_label(none, "", 3, "");
    expect_label(none, "left", 0, "");
}
END_TEST

START_TEST(what_names_share_is_found)
{
    static const char *const names[] = {"ch_11A_unit_0", "ch_18A_unit_0", "ch_21A_unit_0", "ch_84A_unit_0"};
    char **label = malloc(4 * sizeof *label);
    double *time = calloc(1, sizeof *time);
    uint32_t *unit = calloc(1, sizeof *unit);
    for (int i = 0; i < 4; i++)
        label[i] = strcpy(malloc(16), names[i]);
    struct recording *r = recording_new(label, 4, time, unit, 1);
    struct subject s = subject_of(r, 4, -1);
    struct label_common c = label_common(&s);
    ck_assert_uint_eq(c.prefix, 3);
    ck_assert_uint_eq(c.suffix, 8);
    s.neurons = 1;
    c = label_common(&s);
    ck_assert_uint_eq(c.prefix + c.suffix, 0);
    recording_free(r);
}
END_TEST

/* In a heading a long name gives way to the number behind it. */
START_TEST(a_long_name_cuts_no_number)
{
    char **label = malloc(2 * sizeof *label);
    double *time = malloc(2 * sizeof *time);
    uint32_t *unit = malloc(2 * sizeof *unit);
    for (int i = 0; i < 2; i++) {
        label[i] = malloc(64);
        snprintf(label[i], 64, "session_2026_tetrode_%d_cluster_good", i + 3);
        time[i] = 0.25 + 0.5 * i;
        unit[i] = 0;
    }
    struct recording *r = recording_new(label, 2, time, unit, 2);
    struct subject s = subject_of(r, 2, 0);
    for (int width = 24; width < 70; width++) {
        struct canvas *c = canvas_new(width, 12, GLYPHS_BRAILLE);
        struct pane pane = {.type = &pane_rates, .subject = "R"};
        char note[256], heading[128] = "";
        pane_rates.draw(&pane, &s, c, (struct rect){0, 0, width, 12}, note, sizeof note);
        for (int x = 0; x < width; x++)
            heading[x] = (char)(canvas_cell(c, x, 0)->glyph & 127);
        ck_assert_msg(strstr(heading + 4, " Hz") && strstr(heading + 4, "3"), "%d columns: %s", width, heading);
        canvas_free(c);
    }
    recording_free(r);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: rows", a_label_stands_beside_its_own_spikes, every_line_belongs_to_one_row,
                       a_long_name_keeps_the_part_that_differs, what_names_share_is_found, a_long_name_cuts_no_number);
}
