/* One dimension over another: where a value goes in its plane, with the time shown as its tail, and beside it the way
 * of the ideal. What is old is drawn in a weaker ink and with gaps. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>

#include "draw/axis.h"
#include "draw/foot.h"
#include "draw/held.h"
#include "draw/legend.h"
#include "draw/note.h"
#include "draw/timebase.h"
#include "pane/pane_option.h"
#include "picture/plot.h"

#define CELL_SHAPE 2 /* a cell is so much higher than wide: so many columns as rows make a square */
#define DIMS_MOST 64 /* that can be asked for */

struct range {
    double low, high;
};

struct xy {
    const struct subject *subject;
    struct axes axes;
    struct plot plot;
    struct timebase time;
    struct held held;
    size_t across, up; /* dimensions, from 0 */
    struct range range[2];
};

static size_t dimension_told(const struct pane *pane, const char *name)
{
    return (size_t)pane_option_number(pane, name) - 1;
}

static void widen(struct range *range, double value)
{
    if (!isfinite(value))
        return;
    range->low = fmin(range->low, value);
    range->high = fmax(range->high, value);
}

/* Round ends that hold what is seen, 0 and, of a population, what it can represent, so that the picture stands
 * still. */
static struct range range_of(const struct xy *xy, size_t dimension)
{
    double radius = held_directly(xy->subject) ? 0 : xy->subject->population->radius;
    struct range range = {-radius, radius};
    for (size_t i = xy->held.first; i < xy->held.count; i++) {
        widen(&range, held_value_at(&xy->held, i, dimension));
        widen(&range, held_ideal_at(&xy->held, i, dimension));
    }
    if (range.low == 0 && range.high == 0)
        return (struct range){-1, 1};
    return (struct range){range.low < 0 ? -axis_ceiling(-range.low) : 0, range.high > 0 ? axis_ceiling(range.high) : 0};
}

/* Axes that are nearly as long measure the same. */
static void agree(struct range range[2])
{
    double a = range[0].high - range[0].low, b = range[1].high - range[1].low;
    if (a > 2 * b || b > 2 * a)
        return;
    struct range both = {fmin(range[0].low, range[1].low), fmax(range[0].high, range[1].high)};
    range[0] = range[1] = both;
}

/* Where both axes measure the same, a circle is to look like one. */
static void make_square(struct xy *xy)
{
    struct rect *data = &xy->axes.data;
    if (xy->range[0].low != xy->range[1].low || xy->range[0].high != xy->range[1].high)
        return;
    int side = data->height < data->width / CELL_SHAPE ? data->height : data->width / CELL_SHAPE;
    if (side < 3)
        return;
    data->y += data->height - side;
    data->height = side;
    data->width = CELL_SHAPE * side;
}

static double column_of(const struct xy *xy, double value)
{
    return plot_across(&xy->plot, value, xy->range[0].low, xy->range[0].high);
}

static double row_of(const struct xy *xy, double value)
{
    return plot_up(&xy->plot, value, xy->range[1].low, xy->range[1].high);
}

/* The way from the `from`-th third of the tail to the next one; the newest is the last of AGES. */
#define AGES 3

struct pen {
    enum ink ink;
    int on; /* of four dots */
};

static void draw_way(const struct xy *xy, double (*value)(const void *of, size_t i, size_t index),
                     const struct pen pens[AGES])
{
    size_t first = xy->held.first, count = xy->held.count - first;
    for (int age = 0; age < AGES; age++) {
        size_t from = first + count * (size_t)age / AGES, to = first + count * (size_t)(age + 1) / AGES;
        for (size_t i = from; i < to; i++) {
            size_t before = i > first ? i - 1 : i;
            plot_line(&xy->plot, column_of(xy, value(&xy->held, before, xy->across)),
                      row_of(xy, value(&xy->held, before, xy->up)), column_of(xy, value(&xy->held, i, xy->across)),
                      row_of(xy, value(&xy->held, i, xy->up)), pens[age].ink, pens[age].on);
        }
    }
}

static void draw_ways(const struct xy *xy)
{
    static const struct pen ideal[AGES] = {{INK_PREDICT, 1}, {INK_PREDICT, 2}, {INK_PREDICT, 3}};
    static const struct pen real[AGES] = {{INK_SPIKE, 2}, {INK_SPIKE, 4}, {INK_SELECTED, 4}};
    size_t last = xy->held.count - 1;
    draw_way(xy, held_ideal_at, ideal);
    draw_way(xy, held_value_at, real);
    plot_mark(&xy->plot, column_of(xy, held_ideal_at(&xy->held, last, xy->across)),
              row_of(xy, held_ideal_at(&xy->held, last, xy->up)), 0x25CB, INK_PREDICT);
    plot_mark(&xy->plot, column_of(xy, held_value_at(&xy->held, last, xy->across)),
              row_of(xy, held_value_at(&xy->held, last, xy->up)), 0x25CF, INK_SELECTED);
}

static void draw_axes(const struct xy *xy, struct canvas *canvas)
{
    char name[24];
    axes_draw_up(&xy->axes, canvas, xy->range[1].low, xy->range[1].high);
    snprintf(name, sizeof name, "x%zu", xy->across + 1);
    axes_draw_across(&xy->axes, canvas, xy->range[0].low, xy->range[0].high, name);
}

