/* The pane `decoded` and the tuning pane with weights, over a scene with decoders made by hand: every neuron
 * stands for its encoder. */
#include "harness.h"

#include "pane/scene.h"
#include "nef/readout_trace.h"
#include "pane/pane_option.h"

struct decoded_scene {
    struct scene *scene;
    struct decoder decoder;
    struct function *function;
    struct step_length length;
    struct readout_trace trace;
    struct decoding_view view;
    double low[2], high[2];
};

static struct decoded_scene *open_scene(size_t n, const char *function, double time)
{
    struct decoded_scene *d = calloc(1, sizeof *d);
    struct error error;
    d->scene = scene_new(n, 1, &neuron_fastlif);
    scene_run(d->scene, time);
    d->function = function_new(function, 1, &error);
    size_t outputs = function_outputs(d->function);
    d->decoder = (struct decoder){.n = n, .outputs = outputs, .weight = calloc(n * outputs, sizeof(double))};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < outputs; k++)
            d->decoder.weight[k * n + i] = d->scene->population->encoders[i] / (75.0 * (double)n);
    d->length = (struct step_length){0, 0.001};
    struct readout readout = {.population = d->scene->population,
                              .decoder = &d->decoder,
                              .function = d->function,
                              .synapse = &synapse_lowpass,
                              .tau = 0.01,
                              .history = d->scene->history,
                              .length = &d->length,
                              .lengths = 1};
    readout_trace_init(&d->trace, 1, outputs);
    readout_trace_start(&d->trace, -INFINITY, false);
    readout_trace_extend(&d->trace, &readout, INFINITY, 0, 1);
    d->low[0] = d->low[1] = -1;
    d->high[0] = d->high[1] = 1;
    d->view = (struct decoding_view){.function = function,
                                     .synapse = "low-pass 10 ms",
                                     .target = d->function,
                                     .same = strcmp(function, "x") == 0,
                                     .decoder = &d->decoder,
                                     .trace = &d->trace,
                                     .low = d->low,
                                     .high = d->high};
    d->scene->subject[0].decoding = &d->view;
    return d;
}

static void close_scene(struct decoded_scene *d)
{
    free(d->decoder.weight);
    function_free(d->function);
    readout_trace_free(&d->trace);
    scene_free(d->scene);
    free(d);
}

struct picture {
    struct text text;
    char foot[160], title[160];
    int ink[INK_COUNT]; /* cells of the data */
};

static struct picture draw_pane(const struct pane *pane, const struct subject *s, int width, int height,
                                enum glyph_set glyphs)
{
    struct picture p = {0};
    struct canvas *canvas = canvas_new(width, height, glyphs);
    pane->type->draw(pane, s, canvas, (struct rect){0, 0, width, height}, p.foot, sizeof p.foot);
    pane->type->title(pane, s, p.title, sizeof p.title);
    for (int y = 1; y < height; y++)
        for (int x = 0; x < width; x++)
            if (canvas_cell(canvas, x, y)->dots)
                p.ink[canvas_cell(canvas, x, y)->ink]++;
    canvas_write(canvas, &p.text);
    canvas_free(canvas);
    return p;
}

static void expect_text(const struct picture *p, const char *wanted)
{
    ck_assert_msg(strstr(text_string(&p->text), wanted), "'%s' is not in\n%s", wanted, text_string(&p->text));
}

static void picture_free(struct picture *p)
{
    text_free(&p->text);
}

START_TEST(four_lines_have_inks_and_names)
{
    struct decoded_scene *d = open_scene(20, "x^2", 0.4);
    struct pane pane;
    pane_init(&pane, &pane_decoded, "A");
    struct picture p = draw_pane(&pane, &d->scene->subject[0], 100, 24, GLYPHS_BRAILLE);
    expect_text(&p, "x, f(x) — decoded spikes  ┄ f(x) = x^2  ∙∙ decoded rates  ∙ x");
    ck_assert_str_eq(p.title, "decoded A: x^2 (low-pass 10 ms)");
    ck_assert_msg(strstr(p.foot, "error 0.") && strstr(p.foot, "; spike noise 0."), "foot: %s", p.foot);
    static const enum ink inks[] = {INK_SELECTED, INK_PREDICT, INK_NEAR, INK_SPIKE};
    for (size_t i = 0; i < 4; i++)
        ck_assert_msg(p.ink[inks[i]] > 5, "only %d cells of line %zu", p.ink[inks[i]], i);
    picture_free(&p);
    close_scene(d);
}
END_TEST

