#include "draw/foot.h"

#include <stdio.h>
#include <string.h>

struct foot foot_begin(const struct canvas *canvas, char *out, size_t size, int width)
{
    out[0] = '\0';
    return (struct foot){canvas, out, size, width - 4}; /* the border keeps a line and a blank at each end */
}

void foot_add(struct foot *foot, const char *text, const char *shorter)
{
    const char *between = !foot->out[0] ? "" : foot->canvas->glyphs == GLYPHS_ASCII ? ", " : " · ";
    int extra = canvas_columns(foot->canvas, between), columns = canvas_columns(foot->canvas, text) + extra;
    if (columns > foot->room && shorter) {
        text = shorter;
        columns = canvas_columns(foot->canvas, text) + extra;
    }
    size_t used = strlen(foot->out);
    if (!*text || columns > foot->room || used + strlen(text) + 8 > foot->size)
        return;
    snprintf(foot->out + used, foot->size - used, "%s%s", between, text);
    foot->room -= columns;
}
