/* The pane `xy`: one dimension over another, its tail, and the ideal beside it. */
#include "harness.h"

#include "pane/place.h"

static char *picture_of(struct place_scene *p, struct pane *pane, int width, int height, char foot[256])
{
    return pane_picture(pane, &p->subject, width, height, GLYPHS_BRAILLE, foot);
}

/* Rows and columns of the first and last cell with braille dots or a disc. */
static void extent_of(const char *picture, int *left, int *right, int *top, int *bottom)
{
    int row = 0, column = 0;
    *left = *top = 1000;
    *right = *bottom = -1;
    for (const unsigned char *c = (const unsigned char *)picture; *c; c++) {
        if (*c == '\n') {
            row++;
            column = 0;
            continue;
        }
        if ((*c & 0xc0) == 0x80)
            continue;
        if (c[0] == 0xe2 && c[1] >= 0xa0 && c[1] <= 0xa3) {
            *left = column < *left ? column : *left;
            *right = column > *right ? column : *right;
            *top = row < *top ? row : *top;
            *bottom = row > *bottom ? row : *bottom;
        }
        column++;
    }
}

/* Radius 2 on axes from -2.5 to 2.5 (the ideal goes up to 2.25): a cell is half as wide as high. */
START_TEST(a_circle_is_round)
{
    struct place_scene *p = place_scene_new(2, 1000);
    struct pane pane;
    char foot[256], title[160];
    pane_init(&pane, &pane_xy, "N");
    static const int sizes[][2] = {{60, 20}, {30, 24}, {100, 16}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int left, right, top, bottom;
        char *got = picture_of(p, &pane, sizes[i][0], sizes[i][1], foot);
        extent_of(got, &left, &right, &top, &bottom);
        double wide = right - left + 1, high = 2 * (bottom - top + 1);
        ck_assert_msg(fabs(wide - high) <= 0.13 * high + 2, "%d x %d: %g columns and %g half rows\n%s", sizes[i][0],
                      sizes[i][1], wide, high, got);
        ck_assert_msg(strstr(got, "\u25cf") && strstr(got, "\u25cb"), "no disc or ring:\n%s", got);
        free(got);
    }
    ck_assert_msg(strncmp(foot, "now (2, ", 8) == 0 &&
                      strstr(foot, ") \u00b7 from the ideal 0.25 (RMS) \u00b7 the last 999 ms"),
                  "%s", foot);
    pane.type->title(&pane, &p->subject, title, sizeof title);
    ck_assert_str_eq(title, "xy N: x2 over x1");
    place_scene_free(p);
}
END_TEST

/* The disc stands where the value is: a quarter round at x1 = 0, x2 = 2. */
START_TEST(the_disc_is_the_present)
{
    struct place_scene *p = place_scene_new(2, 250);
    struct pane pane;
    char foot[256];
    pane_init(&pane, &pane_xy, "N");
    char *got = picture_of(p, &pane, 60, 20, foot);
    ck_assert_msg(strstr(foot, "now (") && strstr(foot, ", 2)"), "%s", foot);
    ck_assert_msg(strstr(got, "2.0┤●"), "the disc is not at (0, 2):\n%s", got);
    free(got);
    place_scene_free(p);
}
END_TEST

START_TEST(what_has_no_plane_says_so)
{
    struct place_scene *one = place_scene_new(1, 100), *none = place_scene_new(2, 0), *two = place_scene_new(2, 100);
    struct pane pane;
    char foot[256], *got;
    pane_init(&pane, &pane_xy, "N");
    got = picture_of(one, &pane, 80, 10, foot);
    ck_assert_msg(strstr(got, "N says one number: the pane value shows it over time"), "%s", got);
    free(got);
    got = picture_of(none, &pane, 80, 10, foot);
    ck_assert_msg(strstr(got, "N has not run yet"), "%s", got);
    free(got);
    pane_option_set_number(&pane, "up", 3);
    got = picture_of(two, &pane, 80, 10, foot);
    ck_assert_msg(strstr(got, "N says 2 numbers, x1 to x2, and there is no x3"), "%s", got);
    free(got);
    got = picture_of(two, &pane, 3, 2, foot); /* too small for anything */
    free(got);
    place_scene_free(one);
    place_scene_free(none);
    place_scene_free(two);
}
END_TEST

START_TEST(dimensions_are_two_whole_numbers)
{
    struct pane pane;
    struct error error = {""};
    pane_init(&pane, &pane_xy, "N");
    ck_assert(pane.type->check(&pane, &error));
    pane_option_set_number(&pane, "up", 1);
    ck_assert(!pane.type->check(&pane, &error));
    ck_assert_str_eq(error.text, "across=1 up=1: one dimension over another, so two of them");
    pane_option_set_number(&pane, "up", 2.5);
    ck_assert(!pane.type->check(&pane, &error));
    ck_assert_str_eq(error.text, "across=1 up=2.5: dimensions are whole numbers from 1 on");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: xy", a_circle_is_round, the_disc_is_the_present, what_has_no_plane_says_so,
                       dimensions_are_two_whole_numbers);
}
