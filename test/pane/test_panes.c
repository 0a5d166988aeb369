#include "harness.h"

#include "pane/scene.h"
#include "draw/subject.h"
#include "pane/pane_option.h"

/* A source made by hand: trains in an array, sorted by neuron. */
struct trains {
    size_t neurons, asked;
    const double *times[8];
    size_t count[8];
};

static bool trains_span(const struct spike_source *s, double *first, double *last)
{
    (void)s;
    *first = 0;
    *last = 1;
    return true;
}

static bool trains_extent(const struct spike_source *s, struct time_span *extent)
{
    (void)s;
    *extent = (struct time_span){.from = 0, .to = 1};
    return true;
}

static size_t trains_train(const struct spike_source *s, uint32_t neuron, double from, double to, double *times,
                           size_t capacity)
{
    struct trains *t = (struct trains *)s->data;
    size_t all = 0, k = 0;
    t->asked++;
    for (size_t i = 0; i < t->count[neuron % 8]; i++)
        all += t->times[neuron % 8][i] >= from && t->times[neuron % 8][i] <= to;
    size_t skip = all > capacity ? all - capacity : 0;
    for (size_t i = 0; i < t->count[neuron % 8]; i++) {
        double time = t->times[neuron % 8][i];
        if (time >= from && time <= to && (skip > 0 ? skip-- == 0 : true))
            times[k++] = time;
    }
    return all;
}

static size_t trains_count(const struct spike_source *s, double from, double to)
{
    double none;
    size_t all = 0;
    for (size_t i = 0; i < s->neurons && i < 8; i++)
        all += trains_train(s, (uint32_t)i, from, to, &none, 0);
    return all;
}

static void trains_each(const struct spike_source *s, double from, double to, spike_visitor *visit, void *context)
{
    const struct trains *t = s->data;
    for (size_t i = 0; i < t->neurons && i < 8; i++)
        for (size_t k = 0; k < t->count[i]; k++)
            if (t->times[i][k] >= from && t->times[i][k] <= to)
                visit(context, t->times[i][k], (uint32_t)i);
}

static const char *trains_label(const struct spike_source *s, uint32_t neuron, char *buffer, size_t size)
{
    (void)s;
    snprintf(buffer, size, "n%u", neuron % 100000);
    return buffer;
}

static const struct spike_source_type trains_type = {.span = trains_span,
                                                     .extent = trains_extent,
                                                     .count = trains_count,
                                                     .train = trains_train,
                                                     .each = trains_each,
                                                     .label = trains_label};

static const double regular[] = {0.1, 0.2, 0.3, 0.4, 0.5}, early[] = {0.05, 0.15}, late[] = {0.9, 0.95, 1.0};

static struct trains trains_new(void)
{
    return (struct trains){4, 0, {regular, early, late, NULL}, {5, 2, 3, 0}};
}

static struct subject subject_of(const struct trains *t)
{
    struct subject s = {.name = "S", .neurons = t->neurons, .selected = -1, .from = 0, .to = 1, .now = NAN};
    s.spikes = (struct spike_source){&trains_type, t, t->neurons};
    return s;
}

static void expect_pane(const struct pane_type *type, const struct subject *s, int width, int height,
                        const char *picture, const char *foot)
{
    struct canvas *c = canvas_new(width, height, GLYPHS_BRAILLE);
    struct pane pane = {.type = type, .subject = "S"};
    char note[256] = "";
    type->draw(&pane, s, c, (struct rect){0, 0, width, height}, note, sizeof note);
    struct text text = {0};
    canvas_write(c, &text);
    ck_assert_str_eq(text_string(&text), picture);
    ck_assert_str_eq(note, foot);
    text_free(&text);
    canvas_free(c);
}

START_TEST(a_raster_has_a_row_a_neuron)
{
    struct trains t = trains_new();
    struct subject s = subject_of(&t);
    s.selected = 1;
    expect_pane(&pane_raster, &s, 30, 8,
                "neuron\n"
                " n3┤\n"
                " n2┤                       ⡄⢠⢠\n"
                "   │ ⡀ ⢀                   ⠁⠈⠈\n"
                " n1▶ ⠃ ⠘\n"
                " n0┤  ⠸  ⠇ ⠸  ⠇  ⠇\n"
                "   └┬────────────┬───────────┬\n"
                "   0.0          0.5      1.0 s\n",
                "4 of 4 · 19 ms/dot");
}
END_TEST

