#include "draw/note.h"

#include <string.h>

#include "base/utf8.h"

#define LINE_BYTES 1024

static int glyph_columns(const struct canvas *canvas, const char *text, size_t bytes)
{
    char one[5] = {0};
    memcpy(one, text, bytes);
    return canvas_columns(canvas, one);
}

size_t note_break(const struct canvas *canvas, const char *text, int width, const char **next)
{
    size_t used = 0, blank = 0;
    int columns = 0;
    while (text[used] && used < LINE_BYTES - 8) {
        size_t bytes = utf8_step(text + used);
        columns += glyph_columns(canvas, text + used, bytes);
        if (columns > width && text[used] != ' ')
            break;
        if (text[used] == ' ' && used > 0 && text[used - 1] != ' ')
            blank = used;
        used += bytes;
    }
    size_t end = text[used] == '\0' ? used : blank > 0 ? blank : used > 0 ? used : utf8_step(text);
    *next = text + end;
    while (**next == ' ')
        (*next)++;
    return end;
}

void note_draw(struct canvas *canvas, struct rect rect, const char *text)
{
    if (rect.width < 1 || rect.height < 1)
        return;
    int width = rect.width > 4 ? rect.width - 2 : rect.width, lines = 0;
    const char *next;
    for (const char *t = text; *t; t = next) {
        note_break(canvas, t, width, &next);
        lines++;
    }
    int y = rect.y + (lines < rect.height ? (rect.height - lines) / 2 : 0);
    for (const char *t = text; *t && y < rect.y + rect.height; t = next, y++) {
        char line[LINE_BYTES];
        size_t bytes = note_break(canvas, t, width, &next);
        memcpy(line, t, bytes);
        line[bytes] = '\0';
        int columns = canvas_columns(canvas, line);
        canvas_text(canvas, rect.x + (rect.width - columns) / 2, y, columns, INK_DIM, line);
    }
}
