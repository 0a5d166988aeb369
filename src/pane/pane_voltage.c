/* The membrane of one neuron over time: its voltage on the way to the threshold, 1, the spikes, the refractory time after
 * each, and below it the current that drives it. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/axis.h"
#include "draw/course.h"
#include "draw/foot.h"
#include "draw/legend.h"
#include "draw/marks.h"
#include "draw/note.h"
#include "draw/timebase.h"

#define LABELS 4       /* columns of numbers */
#define BOTH_LEAST 9   /* rows of data for the current as well */
#define SPIKE_TOP 1.25 /* up to where a spike is drawn, and the axis goes */

struct voltage_pane {
    const struct voltage_view *view;
    struct axes axes, upper, lower; /* all of it, voltage, current (no rows: there is no room) */
    struct timebase time;
    double low;        /* of the voltage */
    double current[2]; /* least and largest on the axis */
    size_t spikes;
};

/* ---- what there is ---- */

static double time_of(const void *of, size_t i)
{
    return ((const struct voltage_view *)of)->time[i];
}

static double current_of(const void *of, size_t i, size_t index)
{
    (void)index;
    return ((const struct voltage_view *)of)->current[i];
}

static void fit(struct voltage_pane *v, const struct pane *pane, const struct subject *s, struct canvas *canvas,
                struct rect inner)
{
    *v = (struct voltage_pane){.view = s->voltage};
    v->axes = axes_fit(inner, pane->margin > LABELS ? pane->margin : LABELS);
    struct plot plot = plot_over(canvas, v->axes.data);
    v->time = timebase_of(s, &plot);
    v->upper = v->lower = v->axes;
    int rows = v->axes.data.height, below = rows >= BOTH_LEAST ? (rows - 1) / 3 : 0;
    v->upper.data.height = rows - below - (below > 0);
    v->lower.data.y += rows - below;
    v->lower.data.height = below;
}

static void look(struct voltage_pane *v)
{
    double least = 0, low = 0, high = 1;
    for (size_t i = 0; i < v->view->count; i++) {
        least = fmin(least, v->view->voltage[i]);
        v->spikes += v->view->spiked[i] && v->view->time[i] >= v->time.first && v->view->time[i] <= v->time.last;
        if (isfinite(v->view->current[i])) {
            low = fmin(low, v->view->current[i]);
            high = fmax(high, v->view->current[i]);
        }
    }
    v->low = least < 0 ? -axis_ceiling(-least) : 0;
    v->current[0] = low < 0 ? -axis_ceiling(-low) : 0;
    v->current[1] = axis_ceiling(high * 1.05);
}

/* ---- drawing ---- */

/* A dotted column for each column of dots whose middle is refractory. */
static void shade_refractory(const struct voltage_pane *v, const struct plot *plot)
{
    for (size_t i = 0; i < v->view->count; i++) {
        struct span span[2];
        double time = v->view->time[i], until = time + fmin(v->view->refractory[i], v->view->dt);
        int pieces = v->view->refractory[i] > 0 ? timebase_spans(&v->time, time, until, span) : 0;
        for (int k = 0; k < pieces; k++)
            for (int x = (int)ceil(span[k].from); x < span[k].to; x++)
                plot_line(plot, x, 0, x, plot->height - 1, INK_NEAR, 1);
    }
}

static void draw_threshold(const struct plot *plot, double low, double high)
{
    double y = plot_up(plot, 1, low, high);
    plot_line(plot, 0, y, plot->width - 1, y, INK_PREDICT, 2);
}

/* Up to the threshold, a stroke, and from 0 again. */
static void draw_spike(const struct plot *plot, double x, double y, double to, double zero)
{
    plot_line(plot, x, y, to, 0, INK_SELECTED, 4);
    plot_line(plot, to, 0, to, zero, INK_SELECTED, 4);
}

static void draw_course(const struct voltage_pane *v, const struct plot *plot)
{
    double x = NAN, y = NAN, zero = plot_up(plot, 0, v->low, SPIKE_TOP);
    for (size_t i = 0; i < v->view->count; i++) {
        double to = timebase_column(&v->time, v->view->time[i]);
        double up = plot_up(plot, v->view->voltage[i], v->low, SPIKE_TOP);
        bool on = x <= to; /* not where a page begins */
        if (v->view->spiked[i] && !isnan(to))
            draw_spike(plot, on ? x : to, on ? y : zero, to, zero);
        else if (!isnan(to))
            plot_line(plot, on ? x : to, on ? y : up, to, up, INK_SELECTED, 4);
        x = to;
        y = up;
    }
}

static void draw_voltage(const struct voltage_pane *v, struct canvas *canvas)
{
    struct plot plot = plot_over(canvas, v->upper.data);
    plot.apart = true;
    axes_draw_up(&v->upper, canvas, v->low, SPIKE_TOP);
    shade_refractory(v, &plot);
    draw_threshold(&plot, v->low, SPIKE_TOP);
    draw_course(v, &plot);
}

static void draw_current(const struct voltage_pane *v, struct canvas *canvas)
{
    if (v->lower.data.height == 0)
        return;
    struct plot plot = plot_over(canvas, v->lower.data);
    plot.apart = true;
    axes_draw_up(&v->lower, canvas, v->current[0], v->current[1]);
    draw_threshold(&plot, v->current[0], v->current[1]);
    struct course course = {.of = v->view,
                            .count = v->view->count,
                            .time = time_of,
                            .value = current_of,
                            .ink = INK_MARK,
                            .on = 4,
                            .range = true};
    course_draw(&course, &plot, &v->time, v->current[0], v->current[1]);
}

