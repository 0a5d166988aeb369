/* A side is a chain of points; a value between two of them stands between the middles of their cells. So any
 * spacing can be drawn, and the way back from a cell is the same chain. */
#include "draw/heat.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "picture/plot.h"

/* Narrower or lower than this the bar goes into the header. */
#define BAR_WIDTH 44
#define BAR_HEIGHT 9
#define BAR 2 /* columns */

/* ---- sides ---- */

static double along(const struct heat_side *side, double value)
{
    return side->log ? log(value) : value;
}

/* As a fraction of the side, 0 and 1 being the outer edges of the first and the last cell. */
static double share_of(const struct heat_side *side, double value)
{
    size_t i = 0;
    if (side->count < 2)
        return value == side->at[0] ? 0.5 : NAN;
    while (i + 2 < side->count && value > side->at[i + 1])
        i++;
    double low = along(side, side->at[i]), high = along(side, side->at[i + 1]);
    return ((double)i + (along(side, value) - low) / (high - low) + 0.5) / (double)side->count;
}

static double value_at(const struct heat_side *side, double share)
{
    if (side->count < 2)
        return side->at[0];
    double place = share * (double)side->count - 0.5;
    size_t i = (size_t)fmin(fmax(floor(place), 0), (double)side->count - 2);
    double low = along(side, side->at[i]), high = along(side, side->at[i + 1]);
    double value = low + (place - (double)i) * (high - low);
    return side->log ? exp(value) : value;
}

size_t heat_nearest(const struct heat_side *side, double value)
{
    double share = share_of(side, value) * (double)side->count;
    return isnan(share) ? 0 : (size_t)fmin(fmax(floor(share), 0), (double)side->count - 1);
}

static struct scale scale_of(const struct heat_side *side)
{
    struct scale scale = {side->at[0], side->at[side->count - 1], side->log, side->title ? side->title : ""};
    return scale;
}

/* Points that find room are labelled themselves; else round numbers are. */
static size_t point_ticks(const struct heat_side *side, double room, bool wide, struct tick out[SCALE_TICKS])
{
    size_t widest = 0, count = side->count < SCALE_TICKS ? side->count : 0;
    for (size_t i = 0; i < count; i++) {
        out[i].share = ((double)i + 0.5) / (double)side->count;
        number_round(out[i].number, side->at[i], 4);
        widest = strlen(out[i].number) > widest ? strlen(out[i].number) : widest;
    }
    return room >= (double)count * (wide ? (double)widest + 2 : 2) ? count : 0;
}

static size_t round_ticks(const struct heat_side *side, int length, bool wide, struct tick out[SCALE_TICKS])
{
    struct scale scale = scale_of(side);
    if (!scale_is_sound(&scale))
        return 0;
    scale.low = value_at(side, 0);
    scale.high = value_at(side, 1);
    int between = scale.log ? 3 : (int)strlen(scale.title) + 2;
    size_t count = scale_ticks(&scale, length, between, wide, DIMENSION_NONE, out);
    for (size_t i = 0; i < count; i++)
        out[i].share = share_of(side, scale_value(&scale, out[i].share));
    return count;
}

static size_t ticks_of(const struct heat_side *side, int length, bool wide, struct tick out[SCALE_TICKS])
{
    size_t count = point_ticks(side, length, wide, out);
    return count ? count : round_ticks(side, length, wide, out);
}

/* ---- shades ---- */

void heat_span(struct heat *heat)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < heat->across.count * heat->up.count; i++) {
        double v = heat->value[i];
        if (isfinite(v) && (!heat->colour.log || v > 0)) {
            low = fmin(low, v);
            high = fmax(high, v);
        }
    }
    if (!(low <= high))
        low = high = 1;
    if (low == high) {
        high += low == 0 ? 1 : fabs(low) / 2;
        low -= low == 0 ? 1 : fabs(low) / 2;
    }
    heat->colour.low = low;
    heat->colour.high = high;
}

/* Quarters have a glyph of their own, eighths a colour; in ASCII tenths are digits, or signs that fill more
 * and more of their cell. */
static void put_shade(const struct heat *heat, struct canvas *canvas, int x, int y, double share)
{
    static const uint32_t blocks[] = {0x2591, 0x2592, 0x2593, 0x2588};
    static const char digits[] = "0123456789", signs[] = ".:-=+oxX#@";
    if (isnan(share)) {
        canvas_put(canvas, x, y, 0x2571, INK_DIM);
        return;
    }
    share = fmin(fmax(share, 0), 1);
    int level = (int)fmin(share * 8, 7), tenth = (int)fmin(share * 10, 9);
    canvas_put(canvas, x, y,
               canvas->glyphs == GLYPHS_ASCII ? (uint32_t)(heat->signs ? signs : digits)[tenth] : blocks[level / 2],
               (enum ink)(INK_HEAT0 + level));
}

/* ---- what goes where ---- */

static int bar_labels(const struct scale *colour, int height)
{
    return scale_is_sound(colour) ? axes_up_columns(colour, height) : 3;
}

