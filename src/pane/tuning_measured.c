/* The selected neuron has points, error bars and its fitted curve; a handful of others are there as faint lines, their
 * fitted curves where there are such, else from point to point. Where a pane is too narrow to keep the points apart
 * neighbouring bins are drawn as one point, spikes and time added up. */
#include "pane/tuning_measured.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/axis.h"
#include "draw/foot.h"
#include "draw/label.h"
#include "draw/subject.h"
#include "model/rate_fit.h"
#include "pane/curves.h"
#include "picture/plot.h"

struct tuning {
    const struct subject *subject;
    const struct tuning_bins *bins;
    struct axes axes;
    struct plot plot;
    double low, high; /* of x, at the edges of the plot */
    double top;
    size_t together; /* bins a point */
    struct curves curves;
};

/* Some bins taken together. */
struct point {
    double x, rate, error; /* NaN where x never was */
};

static struct point point_of(const struct tuning *t, uint32_t neuron, size_t first)
{
    double time = 0, moment = 0, spikes = 0;
    for (size_t b = first; b < first + t->together && b < t->bins->bins; b++) {
        if (!(t->bins->time[b] > 0))
            continue;
        time += t->bins->time[b];
        moment += t->bins->time[b] * t->bins->mean[b];
        spikes += tuning_bins_spikes(t->bins, neuron, b);
    }
    return (struct point){moment / time, spikes / time, sqrt(spikes) / time};
}

static const struct rate_fit *fit_of(const struct tuning *t, uint32_t neuron)
{
    const struct rate_fit *fit = t->subject->fit ? &t->subject->fit[neuron] : NULL;
    return fit && fit->status != RATE_FIT_NONE && rate_fit_has_curve(fit) ? fit : NULL;
}

static bool is_selected(const struct tuning *t, uint32_t neuron)
{
    return (long)neuron == t->subject->selected;
}

/* ---- what is shown ---- */

static double highest(const struct tuning *t)
{
    double most = 0;
    for (size_t i = 0; i < t->curves.count; i++)
        for (size_t b = 0; b < t->bins->bins; b += t->together) {
            struct point p = point_of(t, t->curves.neuron[i], b);
            double error = is_selected(t, t->curves.neuron[i]) ? p.error : 0;
            most = fmax(most, p.rate + error);
        }
    return most;
}

static struct tuning fit_in(const struct subject *s, struct canvas *canvas, struct rect inner)
{
    struct tuning t = {.subject = s, .bins = s->measured};
    t.axes = axes_fit(inner, 3);
    t.plot = plot_over(canvas, t.axes.data);
    t.plot.apart = true;
    t.low = t.bins->low;
    t.high = t.bins->high;
    if (!(t.high > t.low)) {
        t.low -= 0.5;
        t.high += 0.5;
    }
    /* Two of three columns at most, so that points stay points. */
    size_t room = t.axes.data.width > 3 ? (size_t)t.axes.data.width * 2 / 3 : 1;
    t.together = (t.bins->bins + room - 1) / room;
    t.curves = curves_choose(s, t.axes.data.width, false);
    t.top = axis_ceiling(highest(&t) * 1.05);
    return t;
}

/* ---- drawing ---- */

static double rate_across(const void *context, uint32_t neuron, double share)
{
    const struct tuning *t = context;
    return rate_fit_rate(fit_of(t, neuron), t->subject->fit_curve, t->low + (t->high - t->low) * share);
}

static void draw_fitted(const struct tuning *t, uint32_t neuron)
{
    static const struct curve_pen selected = {INK_PREDICT, 4, 0};
    curve_draw(&t->plot, t->top, is_selected(t, neuron) ? selected : curve_pen_other(&t->plot), rate_across, t, neuron);
}

static void draw_joined(const struct tuning *t, uint32_t neuron)
{
    double x = NAN, y = NAN;
    int walked = 0;
    for (size_t b = 0; b < t->bins->bins; b += t->together) {
        struct point p = point_of(t, neuron, b);
        double across = plot_across(&t->plot, p.x, t->low, t->high), up = plot_up(&t->plot, p.rate, 0, t->top);
        if (isnan(up))
            continue;
        plot_dotted(&t->plot, isnan(x) ? across : x, isnan(y) ? up : y, across, up, INK_SPIKE, t->plot.down > 2 ? 3 : 2,
                    &walked);
        x = across;
        y = up;
    }
}

static void draw_points(const struct tuning *t, uint32_t neuron)
{
    for (int marks = 0; marks < 2; marks++) /* bars first, so that none cuts a mark */
        for (size_t b = 0; b < t->bins->bins; b += t->together) {
            struct point p = point_of(t, neuron, b);
            double x = plot_across(&t->plot, p.x, t->low, t->high), y = plot_up(&t->plot, p.rate, 0, t->top);
            double reach = p.error / t->top * (t->plot.height - 1);
            if (isnan(y))
                continue;
            if (marks)
                plot_mark(&t->plot, x, y, 0x25CF, INK_SELECTED);
            else
                plot_line(&t->plot, round(x), y - reach, round(x), y + reach, INK_SELECTED, 4);
        }
}

static void draw_curve(const struct tuning *t, uint32_t neuron)
{
    if (fit_of(t, neuron))
        draw_fitted(t, neuron);
    else if (!is_selected(t, neuron))
        draw_joined(t, neuron);
    if (is_selected(t, neuron))
        draw_points(t, neuron);
}

