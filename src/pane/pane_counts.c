/* How often each unit spiked in the time shown: a bar a unit, in the rows of the raster beside it. Where
 * units share a row its bar is their mean; the selected one always has its own. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "draw/axis.h"
#include "draw/elsewhere.h"
#include "draw/foot.h"
#include "draw/label.h"
#include "draw/note.h"
#include "draw/rows.h"
#include "draw/subject.h"
#include "draw/timebase.h"
#include "picture/plot.h"

/* Of a population up to this size all units are counted, and may share rows. */
#define COUNT_ALL 8192

struct counts {
    const struct subject *subject;
    struct axes axes;
    struct plot plot;
    struct rows rows;
    struct timebase time;
    struct time_span span; /* what of the time shown the record has */
    double top;            /* spikes at the right edge */
    double *count;         /* [rows.shown] spikes a unit */
};

static struct counts counts_fit(const struct subject *s, struct canvas *canvas, struct rect inner)
{
    struct counts c = {.subject = s, .axes = axes_fit(inner, rows_label_width(s, inner.width))};
    c.plot = plot_over(canvas, c.axes.data);
    c.time = timebase_of(s, &c.plot);
    c.span = subject_span(s, c.time.first, c.time.last);
    if (s->neurons > 0 && s->spikes.neurons > 0 && c.plot.width > 0)
        c.rows = rows_over_dots(s, &c.plot, subject_is_record(s) || s->neurons <= COUNT_ALL);
    return c;
}

static double count_of(const struct counts *c, uint32_t unit)
{
    double one;
    return (double)source_train(&c->subject->spikes, unit, span_low(&c->span), span_high(&c->span), &one, 1);
}

static void count_rows(struct counts *c)
{
    size_t rows = c->rows.shown, neurons = c->subject->neurons;
    uint32_t *row_of = xreallocarray(NULL, neurons, sizeof *row_of), *count = xcalloc(rows, sizeof *count);
    struct spike_grid grid = {.from = span_low(&c->span),
                              .to = span_high(&c->span),
                              .columns = 1,
                              .rows = rows,
                              .row_of = row_of,
                              .count = count};
    rows_map(&c->rows, row_of);
    if (grid.to >= grid.from)
        source_density(&c->subject->spikes, &grid);
    for (size_t row = 0; row < rows; row++)
        c->count[row] = (double)count[row] / (double)rows_units(&c->rows, row);
    free(row_of);
    free(count);
}

static void measure(struct counts *c)
{
    const struct subject *s = c->subject;
    c->count = xcalloc(c->rows.shown, sizeof *c->count);
    if (subject_is_record(s) || s->neurons <= COUNT_ALL)
        count_rows(c);
    else
        for (size_t row = 0; row < c->rows.shown; row++)
            c->count[row] = count_of(c, rows_unit(&c->rows, row));
    if (c->rows.selected >= 0)
        c->count[c->rows.selected] = count_of(c, (uint32_t)s->selected);
    double most = 0;
    for (size_t row = 0; row < c->rows.shown; row++)
        most = fmax(most, c->count[row]);
    c->top = axis_ceiling(most * 1.02);
}

/* Bars keep a line of dots between them where there is room for it. */
static void draw_bar(const struct counts *c, size_t row)
{
    int low, end = rows_lines(&c->rows, row, &low);
    enum ink ink = (long)row == c->rows.selected ? INK_SELECTED : INK_SPIKE;
    int length = (int)ceil(c->count[row] / c->top * c->plot.width);
    low += end - low >= 3 ? (end - low) / 3 : 0;
    for (int y = low; y < end; y++)
        for (int x = 0; x < length; x++)
            plot_dot(&c->plot, x, y, ink);
}