static size_t widest_of(const struct tick *tick, size_t count)
{
    size_t widest = 2;
    for (size_t i = 0; i < count; i++)
        widest = strlen(tick[i].number) > widest ? strlen(tick[i].number) : widest;
    return widest;
}

/* Two points may stand for many: those have round numbers. */
static int side_columns(const struct heat_side *side, int height)
{
    struct tick tick[SCALE_TICKS];
    size_t widest = widest_of(tick, ticks_of(side, height, false, tick)), more = 0;
    if (side->count == 2) {
        /* Cells that are small, as they will be. */
        struct scale scale = scale_of(side);
        more = widest_of(tick, scale_ticks(&scale, height, 0, false, DIMENSION_NONE, tick));
    }
    return (int)(more > widest ? more : widest);
}

struct heat_place heat_fit(const struct heat *heat, struct canvas *canvas, struct rect inner)
{
    struct heat_place place = {.canvas = canvas, .axes = axes_fit(inner, 3)};
    int height = place.axes.data.height;
    place.axes = axes_fit(inner, side_columns(&heat->up, height));
    struct rect *map = &place.axes.data;
    if (inner.width >= BAR_WIDTH && height >= BAR_HEIGHT) {
        int labels = bar_labels(&heat->colour, height) + heat->beyond;
        place.bar = (struct rect){inner.x + inner.width - labels - 1 - BAR, map->y, BAR, map->height};
        map->width = place.bar.x - 1 - map->x;
    }
    return place;
}

/* ---- drawing ---- */

/* The mean of the grid's points that share a cell of the canvas, of the nearest one where none does. */
static double mean_in(const struct heat *heat, double left, double right, double bottom, double top)
{
    size_t columns = heat->across.count, rows = heat->up.count;
    size_t c0 = (size_t)ceil(left * (double)columns - 0.5), c1 = (size_t)ceil(right * (double)columns - 0.5);
    size_t r0 = (size_t)ceil(bottom * (double)rows - 0.5), r1 = (size_t)ceil(top * (double)rows - 0.5);
    double sum = 0;
    size_t count = 0;
    if (c1 <= c0) {
        c0 = (size_t)fmin((left + right) / 2 * (double)columns, (double)columns - 1);
        c1 = c0 + 1;
    }
    if (r1 <= r0) {
        r0 = (size_t)fmin((bottom + top) / 2 * (double)rows, (double)rows - 1);
        r1 = r0 + 1;
    }
    for (size_t r = r0; r < r1; r++)
        for (size_t c = c0; c < c1; c++) {
            double v = heat->value[r * columns + c];
            if (!isnan(v)) {
                sum += v;
                count++;
            }
        }
    return count ? sum / (double)count : NAN;
}

static void draw_map(const struct heat *heat, const struct heat_place *place)
{
    const struct rect *map = &place->axes.data;
    for (int row = 0; row < map->height; row++)
        for (int column = 0; column < map->width; column++) {
            double value = mean_in(heat, (double)column / map->width, (column + 1.0) / map->width,
                                   (map->height - row - 1.0) / map->height, (double)(map->height - row) / map->height);
            put_shade(heat, place->canvas, map->x + column, map->y + row, scale_share(&heat->colour, value));
        }
}

/* Numbers in the middle of their cells, if all of them find room. */
static void draw_numbers(const struct heat *heat, const struct heat_place *place)
{
    const struct rect *map = &place->axes.data;
    size_t columns = heat->across.count, rows = heat->up.count, widest = 0;
    char number[NUMBER_HUMAN], padded[NUMBER_HUMAN + 2];
    double wide = (double)map->width / (double)columns, high = (double)map->height / (double)rows;
    if (wide < 3 || high < 1)
        return;
    for (size_t i = 0; i < columns * rows; i++) {
        size_t length = isnan(heat->value[i]) ? 0 : strlen(number_round(number, heat->value[i], 3));
        widest = length > widest ? length : widest;
    }
    if (wide < (double)widest + 3) /* a blank on both sides, and something to see of the shade */
        return;
    for (size_t i = 0; i < columns * rows; i++) {
        if (isnan(heat->value[i]))
            continue;
        int length = snprintf(padded, sizeof padded, " %s ", number_round(number, heat->value[i], 3));
        double x = ((double)(i % columns) + 0.5) * wide, y = map->height - ((double)(i / columns) + 0.5) * high;
        canvas_text(place->canvas, map->x + (int)(x - length / 2.0 + 0.5), map->y + (int)y, length, INK_PLAIN, padded);
    }
}