static void draw_header(const struct tuning *t, struct canvas *canvas)
{
    const struct rect *h = &t->axes.header;
    const struct subject *s = t->subject;
    char text[2 * LABEL_BYTES], curve[32];
    if (!h->height)
        return;
    int x = t->axes.data.x, room = h->x + h->width - x;
    if (s->selected < 0 || t->curves.count == 0) {
        canvas_text_cut(canvas, x, h->y, room, INK_DIM, room < 28 ? "measured" : "select a neuron for errors");
        return;
    }
    const struct rate_fit *fit = fit_of(t, (uint32_t)s->selected);
    snprintf(curve, sizeof curve, "  — %s", fit ? s->fit_curve->title : "");
    static const char *const rest[] = {" ± error", " ±", ""};
    label_heading(canvas, s, (uint32_t)s->selected, "● ", rest, 3, fit ? room - canvas_columns(canvas, curve) : room,
                  text, sizeof text);
    int used = canvas_text_cut(canvas, x, h->y, room, INK_SELECTED, text);
    if (fit && room - used > 2)
        canvas_text_cut(canvas, x + used, h->y, room - used, INK_PREDICT, curve);
}

/* ---- the note ---- */

static void add_residual(struct foot *f, const struct rate_fit *fit)
{
    char text[64], shorter[64], word[RATE_FIT_WORD], rms[NUMBER_HUMAN];
    rate_fit_word(fit, word);
    if (rate_fit_has_curve(fit)) {
        snprintf(text, sizeof text, "residual %s Hz", number_round(rms, fit->rms, 2));
        snprintf(shorter, sizeof shorter, "±%s Hz", rms);
    } else {
        snprintf(text, sizeof text, "no fit: %s", word);
        snprintf(shorter, sizeof shorter, "%s", word);
    }
    foot_add(f, text, shorter);
}

static void add_parameters(struct foot *f, const struct subject *s, const struct rate_fit *fit)
{
    char text[160], shorter[96], tau_rc[NUMBER_HUMAN], tau_ref[NUMBER_HUMAN];
    snprintf(shorter, sizeof shorter, "gain %s bias %s", number_round(tau_rc, fit->gain, 3),
             number_round(tau_ref, fit->bias, 3));
    int used = snprintf(text, sizeof text, "%s τ_rc %s τ_ref %s", shorter,
                        number_human(tau_rc, fit->params.tau_rc, DIMENSION_TIME),
                        number_human(tau_ref, fit->params.tau_ref, DIMENSION_TIME));
    if (s->fit_curve == &rate_softlif)
        snprintf(text + used, sizeof text - (size_t)used, " σ %.2g", fit->params.sigma);
    foot_add(f, text, shorter);
}

static void write_foot(const struct tuning *t, char *foot, size_t size)
{
    const struct subject *s = t->subject;
    char text[160], shorter[64], count[NUMBER_HUMAN], curves[NUMBER_COUNTED];
    struct foot f = foot_begin(t->plot.canvas, foot, size, t->axes.header.width);
    const struct rate_fit *fit = s->selected >= 0 && s->fit ? &s->fit[s->selected] : NULL;
    bool fitted = fit && fit->status != RATE_FIT_NONE;
    if (fitted)
        add_residual(&f, fit);
    snprintf(text, sizeof text, "%zu of %s", t->curves.count, number_counted(curves, subject_places(s), "curve"));
    snprintf(shorter, sizeof shorter, "%zu of %s", t->curves.count, number_grouped(count, subject_places(s)));
    foot_add(&f, text, shorter);
    if (t->together > 1) {
        snprintf(text, sizeof text, "%zu bins a point", t->together);
        foot_add(&f, text, NULL);
    }
    if (fitted && rate_fit_has_curve(fit))
        add_parameters(&f, s, fit);
    if (!s->fit)
        foot_add(&f, "fit draws curves", NULL);
}

void tuning_measured_draw(const struct subject *s, struct canvas *canvas, struct rect inner, char *foot, size_t size)
{
    struct tuning t = fit_in(s, canvas, inner);
    plot_ground(&t.plot, INK_MARK);
    axes_draw_rates_up(&t.axes, canvas, t.top);
    for (size_t i = 0; i < t.curves.count; i++)
        draw_curve(&t, t.curves.neuron[i]);
    axes_draw_across(&t.axes, canvas, t.low, t.high, t.axes.data.width < 30 ? "x" : "x (stimulus)");
    draw_header(&t, canvas);
    write_foot(&t, foot, size);
}

/* ---- the mouse ---- */

static double distance_to(const struct tuning *t, uint32_t neuron, double across, double dot)
{
    double least = INFINITY;
    for (size_t b = 0; b < t->bins->bins; b += t->together) {
        struct point p = point_of(t, neuron, b);
        double dx = plot_across(&t->plot, p.x, t->low, t->high) - across;
        double dy = plot_up(&t->plot, p.rate, 0, t->top) - dot;
        if (isfinite(dy))
            least = fmin(least, fabs(dx) / t->plot.across + fabs(dy) / t->plot.down);
    }
    return least;
}

void tuning_measured_hit(const struct subject *s, struct rect inner, int x, int y, struct pane_hit *hit)
{
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct tuning t = fit_in(s, &canvas, inner);
    double least = 2; /* cells */
    if (!plot_holds(&t.plot, x, y))
        return;
    double across = (x - t.plot.area.x + 0.5) * t.plot.across, up = (y - t.plot.area.y + 0.5) * t.plot.down;
    hit->x = t.low + (t.high - t.low) * ((x - t.plot.area.x + 0.5) / t.plot.area.width);
    for (size_t i = 0; i < t.curves.count; i++) {
        double distance = distance_to(&t, t.curves.neuron[i], across, up);
        if (distance < least) {
            least = distance;
            hit->neuron = (long)t.curves.neuron[i];
        }
    }
}
