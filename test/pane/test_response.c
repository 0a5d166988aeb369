/* Panes over the input current: the rate curves with their slopes, and simulated neurons beside them. And what a pane
 * says when its window holds none of its recording. */
#include "harness.h"

#include "pane/scene.h"
#include "pane/pane_option.h"

/* clang-format off */
#define RESPONSE \
    " Hz — SoftLIF  ╌ LIF\n" \
    "   │                                                  ⣀⣀\n" \
    "   │                                            ⣀⣠⠤⠖⠚⠉⠁\n" \
    " 50┤                                      ⣀⡤⠴⠒⠋⠉\n" \
    "   │                                ⢀⣠⠤⠖⠚⠉\n" \
    "   │                           ⣀⡠⠴⠒⠋⠉\n" \
    "   │                  ⣀⣀⣀⡤⠤⠴⠒⠊⠉⠁⠁\n" \
    "  0┤⣀⠒⠒⠒⠒⠒⣀⠒⠒⠒⠒⠒⣀⠉⠉⠉⠉⠉⣀ ⣀ ⣀ ⣀ ⡃\n" \
    "   └┬─────────────────────────┬────────────────────────┬\n" \
    "    0                         1   J (input current)    2\n" \
    "slope, Hz per unit of J\n" \
    "   │                          ▲⠈⢣\n" \
    " 50┤                          ⠃ ⢀⣀⣀⣀⠤⣀⣀⡀⣀\n" \
    "   │                       ⣀⡤⠖⠚⠉⠉      ⠈⠉⠉⠉⠉⠉⠙⠒⠒⠒⠒⠒⠒⠒⠒⠒⠦\n" \
    "   │                 ⣀⣀⡤⠴⠒⠋⠁  ⠃\n" \
    "  0┤⠤⠤⣀⠤⠤⠤⠤⠤⣀⠖⠒⠒⠒⠒⣀⠉⠉⠁⣀ ⣀ ⣀ ⣀ ⡃\n" \
    "   └┬─────────────────────────┬────────────────────────┬\n" \
    "    0                         1   J (input current)    2\n"
/* clang-format on */
/* clang-format off */
#define ACCURACY \
    "  Hz — G[J]  ┈ LIF  ╌ FastLIF\n" \
    "    │                                         ⢀⣀⢀⣀⠤⠄⠤⠒⠐⠒\n" \
    " 200┤                               ⣀⣀⡀⡤⠤⠐⠒⠚⠁⠉⠉⠁\n" \
    "    │                       ⢀⣀⡤⠄⠖⠒⠈⠉⠁\n" \
    "    │                ⢀⣀⡤⠴⠒⠋⠈⠁\n" \
    " 100┤           ⣀⠠⠴⠒⠁⠉\n" \
    "    │      ⢀⣠⠄⠒⠉⠁\n" \
    "   0┤⣀⡀⣀⣀⣀⡖⠉\n" \
    "    └┬────────────────────────┬────────────────────────┬\n" \
    "     0                        5   J (input current)   10\n" \
    "error, % of G[J]\n" \
    " 0.0┤⠤⠄⠤⠤⠤⡄⠤⠁⠤⠤⠠⠤⠤⠤⠤⠤⠄⠤⠤⠐⠤⠤⠔⠤⠤⠄⠤⠤⡢⠤⠤⢄⠤⠤⡀⠤⠤⠤⠤⠤⠂⠤⠤⠐⠤⠤⠠⠤⠤⠐⠤\n" \
    "    │     ⠈⠒⠎⠣⢢⢤⢄⣠⡀     ⣸\n" \
    "    │           ⠈ ⠙⠑⢣⠤⠤⢶⠛⡄ ⡀  ⡀ ⣠⡆\n" \
    "-0.5┤                    ⠙⠊⠈⠉⠚⠉⠉⠉⣇⣀⣀⣀⢀⣀⣀ ⣰\n" \
    "    │                            ⠿  ⠁⠋  ⠋⠉⠋⠓⠋⠑⠑⠋⠳⠚⠺⠳⠱⠒⠴⠒\n" \
    "    └┬────────────────────────┬────────────────────────┬\n" \
    "     0                        5   J (input current)   10\n"
