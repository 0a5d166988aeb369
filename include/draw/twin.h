/* Two pictures over one another that share their horizontal axis: a curve and, in the lower third, what belongs to it
 * (its slope, its error). Where a pane is low the lower one is left out. Pure. */
#ifndef DRAW_TWIN_H
#define DRAW_TWIN_H

#include <stdbool.h>

#include "draw/graph.h"

struct twin {
    struct rect upper, lower; /* lower.height 0: there is no room for it */
};

struct twin twin_split(struct rect inner);
/* Draws both (labels of both take the same columns, so that places lie under one another), or only the upper. Where
 * each went is given back in place[2]; place[1].plot.width is 0 if it is not there. */
void twin_draw(const struct graph graph[2], struct canvas *canvas, struct rect inner, struct graph_place place[2]);

#endif
