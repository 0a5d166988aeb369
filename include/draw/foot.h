/* The note in a pane's lower border: parts joined by dots, most important first; a part that finds no room gives way
 * to its shorter form or is left out. Pure; any thread. */
#ifndef DRAW_FOOT_H
#define DRAW_FOOT_H

#include <stddef.h>

#include "picture/canvas.h"

struct foot {
    const struct canvas *canvas;
    char *out;
    size_t size;
    int room; /* columns left */
};

/* Begins an empty note for a pane of `width` columns inside. */
struct foot foot_begin(const struct canvas *canvas, char *out, size_t size, int width);
/* `shorter` may be NULL; an empty text adds nothing. */
void foot_add(struct foot *foot, const char *text, const char *shorter);

#endif
