/* From above: the tuning curves a_i(x), which no function changes; the sum of a_i(x) d_i against f(x), if
 * there is room and x has one dimension; and a bar for each decoder d_i, times the neuron's highest rate,
 * which is the most it can add to the sum. The sign shows in the direction of a bar, and in ink and dashes of
 * a curve. */
#include "pane/tuning_weights.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "draw/axis.h"
#include "draw/foot.h"
#include "draw/legend.h"
#include "draw/note.h"
#include "draw/rows.h"
#include "draw/subject.h"
#include "pane/curves.h"
#include "pane/pane_option.h"
#include "pane/predict.h"
#include "picture/plot.h"

#define LABELS 5 /* columns for "-0.05" */
#define LABELS_MOST 9
#define ROWS_TWO 10     /* from here on there is room for curves and bars, */
#define ROWS_THREE 14   /* for their sum, */
#define ROWS_ROOMY 21   /* and for lines between them */
#define NAMED_LEAST 30  /* columns of a legend that says what is positive */
#define SMALL 0.1       /* of the largest weight: dotted */
#define SUM_COST 400000 /* rates computed for the sum, at most */
#define SUM_LEAST 33    /* points of it */

struct part {
    struct axes axes; /* data of height 0: there is no room for it */
    struct plot plot;
};

struct weights {
    const struct subject *subject;
    const struct population *population;
    const struct decoding_view *decoding;
    struct canvas *canvas;
    struct part curves, sum, bars;
    double least, most; /* weights, and 0 */
    struct scale sum_scale, bar_scale;
    size_t shown; /* curves */
    double rms;   /* of the sum less f; NaN: not drawn */
    bool sum_wanted;
};

/* In units of f. */
static double weight_of(const struct weights *w, uint32_t neuron)
{
    return w->decoding->decoder->weight[neuron] * population_highest_rate(w->population, neuron);
}

static enum ink ink_of(const struct weights *w, uint32_t neuron, double weight)
{
    return (long)neuron == w->subject->selected ? INK_SELECTED : weight < 0 ? INK_MARK : INK_SPIKE;
}

/* ---- what goes where ---- */

/* Rows top..end of the pane: a line for a legend, the data, and `below` lines for an axis and its labels. */
static struct part part_over(struct canvas *canvas, struct rect inner, int labels, int top, int end, int below)
{
    struct part part = {.axes = axes_fit(inner, labels)};
    struct axes *axes = &part.axes;
    axes->header = (struct rect){inner.x, inner.y + top, inner.width, 1};
    axes->data.y = inner.y + top + 1;
    axes->data.height = end - top - 1 - below;
    axes->line = below > 1;
    axes->labels = below > 0;
    part.plot = plot_over(canvas, axes->data);
    part.plot.apart = part.plot.woven = true;
    return part;
}

static void find_range(struct weights *w)
{
    for (size_t i = 0; i < w->population->n; i++) {
        double weight = weight_of(w, (uint32_t)i);
        w->least = fmin(w->least, weight);
        w->most = fmax(w->most, weight);
    }
    double margin = w->most > w->least ? 0.1 * (w->most - w->least) : 1;
    w->bar_scale = (struct scale){.low = w->least - margin, .high = w->most + margin};
}

static void find_sum_range(struct weights *w)
{
    double low = w->decoding->low[0], high = w->decoding->high[0], margin = 0.15 * (high - low);
    if (!(margin > 0))
        margin = fmax(fabs(high), 1) * 0.5;
    w->sum_scale = (struct scale){.low = low - margin, .high = high + margin};
}

/* The same for all parts, so that their axes stand under one another, and for all heights. */
static int label_columns(const struct weights *w)
{
    int columns = LABELS, rows = 24;
    const struct scale *scale[] = {&w->sum_scale, &w->bar_scale};
    for (int i = 0; i < 2; i++) {
        int wanted = scale_is_sound(scale[i]) ? axes_up_columns(scale[i], rows) : 0;
        columns = wanted > columns ? wanted : columns;
    }
    return columns < LABELS_MOST ? columns : LABELS_MOST;
}

