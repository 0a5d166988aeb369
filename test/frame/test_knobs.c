/* Sliders in their strip: what a line says, what goes where it is narrow, and what lies where. */
#include "harness.h"

#include <math.h>

#include "frame/frame.h"
#include "frame/part.h"

static const struct knob_view some[] = {
    {"A tau_rc", "21.5 ms", "5 ms", "50 ms", 0.3667, 0.3333},
    {"A x", "-0.26", "-1", "1", 0.37, NAN},
    {"speed", "12", "0.1", "10", 1.04, 0.5},
    {"A max_rates", "200:400", "100 Hz", "300 Hz", NAN, NAN},
    {"A n", "50", "10", "200", 0.2105, 0.2105},
};

static void expect_strip(int width, int height, size_t knobs, size_t chosen, bool keys, enum glyph_set glyphs,
                         const char *expected)
{
    struct canvas *c = canvas_new(width, height, glyphs);
    struct view view = {.knob = some, .knobs = knobs, .knob_chosen = chosen, .knob_keys = keys};
    struct text out = {0};
    canvas_clear(c);
    knobs_draw(c, (struct rect){0, 0, width, height}, &view);
    canvas_write(c, &out);
    ck_assert_msg(strcmp(text_string(&out), expected) == 0, "%d columns:\n%s\nnot\n%s", width, text_string(&out),
                  expected);
    text_free(&out);
    canvas_free(c);
}

START_TEST(a_line_says_name_value_and_range)
{
    expect_strip(60, 1, 1, 0, true, GLYPHS_BRAILLE, "▶ A tau_rc 21.5 ms  5 ms ━━━━━━━━━┿●━━━━━━━━━━━━━━━━━ 50 ms\n");
    expect_strip(60, 1, 1, 0, false, GLYPHS_BRAILLE, "▶ A tau_rc 21.5 ms  5 ms ─────────┼●───────────────── 50 ms\n");
}
END_TEST

START_TEST(what_there_is_no_room_for_goes)
{
    expect_strip(30, 1, 1, 0, false, GLYPHS_BRAILLE, "▶ A tau_rc 21.5 ms  ───●─────\n");
    expect_strip(22, 1, 1, 0, false, GLYPHS_BRAILLE, "▶ A tau_rc 21.5 ms\n");
    expect_strip(14, 1, 1, 0, false, GLYPHS_BRAILLE, "▶ A tau_rc 21…\n");
    expect_strip(5, 1, 1, 0, false, GLYPHS_BRAILLE, "▶ A …\n");
}
END_TEST

static const char *text_of(struct canvas *c, struct text *out)
{
    text_clear(out);
    canvas_write(c, out);
    return text_string(out);
}

START_TEST(many_knobs_scroll_to_the_chosen_one)
{
    struct canvas *c = canvas_new(50, 2, GLYPHS_ASCII);
    struct text out = {0};
    for (size_t chosen = 0; chosen < 5; chosen++) {
        struct view view = {.knob = some, .knobs = 5, .knob_chosen = chosen, .knob_keys = true};
        canvas_clear(c);
        knobs_draw(c, (struct rect){0, 0, 50, 2}, &view);
        const char *drawn = text_of(c, &out);
        char marked[40];
        snprintf(marked, sizeof marked, "> %s ", some[chosen].name);
        ck_assert_msg(strstr(drawn, marked) && strstr(drawn, "+3"), "chosen %zu:\n%s", chosen, drawn);
    }
    text_free(&out);
    canvas_free(c);
}
END_TEST

START_TEST(what_lies_outside_points_there)
{
    struct canvas *c = canvas_new(60, 3, GLYPHS_ASCII);
    struct view view = {.knob = some, .knobs = 3};
    struct text out = {0};
    canvas_clear(c);
    knobs_draw(c, (struct rect){0, 0, 60, 3}, &view);
    const char *drawn = text_of(c, &out);
    ck_assert_msg(strstr(drawn, "-> 10"), "%s", drawn);
    text_free(&out);
    canvas_free(c);
}
END_TEST

START_TEST(columns_are_parts_of_the_range)
{
    struct view view = {.knob = some, .knobs = 5};
    struct rect rect = {0, 3, 80, 3};
    for (int knob = 0; knob < 5; knob++) {
        double last = -1;
        for (int x = 0; x < 80; x++) {
            double part = knobs_part(rect, &view, knob, x);
            ck_assert_msg(part >= last && part >= 0 && part <= 1, "knob %d, column %d: %g after %g", knob, x, part,
                          last);
            last = part;
        }
        ck_assert_msg(last == 1, "knob %d ends at %g", knob, last);
    }
    ck_assert_int_eq(knobs_at(rect, &view, 0, 3), 0);
    ck_assert_int_eq(knobs_at(rect, &view, 79, 3), 1);
    ck_assert_int_eq(knobs_at(rect, &view, 0, 5), 4);
    ck_assert_int_eq(knobs_at(rect, &view, 79, 5), -1);
}
END_TEST

/* Knobs take their lines from the panes, and the frame stays whole at every size. */
START_TEST(every_size_keeps_its_order)
{
    struct layout layout;
    struct error error;
    struct canvas *c = canvas_new(1, 1, GLYPHS_ASCII);
    layout_init(&layout);
    for (int i = 0; i < 3; i++)
        layout_open(&layout, &pane_raster, "gone", &error);
    for (size_t knobs = 0; knobs <= 5; knobs++)
        for (int width = 1; width <= 100; width++)
            for (int height = 1; height <= 40; height++) {
                struct view view = {.layout = &layout,
                                    .knob = some,
                                    .knobs = knobs,
                                    .knob_chosen = knobs ? knobs - 1 : 0,
                                    .prompt = "> ",
                                    .line = ""};
                struct pane_hit hit;
                int index;
                layout.knobs = knobs;
                struct arrangement a = layout_arrange(&layout, width, height);
                ck_assert_msg(a.knobs.y + a.knobs.height == a.output.y && a.knobs.y >= a.status.height &&
                                  a.output.y + a.output.height <= a.prompt.y,
                              "%dx%d, %zu knobs: strip %d+%d, answers %d+%d", width, height, knobs, a.knobs.y,
                              a.knobs.height, a.output.y, a.output.height);
                for (int i = 0; i < 3; i++)
                    ck_assert_msg(a.pane[i].width == 0 || a.pane[i].y + a.pane[i].height <= a.knobs.y,
                                  "%dx%d: pane %d reaches into the strip", width, height, i);
                ck_assert(knobs == 0 || height < 4 || a.knobs.height > 0);
                if (width % 9 && width > 20)
                    continue;
                canvas_resize(c, width, height);
                frame_draw(c, &view);
                frame_hit(&view, width, height, width / 2, a.knobs.y, &index, &hit);
            }
    canvas_free(c);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("draw: knobs", a_line_says_name_value_and_range, what_there_is_no_room_for_goes,
                       many_knobs_scroll_to_the_chosen_one, what_lies_outside_points_there,
                       columns_are_parts_of_the_range, every_size_keeps_its_order);
}
