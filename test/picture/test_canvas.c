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
    canvas_text(c, 0, 0, -1, INK_PLAIN, "a\x1b[2J\xc2\x9b" "e\xcc\x81\t\xff.");
    expect_picture(c, "a\xef\xbf\xbd[2J\xef\xbf\xbd" "e \xef\xbf\xbd.\n");
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
        ck_assert_msg(theme[i].name != NULL, "ink %d has no row in the theme", i);
        ck_assert_msg(theme[i].colour256 >= -1 && theme[i].colour256 < 256, "%s", theme[i].name);
        ck_assert_msg(theme[i].colour8 >= -1 && theme[i].colour8 < 8, "%s", theme[i].name);
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(theme[i].name, theme[j].name);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("draw: canvas", text_is_cut_at_every_edge, long_text_ends_in_an_ellipsis,
                       wide_glyphs_take_two_cells_and_never_half, hostile_text_cannot_reach_the_terminal,
                       ascii_spells_what_it_cannot_draw, resizing_clears_and_stays_sane, every_ink_has_a_look);
}