static void draw_legend(const struct voltage_pane *v, struct canvas *canvas)
{
    const struct legend_entry entries[] = {{"—", "voltage", "voltage", INK_SELECTED},
                                           {"┄", "threshold 1", "threshold", INK_PREDICT},
                                           {"┊", "refractory", "refr.", INK_NEAR}};
    if (v->axes.header.height)
        legend_draw(canvas, v->axes.header, v->axes.data.x, "V", entries, 3);
}

/* Over what runs through all rows. */
static void draw_current_legend(const struct voltage_pane *v, struct canvas *canvas)
{
    if (v->lower.data.height == 0)
        return;
    struct rect heading = {v->axes.header.x, v->lower.data.y - 1, v->axes.header.width, 1};
    const struct legend_entry entries[] = {{"—", "J, the input current", "current J", INK_MARK},
                                           {"┄", "threshold 1", "1", INK_PREDICT}};
    legend_draw(canvas, heading, v->axes.data.x, "J", entries, 2);
}

static void write_foot(const struct voltage_pane *v, const struct subject *s, const struct canvas *canvas, char *out,
                       size_t size)
{
    char text[120], shorter[60], number[NUMBER_HUMAN], dt[NUMBER_HUMAN];
    const struct voltage_view *view = v->view;
    struct foot foot = foot_begin(canvas, out, size, v->axes.header.width);
    marks_foot(&foot, &v->axes, s);
    if (!isnan(view->reached)) {
        snprintf(text, sizeof text, "simulating again: %s so far", number_human(number, view->reached, DIMENSION_TIME));
        foot_add(&foot, text, "simulating");
    }
    if (view->astray > 0)
        foot_add(&foot, "≈ differs from the record", "≈");
    else if (view->unsure)
        foot_add(&foot, "≈ the record's beginning is not kept", "≈");
    if (view->count > 0) {
        size_t last = view->count - 1;
        snprintf(text, sizeof text, "J now %s", number_round(number, view->current[last], 3));
        foot_add(&foot, text, NULL);
        bool waits = view->refractory[last] > 0;
        snprintf(text, sizeof text, "V %s%s", number_round(number, view->voltage[last], 2),
                 waits ? ", refractory" : "");
        foot_add(&foot, text, NULL);
    }
    number_counted(text, v->spikes, "spike");
    foot_add(&foot, text, NULL);
    snprintf(text, sizeof text, "steps of %s", number_human(dt, view->dt, DIMENSION_TIME));
    foot_add(&foot, view->count > 0 ? text : "", NULL);
    timebase_scale(&v->time, shorter, sizeof shorter);
    foot_add(&foot, shorter, NULL);
}

static void voltage_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                         char *foot, size_t size)
{
    struct voltage_pane v;
    char text[120];
    foot[0] = '\0';
    if (!s->voltage || s->voltage->trouble) {
        note_draw(canvas, inner, s->voltage ? s->voltage->trouble : "only populations have voltages");
        return;
    }
    fit(&v, pane, s, canvas, inner);
    struct plot all = plot_over(canvas, v.axes.data);
    if (all.width <= 0 || all.height <= 0)
        return;
    look(&v);
    draw_voltage(&v, canvas);
    draw_current(&v, canvas);
    axes_draw_across(&v.axes, canvas, s->from, s->to, " s");
    draw_legend(&v, canvas);
    timebase_cursor(&v.time, &all, &v.axes, s);
    draw_current_legend(&v, canvas);
    if (v.view->count == 0 && isnan(v.view->reached)) {
        snprintf(text, sizeof text, "%s",
                 s->history && history_steps(s->history) > 0
                     ? "nothing is recorded of this time"
                     : "it has not run yet: run, or Space on an empty line, starts it");
        note_draw(canvas, v.upper.data, text);
    }
    write_foot(&v, s, canvas, foot, size);
}

static void voltage_hit(const struct pane *pane, const struct subject *s, struct rect inner, int x, int y,
                        struct pane_hit *hit)
{
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct voltage_pane v;
    if (!s->voltage || s->voltage->trouble)
        return;
    fit(&v, pane, s, &canvas, inner);
    struct plot plot = plot_over(&canvas, v.axes.data), upper = plot_over(&canvas, v.upper.data);
    if (!plot_holds(&plot, x, y))
        return;
    look(&v);
    hit->neuron = (long)s->voltage->neuron;
    hit->time = timebase_time(&v.time, (x - plot.area.x) * plot.across + plot.across / 2);
    if (plot_holds(&upper, x, y))
        hit->y = SPIKE_TOP - (y - upper.area.y + 0.5) / upper.area.height * (SPIKE_TOP - v.low);
}

static int voltage_margin(const struct subject *s, int width)
{
    (void)s;
    (void)width;
    return LABELS;
}

static void voltage_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    if (s && s->voltage && !s->voltage->trouble)
        snprintf(out, size, "voltage %s: neuron %zu", pane->subject, s->voltage->neuron);
    else
        snprintf(out, size, "voltage %s", pane->subject);
}

const struct pane_type pane_voltage = {
    .name = "voltage",
    .summary = "the selected neuron's membrane: voltage, threshold, spikes, refractory time and input current",
    .live_only = true,
    .retraces = true,
    .title = voltage_title,
    .draw = voltage_draw,
    .margin = voltage_margin,
    .hit = voltage_hit,
};
