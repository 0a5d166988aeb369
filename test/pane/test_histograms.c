/* Panes that count: intervals, spikes of units, the population rate. */
#include "harness.h"

#include "draw/rate_columns.h"
#include "pane/scene.h"
#include "pane/pane_option.h"

static void expect_pane(const struct pane *pane, const struct subject *s, int width, int height, const char *picture,
                        const char *foot)
{
    struct canvas *c = canvas_new(width, height, GLYPHS_BRAILLE);
    char note[256] = "";
    pane->type->draw(pane, s, c, (struct rect){0, 0, width, height}, note, sizeof note);
    struct text text = {0};
    canvas_write(c, &text);
    ck_assert_str_eq(text_string(&text), picture);
    ck_assert_str_eq(note, foot);
    text_free(&text);
    canvas_free(c);
}

/* Unit 0: 1, 1, 2 ms and over again; unit 1: every 5 ms, then a pause of 60 ms; unit 2 never; 3 once. */
static struct recording *few_trains(void)
{
    enum { ROOM = 1000 };
    static const int step[3] = {1, 1, 2}; /* ms, so that times are the nearest to round numbers */
    char **label = malloc(4 * sizeof *label);
    double *time = malloc(ROOM * sizeof *time);
    int t;
    uint32_t *unit = malloc(ROOM * sizeof *unit);
    size_t spikes = 0;
    for (int u = 0; u < 4; u++) {
        label[u] = malloc(8);
        snprintf(label[u], 8, "u%d", u);
    }
    t = 1000;
    for (int i = 0; i <= 60; t += step[i++ % 3], spikes++) {
        time[spikes] = t / 1000.0;
        unit[spikes] = 0;
    }
    t = 1000;
    for (int i = 0; i <= 40; t += i++ == 20 ? 60 : 5, spikes++) {
        time[spikes] = t / 1000.0;
        unit[spikes] = 1;
    }
    time[spikes] = 1.1;
    unit[spikes++] = 3;
    return recording_new(label, 4, time, unit, spikes);
}

static struct subject subject_of(const struct recording *r, long selected)
{
    struct subject s = {.name = "R", .recording = r, .neurons = r->units, .selected = selected, .now = NAN};
    s.spikes = recording_source(r);
    s.from = r->first;
    s.to = r->last;
    return s;
}

START_TEST(intervals_on_a_linear_axis)
{
    struct recording *r = few_trains();
    struct subject s = subject_of(r, 0);
    struct pane pane;
    pane_init(&pane, &pane_isi, "R");
    pane_option_set_number(&pane, "bin", 0.0005);
    expect_pane(&pane, &s, 44, 10,
                "count  u0: 60 intervals, ▲ 1.3 ms, CV 0.35\n"
                "   │                          ┊\n"
                " 40┤             ⢰⣶⣶⣶⣶⣶⡆      ┊\n"
                "   │             ⢸⣿⣿⣿⣿⣿⡇      ┊\n"
                "   │             ⢸⣿⣿⣿⣿⣿⡇      ┊\n"
                " 20┤             ⢸⣿⣿⣿⣿⣿⡇      ┊⣿⣿⣿⣿⣿⣿\n"
                "   │             ⢸⣿⣿⣿⣿⣿⡇      ┊⣿⣿⣿⣿⣿⣿\n"
                "  0┤             ⢸⣿⣿⣿⣿⣿⡇      ┊⣿⣿⣿⣿⣿⣿\n"
                "   └┬─────┬──────┬───▲──┬─────┬──────┬─────┬\n"
                "   0.0   0.5    1.0    1.5   2.0      3.0 ms\n",
                "67 % below 2 ms · bins of 500 us");
    recording_free(r);
}
END_TEST

