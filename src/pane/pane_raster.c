/* The raster: a row a neuron, a dot a spike.
 *
 * First the spikes of every dot are counted: of a recording by its density, which costs the same for any number of
 * spikes; of a population one by one, or, when it is large, train by train of the neurons that have a row. Where dots
 * would run together, cells show the firing rate instead, as shades on a scale that the foot tells. */
#include "pane/pane.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "draw/axis.h"
#include "draw/elsewhere.h"
#include "draw/foot.h"
#include "draw/marks.h"
#include "draw/note.h"
#include "draw/rows.h"
#include "draw/subject.h"
#include "draw/timebase.h"
#include "picture/plot.h"

/* Populations up to these are counted in one pass over all spikes of the window. */
#define PASS_NEURONS 8192
#define PASS_SPIKES 1000000

struct raster {
    const struct subject *subject;
    struct axes axes;
    struct plot plot;
    struct timebase time;
    struct rows rows;
    bool shaded;
    size_t spikes;   /* in the window */
    size_t sampled;  /* one spike in so many was looked at */
    uint32_t *count; /* [plot.width][rows.shown]; NULL: not counted */
};

/* Dots that hold more than one spike on the average hide too much; rows that several units share fill sooner. */
static bool runs_together(const struct raster *r)
{
    struct rows rows = rows_over_dots(r->subject, &r->plot, subject_is_record(r->subject));
    double units = (double)r->spikes / (double)r->subject->neurons * (double)rows.units; /* their spikes */
    double dots = (double)(rows.shares ? rows.shown : rows.units) * r->plot.width;
    return dots > 0 && units / dots > (rows.shares ? 0.5 : 1);
}

static bool counts_all(const struct raster *r)
{
    return r->spikes < PASS_SPIKES && r->subject->spikes.neurons <= PASS_NEURONS;
}

static struct raster raster_fit(const struct pane *pane, const struct subject *s, struct canvas *canvas,
                                struct rect inner)
{
    int labels = rows_label_width(s, inner.width);
    struct raster r = {.subject = s, .sampled = 1};
    r.axes = axes_fit(inner, labels > pane->margin ? labels : pane->margin);
    r.plot = plot_over(canvas, r.axes.data);
    r.time = timebase_of(s, &r.plot);
    if (s->neurons == 0 || s->spikes.neurons == 0 || r.plot.width < 1)
        return r;
    r.spikes = source_count(&s->spikes, r.time.first, r.time.last);
    r.shaded = runs_together(&r);
    if (r.shaded)
        r.rows = rows_over_cells(s, &r.plot, subject_is_record(s) || counts_all(&r));
    else /* of a population a few trains that can be told apart */
        r.rows = rows_over_dots(s, &r.plot, subject_is_record(s));
    return r;
}

/* ---- counting ---- */

struct counting {
    struct raster *raster;
    const uint32_t *row_of;
};

static void count_at(struct raster *r, double time, size_t row)
{
    double column = timebase_column(&r->time, time);
    if (!isnan(column))
        r->count[(size_t)column * r->rows.shown + row]++;
}

static void count_spike(void *context, double time, uint32_t neuron)
{
    const struct counting *c = context;
    if (c->row_of[neuron] != SOURCE_NO_ROW)
        count_at(c->raster, time, c->row_of[neuron]);
}

struct train {
    struct raster *raster;
    size_t row;
};

static void count_of_row(void *context, double time, uint32_t neuron)
{
    const struct train *t = context;
    (void)neuron;
    count_at(t->raster, time, t->row);
}

static void count_trains(struct raster *r)
{
    for (size_t row = 0; row < r->rows.shown; row++)
        source_walk(&r->subject->spikes, rows_unit(&r->rows, row), r->time.first, r->time.last, count_of_row,
                    &(struct train){r, row});
}

/* Columns first .. end - 1 hold the times from..to. */
static void count_columns(struct raster *r, const uint32_t *row_of, int first, int end, double from, double to)
{
    struct spike_grid grid = {.from = from,
                              .to = to,
                              .columns = (size_t)(end - first),
                              .rows = r->rows.shown,
                              .row_of = row_of,
                              .count = r->count + (size_t)first * r->rows.shown};
    if (end <= first || !(from < to))
        return;
    size_t sampled = source_density(&r->subject->spikes, &grid);
    r->sampled = sampled > r->sampled ? sampled : r->sampled;
}

