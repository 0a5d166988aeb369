#include "draw/part.h"

#include <stdio.h>
#include <string.h>

#include "draw/note.h"

#define LINE 512

/* Calls note_break over the text: line `wanted` of it into out; false past the end. */
static bool line_at(const struct canvas *canvas, const char **text, int width, char out[LINE])
{
    if (!**text)
        return false;
    const char *end = strchr(*text, '\n'), *next;
    size_t length = end ? (size_t)(end - *text) : strlen(*text);
    char whole[LINE];
    size_t copied = length < LINE - 1 ? length : LINE - 1;
    memcpy(whole, *text, copied);
    whole[copied] = '\0';
    size_t bytes = note_break(canvas, whole, width, &next);
    memcpy(out, whole, bytes);
    out[bytes] = '\0';
    if (*next)
        *text += next - whole;
    else
        *text = end ? end + 1 : *text + length;
    return true;
}

static int count_lines(const struct canvas *canvas, const char *text, int width)
{
    char line[LINE];
    int lines = 0;
    while (line_at(canvas, &text, width, line))
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
    int margin = rect.width >= 24 ? 2 : 0, width = rect.width - 2 * margin;
    int height = rect.height > 2 ? rect.height - 1 : rect.height;
    int lines = count_lines(canvas, text, width), most = lines > height ? lines - height : 0;
    scroll = scroll < 0 ? 0 : scroll > most ? most : scroll;
    char line[LINE];
    for (int i = 0; line_at(canvas, &text, width, line) && i < scroll + height; i++)
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
