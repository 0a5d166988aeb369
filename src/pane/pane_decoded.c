/* What a population represents over time: the input x, the function f(x) it is to compute, what its spikes
 * decode to and what its rates would. One band for each output of the function. All lines are read off the
 * same points; a column of dots shows the range of the decoded spikes in its time, and the last value of
 * everything else. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "draw/axis.h"
#include "draw/course.h"
#include "draw/foot.h"
#include "draw/held.h"
#include "draw/legend.h"
#include "draw/marks.h"
#include "draw/note.h"
#include "draw/subject.h"
#include "draw/timebase.h"
#include "picture/plot.h"

#define LABELS 4 /* columns for "-1.5" */
#define LABELS_MOST 9
#define LABEL_ROWS 24
#define BAND_LEAST 4 /* rows of data */

struct decoded {
    const struct subject *subject;
    const struct decoding_view *decoding;
    const struct readout_trace *trace;
    struct axes axes; /* of all bands together */
    struct timebase time;
    size_t bands; /* outputs shown */
    bool clipped; /* something was beyond the axis */
};

/* One output: its part of the pane and its scale. */
struct band {
    size_t output;
    struct axes axes;
    struct plot plot;
    double low, high;
};

/* ---- one band ---- */

static double time_at(const void *trace, size_t i)
{
    return readout_time(trace, i);
}

static double x_at(const void *trace, size_t i, size_t k)
{
    return readout_x(trace, i)[k];
}

static double target_at(const void *trace, size_t i, size_t k)
{
    return readout_target(trace, i)[k];
}

static double decoded_at(const void *trace, size_t i, size_t k)
{
    return readout_decoded(trace, i)[k];
}

static double ideal_at(const void *trace, size_t i, size_t k)
{
    return readout_ideal(trace, i)[k];
}

static void draw_course(struct decoded *d, const struct band *b, struct course course)
{
    course.of = d->trace;
    course.first = readout_find(d->trace, d->time.first);
    course.count = d->trace->count;
    course.time = time_at;
    d->clipped = course_draw(&course, &b->plot, &d->time, b->low, b->high) || d->clipped;
}

/* Wide enough for f and x where they are represented, and for the ripple round them. */
static struct scale scale_of(const struct subject *s, size_t output)
{
    double low = s->decoding->low[output], high = s->decoding->high[output];
    if (s->decoding->trace->dims == 1) {
        low = fmin(low, -s->population->radius);
        high = fmax(high, s->population->radius);
    }
    double margin = 0.25 * (high - low);
    if (!(margin > 0))
        margin = fmax(fabs(high), 1) * 0.5;
    return (struct scale){.low = low - margin, .high = high + margin};
}

/* The same for all heights of the pane, so that axes under one another agree. */
static int label_columns(const struct subject *s)
{
    int columns = LABELS;
    for (size_t k = 0; s->decoding && s->decoding->trace && k < s->decoding->trace->outputs; k++) {
        struct scale scale = scale_of(s, k);
        int wanted = scale_is_sound(&scale) ? axes_up_columns(&scale, LABEL_ROWS) : 0;
        columns = wanted > columns ? wanted : columns;
    }
    return columns < LABELS_MOST ? columns : LABELS_MOST;
}

static bool is_rate_model(const struct decoded *d)
{
    return subject_is_rate_model(d->subject);
}

/* The faintest first; the dots of what comes later stay on top by rank. */
static void draw_band(struct decoded *d, const struct band *b, struct canvas *canvas)
{
    plot_ground(&b->plot, INK_MARK);
    axes_draw_up(&b->axes, canvas, b->low, b->high);
    for (size_t i = 0; i < d->trace->dims && !d->decoding->same; i++)
        draw_course(d, b,
                    (struct course){.value = x_at, .index = i, .ink = INK_SPIKE, .every = b->plot.down > 2 ? 4 : 3});
    if (!is_rate_model(d))
        draw_course(d, b, (struct course){.value = ideal_at, .index = b->output, .ink = INK_NEAR, .every = 2});
    draw_course(d, b, (struct course){.value = target_at, .index = b->output, .ink = INK_PREDICT, .on = 3});
    draw_course(d, b,
                (struct course){.value = decoded_at, .index = b->output, .ink = INK_SELECTED, .on = 4, .range = true});
}