START_TEST(rows_follow_the_display_order)
{
    struct trains t = trains_new();
    struct subject s = subject_of(&t);
    static const uint32_t order[] = {2, 0, 1, 3};
    s.order = order;
    s.first_row = 1;
    s.rows = 2;
    expect_pane(&pane_raster, &s, 30, 8,
                "neuron\n"
                "   │ ⡆ ⢰\n"
                " n1┤ ⡇ ⢸\n"
                "   │  ⢀  ⡀ ⢀  ⡀  ⡀\n"
                " n0┤  ⢸  ⡇ ⢸  ⡇  ⡇\n"
                "   │  ⠘  ⠃ ⠘  ⠃  ⠃\n"
                "   └┬────────────┬───────────┬\n"
                "   0.0          0.5      1.0 s\n",
                "2 of 4 shown · 19 ms/dot");
}
END_TEST

START_TEST(the_page_before_stays_right_of_now)
{
    struct trains t = trains_new();
    struct subject s = subject_of(&t);
    s.from = 0.4;
    s.to = 0.8;
    s.now = 0.6;
    s.sweep = true;
    expect_pane(&pane_raster, &s, 30, 8,
                "neuron\n"
                " n3┤             │\n"
                " n2┤             │\n"
                "   │             │\n"
                " n1┤             │\n"
                " n0┤      ⠇      │     ⠇     ⠸\n"
                "   └┬─────┬──────┬─────┬─────┬\n"
                "   0.4   0.5    0.6      0.8 s\n",
                "4 of 4 · 7.7 ms/dot");
}
END_TEST

START_TEST(a_million_neurons_cost_the_rows_on_the_screen)
{
    struct trains t = trains_new();
    struct subject s = subject_of(&t);
    s.neurons = s.spikes.neurons = 1000000;
    s.selected = 123456;
    struct canvas *c = canvas_new(60, 20, GLYPHS_BRAILLE);
    struct pane pane = {.type = &pane_raster, .subject = "S"};
    char foot[256];
    t.asked = 0;
    pane_raster.draw(&pane, &s, c, (struct rect){0, 0, 60, 20}, foot, sizeof foot);
    ck_assert_str_eq(foot, "34 of 1 000 000 neurons shown · 9.4 ms/dot");
    ck_assert_msg(t.asked < 100, "%zu trains were asked for", t.asked);
    struct text text = {0};
    canvas_write(c, &text);
    ck_assert_msg(strstr(text_string(&text), "n23456\xe2\x96\xb6"), "the selected neuron has no row:\n%s",
                  text_string(&text));
    text_free(&text);
    canvas_free(c);
}
END_TEST

START_TEST(crowded_dots_become_shades)
{
    static double many[1000];
    for (int i = 0; i < 1000; i++)
        many[i] = i < 900 ? i / 1800.0 : 0.5 + (i - 900) / 200.0;
    struct trains t = {1, 0, {many}, {1000}};
    struct subject s = subject_of(&t);
    expect_pane(&pane_raster, &s, 30, 8,
                "neuron\n"
                "   │\n"
                "   │█████████████▒▒▒▒▒▒▒▒▒▒▒▒▒\n"
                " n0┤█████████████▒▒▒▒▒▒▒▒▒▒▒▒▒\n"
                "   │█████████████▒▒▒▒▒▒▒▒▒▒▒▒▒\n"
                "   │█████████████▒▒▒▒▒▒▒▒▒▒▒▒▒\n"
                "   └┬────────────┬───────────┬\n"
                "   0.0          0.5      1.0 s\n",
                "1 of 1 · █ = 2 kHz");
}
END_TEST

/* 30 units in 5 rows of cells or 20 of dots: unit u spikes every 1 + u/5 s, all of them together in the last second. */
static struct recording *crowd(void)
{
    enum { UNITS = 30, ROOM = 20000 };
    char **label = malloc(UNITS * sizeof *label);
    double *time = malloc(ROOM * sizeof *time);
    uint32_t *unit = malloc(ROOM * sizeof *unit);
    size_t spikes = 0;
    for (uint32_t u = 0; u < UNITS; u++) {
        label[u] = malloc(8);
        snprintf(label[u], 8, "u%u", u);
        for (double t = 0.05; t < 10; t += t < 9 ? 1 + u / 5 : 0.01) {
            time[spikes] = t;
            unit[spikes++] = u;
        }
    }
    return recording_new(label, UNITS, time, unit, spikes);
}

