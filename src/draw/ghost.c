/* Lines are taken from the paper, where they are finer than cells, and brought into what the axes measure; drawing goes
 * the same way back. Spikes, curves and numbers that are there now always win. */
#include "draw/ghost.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "picture/paper.h"
#include "picture/plot.h"

#define LINES_MOST 20000

/* ---- taking ---- */

static double share_across(const struct chart_part *part, double x)
{
    return (x - part->data.x) / part->data.width;
}

static double value_across(const struct chart_part *part, double x)
{
    return scale_value(&part->across, share_across(part, x)) - (part->time ? part->across.low : 0);
}

static double value_up(const struct chart_part *part, double y)
{
    return scale_value(&part->up, 1 - (y - part->data.y) / part->data.height);
}

static void add(struct ghost *ghost, const struct chart *chart, const struct chart_part *part, double x0, double y0,
                double x1, double y1)
{
    if (ghost->lines == LINES_MOST)
        return;
    ghost->line = xreallocarray(ghost->line, ghost->lines + 1, sizeof *ghost->line);
    ghost->line[ghost->lines++] =
        (struct ghost_line){value_across(part, x0), value_up(part, y0), value_across(part, x1), value_up(part, y1)};
    ghost->top = fmax(ghost->top, fmax(value_up(part, y0), value_up(part, y1)));
    ghost->part = (size_t)(part - chart->part);
}

#define STRAIGHT 0.03 /* cells: what deviates less is straight */
#define JOINED_MOST 24

/* Whether the line goes on where `from` ends, so nearly straight that one can stand for both. */
static bool goes_on(const struct paper_line *from, const struct paper_line *line)
{
    double dx = line->x1 - from->x0, dy = line->y1 - from->y0, length = hypot(dx, dy);
    double off = length > 0 ? fabs(dx * (from->y1 - from->y0) - dy * (from->x1 - from->x0)) / length : INFINITY;
    return from->x1 == line->x0 && from->y1 == line->y0 && off < STRAIGHT;
}

/* Of the first part that has such lines. */
static void take_lines(struct ghost *ghost, const struct canvas *canvas, enum ink ink)
{
    const struct paper *paper = canvas->paper;
    const struct chart_part *first = NULL;
    for (size_t i = 0; i < paper->lines; i++) {
        struct paper_line line = paper->line[i];
        const struct chart_part *part = line.ink == (uint8_t)ink ? chart_at(canvas->chart, line.x0, line.y0) : NULL;
        first = first ? first : part;
        if (!part || part != first)
            continue;
        for (size_t last = i + JOINED_MOST; i + 1 < paper->lines && i < last; i++) {
            const struct paper_line *next = &paper->line[i + 1];
            if (next->ink != (uint8_t)ink || !goes_on(&line, next))
                break;
            line.x1 = next->x1;
            line.y1 = next->y1;
        }
        add(ghost, canvas->chart, part, line.x0, line.y0, line.x1, line.y1);
    }
}

/* The highest dot of a column of dots within the part; NaN: there is none. */
static double highest(const struct paper *paper, const struct chart_part *part, int column, enum ink ink)
{
    int from = part->data.y * PAPER_DOWN, to = (part->data.y + part->data.height) * PAPER_DOWN;
    for (int y = from; y < to && paper->dots[ink]; y++)
        if (paper->dots[ink][(size_t)y * paper->stride + (size_t)column / 64] >> column % 64 & 1)
            return (double)y / PAPER_DOWN;
    return NAN;
}

/* Bars stand on the axis. */
static void take_tops(struct ghost *ghost, const struct canvas *canvas, enum ink ink)
{
    const struct chart_part *part = canvas->chart->parts ? &canvas->chart->part[0] : NULL;
    if (!part || !part->has_across || !part->has_up)
        return;
    double bottom = part->data.y + part->data.height, before = bottom;
    int from = part->data.x * PAPER_ACROSS, to = (part->data.x + part->data.width) * PAPER_ACROSS;
    for (int column = from; column < to; column++) {
        double y = highest(canvas->paper, part, column, ink), x = (double)column / PAPER_ACROSS;
        y = isnan(y) ? bottom : y;
        if (y != before)
            add(ghost, canvas->chart, part, x, before, x, y);
        if (y != bottom)
            add(ghost, canvas->chart, part, x, y, x + 1.0 / PAPER_ACROSS, y);
        before = y;
    }
}

