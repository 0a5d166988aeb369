/* The raster: a row a neuron, a dot a spike.
 *
 * Rows follow the display order from the bottom. Where there are more neurons than fit, evenly spaced ones stand for
 * the rest and the foot says so; they are asked for one by one, so that a million neurons cost no more than the rows
 * on the screen. Where dots would run together the cells show shades of density instead. */
#include "draw/pane.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "draw/axis.h"
#include "draw/foot.h"
#include "draw/note.h"
#include "draw/plot.h"
#include "draw/subject.h"
#include "draw/timebase.h"

/* Up to so many neurons are drawn in one pass over all spikes of the window. */
#define ONE_PASS 8192

struct raster {
    const struct subject *subject;
    struct axes axes;
    struct plot plot;
    struct timebase time;
    size_t first, rows;  /* part of the display order */
    size_t shown;        /* neurons that have a row on the screen */
    long selected_slot;  /* row on the screen of the selected neuron, -1: none */
    int mark;            /* dots a spike is high */
};

/* Place in the display order of row `slot` of the screen. */
static size_t place_of(const struct raster *r, size_t slot)
{
    if (r->shown == r->rows)
        return r->first + slot;
    return r->first + (size_t)((2.0 * (double)slot + 1) * (double)r->rows / (2.0 * (double)r->shown));
}

static uint32_t neuron_of(const struct raster *r, size_t slot)
{
    if ((long)slot == r->selected_slot)
        return (uint32_t)r->subject->selected;
    return subject_neuron(r->subject, place_of(r, slot));
}

/* The upper dot row of a row of the screen. */
static int dot_row(const struct raster *r, size_t slot)
{
    int middle = (int)(((double)slot + 0.5) * r->plot.height / (double)r->shown);
    return r->plot.height - 1 - middle - (r->mark - 1) / 2;
}

static int cell_row(const struct raster *r, size_t slot)
{
    int middle = r->plot.height - 1 - (int)(((double)slot + 0.5) * r->plot.height / (double)r->shown);
    return r->plot.area.y + middle / r->plot.down;
}

/* The selected neuron has a row whenever it is among those shown, even when neurons are left out. */
static long find_selected(const struct raster *r)
{
    long place = subject_place(r->subject, r->subject->selected);
    if (place < (long)r->first || place >= (long)(r->first + r->rows))
        return -1;
    double slot = (double)(place - (long)r->first) * (double)r->shown / (double)r->rows;
    return (long)slot < (long)r->shown ? (long)slot : (long)r->shown - 1;
}

/* Long labels may take a sixth of the pane, eight columns at least. */
static int label_width(const struct subject *s, int width)
{
    char label[64];
    if (!s->recording) {
        snprintf(label, sizeof label, "%zu", s->neurons ? s->neurons - 1 : 0);
        return (int)strlen(label) > 3 ? (int)strlen(label) : 3; /* 3: as the panes of rates have */
    }
    int widest = 3;
    for (size_t i = 0; i < s->neurons && i < 256; i++) {
        int length = (int)strlen(subject_label(s, (uint32_t)i, label, sizeof label));
        widest = length > widest ? length : widest;
    }
    int most = width / 6 > 8 ? width / 6 : 8;
    return widest > most ? most : widest;
}

static struct raster raster_fit(const struct subject *s, struct canvas *canvas, struct rect inner)
{
    struct raster r = {.subject = s, .axes = axes_fit(inner, label_width(s, inner.width)), .selected_slot = -1};
    r.plot = plot_over(canvas, r.axes.data);
    r.time = timebase_of(s, &r.plot);
    subject_rows(s, &r.first, &r.rows);
    /* When most must be left out, a blank dot row between the others keeps them apart. */
    size_t fit = (size_t)r.plot.height;
    r.shown = r.rows <= fit ? r.rows : r.rows < 2 * fit ? fit : (fit + 1) / 2;
    if (r.shown == 0)
        return r;
    r.selected_slot = find_selected(&r);
    r.mark = (int)(0.7 * r.plot.height / (double)r.shown);
    r.mark = r.mark < 1 ? 1 : r.mark > 2 * r.plot.down ? 2 * r.plot.down : r.mark;
    return r;
}

