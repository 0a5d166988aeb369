#include "harness.h"

#include <stdarg.h>

#include "picture/canvas.h"
#include "picture/theme.h"

static void expect_picture(const struct canvas *canvas, const char *picture)
{
    struct text text = {0};
    canvas_write(canvas, &text);
    ck_assert_str_eq(text_string(&text), picture);
    text_free(&text);
}

START_TEST(text_is_cut_at_every_edge)
{
    struct canvas *c = canvas_new(5, 3, GLYPHS_BRAILLE);
    ck_assert_int_eq(canvas_text(c, -2, 0, -1, INK_PLAIN, "abcdefghijk"), 7);
    ck_assert_int_eq(canvas_text(c, 1, 1, 2, INK_PLAIN, "xyz"), 2);
    canvas_text(c, 3, 2, -1, INK_PLAIN, "pqr");
    canvas_text(c, 0, 3, -1, INK_PLAIN, "below");
    canvas_text(c, 0, -1, -1, INK_PLAIN, "above");
    canvas_text(c, 5, 0, -1, INK_PLAIN, "right");
    canvas_put(c, 1000000, -1000000, 'x', INK_PLAIN);
    expect_picture(c, "cdefg\n xy\n   pq\n");
    canvas_free(c);
}
END_TEST

START_TEST(long_text_ends_in_an_ellipsis)
{
    struct canvas *c = canvas_new(6, 3, GLYPHS_BRAILLE);
    ck_assert_int_eq(canvas_text_cut(c, 0, 0, 6, INK_PLAIN, "abcdef"), 6);
    ck_assert_int_eq(canvas_text_cut(c, 0, 1, 6, INK_PLAIN, "abcdefg"), 6);
    ck_assert_int_eq(canvas_text_cut(c, 0, 2, 0, INK_PLAIN, "abcdefg"), 0);
    expect_picture(c, "abcdef\nabcde…\n\n");
    canvas_free(c);
}
END_TEST

START_TEST(wide_glyphs_take_two_cells_and_never_half)
{
    struct canvas *c = canvas_new(5, 4, GLYPHS_BRAILLE);
    ck_assert_int_eq(canvas_text(c, 0, 0, -1, INK_PLAIN, "日本語"), 4);
    canvas_text(c, 0, 1, -1, INK_PLAIN, "日本");
    canvas_put(c, 1, 1, 'x', INK_PLAIN);
    canvas_text(c, 0, 2, -1, INK_PLAIN, "日本");
    canvas_put(c, 2, 2, 'y', INK_PLAIN);
    canvas_text(c, 1, 3, -1, INK_PLAIN, "本");
    canvas_put(c, 0, 3, 0x65E5, INK_PLAIN);
    expect_picture(c, "日本\n x本\n日y\n日\n");
    canvas_free(c);
}
END_TEST

START_TEST(hostile_text_cannot_reach_the_terminal)
{
    struct canvas *c = canvas_new(12, 1, GLYPHS_BRAILLE);
    canvas_text(c, 0, 0, -1, INK_PLAIN,
                "a\x1b[2J\xc2\x9b"
                "e\xcc\x81\t\xff.");
    expect_picture(c, "a\xef\xbf\xbd[2J\xef\xbf\xbd"
                      "e \xef\xbf\xbd.\n");
    canvas_free(c);
}
END_TEST

START_TEST(ascii_spells_what_it_cannot_draw)
{
    struct canvas *c = canvas_new(50, 3, GLYPHS_ASCII);
    const char *text = "τ_rc σ 2π×½ µs é ┌─┐ ┏━┃ 日 · …";
    ck_assert_int_eq(canvas_text(c, 0, 0, -1, INK_PLAIN, text), canvas_columns(c, text));
    canvas_text_cut(c, 0, 1, 7, INK_PLAIN, "τ_rc τ_ref");
    canvas_put(c, 0, 2, 0x3C4, INK_PLAIN);
    expect_picture(c, "tau_rc sigma 2pix1/2 us e +-+ #=# ? * ...\ntau_rc>\nt\n");
    canvas_free(c);
}
END_TEST

START_TEST(resizing_clears_and_stays_sane)
{
    struct canvas *c = canvas_new(3, 2, GLYPHS_BRAILLE);
    canvas_text(c, 0, 0, -1, INK_BOLD, "abc");
    canvas_resize(c, 2, 1);
    expect_picture(c, "\n");
    canvas_resize(c, -5, 0);
    ck_assert_int_eq(c->width, 1);
    ck_assert_int_eq(c->height, 1);
    ck_assert_int_eq(c->cursor_x, -1);
    canvas_free(c);
}
END_TEST

