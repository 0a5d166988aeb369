/* The population rate: spikes per neuron and second in bins of time, as bars. Bins stand at whole multiples
 * of their length, so they neither flicker nor change while one moves through a record. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/axis.h"
#include "draw/elsewhere.h"
#include "draw/foot.h"
#include "draw/marks.h"
#include "draw/mean_rate.h"
#include "draw/note.h"
#include "draw/subject.h"
#include "draw/timebase.h"
#include "pane/pane_option.h"
#include "pane/predict.h"
#include "picture/plot.h"
#include "signal/spread.h"

struct poprate {
    const struct pane *pane;
    const struct subject *subject;
    struct axes axes;
    struct plot plot;
    struct timebase time;
    double bin;               /* s */
    double top;               /* Hz at the upper edge */
    int parts;                /* of a bin that is no longer than a dot, over which its range is taken */
    double rate[PLOT_WIDEST]; /* of the bin that holds the column's middle; NaN: not known */
    double low[PLOT_WIDEST], high[PLOT_WIDEST]; /* of its parts */
};

/* A whole number of steps of what has steps. */
static double whole_steps(const struct subject *s, double bin)
{
    double step = 0;
    if (s->recording && s->recording->samples > 1)
        step = (s->recording->last - s->recording->first) / (double)(s->recording->samples - 1);
    else if (s->history && history_steps(s->history) > 1)
        step = history_time(s->history, 1) - history_time(s->history, 0);
    return step > 0 ? fmax(round(bin / step), 1) * step : bin;
}

/* What was asked for, as often as it takes to fill a dot; else a round number. */
static double choose_bin(const struct poprate *p)
{
    double asked = pane_option_number(p->pane, "bin"), dot = (p->time.to - p->time.from) / p->time.width;
    if (!isnan(asked))
        return asked * fmax(ceil(dot / asked - 1e-9), 1);
    return whole_steps(p->subject, axis_step(mean_rate_bin(p->subject, &p->time) * (1 - 1e-9), 1));
}

/* The least and the largest rate of a bin's parts. */
static void measure_range(struct poprate *p, int column, double from)
{
    double part = p->bin / p->parts;
    p->low[column] = p->high[column] = p->rate[column];
    for (int i = 0; i < p->parts && p->parts > 1; i++) {
        double rate = mean_rate(p->subject, from + part * i, from + part * (i + 1));
        p->low[column] = fmin(p->low[column], rate);
        p->high[column] = fmax(p->high[column], rate);
    }
}

static void measure(struct poprate *p)
{
    double before = NAN, rate = NAN;
    for (int column = 0; column < p->plot.width; column++) {
        double from = floor(timebase_time(&p->time, column) / p->bin + 1e-9) * p->bin, to = from + p->bin;
        if (from != before) {
            before = from;
            /* A bin that runs over the present, or over the beginning of what is kept, is not known yet. */
            rate = p->time.sweep && (to > p->time.last || from < p->time.first) ? NAN : mean_rate(p->subject, from, to);
        }
        p->rate[column] = rate;
        if (isnan(rate))
            p->low[column] = p->high[column] = NAN;
        else
            measure_range(p, column, from);
    }
}

static double highest(const struct poprate *p)
{
    double most = 0;
    for (int column = 0; column < p->plot.width; column++)
        most = fmax(most, p->high[column]);
    return most;
}

static void draw_bars(const struct poprate *p)
{
    for (int column = 0; column < p->plot.width; column++) {
        double y = plot_up(&p->plot, p->rate[column], 0, p->top);
        if (p->rate[column] > 0)
            plot_line(&p->plot, column, y, column, p->plot.height - 1, INK_SPIKE, 4);
        if (p->parts > 1) /* from its mean up to the largest of its parts a bar is thin */
            plot_line(&p->plot, column, plot_up(&p->plot, p->high[column], 0, p->top), column, y, INK_NEAR, 2);
    }
}

static bool predicts(const struct poprate *p)
{
    return p->subject->population && p->subject->history;
}

static void draw_predicted(const struct poprate *p)
{
    double before = NAN;
    for (int column = 0; column < p->plot.width && predicts(p); column++) {
        double time = timebase_time(&p->time, column);
        bool known = time <= p->time.last && time >= p->time.first && time >= p->subject->changed;
        const double *x = known ? subject_input(p->subject, time) : NULL;
        double rate =
            x ? predict_rate(p->subject, predict_curve(p->pane, p->subject), -1, x) / predict_unit(p->subject) : NAN;
        double y = plot_up(&p->plot, rate, 0, p->top);
        if (!isnan(before))
            plot_line(&p->plot, column - 1, before, column, y, INK_PREDICT, 3);
        before = y;
    }
}

static struct poprate poprate_fit(const struct pane *pane, const struct subject *s, struct canvas *canvas,
                                  struct rect inner)
{
    struct poprate p = {.pane = pane, .subject = s, .axes = axes_fit(inner, pane->margin > 3 ? pane->margin : 3)};
    p.plot = plot_over(canvas, p.axes.data);
    p.plot.apart = true;
    p.time = timebase_of(s, &p.plot);
    return p;
}

