#include "frame/part.h"

#include <stdio.h>
#include <string.h>

#include "draw/note.h"

#define LINE 512

/* Reads a page line by line as they stand on a screen `width` columns wide. */
struct reader {
    const struct canvas *canvas;
    const char *rest;
    int width;
    int indent; /* of the line that goes on at `rest`; -1: a new one starts there */
};

static int blanks(const char *text)
{
    return (int)strspn(text, " ");
}

/* What goes over the edge goes on below, two columns further in than its line. */
static bool next_line(struct reader *r, char out[LINE])
{
    char whole[LINE];
    if (!*r->rest)
        return false;
    const char *end = strchr(r->rest, '\n'), *next;
    size_t length = end ? (size_t)(end - r->rest) : strlen(r->rest);
    size_t copied = length < LINE / 2 ? length : LINE / 2;
    memcpy(whole, r->rest, copied);
    whole[copied] = '\0';
    int shift = r->indent >= 0 && r->indent + 2 < r->width / 2 ? r->indent + 2 : 0;
    size_t bytes = note_break(r->canvas, whole, r->width - shift, &next);
    snprintf(out, LINE, "%*s%.*s", shift, "", (int)bytes, whole);
    if (*next || copied < length) {
        r->indent = r->indent >= 0 ? r->indent : blanks(whole);
        r->rest += next - whole;
    } else {
        r->indent = -1;
        r->rest = end ? end + 1 : r->rest + length;
    }
    return true;
}

static int count_lines(const struct canvas *canvas, const char *text, int width)
{
    struct reader reader = {canvas, text, width, -1};
    char line[LINE];
    int lines = 0;
    while (next_line(&reader, line))
        lines++;
    return lines;
}

/* A line that starts at the left margin is a heading. */
static enum ink ink_of(const char *line)
{
    return *line && *line != ' ' ? INK_BOLD : INK_PLAIN;
}

void help_draw(struct canvas *canvas, struct rect rect, const char *text, int scroll)
{
    if (rect.width < 1 || rect.height < 1)
        return;
    int margin = rect.width >= 24, width = rect.width - margin;
    int height = rect.height > 2 ? rect.height - 1 : rect.height;
    int lines = count_lines(canvas, text, width), most = lines > height ? lines - height : 0;
    scroll = scroll < 0 ? 0 : scroll > most ? most : scroll;
    struct reader reader = {canvas, text, width, -1};
    char line[LINE];
    for (int i = 0; i < scroll + height && next_line(&reader, line); i++)
        if (i >= scroll)
            canvas_text(canvas, rect.x + margin, rect.y + i - scroll, width, ink_of(line), line);
    if (height == rect.height)
        return;
    char note[96];
    int below = lines - scroll - height;
    if (below > 0)
        snprintf(note, sizeof note, "%d more lines below: PgDn", below);
    else
        snprintf(note, sizeof note, scroll > 0 ? "end of help: PgUp goes back" : "end of help");
    canvas_text_cut(canvas, rect.x + margin, rect.y + rect.height - 1, width, INK_DIM, note);
}
