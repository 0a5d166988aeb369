/* A grid of cells between drawing and the terminal: pictures are data, so tests compare them as text.
 * Coordinates are columns and rows from the top left; everything drawn outside is cut off, never an error.
 * UI thread only. */
#ifndef PICTURE_CANVAS_H
#define PICTURE_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"

/* What a cell means; the theme says how that looks on a terminal. */
enum ink {
    INK_PLAIN,
    INK_DIM, /* secondary text, axes */
    INK_BOLD,
    INK_STATUS, /* the line at the top */
    INK_FRAME,  /* pane borders */
    INK_FOCUS,  /* border of the focused pane */
    INK_TITLE,
    INK_SPIKE,    /* spikes, curves of the other neurons */
    INK_SELECTED, /* the selected neuron */
    INK_NEAR,     /* its neighbours */
    INK_PREDICT,  /* what theory says */
    INK_MARK,     /* the present input, cursors */
    INK_GOOD,
    INK_WARN,
    INK_ERROR,
    INK_ECHO,   /* a command as it was typed */
    INK_REMARK, /* what a lesson says */
    INK_PROMPT,
    INK_KEY,   /* names of keys in help lines */
    INK_HEAT0, /* INK_HEAT0 + 0..7: a dark-to-bright scale */
    INK_HEAT7 = INK_HEAT0 + 7,
    INK_COUNT
};

/* What marks, lines and text are made of. Braille and block differ only in how dots are drawn. */
enum glyph_set { GLYPHS_BRAILLE, GLYPHS_BLOCK, GLYPHS_ASCII };
extern const char *const glyph_set_names[3]; /* "braille", "block", "ascii" */

struct cell {
    uint32_t glyph; /* a code point of width 1 or 2; 0: the right half of a wide one */
    uint8_t ink;
    uint8_t dots; /* dots plotted so far (picture/plot.h), 0 for text */
};

struct canvas {
    int width, height;
    struct cell *cell;      /* [height][width] */
    int cursor_x, cursor_y; /* where the hardware cursor goes; -1: hidden */
    enum glyph_set glyphs;
    struct chart *chart; /* is told where axes are (draw/chart.h); borrowed; NULL: nobody wants to know */
    bool room;           /* it is looked at from far away: the selected line is twice as thick, and nothing is dim */
    struct paper *paper; /* takes what plots draw, finer than cells (picture/paper.h); borrowed; NULL: cells do */
};

struct rect {
    int x, y, width, height;
};

struct canvas *canvas_new(int width, int height, enum glyph_set glyphs);
void canvas_free(struct canvas *canvas);
void canvas_resize(struct canvas *canvas, int width, int height);
void canvas_clear(struct canvas *canvas);
/* Control characters become U+FFFD, combining ones are left out; half a wide glyph is never left standing. With
 * GLYPHS_ASCII a glyph that is not ASCII is drawn as the nearest one that is. */
void canvas_put(struct canvas *canvas, int x, int y, uint32_t glyph, enum ink ink);
/* The cell at (x, y), or NULL outside. */
struct cell *canvas_cell(const struct canvas *canvas, int x, int y);
void canvas_fill(struct canvas *canvas, struct rect rect, uint32_t glyph, enum ink ink);
/* UTF-8 text from (x, y), at most `width` columns (-1: to the edge); returns the columns used. With GLYPHS_ASCII what
 * is not ASCII is drawn by its nearest ASCII letters (tau -> "tau", sigma -> "sigma", pi -> "pi", x -> "x"). */
int canvas_text(struct canvas *canvas, int x, int y, int width, enum ink ink, const char *text);
/* The same, ended by an ellipsis when it is longer than `width` columns. */
int canvas_text_cut(struct canvas *canvas, int x, int y, int width, enum ink ink, const char *text);
/* Columns that canvas_text needs for the whole of `text`. */
int canvas_columns(const struct canvas *canvas, const char *text);
/* All rows as UTF-8 text, trailing blanks cut, each ended by LF: what save-screen writes. */
void canvas_write(const struct canvas *canvas, struct text *out);

#endif
