/* Lines and points over x and y, each axis linear or logarithmic, with a legend above the picture, where no
 * data are. Series differ by pattern and mark as well as by ink. UI thread only. */
#ifndef DRAW_GRAPH_H
#define DRAW_GRAPH_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/axis.h"
#include "picture/plot.h"

enum graph_line { GRAPH_NO_LINE, GRAPH_DOTTED, GRAPH_DASHED, GRAPH_SOLID };

struct graph_series {
    const char *name;    /* in the legend; NULL: not in it */
    const double *x, *y; /* [count] in the order they are joined; what is not finite, or not above 0 where the
                            scale is logarithmic, parts the line */
    const double *error; /* [count] half the height of a bar at each point; NULL: no bars */
    size_t count;
    enum ink ink;
    enum graph_line line;
    uint32_t mark; /* a glyph at each point; 0: none */
};

struct graph {
    struct scale across, up; /* up.title stands over its labels */
    /* [count]; later ones lie above earlier ones of the same rank (picture/plot.h). */
    const struct graph_series *series;
    size_t count;
};

/* Where it goes. */
struct graph_place {
    struct axes axes;
    struct plot plot;
    int legend; /* rows of the legend, the first of them in the header */
};

struct graph_place graph_fit(const struct graph *graph, struct canvas *canvas, struct rect inner);
/* A legend that is too long for its rows says how many it leaves out. */
void graph_draw(const struct graph *graph, const struct graph_place *place);
/* A glyph at a point; nothing where that is outside. */
void graph_mark(const struct graph *graph, const struct graph_place *place, double x, double y, uint32_t glyph,
                enum ink ink);
/* What the middle of a cell of the canvas means; false when it is not in the picture. */
bool graph_at(const struct graph *graph, const struct graph_place *place, int column, int row, double *x, double *y);
/* Sets the ends of a scale, `up` or across, so that every finite value (up: with its error bar) is within; of
 * a linear one up they are round numbers, and 0 is within too if `from_zero`. */
void graph_hold(struct graph *graph, bool up, bool from_zero);

#endif
