#include "frame/part.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "draw/note.h"

/* Lines a sentence may be broken into; more would push everything else away. */
#define PIECES 32

struct piece {
    const char *start;
    size_t bytes;
    int indent;
};

/* A row of an aligned table: breaking it would make the columns unreadable. */
static bool is_table_row(const char *line, enum ink ink)
{
    return ink != INK_ERROR && ink != INK_WARN && ink != INK_ECHO && strstr(line + strspn(line, " "), "   ");
}

/* Where the sentence begins that ends a row of a list of words and their meanings; 0: it ends with no
 * sentence. */
static int sentence_at(const struct canvas *canvas, const char *line)
{
    const char *gap = line + strspn(line, " "), *sentence = NULL;
    while ((gap = strstr(gap, "   "))) {
        gap += strspn(gap, " ");
        sentence = gap;
    }
    const char *blank = sentence ? strchr(sentence, ' ') : NULL;
    if (!blank || !strchr(blank + 1, ' '))
        return 0;
    char before[200];
    size_t bytes = (size_t)(sentence - line);
    if (bytes >= sizeof before)
        return 0;
    memcpy(before, line, bytes);
    before[bytes] = '\0';
    return canvas_columns(canvas, before);
}

/* Further pieces of a line begin two columns right of the first, those of a sentence in a list below its
 * beginning. */
static int hang_of(const struct canvas *canvas, const char *line, int width)
{
    int indent = (int)strspn(line, " "), sentence = sentence_at(canvas, line);
    if (sentence > 0)
        return sentence <= width * 3 / 5 ? sentence : 2;
    return indent > width * 3 / 5 ? 2 : indent + 2 < width ? indent + 2 - (indent > width / 3 ? 2 : 0) : 0;
}

static int break_line(const struct canvas *canvas, const char *line, int width, struct piece *out)
{
    int hang = hang_of(canvas, line, width), count = 0;
    const char *next = line, *start = line;
    do {
        int shift = count && hang < width ? hang : 0;
        size_t bytes = note_break(canvas, start, width - shift, &next);
        out[count++] = (struct piece){start, bytes, shift};
        start = next;
    } while (*start && count < PIECES);
    return count;
}

static void draw_piece(struct canvas *canvas, struct rect rect, int y, enum ink ink, const struct piece *piece)
{
    char text[1200];
    size_t bytes = piece->bytes < sizeof text - 1 ? piece->bytes : sizeof text - 1;
    memcpy(text, piece->start, bytes);
    text[bytes] = '\0';
    canvas_text(canvas, rect.x + piece->indent, y, rect.width - piece->indent, ink, text);
}

/* Draws one line so that it ends above row `bottom`; returns the row its beginning is on. */
static int draw_line(struct canvas *canvas, struct rect rect, int bottom, enum ink ink, const char *line)
{
    if (is_table_row(line, ink) && (canvas_columns(canvas, line) <= rect.width || !sentence_at(canvas, line))) {
        canvas_text_cut(canvas, rect.x, bottom - 1, rect.width, ink, line);
        return bottom - 1;
    }
    struct piece piece[PIECES];
    int count = break_line(canvas, line, rect.width, piece);
    for (int i = 0; i < count; i++)
        if (bottom - count + i >= rect.y)
            draw_piece(canvas, rect, bottom - count + i, ink, &piece[i]);
    return bottom - count;
}

void answers_draw(struct canvas *canvas, struct rect rect, const struct transcript *output)
{
    if (!output || rect.width < 1)
        return;
    size_t lines = transcript_lines(output), last = lines - transcript_offset(output);
    int bottom = rect.y + rect.height;
    for (size_t i = last; i-- > 0 && bottom > rect.y;) {
        enum ink ink = INK_PLAIN;
        const char *line = transcript_line(output, i, &ink);
        bottom = draw_line(canvas, rect, bottom, ink, line);
    }
}