START_TEST(units_share_rows)
{
    struct recording *r = crowd();
    struct subject s = {.name = "S", .neurons = 30, .selected = 25, .from = 0, .to = 8, .now = NAN, .recording = r};
    s.spikes = recording_source(r);
    expect_pane(&pane_raster, &s, 40, 8,
                "neuron\n"
                "u25▶⡇                     ⢀    ⡇\n"
                "   │⡇                 ⡀   ⠸\n"
                "u12┤⡇            ⢠    ⠃        ⡄\n"
                "   │⡇        ⡆   ⠘    ⡆        ⡇\n"
                " u0┤⡇   ⢰    ⡇   ⢰    ⡇   ⢰    ⡇   ⢰\n"
                "   └┬────────┬────────┬────────┬───────┬\n"
                "    0        2        4        6     8 s\n",
                "30 units, 1-2 a row · 110 ms/dot");
    recording_free(r);
}
END_TEST

START_TEST(crowded_rows_show_the_rate)
{
    struct recording *r = crowd();
    struct subject s = {.name = "S", .neurons = 30, .selected = 25, .from = 0, .to = 10, .now = NAN, .recording = r};
    s.spikes = recording_source(r);
    expect_pane(&pane_raster, &s, 40, 8,
                "neuron\n"
                "u25▶░                 ░  ░\n"
                "   │░             ░   ░         ░\n"
                "u12┤░         ░   ░      ░      ░   ▒▓▓▓\n"
                "   │░      ░  ░   ░      ░      ░   ▒▓▓▓\n"
                " u0┤░  ░   ░  ░   ░   ░  ░   ░  ░   ▓███\n"
                "   └┬──────┬──────┬──────┬──────┬──────┬\n"
                "    0      2      4      6      8   10 s\n",
                "6 a row · █ = 100 Hz · 140 ms/dot");
    recording_free(r);
}
END_TEST

START_TEST(a_rate_is_one_over_the_interval)
{
    struct trains t = trains_new();
    struct subject s = subject_of(&t);
    s.selected = 0;
    s.now = 0.5;
    expect_pane(&pane_rates, &s, 40, 12,
                " Hz n0:  10 Hz\n"
                " 15┤                  ┊\n"
                "   │                  ┊\n"
                "   │                  ┊\n"
                " 10┤  ⠁⠈⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⢹┊\n"
                "   │                 ⢸┊\n"
                "  5┤                 ⠘⡆\n"
                "   │                  ⡇\n"
                "   │                  ⠧⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠄\n"
                "  0┤     ⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁\n"
                "   └┬──────┬──────┬───▲──┬──────┬──────┬\n"
                "   0.0    0.2    0.4    0.6    0.8 1.0 s\n",
                "— spikes · dots: neighbours");
}
END_TEST

START_TEST(a_silent_neuron_has_rate_zero)
{
    struct trains t = trains_new();
    struct subject s = subject_of(&t);
    s.selected = 3;
    expect_pane(&pane_rates, &s, 40, 9,
                " Hz n3:   0 Hz\n"
                "   │\n"
                " 20┤                                ⠂⠂⠂⠂\n"
                "   │\n"
                " 10┤\n"
                "   │\n"
                "  0┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡀\n"
                "   └┬──────┬──────┬──────┬──────┬──────┬\n"
                "   0.0    0.2    0.4    0.6    0.8 1.0 s\n",
                "— spikes · dots: neighbours");
}
END_TEST

