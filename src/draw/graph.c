#include "draw/graph.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The legend takes no more than this share of the rows of the picture. */
#define LEGEND_SHARE 4

/* ---- the legend ---- */

static uint32_t sample_of(enum graph_line line)
{
    static const uint32_t glyphs[] = {[GRAPH_DOTTED] = 0x2508, [GRAPH_DASHED] = 0x254C, [GRAPH_SOLID] = 0x2014};
    return glyphs[line];
}

static int item_columns(const struct canvas *canvas, const struct graph_series *series)
{
    bool both = series->line != GRAPH_NO_LINE && series->mark;
    return (both ? 3 : 1) + 1 + canvas_columns(canvas, series->name);
}

/* A line with its mark in the middle, the mark alone, or the line alone. */
static int draw_item(const struct graph_series *series, struct canvas *canvas, int x, int y, int end)
{
    bool line = series->line != GRAPH_NO_LINE;
    if (line)
        canvas_put(canvas, x++, y, sample_of(series->line), series->ink);
    if (series->mark)
        canvas_put(canvas, x++, y, series->mark, series->ink);
    if (line && series->mark)
        canvas_put(canvas, x++, y, sample_of(series->line), series->ink);
    return x + 1 + canvas_text_cut(canvas, x + 1, y, end - x - 1, series->ink, series->name);
}

/* Walks over the items: where each one goes. Rows are counted from 0; `first` columns of the first are taken.
 */
struct walk {
    int row, x, width;
};

static void step_to(struct walk *walk, int columns)
{
    if (walk->x > 0 && walk->x + 2 + columns > walk->width) {
        walk->row++;
        walk->x = 0;
    }
    walk->x += (walk->x > 0 ? 2 : 0) + columns;
}

static size_t named(const struct graph *graph)
{
    size_t count = 0;
    for (size_t i = 0; i < graph->count; i++)
        count += graph->series[i].name != NULL;
    return count;
}

static int legend_rows(const struct graph *graph, const struct canvas *canvas, int width, int taken)
{
    struct walk walk = {.x = taken, .width = width};
    if (named(graph) == 0)
        return 0;
    for (size_t i = 0; i < graph->count; i++)
        if (graph->series[i].name)
            step_to(&walk, item_columns(canvas, &graph->series[i]));
    return walk.row + 1;
}

/* How much of the header the title of the vertical axis takes behind the left edge of the legend. */
static int title_over(const struct graph_place *place, const struct graph *graph)
{
    const struct axes *a = &place->axes;
    int title = graph->up.title && a->left ? canvas_columns(place->plot.canvas, graph->up.title) : 0;
    int over = title - a->left;
    return over > 0 ? over : 0;
}

static void draw_legend(const struct graph *graph, const struct graph_place *place, int x)
{
    struct canvas *canvas = place->plot.canvas;
    const struct rect *h = &place->axes.header;
    int left = place->axes.data.x, width = h->x + h->width - left, shown = 0;
    struct walk walk = {.x = x - left, .width = width};
    for (size_t i = 0; i < graph->count; i++) {
        const struct graph_series *s = &graph->series[i];
        if (!s->name)
            continue;
        struct walk next = walk, after;
        int columns = item_columns(canvas, s), more = (int)named(graph) - shown;
        step_to(&next, columns);
        after = next;
        step_to(&after, 3);
        if (next.row >= place->legend || (more > 1 && next.row == place->legend - 1 && after.row > next.row)) {
            char text[16];
            snprintf(text, sizeof text, "+%d", more);
            canvas_text_cut(canvas, left + walk.x + (walk.x > 0), h->y + walk.row, width - walk.x - 1, INK_DIM, text);
            return;
        }
        walk = next;
        draw_item(s, canvas, left + walk.x - columns, h->y + walk.row, left + width);
        shown++;
    }
}

/* ---- what goes where ---- */

struct graph_place graph_fit(const struct graph *graph, struct canvas *canvas, struct rect inner)
{
    struct graph_place place = {.axes = axes_fit(inner, 3)};
    place.axes = axes_fit(inner, axes_up_columns(&graph->up, place.axes.data.height));
    struct rect *data = &place.axes.data;
    place.plot = plot_over(canvas, *data);
    if (place.axes.header.height) {
        int most = 1 + data->height / LEGEND_SHARE;
        int width = inner.x + inner.width - data->x;
        int rows = legend_rows(graph, canvas, width, title_over(&place, graph));
        place.legend = rows < most ? rows : most;
        if (place.legend > 1) {
            data->y += place.legend - 1;
            data->height -= place.legend - 1;
        }
    }
    place.plot = plot_over(canvas, *data);
    place.plot.apart = true;
    return place;
}

/* ---- data ---- */

static double column_of(const struct graph *graph, const struct graph_place *place, double x)
{
    return scale_share(&graph->across, x) * (place->plot.width - 1);
}