static void draw_spike(const struct raster *r, size_t slot, int column)
{
    enum ink ink = (long)slot == r->selected_slot ? INK_SELECTED : INK_SPIKE;
    int top = dot_row(r, slot);
    for (int i = 0; i < r->mark; i++)
        plot_dot(&r->plot, column, top + i, ink);
}

static void draw_at(const struct raster *r, size_t slot, double time)
{
    double column = timebase_column(&r->time, time);
    if (!isnan(column))
        draw_spike(r, slot, (int)column);
}

struct pass {
    const struct raster *raster;
    uint16_t slot[ONE_PASS]; /* + 1; 0: not on the screen */
};

static void visit(void *context, double time, uint32_t neuron)
{
    const struct pass *pass = context;
    if (neuron < ONE_PASS && pass->slot[neuron])
        draw_at(pass->raster, (size_t)pass->slot[neuron] - 1, time);
}

static void draw_in_one_pass(const struct raster *r)
{
    struct pass pass = {.raster = r};
    for (size_t slot = 0; slot < r->shown; slot++)
        pass.slot[neuron_of(r, slot)] = (uint16_t)(slot + 1);
    source_each(&r->subject->spikes, r->time.first, r->time.last, visit, &pass);
}

static void draw_train(const struct raster *r, size_t slot)
{
    enum { ROOM = 1024 };
    double times[ROOM], last = r->time.last;
    for (;;) {
        size_t all = source_train(&r->subject->spikes, neuron_of(r, slot), r->time.first, last, times, ROOM);
        size_t given = all < ROOM ? all : ROOM;
        for (size_t i = 0; i < given; i++)
            draw_at(r, slot, times[i]);
        if (all <= ROOM || !(times[0] > r->time.first))
            return;
        last = nextafter(times[0], -INFINITY);
    }
}

/* Long recordings: whether a dot holds a spike is a question to the index, not to every spike. */
static void draw_by_counts(const struct raster *r, size_t slot)
{
    double none, width = (r->time.to - r->time.from) / r->plot.width;
    for (int column = 0; column < r->plot.width; column++) {
        double from = r->time.from + column * width;
        double to = column + 1 == r->plot.width ? r->time.to : nextafter(from + width, -INFINITY);
        size_t spikes = source_train(&r->subject->spikes, neuron_of(r, slot), from, to, &none, 1);
        for (size_t i = 0; i < spikes && i < 64; i++)
            draw_spike(r, slot, column);
    }
}

static void draw_spikes(const struct raster *r, size_t spikes)
{
    const struct subject *s = r->subject;
    bool sparse = r->shown * 16 < s->neurons;
    if (!sparse && s->spikes.neurons <= ONE_PASS && spikes < 400000) {
        draw_in_one_pass(r);
        return;
    }
    bool count = s->recording && spikes / (double)s->neurons > 4.0 * r->plot.width;
    for (size_t slot = 0; slot < r->shown; slot++)
        if (count)
            draw_by_counts(r, slot);
        else
            draw_train(r, slot);
}

static void draw_labels(const struct raster *r, struct canvas *canvas)
{
    char label[64];
    axes_draw_side(&r->axes, canvas);
    int height = r->axes.data.height, bottom = r->axes.data.y + height - 1;
    bool all = (int)r->shown <= height;
    int step = all ? 1 : height / 6 > 2 ? height / 6 : 2, wanted = bottom;
    int marked = r->selected_slot >= 0 ? cell_row(r, (size_t)r->selected_slot) : -100;
    for (size_t slot = 0; slot < r->shown; slot++) {
        int row = cell_row(r, slot);
        if (row > wanted)
            continue;
        wanted = row - step;
        if (abs(row - marked) < (all ? 1 : 2))
            continue;
        axes_tick_side(&r->axes, canvas, row, subject_label(r->subject, neuron_of(r, slot), label, sizeof label), 0x2524,
                       INK_DIM);
    }
    if (r->selected_slot >= 0)
        axes_tick_side(&r->axes, canvas, marked,
                       subject_label(r->subject, (uint32_t)r->subject->selected, label, sizeof label), 0x25B6,
                       INK_SELECTED);
}