static void draw_header(const struct poprate *p, struct canvas *canvas)
{
    const struct rect *h = &p->axes.header;
    char text[200], count[NUMBER_COUNTED], bin[AXIS_LABEL];
    if (!h->height)
        return;
    int x = p->axes.data.x, room = h->x + h->width - x;
    axis_scale(bin, p->bin);
    number_counted(count, p->subject->neurons, "neuron");
    int used = snprintf(text, sizeof text, "%s%s, bins of %s", p->subject->neurons == 1 ? "" : "all ", count, bin);
    if (used > room)
        snprintf(text, sizeof text, "%s, %s bins", count, bin);
    canvas_text_cut(canvas, x, h->y, room, INK_PLAIN, text);
}

/* More spikes than this are not counted neuron by neuron in every frame. */
#define SPREAD_MOST 300000

/* "┄ theory 55.2 Hz, spikes shown 54.9 ± 0.4", and the same for narrow panes. */
static void foot_theory(const struct poprate *p, struct foot *f)
{
    const struct subject *s = p->subject;
    char text[200], shorter[160], predicted[NUMBER_HUMAN], seen[NUMBER_HUMAN], error[NUMBER_HUMAN];
    struct time_span span = subject_span(s, p->time.first, p->time.last);
    double theory = s->x ? predict_rate(s, predict_curve(p->pane, p->subject), -1, s->x) : NAN;
    number_round(predicted, theory, 3);
    snprintf(text, sizeof text, "┄ theory %s Hz", predicted);
    if (span.to > span.from && source_count(&s->spikes, span_low(&span), span_high(&span)) <= SPREAD_MOST) {
        struct rate_spread spread = rate_spread(&s->spikes, &span);
        number_round(seen, spread.rate, 3);
        number_round(error, spread.error, 1);
        snprintf(text, sizeof text, "┄ theory %s Hz, spikes shown %s ± %s", predicted, seen, error);
        snprintf(shorter, sizeof shorter, "┄ %s, is %s±%s", predicted, seen, error);
        foot_add(f, text, shorter);
        return;
    }
    foot_add(f, text, NULL);
}

static void write_foot(const struct poprate *p, char *foot, size_t size)
{
    char text[96], scale[AXIS_LABEL + 8];
    struct foot f = foot_begin(p->plot.canvas, foot, size, p->axes.header.width);
    marks_foot(&f, &p->axes, p->subject);
    if (predicts(p) && predict_by_theory(p->subject)) {
        foot_theory(p, &f);
    } else if (predicts(p)) {
        snprintf(text, sizeof text, "┄ %s predicts", predict_curve(p->pane, p->subject)->title);
        foot_add(&f, text, NULL);
    }
    if (p->parts > 1) {
        axis_scale(scale, p->bin / p->parts);
        snprintf(text, sizeof text, "thin: most in %.32s", scale);
        foot_add(&f, text, NULL);
    }
    timebase_scale(&p->time, scale, sizeof scale);
    foot_add(&f, scale, NULL);
    foot_add(&f, subject_since(p->subject, p->time.first, p->time.last, text, sizeof text), NULL);
}

static void poprate_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                         char *foot, size_t size)
{
    foot[0] = '\0';
    if (subject_is_rate_model(s)) {
        note_draw(canvas, inner, "a rate model has no spikes to count");
        return;
    }
    struct poprate p = poprate_fit(pane, s, canvas, inner);
    if (s->neurons == 0)
        elsewhere_draw(s, &p.plot);
    if (p.plot.width < 1 || p.plot.height < 1 || s->neurons == 0)
        return;
    p.bin = choose_bin(&p);
    p.parts = p.bin <= (p.time.to - p.time.from) / p.time.width * 2 ? mean_rate_parts(s, &p.time) : 1;
    measure(&p);
    p.top = axis_ceiling(highest(&p) * 1.05);
    if (predicts(&p)) /* stays as it is while spikes come and go */
        p.top = fmax(p.top, predict_top(s, predict_curve(pane, s), -1) / predict_unit(s));
    p.top = pane_top(pane, p.top);
    plot_ground(&p.plot, INK_MARK);
    axes_draw_rates_up(&p.axes, canvas, p.top);
    draw_bars(&p);
    draw_predicted(&p);
    axes_draw_across(&p.axes, canvas, s->from, s->to, " s");
    draw_header(&p, canvas);
    elsewhere_or_silent(s, &p.plot, source_count(&s->spikes, p.time.first, p.time.last), p.time.first, p.time.last);
    timebase_cursor(&p.time, &p.plot, &p.axes, s);
    write_foot(&p, foot, size);
}

static void poprate_hit(const struct pane *pane, const struct subject *s, struct rect inner, int x, int y,
                        struct pane_hit *hit)
{
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct poprate p = poprate_fit(pane, s, &canvas, inner);
    if (plot_holds(&p.plot, x, y))
        hit->time = timebase_time(&p.time, (x - p.plot.area.x) * p.plot.across + p.plot.across / 2);
}

static int poprate_margin(const struct subject *s, int width)
{
    (void)s;
    (void)width;
    return 3;
}

static void poprate_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    (void)s;
    snprintf(out, size, "population rate %s", pane->subject);
}

static const struct pane_option poprate_options[] = {
    {.name = "bin",
     .dimension = DIMENSION_TIME,
     .high = 1e9,
     .help = "width of a bin (default: a round one that holds some twenty spikes)"},
    PREDICT_OPTION,
    {0},
};

const struct pane_type pane_poprate = {
    .name = "poprate",
    .summary = "spikes per neuron and second of all neurons, in bins of time",
    .options = poprate_options,
    .title = poprate_title,
    .draw = poprate_draw,
    .margin = poprate_margin,
    .hit = poprate_hit,
};
