/* What a node or a population says over time, a band for each number, and beside it the ideal: what the network would
 * say without neurons. A node has no spikes to show; this is its picture. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>

#include "draw/axis.h"
#include "draw/course.h"
#include "draw/foot.h"
#include "draw/held.h"
#include "draw/legend.h"
#include "draw/marks.h"
#include "draw/note.h"
#include "draw/timebase.h"
#include "picture/plot.h"

#define BAND_LEAST 3 /* rows of data */

struct value_pane {
    const struct subject *subject;
    struct axes axes; /* of all bands together */
    struct timebase time;
    struct held held;
    size_t bands;
    double low, top; /* the bands go from low to top: all of one side of 0, and of the other what it needs */
    bool there, clipped;
};

static void fit(struct value_pane *v, const struct pane *pane, const struct subject *s, struct canvas *canvas,
                struct rect inner)
{
    *v = (struct value_pane){.subject = s};
    v->axes = axes_fit(inner, pane->margin > HELD_LABELS ? pane->margin : HELD_LABELS);
    struct plot plot = plot_over(canvas, v->axes.data);
    v->time = timebase_of(s, &plot);
}

/* How far the axis goes on one side of 0, in steps that noise seldom crosses: nothing, a little, or all. */
static double side(double needed, double reach)
{
    return needed <= 0 ? 0 : needed <= reach / 4 ? reach / 4 : reach;
}

static void look(struct value_pane *v)
{
    size_t most = (size_t)v->axes.data.height / BAND_LEAST;
    v->there = held_of(v->subject, v->time.first, v->time.last, &v->held);
    v->bands = v->held.values < most ? v->held.values : most > 0 ? most : 1;
    if (!v->there)
        return;
    double least, largest;
    held_range(&v->held, &least, &largest);
    double reach = axis_ceiling(fmax(-least, largest));
    v->low = -side(-least, reach);
    v->top = least == 0 ? reach : side(largest, reach);
}

static struct rect band_rect(const struct value_pane *v, size_t band)
{
    struct rect rect = v->axes.data;
    int from = (int)((size_t)rect.height * band / v->bands), to = (int)((size_t)rect.height * (band + 1) / v->bands);
    rect.y += from;
    rect.height = to - from;
    return rect;
}

static void draw_band(struct value_pane *v, size_t band, struct canvas *canvas)
{
    struct axes axes = v->axes;
    axes.data = band_rect(v, band);
    struct plot plot = plot_over(canvas, axes.data);
    plot.apart = plot.woven = true;
    plot_ground(&plot, INK_MARK);
    axes_draw_up(&axes, canvas, v->low, v->top);
    struct course course = {
        .of = &v->held, .first = v->held.first, .count = v->held.count, .time = held_time_at, .index = band};
    course.value = held_ideal_at;
    course.ink = INK_PREDICT;
    course.on = 3;
    v->clipped = course_draw(&course, &plot, &v->time, v->low, v->top) || v->clipped;
    course.value = held_value_at;
    course.ink = INK_SELECTED;
    course.on = 4;
    course.range = true;
    v->clipped = course_draw(&course, &plot, &v->time, v->low, v->top) || v->clipped;
}

/* "x2" where its band begins. */
static void draw_names(const struct value_pane *v, struct canvas *canvas)
{
    char name[24];
    for (size_t k = 0; k < v->bands && v->held.values > 1; k++) {
        struct rect rect = band_rect(v, k);
        snprintf(name, sizeof name, "x%zu", k + 1);
        canvas_text_cut(canvas, rect.x, rect.y, rect.width, INK_DIM, name);
    }
}

static void draw_legend(const struct value_pane *v, struct canvas *canvas)
{
    const struct legend_entry entries[] = {held_entry(&v->held, "—"), held_ideal_entry("┄")};
    if (v->axes.header.height)
        legend_draw(canvas, v->axes.header, v->axes.data.x, "", entries, 2);
}

static void write_foot(const struct value_pane *v, const struct canvas *canvas, char *out, size_t size)
{
    char text[80], shorter[48], now[NUMBER_HUMAN];
    struct foot foot = foot_begin(canvas, out, size, v->axes.header.width);
    marks_foot(&foot, &v->axes, v->subject);
    if (v->bands < v->held.values) {
        snprintf(text, sizeof text, "%zu of %zu dimensions", v->bands, v->held.values);
        foot_add(&foot, text, NULL);
    }
    if (v->held.count > v->held.first) {
        double last = held_value_at(&v->held, v->held.count - 1, 0), rms = held_rms(&v->held, 0);
        number_round(now, last, 3);
        const char *of = v->held.values > 1 ? "x1 " : "";
        snprintf(text, sizeof text, "%snow %s", of, now);
        foot_add(&foot, text, NULL);
        snprintf(text, sizeof text, "%sfrom the ideal %s (RMS)", of, number_round(now, rms, 2));
        snprintf(shorter, sizeof shorter, "RMS %s", now);
        foot_add(&foot, v->subject->chaotic ? held_chaotic : text, v->subject->chaotic ? "chaotic" : shorter);
    }
    if (v->clipped)
        foot_add(&foot, "▲ more beyond", "▲");
    timebase_scale(&v->time, text, sizeof text);
    foot_add(&foot, text, NULL);
}

static void value_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                       char *foot, size_t size)
{
    struct value_pane v;
    char why[160];
    foot[0] = '\0';
    fit(&v, pane, s, canvas, inner);
    struct plot all = plot_over(canvas, v.axes.data);
    if (all.width <= 0 || all.height <= 0)
        return;
    look(&v);
    if (!v.there) {
        note_draw(canvas, inner, held_why_not(s, why, sizeof why));
        return;
    }
    for (size_t k = 0; k < v.bands; k++)
        draw_band(&v, k, canvas);
    axes_draw_across(&v.axes, canvas, s->from, s->to, " s");
    draw_legend(&v, canvas);
    timebase_cursor(&v.time, &all, &v.axes, s);
    draw_names(&v, canvas);
    if (v.held.first >= v.held.count)
        note_draw(canvas, v.axes.data, "nothing is recorded of this time");
    write_foot(&v, canvas, foot, size);
}

static void value_hit(const struct pane *pane, const struct subject *s, struct rect inner, int x, int y,
                      struct pane_hit *hit)
{
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct value_pane v;
    fit(&v, pane, s, &canvas, inner);
    struct plot plot = plot_over(&canvas, v.axes.data);
    if (plot_holds(&plot, x, y))
        hit->time = timebase_time(&v.time, (x - plot.area.x) * plot.across + plot.across / 2);
}

static int value_margin(const struct subject *s, int width)
{
    (void)s;
    (void)width;
    return HELD_LABELS;
}

static void value_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    if (s && s->decoding && s->decoding->decoder && !held_directly(s))
        snprintf(out, size, "value %s: %.80s (%.40s)", pane->subject, s->decoding->function, s->decoding->synapse);
    else
        snprintf(out, size, "value %s", pane->subject);
}

const struct pane_type pane_value = {
    .name = "value",
    .summary = "what a node or a population says over time, and the ideal, the network without neurons",
    .live_only = true,
    .nodes = true,
    .decodes = pane_always,
    .title = value_title,
    .draw = value_draw,
    .margin = value_margin,
    .hit = value_hit,
};