static void draw_header(const struct counts *c, struct canvas *canvas)
{
    const struct rect *h = &c->axes.header;
    const struct subject *s = c->subject;
    char text[2 * LABEL_BYTES], longer[160], shorter[160], number[NUMBER_HUMAN], spikes[NUMBER_COUNTED],
        rate[NUMBER_HUMAN];
    if (!h->height)
        return;
    if (s->selected < 0) {
        rows_heading(s, text, sizeof text);
        canvas_text_cut(canvas, h->x, h->y, h->width, INK_DIM, text);
        return;
    }
    double count = count_of(c, (uint32_t)s->selected);
    double mean = source_rate(&s->spikes, (uint32_t)s->selected, &c->span);
    number_counted(spikes, (unsigned long long)count, "spike");
    number_round(rate, mean, 3);
    snprintf(longer, sizeof longer, isnan(mean) ? ": %s" : ": %s, %s Hz", spikes, rate);
    number_grouped(number, (unsigned long long)count);
    snprintf(shorter, sizeof shorter, isnan(mean) ? ": %s" : ": %s, %s Hz", number, rate);
    const char *const rest[] = {longer, shorter};
    label_heading(canvas, s, (uint32_t)s->selected, "", rest, 2, h->width, text, sizeof text);
    canvas_text_cut(canvas, h->x, h->y, h->width, INK_SELECTED, text);
}

/* "24 of 50 fire", where each neuron has a row. */
static void add_firing(const struct counts *c, struct foot *foot)
{
    char text[80], all[NUMBER_HUMAN], some[NUMBER_HUMAN];
    size_t firing = 0;
    for (size_t row = 0; row < c->rows.shown; row++)
        firing += c->count[row] > 0;
    number_grouped(some, firing);
    snprintf(text, sizeof text, "%s of %s fire", some, number_grouped(all, c->rows.shown));
    foot_add(foot, c->rows.shown == c->subject->neurons && c->rows.shown > 1 ? text : "", NULL);
}

static void write_foot(const struct counts *c, char *foot, size_t size)
{
    char span[NUMBER_HUMAN], text[NUMBER_HUMAN + 8];
    struct foot f = foot_begin(c->plot.canvas, foot, size, c->axes.header.width);
    snprintf(text, sizeof text, "in %s", number_human(span, span_length(&c->span), DIMENSION_TIME));
    rows_add_count(&c->rows, &f, (int)strlen(text) + 3);
    if (c->rows.shares)
        foot_add(&f, "bars: mean of a row", "means");
    foot_add(&f, text, NULL);
    add_firing(c, &f);
    foot_add(&f, subject_since(c->subject, c->time.first, c->time.last, text, sizeof text), NULL);
}

static void counts_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                        char *foot, size_t size)
{
    (void)pane;
    foot[0] = '\0';
    if (subject_is_rate_model(s)) {
        note_draw(canvas, inner, "a rate model has no spikes to count");
        return;
    }
    struct counts c = counts_fit(s, canvas, inner);
    if (c.rows.shown == 0) {
        elsewhere_draw(s, &c.plot);
        return;
    }
    measure(&c);
    plot_ground(&c.plot, INK_SPIKE);
    for (size_t row = 0; row < c.rows.shown; row++)
        if ((long)row != c.rows.selected)
            draw_bar(&c, row);
    if (c.rows.selected >= 0)
        draw_bar(&c, (size_t)c.rows.selected);
    rows_draw_labels(&c.rows, &c.axes, canvas);
    axes_draw_across(&c.axes, canvas, 0, c.top, "spikes");
    elsewhere_or_silent(s, &c.plot, source_count(&s->spikes, span_low(&c.span), span_high(&c.span)), c.span.from,
                        c.span.to);
    draw_header(&c, canvas);
    write_foot(&c, foot, size);
    free(c.count);
}

static void counts_hit(const struct pane *pane, const struct subject *s, struct rect inner, int x, int y,
                       struct pane_hit *hit)
{
    (void)pane;
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct counts c = counts_fit(s, &canvas, inner);
    if (c.rows.shown == 0 || !plot_holds(&c.plot, x, y))
        return;
    hit->neuron = rows_unit(&c.rows, rows_at_cell(&c.rows, y - c.plot.area.y));
}

static void counts_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    (void)s;
    snprintf(out, size, "spike counts %s", pane->subject);
}

const struct pane_type pane_counts = {
    .name = "counts",
    .summary = "spikes of each unit in the time shown, a bar a unit",
    .title = counts_title,
    .draw = counts_draw,
    .hit = counts_hit,
};