static double row_of(const struct graph *graph, const struct graph_place *place, double y)
{
    return (1 - scale_share(&graph->up, y)) * (place->plot.height - 1);
}

static void draw_line(const struct graph *graph, const struct graph_place *place, const struct graph_series *s)
{
    static const int every[] = {[GRAPH_DOTTED] = 3, [GRAPH_DASHED] = 0, [GRAPH_SOLID] = 0};
    double x = NAN, y = NAN;
    int walked = 0, sparse = place->plot.down > 2 ? every[s->line] : every[s->line] ? 2 : 0;
    for (size_t i = 0; i < s->count; i++) {
        double right = column_of(graph, place, s->x[i]), up = row_of(graph, place, s->y[i]);
        bool joined = isfinite(x) && isfinite(y);
        if (sparse)
            plot_dotted(&place->plot, joined ? x : right, joined ? y : up, right, up, s->ink, sparse, &walked);
        else
            plot_line(&place->plot, joined ? x : right, joined ? y : up, right, up, s->ink,
                      s->line == GRAPH_SOLID ? 4 : 2);
        x = right;
        y = up;
    }
}

static void draw_errors(const struct graph *graph, const struct graph_place *place, const struct graph_series *s)
{
    double floor = graph->up.log ? graph->up.low : -INFINITY;
    for (size_t i = 0; i < s->count; i++) {
        double x = round(column_of(graph, place, s->x[i]));
        double high = s->y[i] + s->error[i], low = fmax(s->y[i] - s->error[i], floor);
        plot_line(&place->plot, x, row_of(graph, place, low), x, row_of(graph, place, high), s->ink, 4);
    }
}

void graph_mark(const struct graph *graph, const struct graph_place *place, double x, double y, uint32_t glyph,
                enum ink ink)
{
    double column = round(column_of(graph, place, x)), row = round(row_of(graph, place, y));
    plot_mark(&place->plot, column, row, glyph, ink);
}

void graph_draw(const struct graph *graph, const struct graph_place *place)
{
    struct canvas *canvas = place->plot.canvas;
    if (place->plot.width < 1 || place->plot.height < 1)
        return;
    axes_draw_scale_up(&place->axes, canvas, &graph->up);
    if (scale_is_sound(&graph->across) && scale_is_sound(&graph->up)) {
        for (size_t i = 0; i < graph->count; i++)
            if (graph->series[i].line != GRAPH_NO_LINE)
                draw_line(graph, place, &graph->series[i]);
        for (size_t i = 0; i < graph->count; i++)
            if (graph->series[i].error)
                draw_errors(graph, place, &graph->series[i]);
        for (size_t i = 0; i < graph->count; i++)
            for (size_t k = 0; k < graph->series[i].count && graph->series[i].mark; k++)
                graph_mark(graph, place, graph->series[i].x[k], graph->series[i].y[k], graph->series[i].mark,
                           graph->series[i].ink);
    }
    axes_draw_scale_across(&place->axes, canvas, &graph->across);
    int x = axes_draw_title_up(&place->axes, canvas, graph->up.title ? graph->up.title : "");
    if (place->legend)
        draw_legend(graph, place, x);
}

bool graph_at(const struct graph *graph, const struct graph_place *place, int column, int row, double *x, double *y)
{
    const struct rect *area = &place->plot.area;
    if (!plot_holds(&place->plot, column, row))
        return false;
    *x = scale_value(&graph->across, (column - area->x + 0.5) / area->width);
    *y = scale_value(&graph->up, 1 - (row - area->y + 0.5) / area->height);
    return true;
}

static void include(const struct scale *scale, double value, double *low, double *high)
{
    if (isfinite(value) && (!scale->log || value > 0)) {
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
}

/* Outward to round numbers, so that the ends are labelled. */
static void round_ends(struct scale *scale, double low, double high)
{
    double step = axis_step(high - low, 9);
    scale->low = floor(low / step + 1e-9) * step;
    scale->high = ceil(high / step - 1e-9) * step;
}

void graph_hold(struct graph *graph, bool up, bool from_zero)
{
    struct scale *scale = up ? &graph->up : &graph->across;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < graph->count; i++)
        for (size_t k = 0; k < graph->series[i].count; k++) {
            const struct graph_series *s = &graph->series[i];
            double value = up ? s->y[k] : s->x[k], error = up && s->error ? s->error[k] : 0;
            include(scale, value, &low, &high);
            include(scale, value - error, &low, &high);
            include(scale, value + error, &low, &high);
        }
    if (!(low <= high))
        low = scale->log ? 1 : 0, high = scale->log ? 10 : 1;
    if (from_zero && !scale->log) {
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    if (high == low) {
        high = scale->log || high > 0 ? 2 * high : high + 1;
        low = scale->log || low > 0 ? low / 2 : low - 1;
    }
    scale->low = low;
    scale->high = high;
    if (up && !scale->log)
        round_ends(scale, low, high);
}
