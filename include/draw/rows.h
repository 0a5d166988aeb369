/* Which units stand in which line of a pane that has them over one another: by the display order from the
 * bottom.
 *
 * With more units than lines either several units share each line, or, where it costs too much to look at all
 * of them, evenly spaced ones stand for the rest. The foot says which. Pure, but for drawing; UI thread only.
 */
#ifndef DRAW_ROWS_H
#define DRAW_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "draw/axis.h"
#include "draw/foot.h"
#include "draw/subject.h"
#include "picture/plot.h"

struct rows {
    const struct subject *subject;
    size_t first, units; /* part of the display order */
    size_t shown;        /* rows on the screen */
    bool shares;         /* all units are there, several in a row */
    long selected;       /* row of the selected unit, -1: none */
    int lines;           /* the rows are spread evenly over so many lines */
    int across;          /* lines a cell of the canvas: 1, or the dots */
};

/* Columns that labels of the units may take beside a pane `width` wide. */
int rows_label_width(const struct subject *subject, int width);
/* "neuron, by rate" */
void rows_heading(const struct subject *subject, char *out, size_t size);
/* Over the dots of a plot, or over its cells. With more units than fit, `share` decides which way it goes. */
struct rows rows_over_dots(const struct subject *subject, const struct plot *plot, bool share);
struct rows rows_over_cells(const struct subject *subject, const struct plot *plot, bool share);
/* The unit of a row; of several the selected one if it is there, else the first. */
uint32_t rows_unit(const struct rows *rows, size_t row);
/* How many units it shows. */
size_t rows_units(const struct rows *rows, size_t row);
/* Fills row_of[subject->neurons], the row in which each neuron stands, for a spike_grid (signal/source.h). */
void rows_map(const struct rows *rows, uint32_t *row_of);
/* The lines of a row, the top one 0: *low (above) .. the returned value (below, not in it). Dots, bars, labels and hits
 * all go by these. */
int rows_lines(const struct rows *rows, size_t row, int *low);
/* The line in the middle of a row: where its dots, its label and its mark stand. */
int rows_middle(const struct rows *rows, size_t row);
/* The row that a line (0 .. lines - 1) belongs to. */
size_t rows_at(const struct rows *rows, int line);
/* The row that is meant by a cell of the plot, counted from its top: the one whose label would stand there. */
size_t rows_at_cell(const struct rows *rows, int cell);
/* Labels beside the rows, the selected unit marked. */
void rows_draw_labels(const struct rows *rows, const struct axes *axes, struct canvas *canvas);
/* "404 units, 4-5 a row", "34 of 1 000 000 neurons shown", as long as leaves `rest` columns for other parts.
 */
void rows_add_count(const struct rows *rows, struct foot *foot, int rest);

#endif