bool ghost_take(struct ghost *ghost, const struct canvas *canvas)
{
    static const enum ink inks[] = {INK_SELECTED, INK_SPIKE, INK_PLAIN};
    for (size_t i = 0; i < sizeof inks / sizeof *inks && ghost->lines == 0; i++)
        take_lines(ghost, canvas, inks[i]);
    for (size_t i = 0; i < sizeof inks / sizeof *inks && ghost->lines == 0; i++)
        take_tops(ghost, canvas, inks[i]);
    return ghost->lines > 0;
}

void ghost_free(struct ghost *ghost)
{
    free(ghost->line);
    *ghost = (struct ghost){0};
}

/* ---- drawing ---- */

/* Nothing but ghosts is there. */
static bool is_free(const struct plot *plot, double x, double y)
{
    const struct cell *cell =
        canvas_cell(plot->canvas, plot->area.x + (int)x / plot->across, plot->area.y + (int)y / plot->down);
    return cell && (cell->dots ? cell->ink == INK_DIM : cell->glyph == ' ' || cell->glyph == 0);
}

struct pen {
    const struct plot *plot;
    int walked, pattern;
};

static void draw_dots(struct pen *pen, double x0, double y0, double x1, double y1)
{
    const struct plot *plot = pen->plot;
    int steps = (int)fmin(fmax(fabs(x1 - x0), fabs(y1 - y0)), 4096);
    for (int i = 0; i <= steps; i++) {
        double x = x0 + (x1 - x0) * i / fmax(steps, 1), y = y0 + (y1 - y0) * i / fmax(steps, 1);
        if (x < 0 || y < 0 || x >= plot->width || y >= plot->height || pen->walked++ % pen->pattern ||
            !is_free(plot, x, y))
            continue;
        plot_dot(plot, (int)x, (int)y, INK_DIM);
    }
}

/* The name above a place of the line, if there is room for it. */
static bool draw_name(const struct ghost *ghost, const struct plot *plot, double x, double y)
{
    if (!(x >= 0 && x < plot->width && y >= 0 && y < plot->height))
        return false;
    struct canvas *canvas = plot->canvas;
    int columns = canvas_columns(canvas, ghost->name), row = plot->area.y + (int)y / plot->down - 1;
    int column = plot->area.x + (int)x / plot->across - columns;
    row = row < plot->area.y ? plot->area.y : row;
    for (int i = -1; i <= columns; i++) {
        const struct cell *cell = canvas_cell(canvas, column + i, row);
        bool free = cell && (cell->dots ? cell->ink == INK_DIM : cell->glyph == ' ');
        if (column < plot->area.x || !free)
            return false;
    }
    canvas_text(canvas, column, row, columns, INK_DIM, ghost->name);
    return true;
}

struct place {
    double x0, y0, x1, y1;
};

/* In dots. */
static struct place place_of(const struct ghost *ghost, size_t i, const struct chart_part *part,
                             const struct plot *plot)
{
    const struct ghost_line *line = &ghost->line[i];
    double shift = part->time ? part->across.low : 0, right = plot->width - 1, down = plot->height - 1;
    return (struct place){
        scale_share(&part->across, line->x0 + shift) * right, (1 - scale_share(&part->up, line->y0)) * down,
        scale_share(&part->across, line->x1 + shift) * right, (1 - scale_share(&part->up, line->y1)) * down};
}

/* At its end, or else somewhere on its way. */
static void name_it(const struct ghost *ghost, const struct chart_part *part, const struct plot *plot)
{
    for (size_t eighth = 8; eighth > 0; eighth--) {
        struct place p = place_of(ghost, (ghost->lines - 1) * eighth / 8, part, plot);
        if (draw_name(ghost, plot, p.x1, p.y1))
            return;
    }
}

void ghost_draw(const struct ghost *ghost, struct canvas *canvas)
{
    const struct chart *chart = canvas->chart;
    if (!chart || ghost->part >= chart->parts)
        return;
    const struct chart_part *part = &chart->part[ghost->part];
    if (!part->has_across || !part->has_up)
        return;
    struct plot plot = plot_over(canvas, part->data);
    struct pen pen = {&plot, 0, ghost->pattern > 0 ? ghost->pattern : 2};
    for (size_t i = 0; i < ghost->lines; i++) {
        struct place p = place_of(ghost, i, part, &plot);
        if (isfinite(p.x0) && isfinite(p.y0) && isfinite(p.x1) && isfinite(p.y1))
            draw_dots(&pen, p.x0, p.y0, p.x1, p.y1);
    }
    name_it(ghost, part, &plot);
}