/* Which parts are to be seen, and the row of the pane that each ends at. */
struct division {
    bool curves, sum, bars;
    int first, second; /* curves end, and their sum */
};

static bool is_seen(const struct pane *pane, const char *part)
{
    return !pane_part_veiled(pane, part);
}

/* Curves go first where it is low, then their sum. */
static struct division divide(const struct pane *pane, const struct subject *s, int h)
{
    struct division d = {is_seen(pane, "curves"), is_seen(pane, "sum") && s->population->dims == 1,
                         is_seen(pane, "weights"), 0, 0};
    bool all = d.curves && d.sum && d.bars, roomy = h >= ROWS_ROOMY;
    if (all) {
        d.sum = h >= ROWS_THREE;
        d.curves = h >= ROWS_TWO;
        d.first = d.sum ? (roomy ? h * 2 / 5 : h / 3) : d.curves ? h * 5 / 9 : 0;
        d.second = d.sum ? (roomy ? h * 3 / 4 : h * 2 / 3) : d.first;
        return d;
    }
    if (h < ROWS_TWO)
        d.curves = d.curves && !d.sum && !d.bars;
    if (h < ROWS_TWO)
        d.sum = d.sum && !d.bars;
    int end = d.bars ? h * 3 / 5 : h; /* what stands above the bars, by itself or in halves */
    d.first = !d.curves ? 0 : d.sum ? end / 2 : end;
    d.second = d.sum ? end : d.first;
    return d;
}

/* Curves and their sum share one axis. */
static struct weights weights_fit(const struct pane *pane, const struct subject *s, struct canvas *canvas,
                                  struct rect inner)
{
    struct weights w = {
        .subject = s, .population = s->population, .decoding = s->decoding, .canvas = canvas, .rms = NAN};
    find_range(&w);
    find_sum_range(&w);
    int h = inner.height, labels = label_columns(&w);
    bool roomy = h >= ROWS_ROOMY;
    struct division d = divide(pane, s, h);
    w.sum_wanted = is_seen(pane, "sum");
    if (d.curves)
        w.curves = part_over(canvas, inner, labels, 0, d.first, d.sum ? 0 : roomy ? 2 : 1);
    if (d.sum)
        w.sum = part_over(canvas, inner, labels, d.first, d.second, roomy ? 2 : 1);
    if (d.bars)
        w.bars = part_over(canvas, inner, labels, d.second, h, 1);
    return w;
}

/* ---- curves ---- */

static size_t handful(int width)
{
    return width < 24 ? 6 : width < 60 ? 12 : width < 100 ? 18 : 24;
}

static double rate_along(const struct population *p, uint32_t neuron, double along)
{
    double x[POPULATION_MAX_DIMS];
    for (size_t d = 0; d < p->dims; d++)
        x[d] = p->dims == 1 ? along : along * p->encoders[d * p->padded + neuron];
    return population_rate(p, NULL, neuron, x);
}

static double rate_across(const void *context, uint32_t neuron, double share)
{
    const struct weights *w = context;
    return rate_along(w->population, neuron, w->population->radius * (2 * share - 1));
}

static void draw_curve(const struct weights *w, uint32_t neuron, double top)
{
    const struct plot *plot = &w->curves.plot;
    double weight = weight_of(w, neuron);
    bool small = fabs(weight) < SMALL * fmax(w->most, -w->least) && (long)neuron != w->subject->selected;
    struct curve_pen pen = {ink_of(w, neuron, weight), small ? 0 : weight < 0 ? 2 : 4, plot->down > 2 ? 4 : 3};
    curve_draw(plot, top, pen, rate_across, w, neuron);
}

