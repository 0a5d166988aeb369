#include "picture/plot.h"

#include <math.h>
#include <stdint.h>

#include "picture/paper.h"

/* Bits of a braille cell: left column 1 2 4 64 from the top, right column 8 16 32 128. */
static const uint8_t braille_bit[4][2] = {{1, 8}, {2, 16}, {4, 32}, {64, 128}};

/* Quadrants: upper left 1, upper right 2, lower left 4, lower right 8. */
static const uint16_t quadrant[16] = {' ',    0x2598, 0x259D, 0x2580, 0x2596, 0x258C, 0x259E, 0x259B,
                                      0x2597, 0x259A, 0x2590, 0x259C, 0x2584, 0x2599, 0x259F, 0x2588};

static const char ladder[4] = {' ', '\'', '.', ':'};

static const struct {
    int across, down;
} dots_of[] = {[GLYPHS_BRAILLE] = {2, 4}, [GLYPHS_BLOCK] = {2, 2}, [GLYPHS_ASCII] = {1, 2}};

static uint8_t bit_of(enum glyph_set glyphs, int x, int y)
{
    if (glyphs == GLYPHS_BRAILLE)
        return braille_bit[y][x];
    return (uint8_t)(glyphs == GLYPHS_BLOCK ? 1 << (2 * y + x) : 1 << y);
}

static uint32_t glyph_of(enum glyph_set glyphs, uint8_t dots)
{
    if (glyphs == GLYPHS_BRAILLE)
        return 0x2800u + dots;
    return glyphs == GLYPHS_BLOCK ? quadrant[dots & 15] : (uint32_t)ladder[dots & 3];
}

static int rank(enum ink ink)
{
    return ink == INK_SELECTED ? 4 : ink == INK_PREDICT ? 3 : ink == INK_NEAR ? 2 : 1;
}

/* The ink that shows through all others in this cell. */
static enum ink through(const struct plot *plot, int column, int row)
{
    int third = (column + row) % 3;
    return plot->apart && third == 0 ? INK_PREDICT : plot->woven && third == 1 ? INK_NEAR : INK_COUNT;
}

/* By how much `ink` outranks what is in the cell. Where lines are kept apart, a prediction shows through the measured
 * line in every third cell: they should coincide, and then neither may hide the other. */