START_TEST(the_legend_is_shortened_before_it_is_cut)
{
    struct decoded_scene *d = open_scene(20, "x^2", 0.4);
    struct pane pane;
    pane_init(&pane, &pane_decoded, "A");
    struct picture p = draw_pane(&pane, &d->scene->subject[0], 40, 14, GLYPHS_BRAILLE);
    expect_text(&p, "x, f(x) — spikes ┄ f(x) ∙∙ rates ∙ x");
    picture_free(&p);
    p = draw_pane(&pane, &d->scene->subject[0], 25, 14, GLYPHS_BRAILLE);
    expect_text(&p, "—spikes ┄f(x) ∙∙rates ∙x");
    picture_free(&p);
    p = draw_pane(&pane, &d->scene->subject[0], 60, 14, GLYPHS_ASCII);
    expect_text(&p, "- spikes");
    for (const char *c = text_string(&p.text); *c; c++)
        ck_assert_msg((unsigned char)*c < 128, "not ASCII:\n%s", text_string(&p.text));
    picture_free(&p);
    close_scene(d);
}
END_TEST

START_TEST(each_output_has_its_band)
{
    struct decoded_scene *d = open_scene(20, "x^2, x", 0.4);
    struct pane pane;
    pane_init(&pane, &pane_decoded, "A");
    struct picture p = draw_pane(&pane, &d->scene->subject[0], 60, 24, GLYPHS_BRAILLE);
    expect_text(&p, "f2(x): error 0.");
    picture_free(&p);
    p = draw_pane(&pane, &d->scene->subject[0], 60, 10, GLYPHS_BRAILLE);
    ck_assert_msg(strstr(p.foot, "1 of 2 outputs"), "foot: %s", p.foot);
    picture_free(&p);
    close_scene(d);
}
END_TEST

/* The line at the present leaves the numbers above a band alone. */
START_TEST(names_of_outputs_stay_readable)
{
    struct decoded_scene *d = open_scene(20, "x^2, x", 0.4);
    struct pane pane;
    pane_init(&pane, &pane_decoded, "A");
    struct subject s = d->scene->subject[0];
    s.sweep = true;
    s.from = 0;
    s.to = 1;
    for (s.now = 0.01; s.now < 0.4; s.now += 0.01) {
        struct picture p = draw_pane(&pane, &s, 60, 24, GLYPHS_BRAILLE);
        expect_text(&p, "f2(x): error ");
        picture_free(&p);
    }
    close_scene(d);
}
END_TEST

START_TEST(an_empty_picture_says_why)
{
    struct decoded_scene *d = open_scene(20, "x", 0.4);
    struct pane pane;
    pane_init(&pane, &pane_decoded, "A");
    struct subject s = d->scene->subject[0];
    d->trace.count = 0;
    s.now = s.changed = 0.4;
    struct picture p = draw_pane(&pane, &s, 60, 24, GLYPHS_BRAILLE);
    expect_text(&p, "the neurons have changed, and have not run since");
    picture_free(&p);
    s.changed = 0;
    p = draw_pane(&pane, &s, 60, 24, GLYPHS_BRAILLE);
    expect_text(&p, "nothing was decoded in this time");
    picture_free(&p);
    close_scene(d);
}
END_TEST

/* A number that loses its beginning is another number. */
START_TEST(labels_of_very_large_and_small_numbers_are_whole)
{
    static const double sizes[] = {1e-300, 1e-9, 1e-6, 0.001, 1, 1000, 1e6, 1e12};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct decoded_scene *d = open_scene(20, "x", 0.4);
        struct pane pane;
        pane_init(&pane, &pane_decoded, "A");
        d->low[0] = -sizes[i];
        d->high[0] = sizes[i];
        d->scene->population->radius = sizes[i];
        struct picture p = draw_pane(&pane, &d->scene->subject[0], 60, 24, GLYPHS_BRAILLE);
        ck_assert_msg(!strstr(text_string(&p.text), "…"), "%g:\n%s", sizes[i], text_string(&p.text));
        picture_free(&p);
        close_scene(d);
    }
}
END_TEST