static void draw_curves(struct weights *w)
{
    const struct subject *s = w->subject;
    const struct part *part = &w->curves;
    size_t places = subject_places(s), wanted = handful(part->axes.data.width);
    double top = predict_ceiling(w->population, w->population->model->curve, s->selected);
    const char *positive = part->axes.header.width < NAMED_LEAST ? "> 0" : "weight > 0";
    const struct legend_entry entries[] = {{"—", "weight > 0", positive, INK_SPIKE},
                                           {"┄", "weight < 0", "< 0", INK_MARK},
                                           {"∙∙", "near 0", "near 0", INK_DIM}};
    w->shown = places < wanted ? places : wanted;
    plot_ground(&part->plot, INK_MARK);
    const char *unit = axes_draw_rates_up(&part->axes, w->canvas, top);
    for (size_t i = 0; i < w->shown; i++)
        draw_curve(w, subject_neuron(s, (size_t)(((double)i + 0.5) * (double)places / (double)w->shown)), top);
    if (s->selected >= 0 && (size_t)s->selected < s->neurons)
        draw_curve(w, (uint32_t)s->selected, top);
    if (s->x && w->population->dims == 1)
        plot_rule(&part->plot, plot_across(&part->plot, s->x[0], -w->population->radius, w->population->radius), 0x250A,
                  INK_MARK);
    if (part->axes.labels)
        axes_draw_across(&part->axes, w->canvas, -w->population->radius, w->population->radius,
                         w->population->dims > 1 ? "x·e" : "x");
    legend_draw(w->canvas, part->axes.header, part->axes.data.x, unit, entries, 3);
}

/* ---- their sum ---- */

struct sum {
    int points;
    double *x, *target, *decoded; /* [points], decoded over [points] */
};

static struct sum sum_compute(const struct weights *w)
{
    double affordable = fmax(SUM_COST / (double)w->population->n, SUM_LEAST), y[FUNCTION_OUTPUTS_MAX];
    struct sum sum = {.points = (int)fmin(w->sum.plot.width, affordable)};
    sum.x = xreallocarray(NULL, (size_t)sum.points * 3 + 1, sizeof *sum.x);
    sum.target = sum.x + sum.points;
    sum.decoded = sum.target + sum.points;
    for (int i = 0; i < sum.points; i++) {
        sum.x[i] = sum.points > 1 ? w->population->radius * (2.0 * i / (sum.points - 1) - 1) : 0;
        function_value(w->decoding->target, &sum.x[i], y);
        sum.target[i] = y[0];
        decoder_value(w->decoding->decoder, w->population, &sum.x[i], y);
        sum.decoded[i] = y[0];
    }
    return sum;
}

static double sum_rms(const struct sum *sum)
{
    double squares = 0;
    for (int i = 0; i < sum->points; i++)
        squares += pow(sum->decoded[i] - sum->target[i], 2);
    return sum->points ? sqrt(squares / sum->points) : NAN;
}

static void sum_line(const struct weights *w, const struct sum *sum, const double *y, double low, double high,
                     enum ink ink, int on)
{
    const struct plot *plot = &w->sum.plot;
    double radius = w->population->radius;
    for (int i = 1; i < sum->points; i++)
        plot_line(plot, plot_across(plot, sum->x[i - 1], -radius, radius), plot_up(plot, y[i - 1], low, high),
                  plot_across(plot, sum->x[i], -radius, radius), plot_up(plot, y[i], low, high), ink, on);
}

/* Where the spikes are at present, over the present x. */
static bool draw_now(const struct weights *w, double low, double high)
{
    const struct readout_trace *trace = w->decoding->trace;
    const struct plot *plot = &w->sum.plot;
    double radius = w->population->radius;
    if (!trace || trace->count == 0 || w->subject->spikes.neurons == 0)
        return false;
    size_t last = trace->count - 1;
    double y = readout_decoded(trace, last)[0];
    plot_mark(plot, plot_across(plot, readout_x(trace, last)[0], -radius, radius),
              plot_up(plot, fmin(fmax(y, low), high), low, high),
              y > high  ? 0x25B2
              : y < low ? 0x25BC
                        : 0x25CF,
              INK_SELECTED);
    return true;
}