/* ---- the pane ---- */

static void draw_legend(const struct decoded *d, struct canvas *canvas)
{
    char target[160];
    bool rates = is_rate_model(d), same = d->decoding->same;
    snprintf(target, sizeof target, "%s%.120s", same ? "" : "f(x) = ", d->decoding->function);
    const struct legend_entry entries[] = {
        {"—", rates ? "decoded rates" : "decoded spikes", rates ? "rates" : "spikes", INK_SELECTED},
        {"┄", target, same ? "x" : "f(x)", INK_PREDICT},
        {"∙∙", rates ? "" : "decoded rates", "rates", INK_NEAR},
        {"∙", same ? "" : "x", "x", INK_SPIKE},
    };
    if (d->axes.header.height)
        legend_draw(canvas, d->axes.header, d->axes.data.x, same ? "x" : "x, f(x)", entries, 4);
}

/* Of the steps that the table has of the time shown. */
static struct readout_error error_of(const struct decoded *d, size_t output)
{
    struct time_span span = {.from = d->time.first, .to = d->time.last, .steps = true};
    return readout_rms(d->trace, output, span_low(&span), span_high(&span));
}

/* Of the first output; further ones have theirs above their bands. */
static void add_error(const struct decoded *d, struct foot *foot)
{
    char text[96], shorter[48], target[NUMBER_HUMAN], ideal[NUMBER_HUMAN];
    const char *name = d->bands > 1 ? "f1(x): " : "";
    struct readout_error e = error_of(d, 0);
    if (isnan(e.target))
        return;
    if (d->subject->chaotic) {
        foot_add(foot, held_chaotic, "chaotic");
        return;
    }
    if (is_rate_model(d))
        snprintf(text, sizeof text, "%serror %s", name, number_round(target, e.target, 3));
    else
        snprintf(text, sizeof text, "%serror %s; spike noise %s", name, number_round(target, e.target, 3),
                 number_round(ideal, e.ideal, 3));
    snprintf(shorter, sizeof shorter, "%sRMS %s", name, number_round(target, e.target, 2));
    foot_add(foot, text, shorter);
}

static void write_foot(const struct decoded *d, const struct canvas *canvas, char *foot, size_t size)
{
    char text[64];
    struct foot f = foot_begin(canvas, foot, size, d->axes.header.width);
    if (d->decoding->solving)
        foot_add(&f, "solving the decoders…", "solving…");
    marks_foot(&f, &d->axes, d->subject);
    if (d->bands < d->trace->outputs) {
        snprintf(text, sizeof text, "%zu of %zu outputs", d->bands, d->trace->outputs);
        foot_add(&f, text, NULL);
    }
    add_error(d, &f);
    foot_add(&f, subject_since(d->subject, d->time.first, d->time.last, text, sizeof text), NULL);
    if (d->clipped)
        foot_add(&f, "▲ more beyond", "▲");
    timebase_scale(&d->time, text, sizeof text);
    foot_add(&f, text, NULL);
}

/* The output's part of the data, a line for its name above all but the first. */
static struct band band_of(const struct decoded *d, struct canvas *canvas, size_t output)
{
    const struct rect *data = &d->axes.data;
    int from = (int)((size_t)data->height * output / d->bands),
        to = (int)((size_t)data->height * (output + 1) / d->bands);
    int name = output > 0;
    struct band band = {.output = output, .axes = d->axes};
    band.axes.data.y = data->y + from + name;
    band.axes.data.height = to - from - name;
    band.plot = plot_over(canvas, band.axes.data);
    band.plot.apart = band.plot.woven = true;
    struct scale scale = scale_of(d->subject, output);
    band.low = scale.low;
    band.high = scale.high;
    return band;
}