/* How many are shown, at the length that leaves `rest` columns for other parts, or else at the greatest that fits. */
static void add_count(struct foot *f, const struct raster *r, int rest)
{
    static const char *const endings[] = {" neurons shown", " shown", ""};
    char shown[NUMBER_HUMAN], all[NUMBER_HUMAN], text[3][128];
    bool partly = r->shown < r->subject->neurons;
    number_grouped(shown, r->shown);
    number_grouped(all, r->subject->neurons);
    int first = partly ? 0 : 2; /* that all are shown needs no words */
    for (int i = first; i < 3; i++)
        snprintf(text[i], sizeof text[i], "%s of %s%s", shown, all, endings[i]);
    for (int i = first; i < 3; i++)
        if ((int)strlen(text[i]) + rest <= f->room) {
            foot_add(f, text[i], NULL);
            return;
        }
    for (int i = first; i < 3 && partly && !f->out[0]; i++)
        foot_add(f, text[i], NULL);
}

static void write_foot(const struct raster *r, bool dense, char *foot, size_t size)
{
    char scale[AXIS_LABEL + 8];
    struct foot f = foot_begin(r->plot.canvas, foot, size, r->axes.header.width);
    timebase_scale(&r->time, scale, sizeof scale);
    add_count(&f, r, (int)strlen(scale) + (dense ? 12 : 3));
    if (dense)
        foot_add(&f, f.room > 40 ? "shades: spikes a cell" : "shaded", NULL);
    foot_add(&f, scale, NULL);
}

static void raster_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                        char *foot, size_t size)
{
    (void)pane;
    struct raster r = raster_fit(s, canvas, inner);
    if (subject_is_rate_model(s)) {
        char text[128];
        snprintf(text, sizeof text, "%s is a rate model: it has no spikes to show", s->population->model->name);
        note_draw(canvas, inner, text);
        foot[0] = '\0';
        return;
    }
    if (r.axes.header.height)
        canvas_text_cut(canvas, inner.x, inner.y, inner.width, INK_DIM, s->order && s->population ? "neuron, by encoder" : "neuron");
    if (r.shown == 0 || r.plot.width == 0) {
        foot[0] = '\0';
        return;
    }
    plot_ground(&r.plot, INK_MARK);
    size_t spikes = source_count(&s->spikes, r.time.first, r.time.last);
    double mean = (double)spikes / (double)s->neurons / r.plot.width; /* spikes a dot */
    bool dense = mean > 1;
    draw_spikes(&r, spikes);
    if (dense) {
        double rows = fmin((double)r.shown / r.plot.area.height, r.plot.down) * r.mark;
        plot_shade(&r.plot, 4 * mean * fmax(rows, 1) * r.plot.across);
    }
    draw_labels(&r, canvas);
    axes_draw_across(&r.axes, canvas, s->from, s->to, " s");
    timebase_cursor(&r.time, &r.plot, &r.axes, s);
    write_foot(&r, dense, foot, size);
}

static void raster_hit(const struct pane *pane, const struct subject *s, struct rect inner, int x, int y,
                       struct pane_hit *hit)
{
    (void)pane;
    /* Where things are does not depend on the glyphs beyond the dots a cell; the plain ones do. */
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct raster r = raster_fit(s, &canvas, inner);
    if (r.shown == 0 || !plot_holds(&r.plot, x, y) || subject_is_rate_model(s))
        return;
    hit->time = timebase_time(&r.time, (x - r.plot.area.x) * r.plot.across + r.plot.across / 2);
    double up = (r.plot.area.y + r.plot.area.height - y - 0.5) / r.plot.area.height;
    hit->neuron = neuron_of(&r, (size_t)(up * (double)r.shown));
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
    .hit = raster_hit,
};