/* Sweeping, the page up to now, and right of it what is left of the page before. */
static void count_density(struct raster *r, const uint32_t *row_of)
{
    const struct timebase *t = &r->time;
    double page = t->to - t->from, dot = page / t->width;
    int columns = r->plot.width, now = t->sweep ? (int)fmin((t->last - t->from) / dot, columns) : columns;
    double begun = t->from + now * dot;
    if (!t->sweep) {
        count_columns(r, row_of, 0, columns, t->from, t->to);
        return;
    }
    count_columns(r, row_of, 0, now, t->from, begun);
    if (now == columns)
        return;
    count_columns(r, row_of, now, now + 1, begun, t->last);
    count_columns(r, row_of, now + 1, columns, begun + dot - page, nextafter(t->from, -INFINITY));
}

static void count_spikes(struct raster *r)
{
    const struct subject *s = r->subject;
    bool few = counts_all(r) && (r->rows.shares || r->rows.shown * 16 >= s->neurons);
    r->count = xcalloc((size_t)r->plot.width * r->rows.shown, sizeof *r->count);
    if (!subject_is_record(s) && !few) {
        count_trains(r);
        return;
    }
    uint32_t *row_of = xreallocarray(NULL, s->neurons, sizeof *row_of);
    rows_map(&r->rows, row_of);
    if (subject_is_record(s))
        count_density(r, row_of);
    else
        source_each(&s->spikes, r->time.first, r->time.last, count_spike, &(struct counting){r, row_of});
    free(row_of);
}

/* ---- dots ---- */

/* The dots a spike is high: most of its row, two cells at most. */
static int mark_of(const struct raster *r)
{
    int mark = (int)(0.7 * r->rows.lines / (double)r->rows.shown);
    return mark < 1 ? 1 : mark > 2 * r->plot.down ? 2 * r->plot.down : mark;
}

/* Evenly spaced, but never beside the middle of the row, where its label stands. */
static int top_of(const struct raster *r, size_t row, int mark)
{
    int even = (int)(((double)row + 0.5) * r->plot.height / (double)r->rows.shown);
    int top = r->plot.height - 1 - even - (mark - 1) / 2, middle = rows_middle(&r->rows, row);
    return top > middle ? middle : top < middle - mark + 1 ? middle - mark + 1 : top;
}

static void draw_row(const struct raster *r, size_t row, int mark, enum ink ink)
{
    int top = top_of(r, row, mark);
    for (int column = 0; column < r->plot.width; column++)
        for (int i = 0; i < mark && r->count[(size_t)column * r->rows.shown + row]; i++)
            plot_dot(&r->plot, column, top + i, ink);
}

static void draw_own_spike(void *context, double time, uint32_t neuron)
{
    const struct raster *r = context;
    double column = timebase_column(&r->time, time);
    int low, end = rows_lines(&r->rows, (size_t)r->rows.selected, &low);
    (void)neuron;
    for (int y = low; y < end && !isnan(column); y++)
        plot_dot(&r->plot, (int)column, y, INK_SELECTED);
}

static void draw_dots(struct raster *r)
{
    const struct subject *s = r->subject;
    int mark = mark_of(r);
    for (size_t row = 0; row < r->rows.shown; row++)
        draw_row(r, row, mark, (long)row == r->rows.selected && !r->rows.shares ? INK_SELECTED : INK_SPIKE);
    if (r->rows.shares && r->rows.selected >= 0)
        source_walk(&s->spikes, (uint32_t)s->selected, r->time.first, r->time.last, draw_own_spike, r);
}

/* ---- shades ---- */

/* Mean rate of a row's units over a column of cells, Hz. */
static double rate_at(const struct raster *r, size_t row, int cell)
{
    const struct plot *p = &r->plot;
    double spikes = 0, dot = (r->time.to - r->time.from) / p->width;
    for (int i = 0; i < p->across; i++)
        spikes += r->count[(size_t)(cell * p->across + i) * r->rows.shown + row];
    return spikes / (dot * p->across) / (double)rows_units(&r->rows, row);
}

/* The rate of the brightest shade: all but two in a hundred of the cells with spikes lie below. A round number, so that
 * it seldom changes while one moves over a recording. */
static double brightest(const struct raster *r)
{
    enum { BINS = 256 };
    size_t cells[BINS] = {0}, all = 0, below = 0;
    for (size_t row = 0; row < r->rows.shown; row++)
        for (int cell = 0; cell < r->plot.area.width; cell++) {
            double rate = rate_at(r, row, cell);
            if (rate > 0) {
                cells[(int)fmin(fmax(8 * log2(rate) + BINS / 2, 0), BINS - 1)]++;
                all++;
            }
        }
    int bin = 0;
    while (bin < BINS && (below += cells[bin]) < 0.98 * (double)all)
        bin++;
    return axis_step(exp2((bin + 1 - BINS / 2) / 8.0), 1);
}

/* Shades grow with the root of the rate: in most records a few neurons are many times as fast as the others, which
 * should show as well. Rows that are high enough keep a line of blanks between them. */