static void draw_sum(struct weights *w)
{
    const struct part *part = &w->sum;
    struct sum sum = sum_compute(w);
    double low = w->sum_scale.low, high = w->sum_scale.high;
    plot_ground(&part->plot, INK_MARK);
    axes_draw_up(&part->axes, w->canvas, low, high);
    sum_line(w, &sum, sum.target, low, high, INK_PREDICT, 3);
    sum_line(w, &sum, sum.decoded, low, high, INK_NEAR, 4);
    if (w->subject->x)
        plot_rule(&part->plot,
                  plot_across(&part->plot, w->subject->x[0], -w->population->radius, w->population->radius), 0x250A,
                  INK_MARK);
    bool spikes = draw_now(w, low, high);
    axes_draw_across(&part->axes, w->canvas, -w->population->radius, w->population->radius, "x");
    char target[160];
    snprintf(target, sizeof target, "%s%.120s", w->decoding->same ? "" : "f(x) = ", w->decoding->function);
    const struct legend_entry entries[] = {{"—", "sum of weighted rates", "sum", INK_NEAR},
                                           {"┄", target, w->decoding->same ? "x" : "f(x)", INK_PREDICT},
                                           {"●", spikes ? "spikes now" : "", "now", INK_SELECTED}};
    legend_draw(w->canvas, part->axes.header, part->axes.data.x, "", entries, 3);
    w->rms = sum_rms(&sum);
    free(sum.x);
}

/* ---- decoders ---- */

struct bar {
    double low, high; /* of the weights that share it, and 0 */
    enum ink ink;
};

/* Of the places that stand in dot columns from..to of the plot. */
static struct bar bar_of(const struct weights *w, size_t from, size_t to)
{
    struct bar bar = {.ink = INK_SPIKE};
    double most = 0;
    for (size_t place = from; place < to; place++) {
        uint32_t neuron = subject_neuron(w->subject, place);
        double weight = weight_of(w, neuron);
        bar.low = fmin(bar.low, weight);
        bar.high = fmax(bar.high, weight);
        if (fabs(weight) > most && bar.ink != INK_SELECTED) {
            most = fabs(weight);
            bar.ink = ink_of(w, neuron, weight);
        }
        if ((long)neuron == w->subject->selected)
            bar.ink = INK_SELECTED;
    }
    return bar;
}

/* Each place has so many dots, with one left blank between bars that are wide enough. */
static void draw_bars(const struct weights *w)
{
    const struct plot *plot = &w->bars.plot;
    size_t places = subject_places(w->subject), width = (size_t)plot->width;
    double low = w->bar_scale.low, high = w->bar_scale.high, zero = plot_up(plot, 0, low, high);
    size_t bars = places < width ? places : width;
    plot_ground(plot, INK_MARK);
    axes_draw_up(&w->bars.axes, w->canvas, low, high);
    for (size_t b = 0; b < bars; b++) {
        struct bar bar = bar_of(w, b * places / bars, (b + 1) * places / bars);
        int from = (int)(b * width / bars), to = (int)((b + 1) * width / bars);
        for (int x = from; x < to - (to - from > 2); x++) {
            plot_line(plot, x, zero, x, plot_up(plot, bar.low, low, high), bar.ink, 4);
            plot_line(plot, x, zero, x, plot_up(plot, bar.high, low, high), bar.ink, 4);
        }
    }
}

