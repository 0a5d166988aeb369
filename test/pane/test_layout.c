#include "harness.h"

#include "pane/pane.h"

static struct layout three(void)
{
    struct layout layout;
    struct error error;
    layout_init(&layout);
    for (int i = 0; i < 3; i++)
        ck_assert(layout_open(&layout, pane_types[i], "A", &error));
    return layout;
}

static void expect_rect(struct rect r, int x, int y, int width, int height)
{
    ck_assert_msg(r.x == x && r.y == y && r.width == width && r.height == height, "%d,%d %dx%d, expected %d,%d %dx%d",
                  r.x, r.y, r.width, r.height, x, y, width, height);
}

START_TEST(panes_open_close_and_swap)
{
    struct layout layout = three();
    struct error error;
    ck_assert(layout_focus(&layout, 3, &error));
    ck_assert(layout_swap(&layout, 1, 3, &error));
    ck_assert_ptr_eq(layout.pane[0].type, &pane_tuning);
    ck_assert_ptr_eq(layout.pane[2].type, &pane_raster);
    ck_assert_int_eq(layout.focus, 0);
    ck_assert(layout_close(&layout, 2, &error));
    ck_assert_uint_eq(layout.panes, 2);
    ck_assert_ptr_eq(layout.pane[1].type, &pane_raster);
    ck_assert(layout_put(&layout, 2, &pane_rates, "R", &error));
    ck_assert_str_eq(layout.pane[1].subject, "R");
    layout.zoomed = true;
    ck_assert(layout_close(&layout, 1, &error));
    ck_assert_int_eq(layout.focus, -1);
    ck_assert(!layout.zoomed);
    ck_assert(layout_focus(&layout, 0, &error));
    while (layout.panes < LAYOUT_MAX)
        ck_assert(layout_open(&layout, &pane_raster, "A", &error));
    ck_assert(!layout_open(&layout, &pane_raster, "A", &error));
    ck_assert_str_eq(error.text, "6 panes are open, which is the most: close one first");
}
END_TEST

START_TEST(wrong_numbers_get_a_sentence)
{
    struct layout layout = three();
    struct error error;
    ck_assert(!layout_close(&layout, 4, &error));
    ck_assert_str_eq(error.text, "there is no pane 4: panes 1 to 3 are open");
    ck_assert(!layout_close(&layout, 0, &error));
    ck_assert(!layout_focus(&layout, 9, &error));
    ck_assert(!layout_swap(&layout, 1, 9, &error));
    ck_assert(!layout_put(&layout, 9, &pane_raster, "A", &error));
    layout_init(&layout);
    ck_assert(!layout_close(&layout, 1, &error));
    ck_assert_str_eq(error.text, "there is no pane 1: none is open");
}
END_TEST

START_TEST(usual_sizes)
{
    struct layout layout = three();
    struct arrangement a = layout_arrange(&layout, 120, 36);
    expect_rect(a.status, 0, 0, 120, 1);
    expect_rect(a.pane[0], 0, 1, 40, 26);
    expect_rect(a.pane[2], 80, 1, 40, 26);
    expect_rect(a.output, 0, 27, 120, 7);
    expect_rect(a.rule, 0, 34, 120, 1);
    expect_rect(a.prompt, 0, 35, 120, 1);
    a = layout_arrange(&layout, 80, 24);
    expect_rect(a.pane[0], 0, 1, 27, 18);
    expect_rect(a.pane[1], 27, 1, 27, 18);
    expect_rect(a.pane[2], 54, 1, 26, 18);
    expect_rect(a.output, 0, 19, 80, 4);
    ck_assert_int_eq(a.rule.height, 0);
    ck_assert_uint_eq(a.dropped, 0);
    layout.zoomed = true;
    layout.focus = 1;
    a = layout_arrange(&layout, 80, 24);
    expect_rect(a.pane[1], 0, 1, 80, 18);
    expect_rect(a.pane[0], 0, 0, 0, 0);
    ck_assert_uint_eq(a.dropped, 0);
}
END_TEST

START_TEST(narrow_screens_stack_then_drop)
{
    struct layout layout = three();
    struct arrangement a = layout_arrange(&layout, 60, 24);
    expect_rect(a.pane[0], 0, 1, 30, 9);
    expect_rect(a.pane[1], 30, 1, 30, 9);
    expect_rect(a.pane[2], 0, 10, 60, 9);
    a = layout_arrange(&layout, 40, 24);
    ck_assert_uint_eq(a.dropped, 1);
    expect_rect(a.pane[0], 0, 1, 40, 8);
    expect_rect(a.pane[1], 0, 9, 40, 9);
    ck_assert_int_eq(a.rule.height, 1);
    layout.focus = 2;
    a = layout_arrange(&layout, 40, 24);
    ck_assert_int_eq(a.pane[1].width, 0);
    ck_assert_int_eq(a.pane[2].width, 40);
    a = layout_arrange(&layout, 20, 6);
    ck_assert_uint_eq(a.dropped, 2);
    expect_rect(a.pane[2], 0, 0, 20, 4);
}
END_TEST

static bool apart(struct rect a, struct rect b)
{
    return a.width <= 0 || b.width <= 0 || a.height <= 0 || b.height <= 0 || a.x + a.width <= b.x ||
           b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
}

START_TEST(nothing_overlaps_or_leaves_the_screen)
{
    struct layout layout = three();
    struct error error;
    for (size_t panes = 0; panes <= LAYOUT_MAX; panes++) {
        layout_init(&layout);
        for (size_t i = 0; i < panes; i++)
            layout_open(&layout, &pane_raster, "A", &error);
        for (int zoomed = 0; zoomed < 2; zoomed++)
            for (int width = 1; width < 200; width += width < 60 ? 1 : 7)
                for (int height = 1; height < 70; height++) {
                    layout.zoomed = zoomed;
                    layout.focus = (width + height) % ((int)panes + 1) - 1;
                    struct arrangement a = layout_arrange(&layout, width, height);
                    struct rect all[LAYOUT_MAX + 4] = {a.status, a.output, a.rule, a.prompt};
                    memcpy(all + 4, a.pane, sizeof a.pane);
                    long area = 0;
                    size_t visible = 0;
                    for (size_t i = 0; i < LAYOUT_MAX + 4; i++) {
                        visible += i >= 4 && all[i].width > 0;
                        area += (long)all[i].width * all[i].height;
                        ck_assert_msg(all[i].x >= 0 && all[i].y >= 0 && all[i].x + all[i].width <= width &&
                                          all[i].y + all[i].height <= height,
                                      "%zu panes on %dx%d: part %zu leaves the screen", panes, width, height, i);
                        for (size_t j = 0; j < i; j++)
                            if (!apart(all[i], all[j])) /* millions of assertions would take Check seconds */
                                ck_abort_msg("%zu panes on %dx%d: parts %zu and %zu overlap", panes, width, height, i,
                                             j);
                    }
                    ck_assert_msg(area == (long)width * height, "%zu panes on %dx%d: %ld cells used", panes, width,
                                  height, area);
                    ck_assert_int_eq(a.prompt.height, 1);
                    if (a.dropped < panes && !zoomed)
                        ck_assert_uint_eq(visible + a.dropped, panes);
                    if (layout.focus >= 0 && a.dropped < panes)
                        ck_assert_msg(a.pane[layout.focus].width > 0, "the focused pane is hidden on %dx%d", width,
                                      height);
                }
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: layout", panes_open_close_and_swap, wrong_numbers_get_a_sentence, usual_sizes,
                       narrow_screens_stack_then_drop, nothing_overlaps_or_leaves_the_screen);
}