START_TEST(intervals_on_a_logarithmic_axis)
{
    struct recording *r = few_trains();
    struct subject s = subject_of(r, 1);
    struct pane pane;
    pane_init(&pane, &pane_isi, "R");
    pane_option_set_choice(&pane, "scale", 1);
    pane_option_set_number(&pane, "refractory", 0.006);
    expect_pane(&pane, &s, 44, 10,
                "count  u1: 40 intervals, ▲ 6.4 ms, CV 1.35\n"
                " 40┤            ⣶⣶⣶⡆\n"
                "   │            ⣿⣿⣿⡇\n"
                "   │            ⣿⣿⣿⡇\n"
                " 20┤            ⣿⣿⣿⡇\n"
                "   │            ⣿⣿⣿⡇\n"
                "   │            ⣿⣿⣿⡇\n"
                "  0┤            ⣿⣿⣿⡇                ⣤⣤⣤⡄\n"
                "   └┬───────────────▲───┬──────────────────┬\n"
                "   1 ms               10 ms           100 ms\n",
                "98 % below 6 ms · 5 bins a decade");
    recording_free(r);
}
END_TEST

/* What a narrow pane has no room for it leaves out; it never cuts a number, which would then be another one. */
START_TEST(a_heading_of_intervals_cuts_no_number)
{
    static const char *const shorter[] = {"0: 60 intervals, ▲ mean 1.3 ms, CV 0.35",
                                          "0: 60 intervals, ▲ 1.3 ms, CV 0.35", "0: 60, ▲ 1.3 ms, CV 0.35",
                                          "0: 60, ▲ 1.3 ms", "0: 60"};
    struct recording *r = few_trains();
    struct subject s = subject_of(r, 0);
    struct pane pane;
    pane_init(&pane, &pane_isi, "R");
    for (int width = 14; width < 60; width++) {
        struct canvas *c = canvas_new(width, 10, GLYPHS_BRAILLE);
        char note[256] = "", heading[256];
        pane.type->draw(&pane, &s, c, (struct rect){0, 0, width, 10}, note, sizeof note);
        struct text text = {0};
        canvas_write(c, &text);
        snprintf(heading, sizeof heading, "%.*s", (int)strcspn(text_string(&text), "\n"), text_string(&text));
        bool whole = false;
        for (size_t i = 0; i < sizeof shorter / sizeof *shorter; i++)
            whole = whole || (strlen(heading) >= strlen(shorter[i]) &&
                              strcmp(heading + strlen(heading) - strlen(shorter[i]), shorter[i]) == 0);
        ck_assert_msg(whole, "in %d columns: '%s'", width, heading);
        text_free(&text);
        canvas_free(c);
    }
    recording_free(r);
}
END_TEST

START_TEST(intervals_of_the_time_shown)
{
    struct recording *r = few_trains();
    struct subject s = subject_of(r, 1);
    struct pane pane;
    s.from = 1.11;
    pane_init(&pane, &pane_isi, "R");
    pane_option_set_choice(&pane, "over", 1);
    expect_pane(&pane, &s, 44, 10,
                "count  u1: 19 intervals, ▲ 5.0 ms, CV 0.00\n"
                " 20┤             ┊                   ⢰⣶⣶⣶⣶⣶⡆\n"
                "   │             ┊                   ⢸⣿⣿⣿⣿⣿⡇\n"
                "   │             ┊                   ⢸⣿⣿⣿⣿⣿⡇\n"
                " 10┤             ┊                   ⢸⣿⣿⣿⣿⣿⡇\n"
                "   │             ┊                   ⢸⣿⣿⣿⣿⣿⡇\n"
                "   │             ┊                   ⢸⣿⣿⣿⣿⣿⡇\n"
                "  0┤             ┊                   ⢸⣿⣿⣿⣿⣿⡇\n"
                "   └┬─────┬──────┬──────┬─────┬──────▲─────┬\n"
                "    0     1      2      3     4      5  6 ms\n",
                "0 % below 2 ms · bins of 1 ms");
    recording_free(r);
}
END_TEST

START_TEST(without_intervals_there_is_a_sentence)
{
    struct recording *r = few_trains();
    struct subject s = subject_of(r, 3);
    struct pane pane;
    pane_init(&pane, &pane_isi, "R");
    expect_pane(&pane, &s, 50, 1, "    neuron u3: no interval between spikes yet\n", "");
    s.selected = -1;
    expect_pane(&pane, &s, 40, 3,
                " no neuron is selected: a click, Up or\n"
                "   Down in a pane, or select R NEURON\n"
                "\n",
                "");
    recording_free(r);
}
END_TEST

