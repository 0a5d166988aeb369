#include "harness.h"

#include <float.h>

#include "picture/plot.h"

static void expect_picture(const struct canvas *canvas, const char *picture)
{
    struct text text = {0};
    canvas_write(canvas, &text);
    ck_assert_str_eq(text_string(&text), picture);
    text_free(&text);
}

static struct canvas *fresh(enum glyph_set glyphs, struct plot *plot)
{
    struct canvas *c = canvas_new(8, 4, glyphs);
    *plot = plot_over(c, (struct rect){1, 0, 6, 4});
    return c;
}

START_TEST(dots_of_each_glyph_set)
{
    static const struct {
        enum glyph_set glyphs;
        int width, height;
        const char *picture;
    } rows[] = {
        {GLYPHS_BRAILLE, 12, 16, " ⠑⢄\n   ⠑⢄\n     ⠑⢄\n\n"},
        {GLYPHS_BLOCK, 12, 8, " ▚\n  ▚\n   ▚\n    ▚\n"},
        {GLYPHS_ASCII, 6, 8, " '.\n   '.\n     '.\n\n"},
    };
    for (size_t i = 0; i < 3; i++) {
        struct plot p;
        struct canvas *c = fresh(rows[i].glyphs, &p);
        ck_assert_int_eq(p.width, rows[i].width);
        ck_assert_int_eq(p.height, rows[i].height);
        for (int d = 0; d < (rows[i].glyphs == GLYPHS_BLOCK ? 8 : rows[i].width); d++)
            plot_dot(&p, d, d, INK_SPIKE);
        expect_picture(c, rows[i].picture);
        canvas_free(c);
    }
}
END_TEST

START_TEST(lines_join_and_are_clipped)
{
    struct plot p;
    struct canvas *c = fresh(GLYPHS_BRAILLE, &p);
    plot_line(&p, 0, 15, 11, 0, INK_SPIKE, 4);
    expect_picture(c, "     ⢀⠎\n    ⡰⠁\n  ⢀⠎\n ⡰⠁\n");
    canvas_clear(c);
    plot_line(&p, -100, 5, 100, 5, INK_SPIKE, 4);
    expect_picture(c, "\n ⠒⠒⠒⠒⠒⠒\n\n\n");
    canvas_clear(c);
    plot_line(&p, 3, -1e308, 3, 1e308, INK_SPIKE, 4);
    expect_picture(c, "  ⢸\n  ⢸\n  ⢸\n  ⢸\n");
    canvas_free(c);
}
END_TEST

START_TEST(hostile_numbers_draw_nothing_and_break_nothing)
{
    static const double values[] = {NAN, INFINITY, -INFINITY, DBL_MAX, -DBL_MAX, 1e10, -1e10, 1e300, 4e9, -4e9, 0};
    size_t n = sizeof values / sizeof *values;
    struct plot p;
    struct canvas *c = fresh(GLYPHS_BRAILLE, &p);
    int walked = 0;
    for (size_t i = 0; i < n * n * n * n; i++) {
        double a = values[i % n], b = values[i / n % n], d = values[i / n / n % n], e = values[i / n / n / n];
        plot_line(&p, a, b, d, e, INK_SPIKE, 4);
        plot_dotted(&p, a, b, d, e, INK_SPIKE, 3, &walked);
        plot_mark(&p, a, b, 'x', INK_SPIKE);
        plot_rule(&p, a, '|', INK_SPIKE);
    }
    for (int y = 0; y < 4; y++) {
        ck_assert_uint_eq(canvas_cell(c, 0, y)->glyph, ' ');
        ck_assert_uint_eq(canvas_cell(c, 7, y)->glyph, ' ');
    }
    canvas_clear(c);
    plot_line(&p, NAN, 1, 5, 5, INK_SPIKE, 4);
    plot_line(&p, 1, 1, INFINITY, 5, INK_SPIKE, 4);
    plot_mark(&p, NAN, 1, 'x', INK_SPIKE);
    plot_dot(&p, -1, 0, INK_SPIKE);
    plot_dot(&p, 12, 16, INK_SPIKE);
    expect_picture(c, "\n\n\n\n");
    canvas_free(c);
}
END_TEST

