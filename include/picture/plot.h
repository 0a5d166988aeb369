/* Dots smaller than a cell over a rectangle of the canvas: braille 2x4 to a cell, quadrants 2x2, ASCII 1x2 (' . :).
 *
 * Dot (0, 0) is at the top left. What falls outside is cut off; NaN and infinite coordinates draw nothing; huge ones
 * are clipped before they become ints. Where series overlap the ink of the higher rank wins the cell: selected over
 * prediction over neighbours over all others. UI thread only. */
#ifndef PICTURE_PLOT_H
#define PICTURE_PLOT_H

#include <stdbool.h>

#include "picture/canvas.h"

/* No plot is wider, in dots. */
#define PLOT_WIDEST 4096

struct plot {
    struct canvas *canvas;
    struct rect area;
    int across, down;  /* dots a cell */
    int width, height; /* dots in all */
    /* Dots of a lower rank are wiped from a cell that a dot of a higher rank enters, so that lines stay thin where they
     * cross; only a prediction that coincides with the selected line keeps every third cell. */
    bool apart;
    /* A line of the selected neuron's neighbours keeps another third: of three lines that coincide each is seen. */
    bool woven;
};

/* The part of the area that is off the canvas is left out. */
struct plot plot_over(struct canvas *canvas, struct rect area);
/* Gives the blank area an ink. Nothing shows, but where a line moves over blank cells of its own ink the terminal need
 * not be told to change colours back and forth in every row: a third of the bytes of a frame. */
void plot_ground(const struct plot *plot, enum ink ink);
void plot_dot(const struct plot *plot, int x, int y, enum ink ink);
/* A straight line between two points in dots; of every four dots along it the first `on` are drawn (4: solid). */
void plot_line(const struct plot *plot, double x0, double y0, double x1, double y1, enum ink ink, int on);
/* The same in a pattern that goes on along a curve of many lines: `*walked` counts the dots passed since its start; one
 * in `every` is drawn. */
void plot_dotted(const struct plot *plot, double x0, double y0, double x1, double y1, enum ink ink, int every,
                 int *walked);
/* A glyph over the cell that holds dot (x, y), instead of the dots there. */
void plot_mark(const struct plot *plot, double x, double y, uint32_t glyph, enum ink ink);
/* A vertical line of glyphs through dot column x, over empty cells only. */
void plot_rule(const struct plot *plot, double x, uint32_t glyph, enum ink ink);
/* Whether the cell at (x, y) of the canvas belongs to this plot. */
bool plot_holds(const struct plot *plot, int x, int y);

/* Dot column or row of `value` on an axis from low (first dot) to high (last dot); NaN stays NaN. */
double plot_across(const struct plot *plot, double value, double low, double high);
double plot_up(const struct plot *plot, double value, double low, double high);

/* A shade in the cell at (column, row) of the area: the brightest for a share of 1 and more, the faintest for any other
 * above 0. In colour a dark-to-bright scale, or the ink of the selected. */
void plot_shade(const struct plot *plot, int column, int row, double share, bool selected);

#endif