START_TEST(counts_are_bars_in_the_display_order)
{
    static const uint32_t order[] = {3, 1, 2, 0};
    struct recording *r = few_trains();
    struct subject s = subject_of(r, 1);
    struct pane pane;
    s.order = order;
    pane_init(&pane, &pane_counts, "R");
    expect_pane(&pane, &s, 40, 12,
                "u1: 41 spikes, 157 Hz\n"
                "   │⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡀\n"
                " u0┤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇\n"
                "   │⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠁\n"
                " u2┤\n"
                "   │\n"
                " u1▶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⡆\n"
                "   │⠿⠿⠿⠿⠿⠿⠿⠿⠿⠿⠿⠿⠿⠿⠿⠿⠿⠿⠇\n"
                " u3┤⡄\n"
                "   │⡇\n"
                "   └┬─────────────────────┬─────────────\n"
                "    0                     50   spikes\n",
                "4 of 4 · in 255 ms · 3 of 4 fire");
    recording_free(r);
}
END_TEST

START_TEST(the_population_rate_has_round_bins)
{
    struct recording *r = few_trains();
    struct subject s = subject_of(r, -1);
    struct pane pane;
    s.from = 0.98;
    s.to = 1.3;
    pane_init(&pane, &pane_poprate, "R");
    expect_pane(&pane, &s, 40, 10,
                " Hz all 4 neurons, bins of 20 ms\n"
                "   │  ⣶⣶⣶⣶⣶⣶⣶⣶⣶\n"
                "200┤  ⣿⣿⣿⣿⣿⣿⣿⣿⣿\n"
                "   │  ⣿⣿⣿⣿⣿⣿⣿⣿⣿\n"
                "   │  ⣿⣿⣿⣿⣿⣿⣿⣿⣿\n"
                "100┤  ⣿⣿⣿⣿⣿⣿⣿⣿⣿\n"
                "   │  ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇      ⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⡄\n"
                "  0┤  ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇    ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇\n"
                "   └──┬──────────┬──────────┬──────────┬\n"
                "     1.0        1.1        1.2     1.3 s\n",
                "4.4 ms/dot");
    pane_option_set_number(&pane, "bin", 0.1);
    expect_pane(&pane, &s, 40, 10,
                " Hz all 4 neurons, bins of 100 ms\n"
                "   │\n"
                "200┤  ⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⡆\n"
                "   │  ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇\n"
                "   │  ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇\n"
                "100┤  ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇\n"
                "   │  ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇          ⢠⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤\n"
                "  0┤  ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿\n"
                "   └──┬──────────┬──────────┬──────────┬\n"
                "     1.0        1.1        1.2     1.3 s\n",
                "4.4 ms/dot");
    recording_free(r);
}
END_TEST

/* ---- rates ---- */

static struct recording *one_train(size_t spikes, double length)
{
    char **label = malloc(sizeof *label);
    double *time = malloc(spikes * sizeof *time);
    uint32_t *unit = calloc(spikes, sizeof *unit);
    label[0] = strcpy(malloc(2), "a");
    for (size_t i = 0; i < spikes; i++)
        time[i] = ((double)i + 0.5 + 0.3 * sin((double)i)) * length / (double)spikes;
    return recording_new(label, 1, time, unit, spikes);
}

static struct timebase timebase_for(const struct subject *s, int width)
{
    return (struct timebase){.from = s->from, .to = s->to, .first = s->from, .last = s->to, .width = width};
}

/* Whatever the kernel, what a steady train reads as is its rate, and no spike is lost. */
START_TEST(a_kernel_keeps_the_rate)
{
    static const double taus[] = {0.001, 0.02, 0.3, 5};
    static struct rate_columns c;
    struct recording *r = one_train(20000, 200);
    for (size_t k = 0; k < rate_kernel_count; k++)
        for (size_t t = 0; t < 4; t++)
            for (double window = 100; window > 0.5; window /= 4) {
                struct subject s = subject_of(r, 0);
                s.from = 60;
                s.to = 60 + window;
                struct timebase time = timebase_for(&s, 200);
                rate_columns_kernel(&c, &s, &time, 0, &(struct spike_spread){rate_kernels[k], taus[t], 1, false});
                double sum = 0;
                for (int i = 0; i < 200; i++)
                    sum += rate_columns_at(&c, i) / 200;
                double spikes = fmax(window * 100, 1);
                ck_assert_msg(fabs(sum - 100) < 100 * (1.5 / spikes + 0.002), "%s, tau %g, %g s: %g Hz on average",
                              rate_kernels[k]->name, taus[t], window, sum);
            }
    recording_free(r);
}
END_TEST

