/* What a pane of rates shows of a rhythm that is quicker than its columns, and at the ends of a record. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pane/pane.h"
#include "pane/pane_option.h"
#include "signal/recording.h"

#define WIDTH 64
#define HEIGHT 24
#define LEFT 4 /* columns for labels and their line */

/* Units that spike every 1 / rate s, one behind the other, in the first `share` of each period of 1 / rhythm. */
static struct recording *bursts(size_t units, double length, double rate, double rhythm, double share)
{
    size_t room = (size_t)((double)units * (length * rate + 2)), spikes = 0;
    double *time = malloc(room * sizeof *time);
    uint32_t *unit = malloc(room * sizeof *unit);
    char **label = malloc(units * sizeof *label);
    for (size_t u = 0; u < units; u++) {
        label[u] = malloc(16);
        snprintf(label[u], 16, "%zu", u);
        for (double t = (double)u / (double)units / rate; t < length; t += 1 / rate)
            if (fmod(t * rhythm, 1) < share) {
                time[spikes] = t;
                unit[spikes++] = (uint32_t)u;
            }
    }
    return recording_new(label, units, time, unit, spikes);
}

struct picture {
    struct canvas *canvas;
    char foot[256];
};

static struct picture draw(const struct pane_type *type, struct recording *r, long selected, double from, double to)
{
    struct subject s = {.name = "R",
                        .recording = r,
                        .spikes = recording_source(r),
                        .neurons = r->units,
                        .selected = selected,
                        .from = from,
                        .to = to,
                        .now = NAN};
    struct picture p = {canvas_new(WIDTH, HEIGHT, GLYPHS_BRAILLE), ""};
    struct pane pane;
    pane_init(&pane, type, "R");
    type->draw(&pane, &s, p.canvas, (struct rect){0, 0, WIDTH, HEIGHT}, p.foot, sizeof p.foot);
    return p;
}

/* The first and the last row of the plot with a dot in a column of cells; false: none. */
static bool extent(const struct picture *p, int x, int *top, int *bottom)
{
    *top = HEIGHT;
    *bottom = -1;
    for (int y = 1; y < HEIGHT - 2; y++) {
        uint32_t glyph = canvas_cell(p->canvas, x, y)->glyph;
        if (glyph <= 0x2800 || glyph > 0x28FF)
            continue;
        *top = y < *top ? y : *top;
        *bottom = y;
    }
    return *bottom >= 0;
}

static void heading(const struct picture *p, char *out)
{
    for (int x = 0; x < WIDTH; x++)
        out[x] = (char)(canvas_cell(p->canvas, x, 0)->glyph & 127);
    out[WIDTH] = '\0';
}

static void expect_all_columns_full(const struct picture *p, const char *what)
{
    for (int x = LEFT + 1; x < WIDTH - 1; x++) {
        int top, bottom;
        ck_assert_msg(extent(p, x, &top, &bottom), "%s: nothing in column %d", what, x);
        ck_assert_msg(bottom - top >= (HEIGHT - 3) / 2, "%s: column %d reaches from row %d to %d only: a slow wave",
                      what, x, top, bottom);
    }
}

START_TEST(a_quick_rhythm_is_no_slow_wave)
{
    struct recording *r = bursts(40, 60, 80, 2, 0.5);
    char text[WIDTH + 1];
    struct picture mean = draw(&pane_rates, r, -1, 0, 60);
    expect_all_columns_full(&mean, "mean");
    ck_assert_msg(strstr(mean.foot, "line: range in each 500 ms"), "%s", mean.foot);
    heading(&mean, text);
    ck_assert_msg(strstr(text, "mean of 40 neurons, 16 ms bins"), "%s", text);
    struct picture one = draw(&pane_rates, r, 3, 0, 60);
    expect_all_columns_full(&one, "intervals");
    ck_assert_msg(strstr(one.foot, "line: range in each 500 ms"), "%s", one.foot);
    struct picture bars = draw(&pane_poprate, r, -1, 0, 60);
    expect_all_columns_full(&bars, "bars");
    canvas_free(mean.canvas);
    canvas_free(one.canvas);
    canvas_free(bars.canvas);
    recording_free(r);
}
END_TEST

/* A steady rate is level up to both ends, whether or not the window goes beyond them. */
START_TEST(a_rate_does_not_fall_at_the_ends_of_a_record)
{
    struct recording *r = bursts(50, 10, 40, 1, 1);
    static const struct {
        double from, to;
    } windows[] = {{0, 10}, {-0.5, 10.5}, {-5, 15}, {-0.013, 9.98}};
    static const struct pane_type *const types[] = {&pane_rates, &pane_poprate};
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++)
        for (size_t k = 0; k < 2; k++) {
            struct picture p = draw(types[k], r, -1, windows[i].from, windows[i].to);
            int level = -1, seen = 0;
            for (int x = LEFT; x < WIDTH; x++) {
                int top, bottom;
                if (!extent(&p, x, &top, &bottom))
                    continue;
                level = level < 0 ? top : level;
                seen++;
                ck_assert_msg(abs(top - level) <= 1, "%s, %g to %g s: column %d stands at row %d, not at %d",
                              types[k]->name, windows[i].from, windows[i].to, x, top, level);
            }
            ck_assert_int_ge(seen, (WIDTH - LEFT) / 2);
            canvas_free(p.canvas);
        }
    recording_free(r);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: rhythm", a_quick_rhythm_is_no_slow_wave, a_rate_does_not_fall_at_the_ends_of_a_record);
}