START_TEST(with_no_neuron_selected_the_mean_is_shown)
{
    struct trains t = trains_new();
    struct subject s = subject_of(&t);
    expect_pane(&pane_rates, &s, 40, 9,
                " Hz mean of 4 neurons, 50 ms bins\n"
                "   │\n"
                "  5┤ ⡏⠉⠉⠉⠉⠉⢹  ⡏⡇ ⢸⠉⡇ ⡏⢹            ⢸⠉⠉⢹\n"
                "   │ ⡇     ⢸  ⡇⡇ ⢸ ⡇ ⡇⢸            ⢸  ⢸\n"
                "   │⢠⠃     ⠈⡆⢠⠃⢱ ⡜ ⢱⢠⠃⠈⡆           ⡜  ⠈⡆\n"
                "   │⢸       ⡇⢸ ⢸ ⡇ ⢸⢸  ⡇           ⡇   ⡇\n"
                "  0┤⣸       ⣇⣸ ⢸⣀⡇ ⢸⣸  ⣇⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡇   ⣇\n"
                "   └┬──────┬──────┬──────┬──────┬──────┬\n"
                "   0.0    0.2    0.4    0.6    0.8 1.0 s\n",
                "— spikes");
}
END_TEST

START_TEST(rate_models_and_recordings_say_what_they_lack)
{
    struct scene *scene = scene_new(10, 1, &neuron_softlif);
    scene_run(scene, 0);
    expect_pane(&pane_raster, &scene->subject[0], 30, 4,
                "\n"
                " softlif is a rate model: it\n"
                "    has no spikes to show\n"
                "\n",
                "");
    expect_pane(&pane_tuning, &scene->subject[1], 60, 3,
                "\n    a recording has no tuning curve without its stimulus\n\n", "");
    scene_free(scene);
}
END_TEST

/* The curve of a neuron goes through its max rate at the edge its encoder points to. */
START_TEST(tuning_curves_mark_the_present_input)
{
    struct scene *scene = scene_new(3, 1, &neuron_fastlif);
    scene_run(scene, 0.1);
    struct subject *s = &scene->subject[0];
    s->selected = 0;
    scene->x[0] = 0.5;
    expect_pane(&pane_tuning, s, 40, 14,
                " Hz ● neuron 0, measured  ○ others\n"
                "   │                          ┊\n"
                "   │                          ┊\n"
                "200┤⢄                         ┊\n"
                "   │⡀⢣                        ┊\n"
                "   │ ⠈⢇⠁⠐ ⡀                   ┊\n"
                "   │  ⠈⢆   ⠈ ⠂⠠ ⡀             ○     ⡀⠠ ⠂\n"
                "100┤   ⠘⡄        ⠈ ⠄⢀         ┊⢀ ⠄⠐\n"
                "   │    ⢹             ⠁⠠ ⡀  ⠠ ⠂\n"
                "   │     ⢇               ⠠⠐⠁⡀ ┊\n"
                "   │     ⢸            ⠠ ⠁    ⠐┊⡀\n"
                "  0┤⡀⢀ ⡀⢀ ⢇⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀●⣀⣀⣀⣀⣀⣀⣀⣀⣀\n"
                "   └┬─────────────────┬────────────────┬\n"
                "    -1                0   x (input)    1\n",
                "3 of 3 curves · x now +0.50");
    scene_free(scene);
}
END_TEST

/* Cells of the prediction in columns [from, to) of the canvas, below the heading. */
static int predicted_cells(const struct subject *s, int from, int to)
{
    struct canvas *c = canvas_new(60, 16, GLYPHS_BRAILLE);
    struct pane pane = {.type = &pane_rates, .subject = "S"};
    char note[256] = "";
    int cells = 0;
    pane_rates.draw(&pane, s, c, (struct rect){0, 0, 60, 16}, note, sizeof note);
    for (int y = 1; y < 16; y++)
        for (int x = from; x < to; x++)
            cells += canvas_cell(c, x, y)->ink == INK_PREDICT && canvas_cell(c, x, y)->dots;
    canvas_free(c);
    return cells;
}

