/* Tuning curves: the rate of a neuron against the represented value, the present input as a line, and on it what the
 * neurons shown do at this moment.
 *
 * In more than one dimension the axis runs along a neuron's own preferred direction (its encoder), so the line stands
 * at the part of x along that of the selected neuron. In two the plane says more (pane/tuning_plane.h). */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "draw/axis.h"
#include "draw/foot.h"
#include "draw/label.h"
#include "draw/note.h"
#include "draw/subject.h"
#include "pane/curves.h"
#include "pane/predict.h"
#include "pane/tuning_measured.h"
#include "pane/tuning_plane.h"
#include "pane/tuning_weighted.h"
#include "pane/tuning_weights.h"
#include "picture/plot.h"

struct tuning {
    const struct subject *subject;
    const struct population *population;
    const struct rate_curve *curve;
    struct axes axes;
    struct plot plot;
    double top;
    struct curves curves;
};

static bool is_selected(const struct tuning *t, size_t curve)
{
    return (long)t->curves.neuron[curve] == t->subject->selected;
}

/* The point at `along` on a curve's axis: along the only dimension, or along the encoder. */
static void point_of(const struct tuning *t, uint32_t neuron, double along, double *x)
{
    const struct population *p = t->population;
    for (size_t d = 0; d < p->dims; d++)
        x[d] = p->dims == 1 ? along : along * p->encoders[d * p->padded + neuron];
}

/* Where the present input lies on a neuron's axis. */
static double input_along(const struct tuning *t, uint32_t neuron)
{
    const struct population *p = t->population;
    if (!t->subject->x)
        return NAN;
    if (p->dims == 1)
        return t->subject->x[0];
    double along = 0;
    for (size_t d = 0; d < p->dims; d++)
        along += t->subject->x[d] * p->encoders[d * p->padded + neuron];
    return along;
}

static double rate_at(const struct tuning *t, uint32_t neuron, double along)
{
    double x[POPULATION_MAX_DIMS];
    point_of(t, neuron, along, x);
    return population_rate(t->population, t->curve, neuron, x);
}

static double rate_across(const void *context, uint32_t neuron, double share)
{
    const struct tuning *t = context;
    return rate_at(t, neuron, t->population->radius * (2 * share - 1));
}

static void draw_curve(const struct tuning *t, size_t curve)
{
    static const struct curve_pen selected = {INK_SELECTED, 4, 0};
    curve_draw(&t->plot, t->top, is_selected(t, curve) ? selected : curve_pen_other(&t->plot), rate_across, t,
               t->curves.neuron[curve]);
}

/* NaN where nobody could tell them apart. */
static double own_rate_across(const void *context, uint32_t neuron, double share)
{
    const struct tuning *t = context;
    double x[POPULATION_MAX_DIMS];
    point_of(t, neuron, t->population->radius * (2 * share - 1), x);
    double own = population_rate(t->population, NULL, neuron, x);
    double shown = population_rate(t->population, t->curve, neuron, x);
    return fabs(own - shown) * t->plot.height < t->top ? NAN : own;
}

/* The curve of its own model, by which it fires, is beside another one that differs. */
static bool shows_own(const struct tuning *t)
{
    bool any = false;
    for (int i = 0; i < t->plot.width && !any && t->subject->selected >= 0; i++)
        any = !isnan(own_rate_across(t, (uint32_t)t->subject->selected, i / fmax(t->plot.width - 1, 1)));
    return any;
}

static void draw_own(const struct tuning *t)
{
    static const struct curve_pen own = {INK_PREDICT, 2, 0};
    curve_draw(&t->plot, t->top, own, own_rate_across, t, (uint32_t)t->subject->selected);
}

static double column_of(const struct tuning *t, double along)
{
    double radius = t->population->radius;
    return plot_across(&t->plot, along, -radius, radius);
}

static void draw_measured(const struct tuning *t, size_t curve)
{
    double along = input_along(t, t->curves.neuron[curve]);
    double rate = subject_rate_now(t->subject, t->curves.neuron[curve]) * predict_unit(t->subject);
    bool selected = is_selected(t, curve);
    if (isnan(rate))
        return;
    uint32_t glyph = rate > t->top ? 0x25B2 : selected ? 0x25CF : 0x25CB; /* an arrow: it is beyond the axis */
    plot_mark(&t->plot, column_of(t, along), plot_up(&t->plot, fmin(rate, t->top), 0, t->top), glyph,
              selected ? INK_SELECTED : INK_SPIKE);
}

