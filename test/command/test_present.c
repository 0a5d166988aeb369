/* What is shown to a room, a picture that stands, and time that goes slowly. */
#include "run.h"

#include "frame/frame.h"
#include "frame/part.h"

#define POPULATION "population A n=50 seed=4; input A sine 1Hz; run 600ms; "

static char *screen_of(const char *lines, int width, int height)
{
    const char *path = scratch("screen.txt");
    char all[900];
    snprintf(all, sizeof all, "%s\nsave-screen %s", lines, path);
    struct outcome o = run_sized(all, width, height, false);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
    return read_file(path);
}

static bool has_braille(const char *screen)
{
    for (const char *c = screen; (c = strchr(c, '\xe2')); c++)
        if ((unsigned char)c[1] >= 0xa0 && (unsigned char)c[1] <= 0xa3)
            return true;
    return false;
}

START_TEST(a_room_sees_two_panes_in_blocks)
{
    static const int sizes[][2] = {{80, 24}, {100, 30}, {120, 36}, {200, 60}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *screen = screen_of(POPULATION "present on", sizes[i][0], sizes[i][1]);
        ck_assert_msg(strstr(screen, "1 raster A") && strstr(screen, "2 rates A") && !strstr(screen, "3 tuning A"),
                      "%s", screen);
        ck_assert_msg(!has_braille(screen) && strstr(screen, "A: 50 FastLIF neurons"), "%s", screen);
        ck_assert_msg(strstr(screen, "x = -0.59") && strstr(screen, "paused") && !strstr(screen, "F1 help"), "%s",
                      screen);
        free(screen);
    }
    char *back = screen_of(POPULATION "present on; present off", 80, 24);
    char *never = screen_of(POPULATION, 80, 24);
    ck_assert_msg(strstr(back, "3 tuning A") && has_braille(back), "%s", back);
    ck_assert_str_eq(back, never);
    free(back);
    free(never);
}
END_TEST

START_TEST(any_size_is_drawn)
{
    for (int width = 1; width < 130; width += 7)
        for (int height = 1; height < 40; height += 5)
            free(screen_of(POPULATION "present on; big \"stats A\" rate,0; freeze", width, height));
}
END_TEST

/* Every cell of a view for a room is in an ink that is seen. */
START_TEST(nothing_is_dim)
{
    struct session_options options = {.width = 80, .height = 24, .glyphs = GLYPHS_BRAILLE, .screen = true};
    struct session *session = session_new(&options, &all_commands);
    struct canvas *canvas = canvas_new(80, 24, session_glyphs(session));
    struct view view;
    ck_assert(session_line(session, "population A n=9", NULL, 0) && session_line(session, "present on", NULL, 0));
    session_view(session, &view);
    frame_draw(canvas, &view);
    for (int i = 0; i < 80 * 24; i++)
        ck_assert_msg(canvas->cell[i].ink != INK_DIM && canvas->cell[i].ink != INK_FRAME, "cell %d,%d is dim", i % 80,
                      i / 80);
    canvas_free(canvas);
    session_free(session);
}
END_TEST

/* The rows of the panes, without the status above them and what stands below. */
static void expect_same_panes(const char *a, const char *b, bool same)
{
    const char *from_a = strchr(a, '\n'), *from_b = strchr(b, '\n');
    const char *to_a = strstr(a, "\n└"), *to_b = strstr(b, "\n└");
    ck_assert_msg(to_a && to_b, "%s%s", a, b);
    bool is = to_a - from_a == to_b - from_b && memcmp(from_a, from_b, (size_t)(to_a - from_a)) == 0;
    ck_assert_msg(is == same, "%s\n%s", a, b);
}

START_TEST(a_frozen_picture_stands_while_the_record_goes_on)
{
    char *before = screen_of(POPULATION, 80, 24), *frozen = screen_of(POPULATION "freeze; run 300ms", 80, 24),
         *after = screen_of(POPULATION "freeze; run 300ms; freeze off", 80, 24),
         *moved = screen_of(POPULATION "run 300ms", 80, 24);
    expect_same_panes(before, frozen, true);
    expect_same_panes(after, moved, true);
    expect_same_panes(before, moved, false);
    free(before);
    free(frozen);
    free(after);
    free(moved);
}
END_TEST

START_TEST(slow_is_a_tenth_and_goes_back)
{
    struct outcome o = run("speed 2; slow on; speed; slow on; slow off; speed");
    ck_assert_msg(o.good && strcmp(o.out, "speed\n0.10000000000000001\nspeed\n2\n") == 0, "%s%s", o.out, o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(numbers_are_large)
{
    struct canvas *canvas = canvas_new(24, BIG_ROWS, GLYPHS_ASCII);
    struct text text = {0};
    ck_assert_int_eq(big_columns(canvas, "63 Hz"), 8 + 3);
    big_draw(canvas, 0, 0, "-0.7 Hz", INK_BOLD);
    canvas_write(canvas, &text);
    ck_assert_str_eq(text_string(&text), "    ###     ###\n"
                                         "    # #       #\n"
                                         "### # #       #\n"
                                         "    # #       #\n"
                                         "    ###  #    #  Hz\n");
    text_free(&text);
    canvas_free(canvas);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: present", a_room_sees_two_panes_in_blocks, any_size_is_drawn, nothing_is_dim,
                       a_frozen_picture_stands_while_the_record_goes_on, slow_is_a_tenth_and_goes_back,
                       numbers_are_large);
}