START_TEST(every_ink_has_a_look)
{
    for (int i = 0; i < INK_COUNT; i++) {
        ck_assert_msg(theme_look[i].name != NULL, "ink %d has no row", i);
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(theme_look[i].name, theme_look[j].name);
    }
}
END_TEST

static bool is_colour(struct theme_colour c)
{
    return (c.of256 == THEME_OWN || (c.of256 >= 16 && c.of256 < 256)) && c.of8 >= THEME_OWN && c.of8 < 8;
}

/* WCAG 2.1, 1.4.3. What is black or white by itself has the most there is. */
START_TEST(every_ink_of_every_theme_can_be_read_on_its_ground)
{
    for (size_t t = 0; t < theme_count; t++) {
        const struct theme *theme = themes[t];
        unsigned ground = theme->ground.of256 == THEME_OWN ? theme->assumed : theme_rgb(theme->ground.of256);
        ck_assert_msg(ground == theme->assumed && is_colour(theme->ground) && is_colour(theme->text), "%s",
                      theme->name);
        ck_assert_msg((theme->ground.of256 == THEME_OWN) == (theme->text.of256 == THEME_OWN), "%s", theme->name);
        for (int i = 0; i < INK_COUNT; i++) {
            const struct theme_colour *ink = theme->ink[i].of256 == THEME_OWN ? &theme->text : &theme->ink[i];
            ck_assert_msg(is_colour(theme->ink[i]), "%s of %s has no colour", theme_look[i].name, theme->name);
            ck_assert_msg(theme->colours || theme->ink[i].of256 == THEME_OWN, "%s has colours", theme->name);
            if (ink->of256 == THEME_OWN)
                continue;
            double contrast = theme_contrast_of(theme_rgb(ink->of256), ground);
            ck_assert_msg(contrast >= theme->contrast, "%s of %s has a contrast of %.2f, and %.1f is wanted",
                          theme_look[i].name, theme->name, contrast, theme->contrast);
        }
    }
}
END_TEST

/* The more, the further from the ground: on a white one the most is the darkest. */
START_TEST(scales_lead_away_from_the_ground)
{
    for (size_t t = 0; t < theme_count; t++) {
        double before = 1;
        for (int i = 0; i < 8 && themes[t]->colours; i++) {
            double contrast = theme_contrast_of(theme_rgb(themes[t]->ink[INK_HEAT0 + i].of256), themes[t]->assumed);
            ck_assert_msg(contrast > before, "step %d of %s is no further from the ground than the one before", i,
                          themes[t]->name);
            before = contrast;
        }
    }
}
END_TEST

/* WCAG's own examples: black on white has 21 to 1, #777777 on white 4.48, #0000ff on white 8.59 (all to 0.01). */
START_TEST(contrast_is_that_of_wcag)
{
    ck_assert_double_eq_tol(theme_contrast_of(0x000000, 0xffffff), 21, 1e-9);
    ck_assert_double_eq_tol(theme_contrast_of(0xffffff, 0x777777), 4.48, 0.005);
    ck_assert_double_eq_tol(theme_contrast_of(0x0000ff, 0xffffff), 8.59, 0.005);
    ck_assert_double_eq_tol(theme_contrast_of(0x123456, 0x123456), 1, 1e-12);
    ck_assert_uint_eq(theme_rgb(16), 0x000000);
    ck_assert_uint_eq(theme_rgb(231), 0xffffff);
    ck_assert_uint_eq(theme_rgb(74), 0x5fafd7);
    ck_assert_uint_eq(theme_rgb(245), 0x8a8a8a);
}
END_TEST

START_TEST(the_theme_follows_the_ground)
{
    const unsigned dark[] = {0x000000, 0x1c1c1c, 0x002b36, 0x300a24, 0x282a36}; /* Solarized, Ubuntu, Dracula */
    const unsigned light[] = {0xffffff, 0xfdf6e3, 0xeeeeee, 0xd3d7cf};
    for (size_t i = 0; i < sizeof dark / sizeof *dark; i++)
        ck_assert_msg(theme_for_ground(dark[i]) == &theme_dark, "%06x", dark[i]);
    for (size_t i = 0; i < sizeof light / sizeof *light; i++)
        ck_assert_msg(theme_for_ground(light[i]) == &theme_light, "%06x", light[i]);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("draw: canvas", text_is_cut_at_every_edge, long_text_ends_in_an_ellipsis,
                       wide_glyphs_take_two_cells_and_never_half, hostile_text_cannot_reach_the_terminal,
                       ascii_spells_what_it_cannot_draw, resizing_clears_and_stays_sane, every_ink_has_a_look,
                       every_ink_of_every_theme_can_be_read_on_its_ground, scales_lead_away_from_the_ground,
                       contrast_is_that_of_wcag, the_theme_follows_the_ground);
}
