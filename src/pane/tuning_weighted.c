/* In one picture, so that it is there at any height: each curve times its weight, a_i(x) d_i, where one of them may go
 * down; their sum, and what it is to be. */
#include "pane/tuning_weighted.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "draw/axis.h"
#include "draw/foot.h"
#include "draw/legend.h"
#include "draw/note.h"
#include "draw/subject.h"
#include "picture/plot.h"

#define LABELS 5
#define CURVES 200  /* drawn, at most */
#define COST 400000 /* rates computed, at most */
#define POINTS_LEAST 33
#define NAMED_MOST 4 /* neurons whose weights are said */

struct weighted {
    const struct subject *subject;
    const struct population *population;
    const struct decoding_view *decoding;
    struct axes axes;
    struct plot plot;
    size_t points, curves;
    uint32_t *neuron;              /* [curves] */
    double *x, *target, *sum, *at; /* [points], and [curves][points] */
    double low, high;
};

static double along(const struct weighted *w, size_t i)
{
    return w->population->radius * (w->points > 1 ? 2.0 * (double)i / (double)(w->points - 1) - 1 : 0);
}

static void hold(struct weighted *w, double y)
{
    if (isfinite(y)) {
        w->low = fmin(w->low, y);
        w->high = fmax(w->high, y);
    }
}

static void compute(struct weighted *w)
{
    const struct population *p = w->population;
    size_t places = subject_places(w->subject);
    double affordable = fmax(COST / (double)(p->n + CURVES), POINTS_LEAST), y[FUNCTION_OUTPUTS_MAX];
    w->curves = places < CURVES ? places : CURVES;
    w->points = (size_t)fmin(w->plot.width, affordable);
    w->neuron = xreallocarray(NULL, w->curves + 1, sizeof *w->neuron);
    w->x = xreallocarray(NULL, w->points * (3 + w->curves) + 1, sizeof *w->x);
    w->target = w->x + w->points;
    w->sum = w->target + w->points;
    w->at = w->sum + w->points;
    for (size_t i = 0; i < w->points; i++) {
        w->x[i] = along(w, i);
        function_value(w->decoding->target, &w->x[i], y);
        hold(w, w->target[i] = y[0]);
        decoder_value(w->decoding->decoder, p, &w->x[i], y);
        hold(w, w->sum[i] = y[0]);
    }
    for (size_t c = 0; c < w->curves; c++) {
        uint32_t neuron = w->neuron[c] = subject_neuron(w->subject, c * places / w->curves);
        double weight = w->decoding->decoder->weight[neuron];
        for (size_t i = 0; i < w->points; i++)
            hold(w, w->at[c * w->points + i] = weight * population_rate(p, NULL, neuron, &w->x[i]));
    }
    double margin = w->high > w->low ? 0.05 * (w->high - w->low) : 1;
    w->low -= margin;
    w->high += margin;
}

static void line(const struct weighted *w, const double *y, enum ink ink, int on)
{
    double radius = w->population->radius;
    for (size_t i = 1; i < w->points; i++)
        plot_line(&w->plot, plot_across(&w->plot, w->x[i - 1], -radius, radius),
                  plot_up(&w->plot, y[i - 1], w->low, w->high), plot_across(&w->plot, w->x[i], -radius, radius),
                  plot_up(&w->plot, y[i], w->low, w->high), ink, on);
}

static void draw_curves(const struct weighted *w)
{
    for (size_t c = 0; c < w->curves; c++) {
        double weight = w->decoding->decoder->weight[w->neuron[c]];
        bool selected = (long)w->neuron[c] == w->subject->selected;
        line(w, w->at + c * w->points, selected ? INK_SELECTED : weight < 0 ? INK_MARK : INK_SPIKE, weight < 0 ? 2 : 4);
    }
}

static double rms(const struct weighted *w)
{
    double squares = 0;
    for (size_t i = 0; i < w->points; i++)
        squares += pow(w->sum[i] - w->target[i], 2);
    return sqrt(squares / (double)w->points);
}

static void write_foot(const struct weighted *w, const struct canvas *canvas, char *out, size_t size)
{
    char text[160], number[NUMBER_HUMAN], curves[NUMBER_COUNTED];
    const struct population *p = w->population;
    struct foot foot = foot_begin(canvas, out, size, w->axes.header.width);
    if (w->decoding->solving)
        foot_add(&foot, "solving the decoders…", "solving…");
    snprintf(text, sizeof text, "error of the sum %s", number_round(number, rms(w), 2));
    foot_add(&foot, text, NULL);
    for (size_t i = 0; p->n <= NAMED_MOST && i < p->n; i++) {
        double weight = w->decoding->decoder->weight[i] * population_highest_rate(p, (uint32_t)i);
        snprintf(text, sizeof text, "weight %zu: %s", i, number_round(number, weight, 2));
        foot_add(&foot, text, NULL);
    }
    snprintf(text, sizeof text, "%zu of %s", w->curves, number_counted(curves, p->n, "curve"));
    foot_add(&foot, text, NULL);
}

void tuning_weighted_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                          char *foot, size_t size)
{
    (void)pane;
    struct weighted w = {.subject = s, .population = s->population, .decoding = s->decoding};
    if (!s->decoding || !s->decoding->decoder) {
        const char *trouble = s->decoding ? s->decoding->trouble : NULL;
        note_draw(canvas, inner, trouble ? trouble : "solving the decoders…");
        return;
    }
    if (s->population->dims > 1) {
        note_draw(canvas, inner, "weighted curves are drawn in one dimension; weights=on shows the weights of any");
        return;
    }
    w.axes = axes_fit(inner, LABELS);
    w.plot = plot_over(canvas, w.axes.data);
    w.plot.apart = w.plot.woven = true;
    if (w.plot.width <= 1 || w.plot.height <= 1)
        return;
    compute(&w);
    axes_draw_up(&w.axes, canvas, w.low, w.high);
    draw_curves(&w);
    line(&w, w.target, INK_PREDICT, 3);
    line(&w, w.sum, INK_NEAR, 4);
    double radius = w.population->radius;
    if (s->x)
        plot_rule(&w.plot, plot_across(&w.plot, s->x[0], -radius, radius), 0x250A, INK_MARK);
    axes_draw_across(&w.axes, canvas, -radius, radius, "x");
    char target[160];
    snprintf(target, sizeof target, "%s%.120s", s->decoding->same ? "" : "f(x) = ", s->decoding->function);
    const struct legend_entry entries[] = {{"—", "sum of all", "sum", INK_NEAR},
                                           {"┄", target, s->decoding->same ? "x" : "f(x)", INK_PREDICT},
                                           {"—", "curve × weight", "curves", INK_SPIKE},
                                           {"┄", "weight < 0", "< 0", INK_MARK}};
    if (w.axes.header.height)
        legend_draw(canvas, w.axes.header, w.axes.data.x, "", entries, 4);
    write_foot(&w, canvas, foot, size);
    free(w.neuron);
    free(w.x);
}