/* Where spikes are many they are only counted: between one window and one a little narrower nothing jumps. */
START_TEST(counting_and_walking_agree)
{
    static struct rate_columns walked, counted;
    struct recording *r = one_train(33 * 100, 100);
    struct subject s = subject_of(r, 0);
    s.from = 0;
    s.to = 96;
    struct timebase time = timebase_for(&s, 100);
    rate_columns_intervals(&walked, &s, &time, 0);
    s.to = 100;
    time = timebase_for(&s, 96);
    time.to = time.last = 96 * 100.0 / 96;
    rate_columns_intervals(&counted, &s, &time, 0);
    for (int i = 1; i < 95; i++)
        ck_assert_msg(fabs(rate_columns_at(&walked, i) - rate_columns_at(&counted, i)) < 1.5, "column %d: %g and %g Hz",
                      i, rate_columns_at(&walked, i), rate_columns_at(&counted, i));
    recording_free(r);
}
END_TEST

/* ---- anything ---- */

static void draw_everywhere(const struct pane *pane, const struct subject *s)
{
    for (int glyphs = 0; glyphs < 3; glyphs++)
        for (int width = 0; width < 70; width += 1 + width / 6)
            for (int height = 0; height < 26; height += 1 + height / 5) {
                struct canvas *c = canvas_new(width + 1, height + 1, (enum glyph_set)glyphs);
                struct rect inner = {0, 0, width, height};
                struct pane_hit hit = {.neuron = -1};
                char foot[256] = "";
                pane->type->draw(pane, s, c, inner, foot, sizeof foot);
                if (pane->type->hit)
                    pane->type->hit(pane, s, inner, width / 2, height / 2, &hit);
                ck_assert_msg(hit.neuron < (long)s->neurons, "%s: neuron %ld of %zu was hit", pane->type->name,
                              hit.neuron, s->neurons);
                canvas_free(c);
            }
}

static void draw_all_panes(const struct subject *s)
{
    struct pane pane;
    for (size_t t = 0; t < pane_type_count; t++) {
        pane_init(&pane, pane_types[t], s->name);
        draw_everywhere(&pane, s);
        for (const struct pane_option *o = pane_types[t]->options; o && o->name; o++) {
            if (o->words)
                pane_option_set_choice(&pane, o->name, o->words().count - 1);
            else
                pane_option_set_number(&pane, o->name, o->high < 1e6 ? o->high : 0.01);
            draw_everywhere(&pane, s);
        }
    }
}

START_TEST(no_size_and_no_option_breaks_a_pane)
{
    struct scene *scene = scene_new(20, 1, &neuron_fastlif);
    struct recording *r = few_trains(), *none = recording_new(NULL, 0, NULL, NULL, 0);
    struct subject s = subject_of(r, 1), empty = subject_of(none, -1);
    draw_all_panes(&scene->subject[0]); /* before the first step */
    scene_run(scene, 0.7);
    draw_all_panes(&scene->subject[0]);
    scene->subject[0].selected = 3;
    draw_all_panes(&scene->subject[0]);
    draw_all_panes(&s);
    draw_all_panes(&empty);
    s.from = s.to = 1;
    draw_all_panes(&s);
    s.from = 1.1;
    s.to = 1.1 + 1e-15;
    draw_all_panes(&s);
    s.from = -1e9;
    s.to = 1e9;
    draw_all_panes(&s);
    recording_free(r);
    recording_free(none);
    scene_free(scene);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: histograms", intervals_on_a_linear_axis, intervals_on_a_logarithmic_axis,
                       a_heading_of_intervals_cuts_no_number, intervals_of_the_time_shown,
                       without_intervals_there_is_a_sentence, counts_are_bars_in_the_display_order,
                       the_population_rate_has_round_bins, a_kernel_keeps_the_rate, counting_and_walking_agree,
                       no_size_and_no_option_breaks_a_pane);
}