/* "f2(x): RMS error 0.03" */
static void draw_name(const struct decoded *d, size_t output, struct canvas *canvas)
{
    char text[96], error[NUMBER_HUMAN];
    struct rect data = band_of(d, canvas, output).axes.data;
    struct readout_error e = error_of(d, output);
    int used = snprintf(text, sizeof text, "f%zu(x)", output + 1);
    if (!isnan(e.target) && !d->subject->chaotic)
        snprintf(text + used, sizeof text - (size_t)used, ": error %s", number_round(error, e.target, 3));
    canvas_text_cut(canvas, data.x, data.y - 1, data.width, INK_DIM, text);
}

static bool decoded_fit(struct decoded *d, const struct pane *pane, const struct subject *s, struct canvas *canvas,
                        struct rect inner)
{
    *d = (struct decoded){.subject = s, .decoding = s->decoding, .trace = s->decoding ? s->decoding->trace : NULL};
    int labels = label_columns(s);
    d->axes = axes_fit(inner, pane->margin > labels ? pane->margin : labels);
    struct plot plot = plot_over(canvas, d->axes.data);
    d->time = timebase_of(s, &plot);
    size_t most = plot.area.height > BAND_LEAST ? (size_t)plot.area.height / BAND_LEAST : 1;
    if (d->trace)
        d->bands = d->trace->outputs < most ? d->trace->outputs : most;
    return plot.width > 0 && plot.height > 0;
}

/* An empty picture says why it is. */
static const char *why_nothing(const struct decoded *d)
{
    return d->subject->changed >= d->subject->now && d->subject->now > 0
               ? "the neurons have changed, and have not run since"
               : "nothing was decoded in this time";
}

static const char *why_not(const struct subject *s, char *out, size_t size)
{
    if (!s->population)
        return "only a population has decoders";
    if (s->decoding && s->decoding->trouble)
        return s->decoding->trouble;
    if (s->decoding && s->decoding->decoder && s->history && history_steps(s->history) == 0) {
        snprintf(out, size, "%s has not run yet: run, or Space on an empty line, starts it", s->name);
        return out;
    }
    return "solving the decoders…";
}

static void decoded_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                         char *foot, size_t size)
{
    struct decoded d;
    foot[0] = '\0';
    if (!decoded_fit(&d, pane, s, canvas, inner))
        return;
    if (!d.trace) {
        char why[160];
        note_draw(canvas, inner, why_not(s, why, sizeof why));
        return;
    }
    for (size_t k = 0; k < d.bands; k++) {
        struct band band = band_of(&d, canvas, k);
        draw_band(&d, &band, canvas);
    }
    axes_draw_across(&d.axes, canvas, s->from, s->to, " s");
    draw_legend(&d, canvas);
    struct plot all = plot_over(canvas, d.axes.data);
    timebase_cursor(&d.time, &all, &d.axes, s);
    for (size_t k = 1; k < d.bands; k++) /* the line at the present would hide a digit */
        draw_name(&d, k, canvas);
    if (readout_find(d.trace, d.time.first) == d.trace->count)
        note_draw(canvas, d.axes.data, why_nothing(&d));
    write_foot(&d, canvas, foot, size);
}

static void decoded_hit(const struct pane *pane, const struct subject *s, struct rect inner, int x, int y,
                        struct pane_hit *hit)
{
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct decoded d;
    if (!decoded_fit(&d, pane, s, &canvas, inner))
        return;
    struct plot plot = plot_over(&canvas, d.axes.data);
    if (plot_holds(&plot, x, y))
        hit->time = timebase_time(&d.time, (x - plot.area.x) * plot.across + plot.across / 2);
}

static int decoded_margin(const struct subject *s, int width)
{
    (void)width;
    return label_columns(s);
}

static void decoded_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    if (s && s->decoding && s->decoding->decoder)
        snprintf(out, size, "decoded %s: %.80s (%.40s)", pane->subject, s->decoding->function, s->decoding->synapse);
    else
        snprintf(out, size, "decoded %s", pane->subject);
}

const struct pane_type pane_decoded = {
    .name = "decoded",
    .summary = "x, f(x), and what spikes and rates of a population decode to, over time",
    .live_only = true,
    .decodes = pane_always,
    .title = decoded_title,
    .draw = decoded_draw,
    .margin = decoded_margin,
    .hit = decoded_hit,
};