static void draw_shades(const struct raster *r, double full)
{
    for (size_t row = 0; row < r->rows.shown; row++) {
        bool selected = (long)row == r->rows.selected && !r->rows.shares;
        int low, end = rows_lines(&r->rows, row, &low);
        low += end - low >= 3;
        for (int cell = 0; cell < r->plot.area.width; cell++) {
            double share = sqrt(rate_at(r, row, cell) / full);
            for (int y = low; y < end && share > 0; y++)
                plot_shade(&r->plot, cell, y, share, selected);
        }
    }
}

/* ---- all of it ---- */

static void write_foot(const struct raster *r, double full, char *foot, size_t size)
{
    char scale[AXIS_LABEL + 8], shade[NUMBER_HUMAN + 8] = "", brightest_rate[NUMBER_HUMAN + 16] = "", sampled[48] = "",
                                                     rate[NUMBER_HUMAN];
    struct foot f = foot_begin(r->plot.canvas, foot, size, r->axes.header.width);
    timebase_scale(&r->time, scale, sizeof scale);
    marks_foot(&f, &r->axes, r->subject);
    if (r->shaded) {
        number_human(rate, full, DIMENSION_RATE);
        snprintf(shade, sizeof shade, "%s = %s", r->plot.canvas->glyphs == GLYPHS_ASCII ? "#" : "█", rate);
        snprintf(brightest_rate, sizeof brightest_rate, "brightest = %s", rate);
    }
    if (r->sampled > 1)
        snprintf(sampled, sizeof sampled, "1 spike in %zu", r->sampled);
    rows_add_count(&r->rows, &f, (int)strlen(scale) + 3 + (r->shaded ? canvas_columns(f.canvas, shade) + 3 : 0));
    foot_add(&f, f.room >= 50 ? brightest_rate : shade, shade);
    foot_add(&f, scale, NULL);
    foot_add(&f, sampled, NULL);
}

static void draw_header(const struct raster *r, struct canvas *canvas)
{
    const struct subject *s = r->subject;
    const struct rect *h = &r->axes.header;
    char text[96];
    rows_heading(s, text, sizeof text);
    if (s->between.on) /* what the cursors measure needs the room */
        text[h->width < 60 ? 0 : strlen("neuron")] = '\0';
    if (h->height)
        canvas_text_cut(canvas, h->x, h->y, h->width, INK_DIM, text);
}

static void raster_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                        char *foot, size_t size)
{
    foot[0] = '\0';
    if (subject_is_rate_model(s)) {
        char text[128];
        snprintf(text, sizeof text, "%s is a rate model: it has no spikes to show", s->population->model->name);
        note_draw(canvas, inner, text);
        return;
    }
    struct raster r = raster_fit(pane, s, canvas, inner);
    draw_header(&r, canvas);
    if (s->arrival.source && s->neurons == 0)
        note_draw(canvas, inner, "no spikes have come yet");
    if (r.rows.shown == 0) {
        elsewhere_draw(s, &r.plot);
        return;
    }
    double full = 0;
    plot_ground(&r.plot, INK_MARK);
    count_spikes(&r);
    if (r.shaded)
        draw_shades(&r, full = brightest(&r));
    else
        draw_dots(&r);
    size_t counted = 0;
    for (size_t i = 0; i < (size_t)r.plot.width * r.rows.shown; i++)
        counted += r.count[i];
    free(r.count);
    rows_draw_labels(&r.rows, &r.axes, canvas);
    axes_draw_across(&r.axes, canvas, s->from, s->to, " s");
    elsewhere_or_silent(s, &r.plot, counted, r.time.first, r.time.last);
    timebase_cursor(&r.time, &r.plot, &r.axes, s);
    write_foot(&r, full, foot, size);
}

static void raster_hit(const struct pane *pane, const struct subject *s, struct rect inner, int x, int y,
                       struct pane_hit *hit)
{
    /* Where things are does not depend on the glyphs beyond the dots a cell; the plain ones do. */
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct raster r = raster_fit(pane, s, &canvas, inner);
    if (r.rows.shown == 0 || !plot_holds(&r.plot, x, y) || subject_is_rate_model(s))
        return;
    hit->time = timebase_time(&r.time, (x - r.plot.area.x) * r.plot.across + r.plot.across / 2);
    hit->neuron = rows_unit(&r.rows, rows_at_cell(&r.rows, y - r.plot.area.y));
}

static void raster_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    (void)s;
    snprintf(out, size, "raster %s", pane->subject);
}

const struct pane_type pane_raster = {
    .name = "raster",
    .summary = "spikes over time, a row a neuron",
    .at_first = true,
    .title = raster_title,
    .draw = raster_draw,
    .margin = rows_label_width,
    .hit = raster_hit,
};
