/* The tuning pane of a recording with a stimulus, as text. */
#include "harness.h"

#include "pane/scene.h"

/* Two units over x = -1 .. 1 in steps: one that rises in a straight line, one that is silent. */
struct measured {
    struct trace trace;
    struct tuning_bins *bins;
    struct rate_fit fit[2];
    struct scene *scene;
    struct subject *subject;
};

#define STEPS 9

static struct measured measured_new(void)
{
    static double time[STEPS + 1], x[STEPS + 1], spike[10000];
    struct measured m = {.scene = scene_new(3, 1, &neuron_fastlif)};
    size_t count = 0;
    for (size_t i = 0; i <= STEPS; i++) {
        time[i] = (double)i;
        x[i] = -1 + 0.25 * (double)(i < STEPS ? i : STEPS - 1);
        for (size_t k = 0; i < STEPS && k < 10 * i; k++)
            spike[count++] = (double)i + ((double)k + 0.5) / (10.0 * (double)i);
    }
    m.trace = (struct trace){TRACE_HELD, STEPS + 1, time, x};
    m.bins = tuning_bins_new(&m.trace, 0, STEPS, -1, 1, STEPS, 2);
    tuning_bins_count(m.bins, &m.trace, 0, spike, count);
    struct rate_points none = {0};
    struct rate_fit_request request = {&rate_lif, NAN, NAN, NAN, neuron_defaults};
    m.fit[0] = m.fit[1] = rate_fit(&none, &request);
    m.fit[0] =
        (struct rate_fit){.status = RATE_FIT_OK, .gain = 1.1, .bias = 1.55, .params = neuron_defaults, .rms = 3.25};
    m.subject = &m.scene->subject[1];
    m.subject->measured = m.bins;
    m.subject->neurons = 2;
    m.subject->selected = -1;
    m.subject->fit_curve = &rate_lif;
    return m;
}

static void measured_free(struct measured *m)
{
    tuning_bins_free(m->bins);
    scene_free(m->scene);
}

static void expect_pane(const struct subject *s, int width, int height, const char *picture, const char *foot)
{
    struct pane pane = {.type = &pane_tuning, .subject = "R"};
    struct canvas *canvas = canvas_new(width, height, GLYPHS_BRAILLE);
    struct text out = {0};
    char note[256] = "";
    pane_tuning.draw(&pane, s, canvas, (struct rect){0, 0, width, height}, note, sizeof note);
    canvas_write(canvas, &out);
    ck_assert_msg(strcmp(text_string(&out), picture) == 0, "the pane is\n%s\nnot\n%s", text_string(&out), picture);
    ck_assert_msg(strcmp(note, foot) == 0, "the note is '%s', not '%s'", note, foot);
    text_free(&out);
    canvas_free(canvas);
}

START_TEST(points_stand_on_the_fitted_curve)
{
    struct measured m = measured_new();
    m.subject->selected = 0;
    m.subject->fit = m.fit;
    expect_pane(m.subject, 40, 14,
                " Hz ● D3_00 ± error  — LIF\n"
                "100┤\n"
                "   │                                 ⢀⡠⠤\n"
                "   │                             ⢀⡠⠔⠊⠁ ●\n"
                "   │                         ⢀⢠⠔⠊⠁ ●   ⠈\n"
                "   │                      ⡄⠤⠊⠁●    ⠁\n"
                " 50┤                  ⡀⡠⠒⠉●   ⠘\n"
                "   │               ⢀⠤●⠁   ⠃\n"
                "   │            ⢀●⠊⠁  ⠃\n"
                "   │        ●⡇⣠⠒⠁⠈\n"
                "   │    ●    ⡔⠁\n"
                "  0┤●⣀⣀⣀⠈⣀⣀⣀⣰⠁⢀ ⡀⢀ ⡀⢀ ⡀⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀\n"
                "   └┬─────────────────┬────────────────┬\n"
                "    -1                0  x (stimulus)  1\n",
                "residual 3.2 Hz · 2 of 2 curves");
    measured_free(&m);
}
END_TEST

