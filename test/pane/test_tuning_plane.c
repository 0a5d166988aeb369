/* The tuning pane in two dimensions. */
#include "harness.h"

#include "pane/scene.h"
#include "pane/pane_option.h"

static void expect_tuning(const struct subject *s, const char *along, int width, int height, enum glyph_set glyphs,
                          const char *picture, const char *foot)
{
    struct canvas *c = canvas_new(width, height, glyphs);
    struct pane pane;
    struct text text = {0};
    char note[256] = "";
    pane_init(&pane, &pane_tuning, "A");
    pane_option_set_choice(&pane, "along", strcmp(along, "encoder") == 0);
    pane_tuning.draw(&pane, s, c, (struct rect){0, 0, width, height}, note, sizeof note);
    canvas_write(c, &text);
    ck_assert_str_eq(text_string(&text), picture);
    ck_assert_str_eq(note, foot);
    text_free(&text);
    canvas_free(c);
}

START_TEST(the_rate_over_the_plane)
{
    struct scene *scene = scene_new(20, 2, &neuron_fastlif);
    scene_run(scene, 0.6);
    scene->subject[0].selected = 3;
    expect_tuning(&scene->subject[0], "plane", 40, 14, GLYPHS_BRAILLE,
                  "x2                     0 ░░▒▒▓▓██ 200 Hz\n"
                  " 1┤▓▓▓▓▓▓▓▓▒▒▒····▒·····░○○·○░○○░○○○░░░░\n"
                  "  │▓▓▓▓▓······▒▒▒○▒○▒○░○┄░░░░······░░○★◦\n"
                  "  │█▓▓··▓▓▓▓▓▓○○▒▒▒▒▒▒░░░┄░░░░░░░░░··░░◦\n"
                  "  │█··▓▓▓▓○▓○▓▓▓▒▒▒▒▒▒▒▒░░┄┄░░░░░░░░░··◦\n"
                  "  │··██▓○○▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒░░░┄░░░░░░░░◦◦·\n"
                  " 0┤·█○○█▓▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒░░┄┄░░░░░◦◦░·\n"
                  "  │·○○████▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒░░░┄░◦◦░░░··\n"
                  "  │○●·█████▓▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒◦░◦┄░░░··░\n"
                  "  │○██··█████▓▓▓▓▓▓▓▓▓▓▒▒▒▒◦◦▒▒░░░┄···░░\n"
                  "  │○○◦██······▓▓▓▓▓◦▓◦▓◦▓◦▒▒▒······┄┄░░░\n"
                  "-1┤████◦◦◦█◦◦█◦·◦◦▓·····▓····▒▒▒▒▒░░░┄░░\n"
                  "  └┬────────┬────────┬────────┬────────┬\n"
                  "  -1.0     -0.5     0.0      0.5 x1  1.0\n",
                  "┄ LIF · ★ x now (+0.95, +0.78)");
    scene_free(scene);
}
END_TEST

START_TEST(the_plane_in_ascii_with_a_bar)
{
    struct scene *scene = scene_new(20, 2, &neuron_fastlif);
    scene_run(scene, 0.2);
    scene->subject[0].selected = 3;
    expect_tuning(&scene->subject[0], "plane", 60, 14, GLYPHS_ASCII,
                  "x2                                                    Hz\n"
                  " 1+66666655555444...3....2....0.o..o.o.0o0o0o0oo00000 99 200\n"
                  "  |77666666......44443333222o1o-0000000......0000ooo0 88\n"
                  "  |7777....665555544444333322221--00000000000....000o 77\n"
                  "  |7...776666665555544444333322221--0000000000000...o 66\n"
                  "  |..7777776666665555544444333322221--000000000000oo. 55\n"
                  " 0+.8877777776666665555544444333322221--00000000oo00. 55 100\n"
                  "  |..88877777776666665555544444333322221--00o0o0000.. 44\n"
                  "  |8.@.88877777776666665555544444333322221*-00000...0 33\n"
                  "  |9988....877777776666665555544444333322221-....0000 22\n"
                  "  |99998888......7777666666555554444433......1--00000 11\n"
                  "-1+99999988888887...7....6....5....4...333322221---00 00 0\n"
                  "  ++-----------+------------+-----------+-----------+\n"
                  "  -1.0        -0.5         0.0         0.5   x1   1.0\n",
                  "┄ LIF, ★ x now (+0.60, -0.35), neuron 3 now 0 Hz");
    scene_free(scene);
}
END_TEST