/* clang-format on */
#define LOW                                                                                                            \
    "   │                   ⢀⣀⡤⠠⠖⠒⠐\n"                                                                 \
    "200┤            ⢀⣀⡤⠔⠒⠋⠉⠁\n"                                                                     \
    "   │       ⢀⣀⠤⠖⠊⠉\n"                                                                                \
    "   │    ⡀⡴⠚⠁\n"                                                                                         \
    "  0┤⣀⣀⣠⠊⠁\n"                                                                                          \
    "   └┬────────────┬───────────┬\n"                           \
    "    0            5    J     10\n"

static char *picture_of(const struct pane_type *type, const struct subject *s, int width, int height, char foot[256])
{
    struct canvas *c = canvas_new(width, height, GLYPHS_BRAILLE);
    struct pane pane;
    struct text text = {0};
    pane_init(&pane, type, s->name);
    type->draw(&pane, s, c, (struct rect){0, 0, width, height}, foot, 256);
    canvas_write(c, &text);
    canvas_free(c);
    return text.bytes;
}

static void expect_pane(const struct pane_type *type, const struct subject *s, int width, int height,
                        const char *picture, const char *foot)
{
    char note[256] = "";
    char *got = picture_of(type, s, width, height, note);
    ck_assert_msg(strcmp(got, picture) == 0, "the picture is\n%s\nnot\n%s", got, picture);
    ck_assert_str_eq(note, foot);
    free(got);
}

START_TEST(sigma_rounds_the_corner_and_there_is_a_slope)
{
    struct scene *scene = scene_new(20, 1, &neuron_fastlif);
    struct subject s = scene->subject[0];
    scene->population->params.sigma = 0.1;
    s.selected = -1;
    expect_pane(&pane_response, &s, 56, 18, RESPONSE, "▲ LIF: ∞ at J = 1 · slope ≤ 50.4");
    scene_free(scene);
}
END_TEST

START_TEST(the_selected_neuron_is_on_the_curve)
{
    struct scene *scene = scene_new(20, 1, &neuron_fastlif);
    struct subject s = scene->subject[0];
    double x = 0;
    char foot[256];
    s.x = &x;
    for (s.selected = 0; s.selected < 20; s.selected++) {
        double J = population_tuning_current(scene->population, (size_t)s.selected, &x);
        char *got = picture_of(&pane_response, &s, 70, 24, foot), said[32];
        snprintf(said, sizeof said, "J now %5.2f", J);
        ck_assert_msg(strstr(foot, said), "neuron %ld: '%s' is not in '%s'", s.selected, said, foot);
        ck_assert_msg((J >= 0 && J <= 2) == (strstr(got, "●") != NULL), "neuron %ld, J %g:\n%s", s.selected, J, got);
        free(got);
    }
    scene_free(scene);
}
END_TEST

START_TEST(simulated_rates_stand_beside_the_curve)
{
    struct scene *scene = scene_new(20, 1, &neuron_fastlif);
    struct subject s = scene->subject[0];
    double J[ACCURACY_CURRENTS];
    for (size_t i = 0; i < ACCURACY_CURRENTS; i++)
        J[i] = 10.0 * (double)i / (ACCURACY_CURRENTS - 1);
    struct accuracy *fast = accuracy_new(&neuron_fastlif, &neuron_defaults, 0.002, J, ACCURACY_CURRENTS);
    struct accuracy *lif = accuracy_new(&neuron_lif, &neuron_defaults, 0.002, J, ACCURACY_CURRENTS);
    accuracy_advance(fast, 1000);
    accuracy_advance(lif, 1000);
    struct accuracy_view view = {{fast, lif}, 2, neuron_defaults, 0.002, 2, 10, false};
    s.accuracy = &view;
    expect_pane(&pane_accuracy, &s, 56, 18, ACCURACY, "largest error: FastLIF -0.78 %, LIF +0.089 %");
    expect_pane(&pane_accuracy, &s, 30, 7, LOW, "-0.78 %, +0.089 %");
    accuracy_free(fast);
    accuracy_free(lif);
    scene_free(scene);
}
END_TEST

