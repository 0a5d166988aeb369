#include "frame/part.h"

#include <string.h>

#include "base/utf8.h"

/* One pass over the prompt and the line: every glyph at its column, drawn where it shows. */
struct pen {
    struct canvas *canvas;
    struct rect rect;
    int column, start, end; /* of the whole text; the part start <= column < end shows */
    bool measuring;
};

static void pen_put(struct pen *pen, uint32_t glyph, enum ink ink)
{
    char letter[5] = {0};
    utf8_encode(glyph, letter);
    int columns = canvas_columns(pen->canvas, letter);
    if (!pen->measuring && pen->column >= pen->start && pen->column + columns <= pen->end)
        canvas_text(pen->canvas, pen->rect.x + pen->column - pen->start, pen->rect.y, columns, ink, letter);
    pen->column += columns;
}

static void pen_glyph(struct pen *pen, uint32_t point, enum ink ink)
{
    if (point < 0x20 || point == 0x7F) {
        pen_put(pen, '^', INK_DIM);
        pen_put(pen, point ^ 0x40, INK_DIM);
    } else {
        pen_put(pen, point, ink);
    }
}

/* Draws `text`; returns the column its byte `cursor` is at. */
static int pen_text(struct pen *pen, const char *text, size_t cursor, enum ink ink)
{
    int at = -1;
    size_t length = strlen(text);
    for (size_t i = 0; i < length;) {
        uint32_t point;
        if (i >= cursor && at < 0)
            at = pen->column;
        i += utf8_decode(text + i, length - i, &point);
        pen_glyph(pen, point, ink);
    }
    return at < 0 ? pen->column : at;
}

/* Prompt and line; returns the cursor's column. */
static int draw_both(struct pen *pen, const struct view *view)
{
    pen->column = 0;
    pen_text(pen, view->prompt ? view->prompt : "", 0, INK_PROMPT);
    return pen_text(pen, view->line ? view->line : "", view->cursor, INK_PLAIN);
}

/* The first column shown: 0 as long as everything or at least the cursor fits, then in steps of half a line, so that
 * the text does not move with every key. */
static int scroll_for(int cursor, int all, int width)
{
    if (all < width || cursor < width - 1)
        return 0;
    int step = width / 2 > 0 ? width / 2 : 1;
    int start = (cursor - (width - 2) + step - 1) / step * step;
    return start < cursor ? start : cursor;
}

void cmdline_draw(struct canvas *canvas, struct rect rect, const struct view *view)
{
    if (rect.width < 1 || rect.height < 1)
        return;
    struct pen pen = {.canvas = canvas, .rect = rect, .measuring = true};
    int cursor = draw_both(&pen, view), all = pen.column;
    pen.start = scroll_for(cursor, all, rect.width);
    pen.end = pen.start + rect.width;
    pen.measuring = false;
    draw_both(&pen, view);
    if (pen.start > 0 && rect.width > 4)
        canvas_put(canvas, rect.x, rect.y, canvas->glyphs == GLYPHS_ASCII ? '<' : 0x2026, INK_DIM);
    if (all > pen.end && rect.width > 4)
        canvas_put(canvas, rect.x + rect.width - 1, rect.y, canvas->glyphs == GLYPHS_ASCII ? '>' : 0x2026, INK_DIM);
    canvas->cursor_x = rect.x + cursor - pen.start;
    canvas->cursor_y = rect.y;
    if (view->keys && all + 3 < rect.width)
        keys_draw(canvas, rect.x + all + 3, rect.y, rect.width - all - 4, view->keys);
}

/* Where the item that starts at `keys` ends: before two blanks. */
static const char *item_end(const char *keys)
{
    const char *end = strstr(keys, "  ");
    return end ? end : keys + strlen(keys);
}

static int draw_item(struct canvas *canvas, int x, int y, const char *item, size_t length)
{
    char key[64], rest[64];
    size_t name = strcspn(item, " ");
    if (name > length)
        name = length;
    if (name >= sizeof key || length - name >= sizeof rest)
        return 0;
    memcpy(key, item, name);
    key[name] = '\0';
    memcpy(rest, item + name, length - name);
    rest[length - name] = '\0';
    if (y < 0)
        return canvas_columns(canvas, key) + canvas_columns(canvas, rest);
    int used = canvas_text(canvas, x, y, -1, INK_KEY, key);
    return used + canvas_text(canvas, x + used, y, -1, INK_DIM, rest);
}

int keys_draw(struct canvas *canvas, int x, int y, int width, const char *keys)
{
    int needed = 0;
    const char *stop = keys;
    for (const char *item = keys + strspn(keys, " "); *item;) {
        const char *end = item_end(item);
        int columns = draw_item(canvas, 0, -1, item, (size_t)(end - item)) + (needed ? 2 : 0);
        if (needed + columns > width)
            break;
        needed += columns;
        stop = end;
        item = end + strspn(end, " ");
    }
    int at = x + width - needed;
    for (const char *item = keys + strspn(keys, " "); item < stop;) {
        const char *end = item_end(item);
        at += draw_item(canvas, at, y, item, (size_t)(end - item)) + 2;
        item = end + strspn(end, " ");
    }
    return needed;
}