static void name_bars(const struct weights *w)
{
    const struct axes *axes = &w->bars.axes;
    const struct rect *h = &axes->header;
    char heading[64], text[160], range[2 * NUMBER_HUMAN], least[NUMBER_HUMAN], most[NUMBER_HUMAN];
    rows_heading(w->subject, heading, sizeof heading);
    if (axes->labels)
        canvas_text_cut(w->canvas, axes->data.x, axes->data.y + axes->data.height, axes->data.width, INK_DIM, heading);
    snprintf(range, sizeof range, "%s to %s", number_round(least, w->least, 2), number_round(most, w->most, 2));
    snprintf(text, sizeof text, "weight (decoder × max rate): %s", range);
    if (axes->data.x - h->x + canvas_columns(w->canvas, text) > h->width)
        snprintf(text, sizeof text, "weight: %s", range);
    if (w->decoding->decoder->outputs > 1)
        snprintf(text, sizeof text, "output 1 of %zu: %s", w->decoding->decoder->outputs, range);
    int right = h->x + h->width, x = axes->data.x + canvas_columns(w->canvas, text) <= right ? axes->data.x : h->x;
    canvas_text_cut(w->canvas, x, h->y, right - x, INK_DIM, text);
}

/* ---- the pane ---- */

static void write_foot(const struct weights *w, char *foot, size_t size, int width)
{
    char text[160], shorter[64], count[NUMBER_HUMAN], curves[NUMBER_COUNTED];
    struct foot f = foot_begin(w->canvas, foot, size, width);
    if (w->decoding->solving)
        foot_add(&f, "solving the decoders…", "solving…");
    if (w->sum.plot.height < 1 && w->sum_wanted)
        foot_add(&f,
                 w->population->dims > 1 ? "a sum over x is drawn in one dimension" : "their sum needs a higher pane",
                 w->population->dims > 1 ? "no sum: dims > 1" : "sum: higher pane");
    if (w->shown > 0) {
        snprintf(text, sizeof text, "%zu of %s", w->shown, number_counted(curves, w->population->n, "curve"));
        snprintf(shorter, sizeof shorter, "%zu of %s", w->shown, number_grouped(count, w->population->n));
        foot_add(&f, text, shorter);
    }
    if (!isnan(w->rms)) {
        snprintf(text, sizeof text, "RMS of the sum %s", number_round(count, w->rms, 3));
        snprintf(shorter, sizeof shorter, "RMS %s", number_round(count, w->rms, 2));
        foot_add(&f, text, shorter);
    }
}

void tuning_weights_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                         char *foot, size_t size)
{
    if (!s->decoding || !s->decoding->decoder) {
        const char *trouble = s->decoding ? s->decoding->trouble : NULL;
        note_draw(canvas, inner, trouble ? trouble : "solving the decoders…");
        return;
    }
    struct weights w = weights_fit(pane, s, canvas, inner);
    if (w.curves.plot.width > 0 && w.curves.plot.height > 0)
        draw_curves(&w);
    if (w.sum.plot.width > 0 && w.sum.plot.height > 0)
        draw_sum(&w);
    if (w.bars.plot.width > 0 && w.bars.plot.height > 0) {
        draw_bars(&w);
        name_bars(&w);
    }
    write_foot(&w, foot, size, inner.width);
}

void tuning_weights_hit(const struct pane *pane, const struct subject *s, struct rect inner, int x, int y,
                        struct pane_hit *hit)
{
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    if (!s->decoding || !s->decoding->decoder)
        return;
    struct weights w = weights_fit(pane, s, &canvas, inner);
    size_t places = subject_places(s);
    const struct plot *plot = &w.bars.plot;
    if (!plot_holds(plot, x, y) || places == 0)
        return;
    size_t width = (size_t)plot->width, bars = places < width ? places : width;
    size_t column = (size_t)((x - plot->area.x) * plot->across + plot->across / 2);
    size_t bar = ((column + 1) * bars - 1) / width; /* its columns begin at bar * width / bars */
    hit->neuron = (long)subject_neuron(s, bar * places / bars);
}

void tuning_weights_title(const struct subject *s, char *out, size_t size)
{
    bool solved = s->decoding && s->decoding->decoder;
    snprintf(out, size, "tuning %s: %.80s (%s)", s->name, solved ? s->decoding->function : "weights",
             s->population->model->curve->title);
}
