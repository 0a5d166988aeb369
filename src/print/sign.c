/* Signs that terminals draw to the edges of their cells: strokes from the middle of a cell to its sides, and shades of
 * the whole of it. A font's own would leave gaps between lines. */
#include "page.h"

#define THIN 0.08 /* of a cell's width */
#define THICK 0.16

/* Strokes towards left, right, up, down: 0 none, 1 thin, 2 thick; and whether they are dashed. */
struct strokes {
    uint32_t glyph;
    unsigned char left, right, up, down, dashed;
};

static const struct strokes strokes[] = {
    {0x2500, 1, 1, 0, 0, 0}, {0x2501, 2, 2, 0, 0, 0}, {0x2502, 0, 0, 1, 1, 0}, {0x2503, 0, 0, 2, 2, 0},
    {0x2504, 1, 1, 0, 0, 1}, {0x2506, 0, 0, 1, 1, 1}, {0x2508, 1, 1, 0, 0, 1}, {0x250A, 0, 0, 1, 1, 1},
    {0x250C, 0, 1, 0, 1, 0}, {0x250F, 0, 2, 0, 2, 0}, {0x2510, 1, 0, 0, 1, 0}, {0x2513, 2, 0, 0, 2, 0},
    {0x2514, 0, 1, 1, 0, 0}, {0x2517, 0, 2, 2, 0, 0}, {0x2518, 1, 0, 1, 0, 0}, {0x251B, 2, 0, 2, 0, 0},
    {0x251C, 0, 1, 1, 1, 0}, {0x2524, 1, 0, 1, 1, 0}, {0x252C, 1, 1, 0, 1, 0}, {0x2534, 1, 1, 1, 0, 0},
    {0x253C, 1, 1, 1, 1, 0}, {0x254C, 1, 1, 0, 0, 1}, {0x254E, 0, 0, 1, 1, 1},
};

static void stroke(cairo_t *cairo, int weight, double x, double y, double to_x, double to_y, double wide)
{
    if (weight == 0)
        return;
    cairo_set_line_width(cairo, (weight == 2 ? THICK : THIN) * wide);
    cairo_move_to(cairo, x, y);
    cairo_line_to(cairo, to_x, to_y);
    cairo_stroke(cairo);
}

static void draw_strokes(cairo_t *cairo, const struct strokes *s, double x, double y, double wide, double high)
{
    double middle_x = x + wide / 2, middle_y = y + high / 2, dash = (s->up ? high : wide) / 6;
    cairo_save(cairo);
    cairo_set_line_cap(cairo, s->dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_SQUARE);
    if (s->dashed)
        cairo_set_dash(cairo, &dash, 1, 0);
    stroke(cairo, s->left, middle_x, middle_y, x, middle_y, wide);
    stroke(cairo, s->right, middle_x, middle_y, x + wide, middle_y, wide);
    stroke(cairo, s->up, middle_x, middle_y, middle_x, y, wide);
    stroke(cairo, s->down, middle_x, middle_y, middle_x, y + high, wide);
    cairo_restore(cairo);
}

/* Light, medium and dark shade, and all of it; the eighths of a cell from its lower edge and from its left one. */
static bool draw_shade(cairo_t *cairo, uint32_t glyph, double x, double y, double wide, double high)
{
    double opaque = 1, across = 1, up = 1;
    if (glyph >= 0x2591 && glyph <= 0x2593)
        opaque = (glyph - 0x2590) / 4.0;
    else if (glyph >= 0x2581 && glyph <= 0x2587)
        up = (glyph - 0x2580) / 8.0;
    else if (glyph >= 0x2589 && glyph <= 0x258F)
        across = (0x2590 - glyph) / 8.0;
    else if (glyph != 0x2588)
        return false;
    double red, green, blue;
    cairo_pattern_get_rgba(cairo_get_source(cairo), &red, &green, &blue, NULL);
    cairo_set_source_rgba(cairo, red, green, blue, opaque);
    cairo_rectangle(cairo, x, y + (1 - up) * high, across * wide, up * high);
    cairo_fill(cairo);
    cairo_set_source_rgb(cairo, red, green, blue);
    return true;
}

bool page_draws_sign(cairo_t *cairo, uint32_t glyph, double x, double y, double wide, double high)
{
    for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++)
        if (strokes[i].glyph == glyph) {
            draw_strokes(cairo, &strokes[i], x, y, wide, high);
            return true;
        }
    return draw_shade(cairo, glyph, x, y, wide, high);
}