static int above(const struct plot *plot, const struct cell *cell, int column, int row, enum ink ink)
{
    enum ink first = through(plot, column, row);
    int mine = ink == first ? 5 : rank(ink), there = (enum ink)cell->ink == first ? 5 : rank(cell->ink);
    return cell->dots == 0 ? 1 : mine - there;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

struct plot plot_over(struct canvas *canvas, struct rect area)
{
    struct plot plot = {.canvas = canvas, .area = area};
    plot.across = canvas->paper ? PAPER_ACROSS : dots_of[canvas->glyphs].across;
    plot.down = canvas->paper ? PAPER_DOWN : dots_of[canvas->glyphs].down;
    plot.area.width = least(area.width, canvas->width - area.x);
    plot.area.height = least(area.height, canvas->height - area.y);
    if (plot.area.width < 0)
        plot.area.width = 0;
    if (plot.area.height < 0)
        plot.area.height = 0;
    plot.area.width = least(plot.area.width, PLOT_WIDEST / plot.across);
    plot.width = plot.area.width * plot.across;
    plot.height = plot.area.height * plot.down;
    return plot;
}

void plot_ground(const struct plot *plot, enum ink ink)
{
    canvas_fill(plot->canvas, plot->area, ' ', ink);
}

void plot_dot(const struct plot *plot, int x, int y, enum ink ink)
{
    if (x < 0 || y < 0 || x >= plot->width || y >= plot->height)
        return;
    if (plot->canvas->paper) {
        paper_add_dot(plot->canvas->paper, plot->area.x * plot->across + x, plot->area.y * plot->down + y, ink);
        return;
    }
    enum glyph_set glyphs = plot->canvas->glyphs;
    int column = x / plot->across, row = y / plot->down;
    struct cell *cell = canvas_cell(plot->canvas, plot->area.x + column, plot->area.y + row);
    if (!cell)
        return;
    int order = above(plot, cell, column, row, ink);
    if (plot->apart && order < 0)
        return;
    if (order > 0)
        cell->ink = (uint8_t)ink;
    if (plot->apart && order > 0)
        cell->dots = 0;
    cell->dots |= bit_of(glyphs, x % plot->across, y % plot->down);
    cell->glyph = glyph_of(glyphs, cell->dots);
}

/* The part of the line within [0, limit] along one coordinate, as fractions of it (Liang and Barsky). */
static bool clip(double from, double to, double limit, double *enter, double *leave)
{
    double delta = to - from;
    if (delta == 0)
        return from >= 0 && from <= limit;
    double a = -from / delta, b = (limit - from) / delta;
    if (a > b) {
        double swap = a;
        a = b;
        b = swap;
    }
    *enter = fmax(*enter, a);
    *leave = fmin(*leave, b);
    return *enter <= *leave;
}

/* Beyond this a coordinate is as good as infinite, and differences of two stay finite. */
#define FAR 1e9

static double near(double value)
{
    return value > FAR ? FAR : value < -FAR ? -FAR : value;
}

/* The dots of a line that lie within the plot: count - 1 steps from (x, y). */
struct path {
    double x, y, step_x, step_y;
    int count;
    bool steep;
};

static struct path path_of(const struct plot *plot, double x0, double y0, double x1, double y1)
{
    struct path path = {0};
    if (!isfinite(x0) || !isfinite(y0) || !isfinite(x1) || !isfinite(y1))
        return path;
    x0 = near(x0), y0 = near(y0), x1 = near(x1), y1 = near(y1);
    double enter = 0, leave = 1;
    if (plot->width == 0 || plot->height == 0 || !clip(x0, x1, plot->width - 1, &enter, &leave) ||
        !clip(y0, y1, plot->height - 1, &enter, &leave))
        return path;
    double dx = (leave - enter) * (x1 - x0), dy = (leave - enter) * (y1 - y0);
    int steps = (int)ceil(fmax(fabs(dx), fabs(dy)));
    path = (struct path){.x = x0 + enter * (x1 - x0), .y = y0 + enter * (y1 - y0), .count = steps + 1};
    path.steep = fabs(dy) > fabs(dx);
    if (steps > 0) {
        path.step_x = dx / steps;
        path.step_y = dy / steps;
    }
    return path;
}

/* Places of the middle of a dot, in cells of the canvas. */
static double column_of(const struct plot *plot, double x)
{
    return plot->area.x + (x + 0.5) / plot->across;
}

static double row_of(const struct plot *plot, double y)
{
    return plot->area.y + (y + 0.5) / plot->down;
}

/* Dots along a line are parts on paper: a pattern looks as wide there as on a terminal. */
static void add_line(const struct plot *plot, const struct path *p, enum ink ink, int on, int of, int walked)
{
    int steps = p->count - 1;
    if (p->count > 0)
        paper_add_line(plot->canvas->paper, (struct paper_line){.x0 = column_of(plot, p->x),
                                                                .y0 = row_of(plot, p->y),
                                                                .x1 = column_of(plot, p->x + steps * p->step_x),
                                                                .y1 = row_of(plot, p->y + steps * p->step_y),
                                                                .walked = walked / (PAPER_PART * PAPER_ACROSS),
                                                                .on = (uint8_t)on,
                                                                .of = (uint8_t)of,
                                                                .ink = (uint8_t)ink});
}

/* Seen from the last row of a room the line that matters is as thick as two. */
static void put_dot(const struct plot *plot, int x, int y, enum ink ink, bool steep)
{
    plot_dot(plot, x, y, ink);
    if (plot->canvas->room && ink == INK_SELECTED)
        plot_dot(plot, x + steep, y + !steep, ink);
}

void plot_line(const struct plot *plot, double x0, double y0, double x1, double y1, enum ink ink, int on)
{
    struct path p = path_of(plot, x0, y0, x1, y1);
    if (plot->canvas->paper) {
        add_line(plot, &p, ink, on, 4, (int)lround(p.steep ? p.y : p.x));
        return;
    }
    for (int i = 0; i < p.count; i++) {
        int x = (int)lround(p.x + i * p.step_x), y = (int)lround(p.y + i * p.step_y);
        /* The pattern hangs on the place, not on the line, so that it stands still from frame to frame. */
        if (((p.steep ? y : x) & 3) < on)
            put_dot(plot, x, y, ink, p.steep);
    }
}

void plot_dotted(const struct plot *plot, double x0, double y0, double x1, double y1, enum ink ink, int every,
                 int *walked)
{
    struct path p = path_of(plot, x0, y0, x1, y1);
    bool paper = plot->canvas->paper;
    int period = paper ? (int)(every * PAPER_PART * PAPER_ACROSS) : every;
    if (paper)
        add_line(plot, &p, ink, 1, every, *walked);
    for (int i = 0; i < p.count && !paper; i++)
        if ((*walked + i) % every == 0)
            plot_dot(plot, (int)lround(p.x + i * p.step_x), (int)lround(p.y + i * p.step_y), ink);
    *walked = (*walked + (p.count > 1 ? p.count - 1 : 0)) % period;
}

void plot_mark(const struct plot *plot, double x, double y, uint32_t glyph, enum ink ink)
{
    if (!(x >= 0 && x < plot->width && y >= 0 && y < plot->height))
        return;
    if (plot->canvas->paper)
        paper_add_mark(plot->canvas->paper,
                       (struct paper_mark){column_of(plot, x), row_of(plot, y), glyph, (uint8_t)ink});
    else
        canvas_put(plot->canvas, plot->area.x + (int)x / plot->across, plot->area.y + (int)y / plot->down, glyph, ink);
}

void plot_rule(const struct plot *plot, double x, uint32_t glyph, enum ink ink)
{
    if (!(x >= 0 && x < plot->width))
        return;
    int column = plot->area.x + (int)x / plot->across;
    if (plot->canvas->paper) { /* a stroke that is not whole becomes a dashed line */
        bool whole = glyph == 0x2502 || glyph == 0x2503 || glyph == '|';
        paper_add_line(plot->canvas->paper, (struct paper_line){.x0 = column_of(plot, x),
                                                                .y0 = plot->area.y,
                                                                .x1 = column_of(plot, x),
                                                                .y1 = plot->area.y + plot->area.height,
                                                                .on = 1,
                                                                .of = whole ? 1 : 2,
                                                                .ink = (uint8_t)ink});
        return;
    }
    for (int row = 0; row < plot->area.height; row++) {
        struct cell *cell = canvas_cell(plot->canvas, column, plot->area.y + row);
        if (cell && cell->glyph == ' ')
            canvas_put(plot->canvas, column, plot->area.y + row, glyph, ink);
    }
}

bool plot_holds(const struct plot *plot, int x, int y)
{
    return x >= plot->area.x && y >= plot->area.y && x < plot->area.x + plot->area.width &&
           y < plot->area.y + plot->area.height;
}

double plot_across(const struct plot *plot, double value, double low, double high)
{
    return (value - low) / (high - low) * (plot->width - 1);
}

double plot_up(const struct plot *plot, double value, double low, double high)
{
    return (high - value) / (high - low) * (plot->height - 1);
}

void plot_shade(const struct plot *plot, int column, int row, double share, bool selected)
{
    static const uint32_t blocks[] = {0x2591, 0x2592, 0x2593, 0x2588};
    static const char letters[] = ".:+#";
    if (!(share > 0))
        return;
    int level = (int)ceil(fmin(share, 1) * 8) - 1;
    canvas_put(plot->canvas, plot->area.x + column, plot->area.y + row,
               plot->canvas->glyphs == GLYPHS_ASCII ? (uint32_t)letters[level / 2] : blocks[level / 2],
               selected ? INK_SELECTED : (enum ink)(INK_HEAT0 + level));
}