static void draw_header(const struct tuning *t, struct canvas *canvas)
{
    const struct rect *h = &t->axes.header;
    if (!h->height)
        return;
    char text[2 * LABEL_BYTES];
    const struct subject *s = t->subject;
    int room = h->x + h->width - t->axes.data.x;
    if (s->selected >= 0 && s->spikes.neurons > 0) {
        static const char *const rest[] = {", measured  ○ others", " ○ others", ""};
        label_heading(canvas, s, (uint32_t)s->selected, "● ", rest, 3, room, text, sizeof text);
    } else if (s->selected >= 0) {
        static const char *const rest[] = {" and others"};
        label_heading(canvas, s, (uint32_t)s->selected, "", rest, 1, room, text, sizeof text);
    } else {
        snprintf(text, sizeof text, "%s", s->spikes.neurons > 0 ? "○ measured now" : "");
    }
    canvas_text_cut(canvas, t->axes.data.x, h->y, room, INK_DIM, text);
}

static void write_foot(const struct tuning *t, char *foot, size_t size)
{
    char text[160], shorter[64], count[NUMBER_HUMAN], curves[NUMBER_COUNTED];
    const struct population *p = t->population;
    struct foot f = foot_begin(t->plot.canvas, foot, size, t->axes.header.width);
    if (shows_own(t)) {
        snprintf(text, sizeof text, "┄ %s", p->model->curve->title);
        foot_add(&f, text, NULL);
    }
    predict_foot_unit(&f, predict_unit(t->subject));
    if (predict_by_theory(t->subject))
        foot_add(&f, "under white input gains go unused", "white: gains unused");
    snprintf(text, sizeof text, "%zu of %s", t->curves.count, number_counted(curves, p->n, "curve"));
    snprintf(shorter, sizeof shorter, "%zu of %s", t->curves.count, number_grouped(count, p->n));
    foot_add(&f, text, shorter);
    if (p->dims > 1)
        foot_add(&f, "along each preferred direction", "own directions");
    double along = t->curves.count ? input_along(t, t->curves.neuron[t->curves.count - 1]) : NAN;
    if (isfinite(along)) {
        snprintf(text, sizeof text, "x now %+5.2f", along);
        foot_add(&f, text, NULL);
    }
}

static struct tuning tuning_fit(const struct pane *pane, const struct subject *s, struct canvas *canvas,
                                struct rect inner)
{
    struct tuning t = {.subject = s, .population = s->population, .curve = predict_curve(pane, s)};
    t.axes = axes_fit(inner, 3);
    t.plot = plot_over(canvas, t.axes.data);
    t.plot.apart = true;
    t.top = fmax(predict_ceiling(t.population, t.curve, s->selected), predict_ceiling(t.population, NULL, s->selected));
    t.top = pane_top(pane, t.top);
    t.curves = curves_choose(s, t.axes.data.width, pane_option_choice(pane, "curves") == 1);
    return t;
}

enum { WEIGHTS_OFF, WEIGHTS_ON, WEIGHTS_CURVES };

static bool shows_weights(const struct pane *pane)
{
    return pane_option_choice(pane, "weights") >= WEIGHTS_ON;
}

enum { ALONG_PLANE, ALONG_ENCODER };

/* The plane where there is one. */
static bool shows_plane(const struct pane *pane, const struct subject *s)
{
    return pane_option_choice(pane, "along") == ALONG_PLANE && tuning_plane_suits(s);
}

/* What the axis measures: the longest of its names that leaves room for numbers. */
static const char *axis_name(const struct tuning *t)
{
    int width = t->axes.data.width;
    if (t->population->dims == 1)
        return width < 30 ? "x" : "x (input)";
    return width < 40 ? "x·e" : width < 64 ? "x along encoder" : "x along preferred direction";
}

static void tuning_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                        char *foot, size_t size)
{
    foot[0] = '\0';
    if (s->measured) {
        tuning_measured_draw(s, canvas, inner, foot, size);
        return;
    }
    if (!s->population) {
        note_draw(canvas, inner, "a recording has no tuning curve without its stimulus");
        return;
    }
    if (pane_option_choice(pane, "weights") == WEIGHTS_CURVES) {
        tuning_weighted_draw(pane, s, canvas, inner, foot, size);
        return;
    }
    if (shows_weights(pane)) {
        tuning_weights_draw(pane, s, canvas, inner, foot, size);
        return;
    }
    if (shows_plane(pane, s)) {
        tuning_plane_draw(pane, s, canvas, inner, foot, size);
        return;
    }
    struct tuning t = tuning_fit(pane, s, canvas, inner);
    double radius = t.population->radius;
    plot_ground(&t.plot, INK_MARK);
    axes_draw_rates_up(&t.axes, canvas, t.top);
    for (size_t i = 0; i < t.curves.count; i++)
        draw_curve(&t, i);
    if (shows_own(&t))
        draw_own(&t);
    if (t.curves.count > 0) {
        plot_rule(&t.plot, column_of(&t, input_along(&t, t.curves.neuron[t.curves.count - 1])), 0x250A, INK_MARK);
        for (size_t i = 0; i < t.curves.count && s->spikes.neurons > 0; i++)
            draw_measured(&t, i);
    }
    axes_draw_across(&t.axes, canvas, -radius, radius, axis_name(&t));
    draw_header(&t, canvas);
    write_foot(&t, foot, size);
}