START_TEST(what_cannot_be_drawn_is_said)
{
    struct decoded_scene *d = open_scene(20, "x", 0.4);
    struct pane pane;
    pane_init(&pane, &pane_decoded, "A");
    d->view.trace = NULL;
    d->view.decoder = NULL;
    struct picture p = draw_pane(&pane, &d->scene->subject[0], 60, 10, GLYPHS_BRAILLE);
    expect_text(&p, "solving the decoders…");
    ck_assert_str_eq(p.title, "decoded A");
    picture_free(&p);
    d->view.trouble = "decoders of so many neurons take 12 GB";
    p = draw_pane(&pane, &d->scene->subject[0], 60, 10, GLYPHS_BRAILLE);
    expect_text(&p, "take 12 GB");
    picture_free(&p);
    p = draw_pane(&pane, &d->scene->subject[1], 60, 10, GLYPHS_BRAILLE);
    expect_text(&p, "only a population has decoders");
    picture_free(&p);
    for (int width = 1; width < 30; width += 4)
        for (int height = 1; height < 12; height++) {
            p = draw_pane(&pane, &d->scene->subject[0], width, height, GLYPHS_BRAILLE);
            picture_free(&p);
        }
    close_scene(d);
}
END_TEST

/* Weights are encoders here, so the bars of one half point down and those of the other up. */
START_TEST(weights_stand_below_curves_that_stay)
{
    struct decoded_scene *d = open_scene(20, "x^2", 0.4);
    struct pane pane;
    pane_init(&pane, &pane_tuning, "A");
    pane_option_set_choice(&pane, "weights", 1);
    ck_assert(pane_tuning.decodes(&pane));
    struct picture p = draw_pane(&pane, &d->scene->subject[0], 70, 30, GLYPHS_BRAILLE);
    expect_text(&p, "— weight > 0  ┄ weight < 0  ∙∙ near 0");
    expect_text(&p, "— sum of weighted rates  ┄ f(x) = x^2  ● spikes now");
    expect_text(&p, "weight (decoder × max rate): -0.1");
    ck_assert_str_eq(p.title, "tuning A: x^2 (LIF)");
    ck_assert_msg(strstr(p.foot, "18 of 20 curves · RMS of the sum 0."), "foot: %s", p.foot);
    ck_assert_msg(p.ink[INK_SPIKE] > 50 && p.ink[INK_MARK] > 30, "%d cells up, %d down", p.ink[INK_SPIKE],
                  p.ink[INK_MARK]);
    picture_free(&p);
    struct pane_hit hit = {.neuron = -1};
    pane_tuning.hit(&pane, &d->scene->subject[0], (struct rect){0, 0, 70, 30}, 69, 27, &hit);
    ck_assert_int_eq(hit.neuron, (int)d->scene->population->order[19]);
    for (int width = 1; width < 60; width += 7)
        for (int height = 1; height < 26; height++) {
            p = draw_pane(&pane, &d->scene->subject[0], width, height, GLYPHS_BRAILLE);
            picture_free(&p);
        }
    /* Where there is no room for the sum the edge says so. */
    for (int height = 4; height < 40; height++) {
        p = draw_pane(&pane, &d->scene->subject[0], 70, height, GLYPHS_BRAILLE);
        bool drawn = strstr(text_string(&p.text), "sum of weighted rates"),
             said = strstr(p.foot, "their sum needs a higher pane");
        ck_assert_msg(drawn != said, "%d rows, foot '%s':\n%s", height, p.foot, text_string(&p.text));
        ck_assert_msg(drawn || height < 20, "%d rows: no sum", height);
        picture_free(&p);
    }
    close_scene(d);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: decoded", four_lines_have_inks_and_names, the_legend_is_shortened_before_it_is_cut,
                       each_output_has_its_band, names_of_outputs_stay_readable, an_empty_picture_says_why,
                       labels_of_very_large_and_small_numbers_are_whole, what_cannot_be_drawn_is_said,
                       weights_stand_below_curves_that_stay);
}