static void draw_legend(const struct xy *xy, struct canvas *canvas)
{
    char name[24];
    const struct legend_entry entries[] = {held_entry(&xy->held, "●"), held_ideal_entry("┄○")};
    snprintf(name, sizeof name, "x%zu", xy->up + 1);
    if (xy->axes.header.height)
        legend_draw(canvas, xy->axes.header, xy->axes.data.x, name, entries, 2);
}

static void write_foot(const struct xy *xy, const struct canvas *canvas, char *out, size_t size)
{
    char text[2 * NUMBER_HUMAN + 16], shorter[2 * NUMBER_HUMAN + 16], number[2][NUMBER_HUMAN];
    struct foot foot = foot_begin(canvas, out, size, xy->axes.header.width);
    size_t last = xy->held.count - 1;
    number_round(number[0], held_value_at(&xy->held, last, xy->across), 3);
    number_round(number[1], held_value_at(&xy->held, last, xy->up), 3);
    snprintf(text, sizeof text, "now (%s, %s)", number[0], number[1]);
    snprintf(shorter, sizeof shorter, "(%s, %s)", number[0], number[1]);
    foot_add(&foot, text, shorter);
    double rms = hypot(held_rms(&xy->held, xy->across), held_rms(&xy->held, xy->up));
    snprintf(text, sizeof text, "from the ideal %.2g (RMS)", rms);
    snprintf(shorter, sizeof shorter, "RMS %.2g", rms);
    foot_add(&foot, xy->held.subject->chaotic ? held_chaotic : text, xy->held.subject->chaotic ? "chaotic" : shorter);
    snprintf(
        text, sizeof text, "the last %s",
        number_human(number[0], held_time(&xy->held, last) - held_time(&xy->held, xy->held.first), DIMENSION_TIME));
    foot_add(&foot, text, NULL);
}

/* False with what stands in the pane instead. */
static bool look(struct xy *xy, char *why, size_t size)
{
    size_t wanted = xy->across > xy->up ? xy->across : xy->up;
    if (!held_of(xy->subject, xy->time.first, xy->time.last, &xy->held)) {
        char text[160];
        snprintf(why, size, "%s", held_why_not(xy->subject, text, sizeof text));
        return false;
    }
    if (xy->held.values < 2)
        snprintf(why, size, "%s says one number: the pane value shows it over time", xy->subject->name);
    else if (wanted >= xy->held.values)
        snprintf(why, size, "%s says %zu numbers, x1 to x%zu, and there is no x%zu", xy->subject->name, xy->held.values,
                 xy->held.values, wanted + 1);
    else if (xy->held.first >= xy->held.count)
        snprintf(why, size, "nothing is recorded of this time");
    else
        return true;
    return false;
}

static void xy_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                    char *foot, size_t size)
{
    char why[200];
    foot[0] = '\0';
    struct xy xy = {.subject = s, .across = dimension_told(pane, "across"), .up = dimension_told(pane, "up")};
    xy.axes = axes_fit(inner, HELD_LABELS);
    xy.plot = plot_over(canvas, xy.axes.data);
    if (xy.plot.width <= 0 || xy.plot.height <= 0)
        return;
    xy.time = timebase_of(s, &xy.plot);
    if (!look(&xy, why, sizeof why)) {
        note_draw(canvas, inner, why);
        return;
    }
    xy.range[0] = range_of(&xy, xy.across);
    xy.range[1] = range_of(&xy, xy.up);
    agree(xy.range);
    make_square(&xy);
    xy.plot = plot_over(canvas, xy.axes.data);
    xy.plot.apart = true;
    draw_axes(&xy, canvas);
    draw_ways(&xy);
    draw_legend(&xy, canvas);
    write_foot(&xy, canvas, foot, size);
}

static bool xy_check(const struct pane *pane, struct error *error)
{
    double across = pane_option_number(pane, "across"), up = pane_option_number(pane, "up");
    if (across != floor(across) || up != floor(up) || across < 1 || up < 1)
        return error_set(error, "across=%.4g up=%.4g: dimensions are whole numbers from 1 on", across, up);
    return across != up ||
           error_set(error, "across=%.0f up=%.0f: one dimension over another, so two of them", across, up);
}

static void xy_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    (void)s;
    snprintf(out, size, "xy %s: x%.0f over x%.0f", pane->subject, pane_option_number(pane, "up"),
             pane_option_number(pane, "across"));
}

static const struct pane_option xy_options[] = {
    {.name = "across", .help = "the dimension that goes to the right", .low = 0, .high = DIMS_MOST, .fallback = "1"},
    {.name = "up", .help = "the dimension that goes up", .low = 0, .high = DIMS_MOST, .fallback = "2"},
    {0}};

const struct pane_type pane_xy = {
    .name = "xy",
    .summary = "one dimension of a value over another, with the time shown as a tail, and the ideal beside it",
    .live_only = true,
    .nodes = true,
    .decodes = pane_always,
    .options = xy_options,
    .check = xy_check,
    .title = xy_title,
    .draw = xy_draw,
};