START_TEST(a_changed_population_says_nothing_about_the_past)
{
    struct scene *scene = scene_new(3, 1, &neuron_fastlif);
    scene_run(scene, 0.4);
    struct subject *s = &scene->subject[0];
    int change = 4 + 56 * 2 / 5; /* the column of 0.2 s, of the half second shown */
    s->selected = 0;
    ck_assert_int_gt(predicted_cells(s, 4, change), 0);
    s->changed = 0.2;
    ck_assert_int_eq(predicted_cells(s, 4, change), 0);
    ck_assert_int_gt(predicted_cells(s, change, 60), 0);
    s->changed = s->now;
    ck_assert_msg(isnan(subject_rate_now(s, 0)), "%g Hz after no time at all", subject_rate_now(s, 0));
    scene_free(scene);
    scene = scene_new(3, 1, &neuron_fastlif);
    scene_run(scene, 0.4);
    s = &scene->subject[0];
    s->selected = 0;
    s->changed = 0.9;
    struct canvas *c = canvas_new(60, 16, GLYPHS_BRAILLE);
    struct pane pane = {.type = &pane_rates, .subject = "S"};
    struct text text = {0};
    char note[256] = "";
    pane_rates.draw(&pane, s, c, (struct rect){0, 0, 60, 16}, note, sizeof note);
    canvas_write(c, &text);
    ck_assert_msg(strstr(text_string(&text), "no prediction"), "%s", text_string(&text));
    text_free(&text);
    canvas_free(c);
    scene_free(scene);
}
END_TEST

START_TEST(labels_have_the_room_they_need)
{
    static const struct {
        const char *label;
        int width;
        const char *shown;
    } cases[] = {{"1836", 60, "\n1836▶"}, {"neuron_869", 60, "\nneuron_869▶"}, {"neuron_869", 32, "\n…ron_869▶"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t units = 300;
        char **label = malloc(units * sizeof *label);
        for (size_t u = 0; u < units; u++)
            snprintf(label[u] = malloc(16), 16, u == 299 ? "%s" : "%.0s%zu", cases[i].label, u);
        double *time = malloc(2 * sizeof *time);
        uint32_t *unit = calloc(2, sizeof *unit);
        time[0] = 0;
        time[1] = 1;
        struct recording *r = recording_new(label, units, time, unit, 2);
        struct subject s = {.name = "S", .recording = r, .neurons = units, .selected = 299, .to = 1, .now = NAN};
        s.spikes = recording_source(r);
        struct canvas *c = canvas_new(cases[i].width, 20, GLYPHS_BRAILLE);
        struct pane pane = {.type = &pane_raster, .subject = "S"};
        struct text text = {0};
        char note[256] = "";
        pane_raster.draw(&pane, &s, c, (struct rect){0, 0, cases[i].width, 20}, note, sizeof note);
        canvas_write(c, &text);
        ck_assert_msg(strstr(text_string(&text), cases[i].shown), "no '%s' in\n%s", cases[i].shown + 1,
                      text_string(&text));
        text_free(&text);
        canvas_free(c);
        recording_free(r);
    }
}
END_TEST

START_TEST(titles)
{
    struct scene *scene = scene_new(3, 1, &neuron_fastlif);
    char title[100];
    struct pane pane = {.type = &pane_tuning, .subject = "A"};
    pane_tuning.title(&pane, &scene->subject[0], title, sizeof title);
    ck_assert_str_eq(title, "tuning A (SoftLIF σ 0.02)");
    pane_option_set_choice(&pane, "model", 1);
    pane_tuning.title(&pane, &scene->subject[0], title, sizeof title);
    ck_assert_str_eq(title, "tuning A (LIF)");
    pane.type = &pane_rates;
    pane_rates.title(&pane, &scene->subject[0], title, sizeof title);
    ck_assert_str_eq(title, "rates A (mean)");
    scene->subject[0].selected = 1;
    pane_rates.title(&pane, &scene->subject[0], title, sizeof title);
    ck_assert_str_eq(title, "rates A (ISI)");
    for (size_t i = 0; i < pane_type_count; i++) {
        pane_init(&pane, pane_types[i], "A");
        pane_types[i]->title(&pane, NULL, title, sizeof title);
    }
    scene_free(scene);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: panes", a_raster_has_a_row_a_neuron, rows_follow_the_display_order,
                       the_page_before_stays_right_of_now, a_million_neurons_cost_the_rows_on_the_screen,
                       crowded_dots_become_shades, units_share_rows, crowded_rows_show_the_rate,
                       a_rate_is_one_over_the_interval, a_silent_neuron_has_rate_zero,
                       with_no_neuron_selected_the_mean_is_shown, rate_models_and_recordings_say_what_they_lack,
                       tuning_curves_mark_the_present_input, a_changed_population_says_nothing_about_the_past,
                       labels_have_the_room_they_need, titles);
}
