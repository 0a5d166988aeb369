/* A canvas and its paper drawn by Cairo. */
#ifndef PRINT_PAGE_H
#define PRINT_PAGE_H

#include <cairo.h>

#include "picture/canvas.h"
#include "picture/theme.h"
#include "print/writer.h"

void page_draw(cairo_t *cairo, const struct canvas *canvas, const struct theme *theme,
               const struct sheet_of_paper *paper);

/* A sign that consists of strokes or of a shade of its cell, which has its left upper corner at (x, y) and is `wide` by
 * `high`: drawn, so that it joins its neighbours. False: it is a letter. The colour is set. */
bool page_draws_sign(cairo_t *cairo, uint32_t glyph, double x, double y, double wide, double high);

#endif