static void draw_bar(const struct heat *heat, const struct heat_place *place)
{
    const struct rect *bar = &place->bar;
    struct tick tick[SCALE_TICKS];
    size_t count = scale_ticks(&heat->colour, bar->height, 0, false, DIMENSION_NONE, tick);
    for (int row = 0; row < bar->height; row++)
        for (int column = 0; column < bar->width; column++)
            put_shade(heat, place->canvas, bar->x + column, bar->y + row, (bar->height - row - 0.5) / bar->height);
    for (size_t i = 0; i < count; i++) {
        int row = (int)fmin((1 - tick[i].share) * bar->height, bar->height - 1);
        int x = bar->x + bar->width + 1;
        x += canvas_text(place->canvas, x, bar->y + row, -1, INK_DIM, tick[i].number);
        if (heat->beyond && tick[i].share > 1 - 0.5 / bar->height)
            canvas_put(place->canvas, x, bar->y + row, '+', INK_DIM);
    }
}

static const char *without_blank(const char *title)
{
    return title && title[0] == ' ' ? title + 1 : title ? title : "";
}

/* "0 ........ 250 Hz", right-aligned. */
static void draw_short_bar(const struct heat *heat, const struct heat_place *place, int from)
{
    const struct rect *h = &place->axes.header;
    char low[NUMBER_HUMAN + 4], high[2 * NUMBER_HUMAN], least[NUMBER_HUMAN], most[NUMBER_HUMAN];
    const struct scale *s = &heat->colour;
    int cells = place->canvas->glyphs == GLYPHS_ASCII ? 10 : 8, end = h->x + h->width;
    number_round(least, s->low, 3);
    number_round(most, s->high, 3);
    snprintf(low, sizeof low, "%s ", least);
    const char *plus = heat->beyond ? "+" : "";
    snprintf(high, sizeof high, " %s%s %.24s", most, plus, without_blank(s->title));
    int width = canvas_columns(place->canvas, low) + cells + canvas_columns(place->canvas, high);
    if (from + width > end) { /* the numbers count more than the shades between them */
        cells = 0;
        snprintf(low, sizeof low, "%s to", least);
        snprintf(high, sizeof high, " %s%s, %.24s", most, plus, without_blank(s->title));
        width = canvas_columns(place->canvas, low) + canvas_columns(place->canvas, high);
    }
    int x = end - width > from ? end - width : from;
    x += canvas_text(place->canvas, x, h->y, end - x, INK_DIM, low);
    for (int i = 0; i < cells && x < end; i++, x++)
        put_shade(heat, place->canvas, x, h->y, (i + 0.5) / cells);
    canvas_text_cut(place->canvas, x, h->y, end - x, INK_DIM, high);
}

static void draw_header(const struct heat *heat, const struct heat_place *place, int from)
{
    const struct rect *h = &place->axes.header;
    const char *title = without_blank(heat->colour.title);
    if (!h->height)
        return;
    if (place->bar.width == 0) {
        draw_short_bar(heat, place, from);
        return;
    }
    int width = canvas_columns(place->canvas, title), x = h->x + h->width - width;
    /* Over the bar, or ending with the pane if it is longer than that. */
    x = x < place->bar.x ? x : place->bar.x;
    canvas_text_cut(place->canvas, x > from ? x : from, h->y, h->x + h->width - x, INK_DIM, title);
}

void heat_draw(const struct heat *heat, const struct heat_place *place)
{
    struct tick tick[SCALE_TICKS];
    const struct rect *map = &place->axes.data;
    if (map->width < 1 || map->height < 1)
        return;
    draw_map(heat, place);
    draw_numbers(heat, place);
    axes_draw_ticks_up(&place->axes, place->canvas, tick, ticks_of(&heat->up, map->height, false, tick));
    axes_draw_ticks_across(&place->axes, place->canvas, tick, ticks_of(&heat->across, map->width, true, tick),
                           heat->across.title ? heat->across.title : "");
    if (place->bar.width > 0)
        draw_bar(heat, place);
    draw_header(heat, place, axes_draw_title_up(&place->axes, place->canvas, heat->up.title ? heat->up.title : ""));
}

/* ---- points ---- */

bool heat_mark(const struct heat *heat, const struct heat_place *place, double x, double y, uint32_t glyph,
               enum ink ink)
{
    const struct rect *map = &place->axes.data;
    double across = share_of(&heat->across, x), up = share_of(&heat->up, y);
    if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1))
        return false;
    int column = (int)fmin(across * map->width, map->width - 1);
    int row = (int)fmin((1 - up) * map->height, map->height - 1);
    /* Where a number stands, before it. */
    int left = column;
    while (left >= 0 && canvas_cell(place->canvas, map->x + left, map->y + row)->ink == INK_PLAIN &&
           canvas_cell(place->canvas, map->x + left, map->y + row)->glyph != ' ')
        left--;
    canvas_put(place->canvas, map->x + (left < 0 ? column : left), map->y + row, glyph, ink);
    return true;
}

bool heat_at(const struct heat *heat, const struct heat_place *place, int column, int row, double *x, double *y)
{
    const struct rect *map = &place->axes.data;
    if (column < map->x || row < map->y || column >= map->x + map->width || row >= map->y + map->height)
        return false;
    *x = value_at(&heat->across, (column - map->x + 0.5) / map->width);
    *y = value_at(&heat->up, (map->y + map->height - row - 0.5) / map->height);
    return true;
}