START_TEST(a_unit_without_a_fit_says_why)
{
    struct measured m = measured_new();
    m.subject->selected = 1;
    m.subject->fit = m.fit;
    expect_pane(m.subject, 40, 9,
                " Hz ● D3_01 ± error\n"
                "100┤                                  ⢀\n"
                "   │                           ⡀⢀ ⠄⠐ ⠁\n"
                "   │                     ⡀⠠ ⠂⠈\n"
                " 50┤               ⡀⠠ ⠂⠈\n"
                "   │          ⠠ ⠂⠈\n"
                "  0┤●⢀ ⡀● ⡀⢀●⡀   ●   ●⡀   ●   ●    ●   ●\n"
                "   └┬─────────────────┬────────────────┬\n"
                "    -1                0  x (stimulus)  1\n",
                "no fit: no_spikes · 2 of 2 curves");
    measured_free(&m);
}
END_TEST

START_TEST(without_a_fit_lines_go_from_point_to_point)
{
    struct measured m = measured_new();
    expect_pane(m.subject, 40, 9,
                " Hz select a neuron for errors\n"
                "100┤\n"
                "   │                               ⡀⠠ ⠂⠐\n"
                "   │                       ⢀ ⠄⠐ ⠁⠈\n"
                " 50┤               ⡀⢀ ⠄⠂⠈ ⠁\n"
                "   │       ⢀ ⠄⠠ ⠂⠈\n"
                "  0┤⡀⢠ ⡂⢐ ⡁⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀\n"
                "   └┬─────────────────┬────────────────┬\n"
                "    -1                0  x (stimulus)  1\n",
                "2 of 2 curves · fit draws curves");
    measured_free(&m);
}
END_TEST

START_TEST(a_narrow_pane_takes_bins_together)
{
    struct measured m = measured_new();
    m.subject->selected = 0;
    expect_pane(m.subject, 12, 9,
                " Hz ● D3_00\n"
                "100┤       ⢀\n"
                "   │      ⡀●\n"
                "   │      ●\n"
                " 50┤    ●\n"
                "   │  ●\n"
                "  0┤● ⡀⢀⢀ ⡀⢀\n"
                "   └────┬───\n"
                "        0 x\n",
                "2 of 2");
    measured_free(&m);
}
END_TEST

START_TEST(a_click_finds_the_unit_under_it)
{
    struct measured m = measured_new();
    struct pane pane = {.type = &pane_tuning, .subject = "R"};
    struct pane_hit hit = {.neuron = -1, .x = NAN};
    pane_tuning.hit(&pane, m.subject, (struct rect){0, 0, 40, 14}, 39, 11, &hit);
    ck_assert_msg(hit.neuron == 1 && fabs(hit.x - 1) < 0.05, "neuron %ld at %g", hit.neuron, hit.x);
    hit = (struct pane_hit){.neuron = -1, .x = NAN};
    pane_tuning.hit(&pane, m.subject, (struct rect){0, 0, 40, 14}, 6, 3, &hit);
    ck_assert_msg(hit.neuron == -1, "neuron %ld where nothing is", hit.neuron);
    measured_free(&m);
}
END_TEST

START_TEST(any_size_is_drawn)
{
    struct measured m = measured_new();
    struct pane pane = {.type = &pane_tuning, .subject = "R"};
    m.subject->fit = m.fit;
    for (int selected = -1; selected < 2; selected++)
        for (int width = 0; width < 60; width += 7)
            for (int height = 0; height < 20; height += 3)
                for (int glyphs = 0; glyphs < 3; glyphs++) {
                    struct canvas *canvas = canvas_new(width + 1, height + 1, (enum glyph_set)glyphs);
                    char note[256];
                    m.subject->selected = selected;
                    pane_tuning.draw(&pane, m.subject, canvas, (struct rect){0, 0, width, height}, note, sizeof note);
                    pane_tuning.title(&pane, m.subject, note, sizeof note);
                    ck_assert_msg(strstr(note, "measured, fitted LIF"), "%s", note);
                    canvas_free(canvas);
                }
    measured_free(&m);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: tuning_measured", points_stand_on_the_fitted_curve, a_unit_without_a_fit_says_why,
                       without_a_fit_lines_go_from_point_to_point, a_narrow_pane_takes_bins_together,
                       a_click_finds_the_unit_under_it, any_size_is_drawn);
}