/* What lies elsewhere is said, and silence within the recording where nothing else is to be seen. */
START_TEST(a_window_beside_the_recording_says_where_it_is)
{
    static const struct pane_type *const types[] = {&pane_raster, &pane_rates, &pane_poprate, &pane_counts};
    struct recording *r = scene_recording(12, 18079.2, 18088.7);
    struct subject s = {.name = "R", .recording = r, .neurons = 12, .selected = 7, .now = NAN};
    char foot[256];
    s.spikes = recording_source(r);
    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        s.from = 0;
        s.to = 2;
        char *got = picture_of(types[t], &s, 70, 12, foot);
        ck_assert_msg(strstr(got, "spikes at 18 079 … 18 089 s: goto R 18080"), "%s:\n%s", types[t]->name, got);
        free(got);
        s.from = 18085.0001;
        s.to = 18085.0002;
        got = picture_of(types[t], &s, 70, 12, foot);
        ck_assert_msg(!strstr(got, "spikes at"), "%s:\n%s", types[t]->name, got);
        ck_assert_msg(types[t] == &pane_rates || strstr(got, "no spikes in this time"), "%s:\n%s", types[t]->name, got);
        free(got);
    }
    recording_free(r);
}
END_TEST

/* A pane that is empty says why: nothing has run yet, or the file holds no spike. */
START_TEST(an_empty_pane_says_why)
{
    static const struct pane_type *const types[] = {&pane_raster, &pane_rates, &pane_poprate, &pane_counts};
    struct scene *scene = scene_new(20, 1, &neuron_fastlif);
    struct subject s = scene->subject[0];
    struct recording *none =
        recording_new(calloc(1, sizeof(char *)), 0, calloc(1, sizeof(double)), calloc(1, sizeof(uint32_t)), 0);
    struct subject empty = {
        .name = "R", .recording = none, .spikes = recording_source(none), .selected = -1, .to = 1, .now = NAN};
    char foot[256];
    s.from = 0;
    s.to = 0.5;
    s.now = 0;
    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        char *got = picture_of(types[t], &s, 70, 12, foot);
        ck_assert_msg(strstr(got, "A has not run yet"), "%s:\n%s", types[t]->name, got);
        free(got);
        got = picture_of(types[t], &empty, 70, 12, foot);
        ck_assert_msg(strstr(got, "R has no spikes"), "%s:\n%s", types[t]->name, got);
        free(got);
    }
    recording_free(none);
    scene_free(scene);
}
END_TEST

/* The slope of the LIF neuron goes beyond any axis: an arrow, not a line along the edge. */
START_TEST(a_slope_beyond_the_axis_is_an_arrow)
{
    struct scene *scene = scene_new(20, 1, &neuron_fastlif);
    struct subject s = scene->subject[0];
    char foot[256];
    s.selected = -1;
    static const double sigmas[] = {0.02, 0.1, 1};
    for (size_t i = 0; i < 3; i++) {
        scene->population->params.sigma = sigmas[i];
        char *got = picture_of(&pane_response, &s, 70, 26, foot);
        char *slopes = strstr(got, "slope, Hz"), *row = slopes ? strchr(slopes, '\n') + 1 : NULL;
        ck_assert_msg(row && strstr(row, "▲"), "sigma %g:\n%s", sigmas[i], got);
        char *end = strchr(row, '\n');
        int marks = 0;
        for (char *c = strstr(row, "│") + 3; c < end; c += (*c & 0x80) ? 3 : 1)
            marks += *c != ' ';
        ck_assert_msg(marks <= 14, "sigma %g: a plateau of %d cells\n%s", sigmas[i], marks, got);
        ck_assert_msg(strstr(foot, "∞ at J = 1"), "%s", foot);
        free(got);
    }
    scene_free(scene);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: response", an_empty_pane_says_why, a_slope_beyond_the_axis_is_an_arrow,
                       sigma_rounds_the_corner_and_there_is_a_slope, the_selected_neuron_is_on_the_curve,
                       simulated_rates_stand_beside_the_curve, a_window_beside_the_recording_says_where_it_is);
}