/* The neuron whose curve is nearest to the place, within a cell and a half. */
static long nearest_curve(const struct tuning *t, double along, double dot)
{
    long nearest = -1;
    double least = 1.5 * t->plot.down;
    for (size_t i = 0; i < t->curves.count; i++) {
        double distance = fabs(plot_up(&t->plot, rate_at(t, t->curves.neuron[i], along), 0, t->top) - dot);
        if (distance < least) {
            least = distance;
            nearest = (long)t->curves.neuron[i];
        }
    }
    return nearest;
}

static void tuning_hit(const struct pane *pane, const struct subject *s, struct rect inner, int x, int y,
                       struct pane_hit *hit)
{
    if (s->measured)
        tuning_measured_hit(s, inner, x, y, hit);
    if (s->population && pane_option_choice(pane, "weights") == WEIGHTS_ON)
        tuning_weights_hit(pane, s, inner, x, y, hit);
    if (!s->population || shows_weights(pane))
        return;
    if (shows_plane(pane, s)) {
        tuning_plane_hit(pane, s, inner, x, y, hit);
        return;
    }
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct tuning t = tuning_fit(pane, s, &canvas, inner);
    if (!plot_holds(&t.plot, x, y))
        return;
    double across = (x - t.plot.area.x + 0.5) / t.plot.area.width;
    hit->x = t.population->radius * (2 * across - 1);
    hit->y = t.top * (1 - (y - t.plot.area.y + 0.5) / t.plot.area.height);
    hit->neuron = nearest_curve(&t, hit->x, (y - t.plot.area.y + 0.5) * t.plot.down);
}

static void tuning_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    char curve[64];
    if (s && !s->population) {
        bool fitted = s->measured && s->fit;
        snprintf(out, size, "tuning %s%s%s%s", pane->subject, s->measured ? " (measured" : "",
                 fitted ? ", fitted " : "", fitted ? s->fit_curve->title : "");
        if (s->measured)
            snprintf(out + strlen(out), size - strlen(out), ")");
        return;
    }
    if (s && shows_weights(pane)) {
        tuning_weights_title(s, out, size);
        return;
    }
    predict_title(pane, s, curve, sizeof curve);
    char label[LABEL_BYTES];
    if (s && shows_plane(pane, s))
        snprintf(out, size, "tuning %s %s (%s)", pane->subject,
                 subject_title(s, (uint32_t)s->selected, label, sizeof label), curve);
    else
        snprintf(out, size, "tuning %s (%s)", pane->subject, curve);
}

static struct word_list weights_words(void)
{
    static const char *const names[] = {[WEIGHTS_OFF] = "off", [WEIGHTS_ON] = "on", [WEIGHTS_CURVES] = "curves"};
    return (struct word_list){"weights", 3, word_plain, names};
}

static struct word_list curves_words(void)
{
    static const char *const names[] = {"few", "all"};
    return (struct word_list){"curves", 2, word_plain, names};
}

static struct word_list along_words(void)
{
    static const char *const names[] = {[ALONG_PLANE] = "plane", [ALONG_ENCODER] = "encoder"};
    return (struct word_list){"direction", 2, word_plain, names};
}

static const struct pane_option tuning_options[] = {
    CURVE_OPTION,
    {.name = "along",
     .words = along_words,
     .fallback = "plane",
     .help = "in two dimensions the plane of x1 and x2; encoder: curves along each neuron's preferred direction"},
    {.name = "weights",
     .words = weights_words,
     .fallback = "off",
     .help =
         "on: the decoders of each neuron, and what they make of the curves; curves: each curve times its weight, and "
         "their sum"},
    {.name = "curves",
     .words = curves_words,
     .fallback = "few",
     .help = "all: those of all neurons, as many as there are (up to 1000)"},
    {0},
};

/* Of the picture with weights. */
static const char *const tuning_parts[] = {"curves", "sum", "weights", NULL};

const struct pane_type pane_tuning = {
    .name = "tuning",
    .summary = "rate against input, with the present input and what the neurons do now",
    .at_first = true,
    .options = tuning_options,
    .parts = tuning_parts,
    .decodes = shows_weights,
    .title = tuning_title,
    .draw = tuning_draw,
    .hit = tuning_hit,
};