START_TEST(curves_along_preferred_directions)
{
    struct scene *scene = scene_new(20, 2, &neuron_softlif);
    scene->subject[0].selected = 3;
    expect_tuning(&scene->subject[0], "encoder", 60, 12, GLYPHS_BRAILLE,
                  " Hz neuron 3 and others\n"
                  "   │                           ┊\n"
                  "200┤                           ┊\n"
                  "   │                           ┊                  ⢀ ⡀⠠ ⠂⠐⢀⣀⣀\n"
                  "   │                           ┊         ⢀ ⠄⠠ ⠂⢀⣀⣀⠤⠤⠔⠒⠒⠉⠉⠁⠏⠈\n"
                  "   │                           ┊  ⡀⢠ ⡂⠰⣀⣀⠤⠤⠒⠒⠊⠉⠁         ⡈\n"
                  "100┤                     ⡀⠠ ⡄⠰ ⢀⣀⡠⠤⠒⠒⠉⠉                 ⠐\n"
                  "   │          ⢀ ⡀⠠ ⠂⠐ ⡁⢨ ⢀⣀⠤⠔⠒⠉⠁                       ⠠⠁\n"
                  "   │   ⡀⠠ ⠂⠐ ⠁   ⢠ ⠆⢀⡠⠔⠒⠉⠁     ┊                       ⠐\n"
                  "  0┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⠤⠤⠊⠁ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀⠠⠁\n"
                  "   └┬───────────────────────────┬──────────────────────────┬\n"
                  "    -1                          0     x along encoder      1\n",
                  "5 of 20 curves · along each preferred direction");
    scene_free(scene);
}
END_TEST

/* A click selects the neuron whose preferred direction is nearest. */
START_TEST(a_place_belongs_to_who_prefers_it)
{
    struct scene *scene = scene_new(20, 2, &neuron_fastlif);
    struct subject *s = &scene->subject[0];
    struct pane pane;
    size_t hits = 0;
    s->selected = 0;
    pane_init(&pane, &pane_tuning, "A");
    for (int row = 0; row < 20; row++)
        for (int column = 0; column < 60; column++) {
            struct pane_hit hit = {.neuron = -1, .time = NAN, .x = NAN};
            pane_tuning.hit(&pane, s, (struct rect){2, 1, 50, 18}, column, row, &hit);
            ck_assert(hit.neuron >= -1 && hit.neuron < 20);
            hits += hit.neuron >= 0;
        }
    ck_assert_uint_gt(hits, 500);
    scene_free(scene);
}
END_TEST

START_TEST(no_size_breaks_it)
{
    struct scene *scene = scene_new(20, 2, &neuron_fastlif);
    struct pane pane;
    char note[64];
    scene_run(scene, 0.1);
    scene->subject[0].selected = 3;
    pane_init(&pane, &pane_tuning, "A");
    for (int width = 1; width < 70; width++)
        for (int height = 1; height < 20; height++) {
            struct canvas *c = canvas_new(width, height, GLYPHS_BRAILLE);
            struct pane_hit hit = {.neuron = -1, .time = NAN, .x = NAN};
            pane_tuning.draw(&pane, &scene->subject[0], c, (struct rect){0, 0, width, height}, note, sizeof note);
            pane_tuning.hit(&pane, &scene->subject[0], (struct rect){0, 0, width, height}, width / 2, height / 2, &hit);
            canvas_free(c);
        }
    scene_free(scene);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: tuning plane", the_rate_over_the_plane, the_plane_in_ascii_with_a_bar,
                       curves_along_preferred_directions, a_place_belongs_to_who_prefers_it, no_size_breaks_it);
}
