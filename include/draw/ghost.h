/* What a pane showed once, kept as lines in what its axes measure, to be drawn faintly over what it shows now, whatever
 * its axes are by then. UI thread only. */
#ifndef DRAW_GHOST_H
#define DRAW_GHOST_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/chart.h"

struct ghost_line {
    double x0, y0, x1, y1; /* of an axis of time: since its left end */
};

struct ghost {
    char of[16];                /* the pin that it belongs to */
    char name[16];              /* what is written beside it */
    char type[24], subject[32]; /* of the pane */
    struct ghost_line *line;    /* [lines], owned */
    size_t lines;
    size_t part; /* of the chart */
    double top;  /* the highest y */
    int pattern; /* of every `pattern` dots one is drawn */
};

/* What stands on a canvas that was drawn with a paper and a chart: its selected lines, or else all; bars as the line
 * along their tops. False where there is nothing that could be compared. */
bool ghost_take(struct ghost *ghost, const struct canvas *canvas);
void ghost_free(struct ghost *ghost);
/* Over the picture that was just drawn on a canvas with a chart: where nothing else stands. */
void ghost_draw(const struct ghost *ghost, struct canvas *canvas);

#endif
