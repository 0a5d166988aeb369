/* The pane `value`: a node's value over time with the ideal beside it. */
#include "harness.h"

#include "pane/place.h"

/* clang-format off */
#define PICTURE \
    "        — value  ┄ ideal\n" \
    "      2┤x1⣀⠄⡀⡀                                        ⣀⢀⠤⣀⡤⠂\n" \
    "       │    ⠉⠙⠒⠦⠤⡀                                ⢀⣠⠊⠒⠋⠉\n" \
    "       │         ⠉⠉⠦⣄⡀                        ⡠⣠⠊⠚⠉\n" \
    "      0┤             ⠙⠲⠂⣀⡀                ⣀⣀⠒⠖⠋⠁\n" \
    "       │                ⠈⠙⠲⠤⠤⣀⣀⡀⣀ ⢀⡀⣀⡀⣀⣠⠊⠖⠋⠁\n" \
    "     -2┤                     ⠈⠉⠉⠓⠁⠒⠚⠉⠉⠁\n" \
    "      2┤x2       ⢀⣀⣀⣀⣀⣀⡀⡀\n" \
    "       │    ⢀⡀⠴⠒⠉⠉      ⠉⠁⠒⠦⣀⡀\n" \
    "       │ ⢀⡤⠖⠁                ⠉⠢⢤⡀\n" \
    "      0┤⠊⠉                      ⠉⠓⢦⡀                      ⣀⠄\n" \
    "       │                           ⠈⠓⠄⣀                ⡀⠴⠚⠁\n" \
    "       │                              ⠈⠁⠲⠤⣀⣀      ⣀⡀⠤⠖⠉⠁\n" \
    "     -2┤                                   ⠈⠉⠉⠉⠁⠉⠉⠁\n" \
    "       └┬─────────┬─────────┬──────────┬─────────┬─────────┬\n" \
    "       0.0       0.2       0.4        0.6       0.8    1.0 s\n"
/* clang-format on */

START_TEST(a_node_has_a_band_for_each_number)
{
    struct place_scene *p = place_scene_new(2, 1000);
    struct pane pane;
    char foot[256], title[160];
    pane_init(&pane, &pane_value, "N");
    char *got = pane_picture(&pane, &p->subject, 60, 16, GLYPHS_BRAILLE, foot);
    ck_assert_msg(strcmp(got, PICTURE) == 0, "the picture is\n%s\nnot\n%s", got, PICTURE);
    ck_assert_str_eq(foot, "x1 now 2 · x1 from the ideal 0.25 (RMS) · 9.6 ms/dot");
    pane.type->title(&pane, &p->subject, title, sizeof title);
    ck_assert_str_eq(title, "value N");
    free(got);
    place_scene_free(p);
}
END_TEST

/* From 0 where no value is below; on both sides as soon as one was, a little earlier or now. */
START_TEST(the_axis_begins_where_values_do)
{
    static const struct {
        size_t steps;
        double from;
        bool below;
    } cases[] = {{230, 0, false}, {600, 0, true}, {1000, 0.8, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct place_scene *p = place_scene_new(1, cases[i].steps);
        struct pane pane;
        char foot[256];
        p->subject.from = cases[i].from;
        p->subject.to = 1e-3 * (double)cases[i].steps;
        pane_init(&pane, &pane_value, "N");
        char *got = pane_picture(&pane, &p->subject, 60, 10, GLYPHS_BRAILLE, foot);
        ck_assert_msg(strstr(got, "2┤") && !strstr(got, "-2┤") == !cases[i].below && strstr(got, " 0┤"),
                      "case %zu:\n%s", i, got);
        free(got);
        place_scene_free(p);
    }
}
END_TEST

START_TEST(what_finds_no_room_is_said)
{
    struct place_scene *p = place_scene_new(2, 1000);
    struct pane pane;
    char foot[256];
    pane_init(&pane, &pane_value, "N");
    char *got = pane_picture(&pane, &p->subject, 60, 7, GLYPHS_ASCII, foot);
    ck_assert_msg(strstr(foot, "1 of 2 dimensions"), "%s", foot);
    for (const char *c = got; *c; c++)
        ck_assert_msg((unsigned char)*c < 128, "not ASCII:\n%s", got);
    free(got);
    place_scene_free(p);
}
END_TEST

START_TEST(an_empty_pane_says_why)
{
    struct place_scene *p = place_scene_new(1, 0);
    struct subject recording = {.name = "R", .selected = -1, .to = 1, .now = NAN};
    struct pane pane;
    char foot[256];
    pane_init(&pane, &pane_value, "N");
    char *got = pane_picture(&pane, &p->subject, 60, 10, GLYPHS_BRAILLE, foot);
    ck_assert_msg(strstr(got, "N has not run yet"), "%s", got);
    free(got);
    got = pane_picture(&pane, &recording, 60, 10, GLYPHS_BRAILLE, foot);
    ck_assert_msg(strstr(got, "only populations and nodes have a value"), "%s", got);
    free(got);
    place_scene_free(p);
}
END_TEST

START_TEST(a_click_means_a_time)
{
    struct place_scene *p = place_scene_new(2, 1000);
    struct pane pane;
    struct pane_hit hit = {.neuron = -1, .time = NAN};
    pane_init(&pane, &pane_value, "N");
    pane.type->hit(&pane, &p->subject, (struct rect){0, 0, 60, 16}, 34, 3, &hit);
    ck_assert_msg(fabs(hit.time - 0.5) < 0.02, "%g", hit.time);
    place_scene_free(p);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: value", a_node_has_a_band_for_each_number, the_axis_begins_where_values_do,
                       what_finds_no_room_is_said, an_empty_pane_says_why, a_click_means_a_time);
}
