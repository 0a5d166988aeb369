#include "picture/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "picture/ascii.h"

const char *const glyph_set_names[3] = {"braille", "block", "ascii"};

/* Larger terminals do not exist; a limit keeps width * height an int. */
#define CANVAS_MAX 4096

static int limited(int size)
{
    return size < 1 ? 1 : size > CANVAS_MAX ? CANVAS_MAX : size;
}

struct canvas *canvas_new(int width, int height, enum glyph_set glyphs)
{
    struct canvas *canvas = xcalloc(1, sizeof *canvas);
    canvas->glyphs = glyphs;
    canvas_resize(canvas, width, height);
    return canvas;
}

void canvas_free(struct canvas *canvas)
{
    if (canvas)
        free(canvas->cell);
    free(canvas);
}

void canvas_resize(struct canvas *canvas, int width, int height)
{
    width = limited(width);
    height = limited(height);
    canvas->cell = xreallocarray(canvas->cell, (size_t)width * (size_t)height, sizeof *canvas->cell);
    canvas->width = width;
    canvas->height = height;
    canvas_clear(canvas);
}

void canvas_clear(struct canvas *canvas)
{
    struct cell *end = canvas->cell + (size_t)canvas->width * (size_t)canvas->height;
    for (struct cell *c = canvas->cell; c < end; c++)
        *c = (struct cell){.glyph = ' ', .ink = INK_PLAIN};
    canvas->cursor_x = canvas->cursor_y = -1;
}

struct cell *canvas_cell(const struct canvas *canvas, int x, int y)
{
    if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height)
        return NULL;
    return &canvas->cell[(size_t)y * (size_t)canvas->width + (size_t)x];
}

/* Writing over one half of a wide glyph blanks the other. */
static void break_wide(struct canvas *canvas, int x, int y)
{
    struct cell *cell = canvas_cell(canvas, x, y);
    if (cell->glyph == 0 && x > 0)
        cell[-1].glyph = ' ';
    struct cell *right = canvas_cell(canvas, x + 1, y);
    if (right && right->glyph == 0)
        right->glyph = ' ';
}

void canvas_put(struct canvas *canvas, int x, int y, uint32_t glyph, enum ink ink)
{
    struct cell *cell = canvas_cell(canvas, x, y);
    if (!cell)
        return;
    if (glyph < 0x20 || (glyph >= 0x7F && glyph < 0xA0))
        glyph = 0xFFFD;
    if (canvas->glyphs == GLYPHS_ASCII && glyph >= 0x80) {
        char letter[2];
        glyph = (unsigned char)ascii_spelling(glyph, letter)[0];
    }
    int width = utf8_width(glyph);
    if (width == 0)
        return;
    if (width == 2 && x + 1 >= canvas->width) {
        glyph = ' ';
        width = 1;
    }
    break_wide(canvas, x, y);
    *cell = (struct cell){.glyph = glyph, .ink = (uint8_t)ink};
    if (width == 2) {
        break_wide(canvas, x + 1, y);
        cell[0].glyph = glyph;
        cell[1] = (struct cell){.glyph = 0, .ink = (uint8_t)ink};
    }
}

void canvas_fill(struct canvas *canvas, struct rect rect, uint32_t glyph, enum ink ink)
{
    for (int y = rect.y; y < rect.y + rect.height; y++)
        for (int x = rect.x; x < rect.x + rect.width; x++)
            canvas_put(canvas, x, y, glyph, ink);
}

/* One code point of `*text`, which is moved past it. Never reads past the terminator. */
static uint32_t next_point(const char **text)
{
    size_t length = 1;
    while (length < 4 && (*text)[length])
        length++;
    uint32_t point;
    *text += utf8_decode(*text, length, &point);
    return point == '\t' ? ' ' : point;
}

static int columns_of(enum glyph_set glyphs, uint32_t point)
{
    int width = utf8_width(point);
    if (glyphs != GLYPHS_ASCII || point < 0xA0 || width == 0)
        return width;
    char letter[2];
    return (int)strlen(ascii_spelling(point, letter));
}

static void put_point(struct canvas *canvas, int x, int y, enum ink ink, uint32_t point)
{
    if (canvas->glyphs != GLYPHS_ASCII || point < 0xA0 || utf8_width(point) == 0) {
        canvas_put(canvas, x, y, point, ink);
        return;
    }
    char letter[2];
    for (const char *c = ascii_spelling(point, letter); *c; c++)
        canvas_put(canvas, x++, y, (unsigned char)*c, ink);
}

int canvas_text(struct canvas *canvas, int x, int y, int width, enum ink ink, const char *text)
{
    int limit = canvas->width - x;
    if (width >= 0 && width < limit)
        limit = width;
    int used = 0;
    while (*text) {
        uint32_t point = next_point(&text);
        int columns = columns_of(canvas->glyphs, point);
        if (used + columns > limit)
            break;
        put_point(canvas, x + used, y, ink, point);
        used += columns;
    }
    return used;
}

int canvas_columns(const struct canvas *canvas, const char *text)
{
    int columns = 0;
    while (*text && columns <= CANVAS_MAX)
        columns += columns_of(canvas->glyphs, next_point(&text));
    return columns;
}

int canvas_text_cut(struct canvas *canvas, int x, int y, int width, enum ink ink, const char *text)
{
    if (width <= 0)
        return 0;
    if (canvas_columns(canvas, text) <= width)
        return canvas_text(canvas, x, y, width, ink, text);
    int used = canvas_text(canvas, x, y, width - 1, ink, text);
    canvas_put(canvas, x + used, y, canvas->glyphs == GLYPHS_ASCII ? '>' : 0x2026, ink);
    return used + 1;
}

static void write_row(const struct canvas *canvas, int y, struct text *out)
{
    const struct cell *row = canvas_cell(canvas, 0, y);
    int end = canvas->width;
    while (end > 0 && row[end - 1].glyph == ' ')
        end--;
    for (int x = 0; x < end; x++) {
        char bytes[4];
        if (row[x].glyph)
            text_append(out, bytes, utf8_encode(row[x].glyph, bytes));
    }
    text_append(out, "\n", 1);
}

void canvas_write(const struct canvas *canvas, struct text *out)
{
    for (int y = 0; y < canvas->height; y++)
        write_row(canvas, y, out);
}
