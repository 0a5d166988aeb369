/* Looking at large recordings: how long the panes take for a frame while one pans and zooms over all scales,
 * and until the first picture. Prints; never fails for being slow, and leaves out what does not fit into
 * memory. */
#include "harness.h"

#include <unistd.h>

#include "base/clock.h"
#include "frame/frame.h"
#include "pane/pane_option.h"
#include "signal/recording.h"

#define BYTES_A_SPIKE 16.0

static double uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)((*state >> 11) + 1) / 9007199254740993.0;
}

/* Units of very different rates, one after the other at random. */
static struct recording *make(size_t units, size_t spikes, double *index)
{
    uint64_t seed = 1;
    char **label = malloc(units * sizeof *label);
    double *time = malloc(spikes * sizeof *time), t = 0, step = 2.0 / ((double)units * 10);
    uint32_t *unit = malloc(spikes * sizeof *unit);
    for (size_t u = 0; u < units; u++) {
        label[u] = malloc(12);
        snprintf(label[u], 12, "%zu", u);
    }
    for (size_t i = 0; i < spikes; i++) {
        double place = uniform(&seed);
        t += step * uniform(&seed);
        time[i] = t;
        unit[i] = (uint32_t)(place * place * (double)units * 0.999999);
    }
    double start = clock_seconds();
    struct recording *r = recording_new(label, units, time, unit, spikes);
    *index = clock_seconds() - start;
    return r;
}

static double frame(struct canvas *canvas, const struct view *view)
{
    double start = clock_seconds();
    frame_draw(canvas, view);
    return clock_seconds() - start;
}

struct cost {
    double sum, worst, at; /* s; the width of the window that was worst */
    size_t frames;
};

static void count(struct cost *cost, double seconds, double width)
{
    cost->sum += seconds;
    cost->frames++;
    if (seconds > cost->worst) {
        cost->worst = seconds;
        cost->at = width;
    }
}

/* From the whole record down to a millisecond, at each scale some steps to the right. */
static struct cost look(struct subject *s, const struct view *view, int width, int height)
{
    struct canvas *canvas = canvas_new(width, height, GLYPHS_BRAILLE);
    const struct recording *r = s->recording;
    struct cost cost = {0};
    for (double window = r->last - r->first; window > 1e-3; window /= 1.5)
        for (int step = 0; step < 4; step++) {
            s->from = r->first + 0.37 * (r->last - r->first - window) + 0.1 * step * window;
            s->to = s->from + window;
            count(&cost, frame(canvas, view), window);
        }
    canvas_free(canvas);
    return cost;
}

static void report(struct subject *s, const struct view *view, const char *what)
{
    static const int sizes[][2] = {{120, 36}, {200, 60}};
    for (size_t i = 0; i < 2; i++) {
        struct cost c = look(s, view, sizes[i][0], sizes[i][1]);
        printf("  %-34s %3dx%d: %5.1f ms a frame, worst %5.1f ms (window %.3g s)\n", what, sizes[i][0], sizes[i][1],
               1e3 * c.sum / (double)c.frames, 1e3 * c.worst, c.at);
    }
}

static void open_panes(struct layout *layout, const struct pane_type *const *type, size_t count_of)
{
    struct error error;
    layout_init(layout);
    for (size_t i = 0; i < count_of; i++)
        layout_open(layout, type[i], "R", &error);
}

static void bench(size_t units, size_t spikes)
{
    double free_bytes = (double)sysconf(_SC_AVPHYS_PAGES) * (double)sysconf(_SC_PAGESIZE), index;
    if (BYTES_A_SPIKE * 1.3 * (double)spikes + 3e8 > free_bytes) {
        printf("looking at %zu million spikes: left out, %.1f GB of memory are free\n", spikes / 1000000,
               free_bytes / 1e9);
        return;
    }
    struct recording *r = make(units, spikes, &index);
    struct subject s = {.name = "R",
                        .recording = r,
                        .spikes = recording_source(r),
                        .neurons = units,
                        .selected = 3,
                        .from = r->first,
                        .to = r->last,
                        .now = NAN};
    struct layout layout;
    struct view view = {.subject = &s, .subjects = 1, .layout = &layout, .prompt = "> ", .line = ""};
    struct canvas *canvas = canvas_new(120, 36, GLYPHS_BRAILLE);
    static const struct pane_type *const usual[] = {&pane_raster, &pane_rates}, *const all[] = {
                                                                                    &pane_raster,  &pane_rates,
                                                                                    &pane_poprate, &pane_isi,
                                                                                    &pane_counts,  &pane_rates};
    open_panes(&layout, usual, 2);
    printf("looking at %zu million spikes of %zu units (sorting and indexing took %.2f s):\n", spikes / 1000000, units,
           index);
    printf("  first picture %.1f ms after that; %.1f MB for marks\n", 1e3 * frame(canvas, &view),
           r->mark ? (double)(spikes / r->mark_step + 1) * (double)units * 4e-6 : 0.0);
    report(&s, &view, "raster and rates");
    open_panes(&layout, all, 6);
    pane_option_set_choice(&layout.pane[5], "method", 1);
    report(&s, &view, "six panes, one of each kind");
    canvas_free(canvas);
    recording_free(r);
}

START_TEST(looking)
{
    bench(1000, 10000000);
    bench(100000, 10000000);
    bench(1000, 100000000);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("bench: looking", looking);
}