START_TEST(the_higher_ink_wins_a_cell)
{
    static const enum ink rising[] = {INK_SPIKE, INK_NEAR, INK_PREDICT, INK_SELECTED};
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            struct plot p;
            struct canvas *c = fresh(GLYPHS_BRAILLE, &p);
            plot_dot(&p, 0, 0, rising[i]);
            plot_dot(&p, 1, 1, rising[j]);
            ck_assert_int_eq(canvas_cell(c, 1, 0)->ink, rising[i > j ? i : j]);
            ck_assert_uint_eq(canvas_cell(c, 1, 0)->glyph, 0x2811);
            canvas_clear(c);
            p.apart = true;
            plot_dot(&p, 2, 0, rising[i]);
            plot_dot(&p, 3, 1, rising[j]);
            ck_assert_uint_eq(canvas_cell(c, 2, 0)->glyph, i == j ? 0x2811 : i > j ? 0x2801 : 0x2810);
            canvas_free(c);
        }
}
END_TEST

START_TEST(a_prediction_shows_through_in_every_third_cell)
{
    struct plot p;
    struct canvas *c = fresh(GLYPHS_BRAILLE, &p);
    p.apart = true;
    plot_line(&p, 0, 0, 11, 0, INK_PREDICT, 4);
    plot_line(&p, 0, 1, 11, 1, INK_SELECTED, 4);
    expect_picture(c, " ⠉⠒⠒⠉⠒⠒\n\n\n\n");
    ck_assert_int_eq(canvas_cell(c, 1, 0)->ink, INK_PREDICT);
    ck_assert_int_eq(canvas_cell(c, 2, 0)->ink, INK_SELECTED);
    canvas_free(c);
}
END_TEST

START_TEST(rules_spare_what_is_there)
{
    struct plot p;
    struct canvas *c = fresh(GLYPHS_BRAILLE, &p);
    plot_dot(&p, 4, 4, INK_SPIKE);
    plot_rule(&p, 4.7, 0x250A, INK_MARK);
    plot_mark(&p, 0, 15, 0x25CF, INK_SELECTED);
    expect_picture(c, "   ┊\n   ⠁\n   ┊\n ● ┊\n");
    canvas_free(c);
}
END_TEST

START_TEST(shades_follow_the_share)
{
    static const double share[] = {0.25, 0.5, 0.75, 7, 0, 0.001};
    struct plot p;
    struct canvas *c = fresh(GLYPHS_BRAILLE, &p);
    for (int cell = 0; cell < 6; cell++)
        plot_shade(&p, cell, 0, share[cell], cell == 5);
    plot_shade(&p, 0, 1, NAN, false);
    expect_picture(c, " ░▒▓█ ░\n\n\n\n");
    ck_assert_int_eq(canvas_cell(c, 1, 0)->ink, INK_HEAT0 + 1);
    ck_assert_int_eq(canvas_cell(c, 4, 0)->ink, INK_HEAT7);
    ck_assert_int_eq(canvas_cell(c, 6, 0)->ink, INK_SELECTED);
    canvas_free(c);
}
END_TEST

START_TEST(values_reach_both_ends)
{
    struct plot p;
    struct canvas *c = fresh(GLYPHS_BRAILLE, &p);
    ck_assert(same(plot_across(&p, -1, -1, 1), 0));
    ck_assert(same(plot_across(&p, 1, -1, 1), 11));
    ck_assert(same(plot_up(&p, 0, 0, 200), 15));
    ck_assert(same(plot_up(&p, 200, 0, 200), 0));
    ck_assert(isnan(plot_up(&p, NAN, 0, 200)));
    canvas_free(c);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("draw: plot", dots_of_each_glyph_set, lines_join_and_are_clipped,
                       hostile_numbers_draw_nothing_and_break_nothing, the_higher_ink_wins_a_cell,
                       a_prediction_shows_through_in_every_third_cell, rules_spare_what_is_there,
                       shades_follow_the_share, values_reach_both_ends);
}
