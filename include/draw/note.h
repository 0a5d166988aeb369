/* A sentence where a picture would be, and the breaking of sentences into lines. UI thread only. */
#ifndef DRAW_NOTE_H
#define DRAW_NOTE_H

#include "picture/canvas.h"

/* How many bytes of `text` fill one line of `width` (>= 1) columns: up to a blank if there is one, at least one
 * glyph; *next is where the next line starts (blanks skipped). */
size_t note_break(const struct canvas *canvas, const char *text, int width, const char **next);
/* The sentence in the middle of a rectangle. */
void note_draw(struct canvas *canvas, struct rect rect, const char *text);

#endif
