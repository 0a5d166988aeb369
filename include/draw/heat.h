/* A heat map: values over a grid, an axis on both sides, a labelled bar of what the shades are. Shades are
 * glyphs as well as colours (digits in ASCII), and where the grid is coarse each of its cells holds its
 * number too, so that no colour is needed to read it. UI thread only. */
#ifndef DRAW_HEAT_H
#define DRAW_HEAT_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/axis.h"
#include "picture/canvas.h"

/* One side of the grid. A point's cell reaches half way to its neighbours, at the ends as far outward. */
struct heat_side {
    const double *at; /* [count] where the points are, rising; finite, above 0 if `log` */
    size_t count;
    bool log;          /* ticks at round numbers of a logarithmic scale; cells reach half way by the logarithm */
    const char *title; /* "x1", "mu (mV)" */
};

struct heat {
    struct heat_side across, up;
    const double *value; /* [up.count][across.count], the lowest row first; NaN: hatched */
    struct scale colour; /* the darkest and the brightest shade; not low < high: heat_span finds them. title: " Hz" */
    bool beyond;         /* values above colour.high occur, and have its shade: it is written "100+" */
    bool signs;          /* ASCII shades are signs, for maps that bear numbers; else digits, for maps that bear dots */
};

/* Where it goes. */
struct heat_place {
    struct canvas *canvas;
    struct axes axes; /* axes.data is the map itself */
    struct rect bar;  /* beside the map; width 0: a short one in the header, or none */
};

/* The least and largest finite value of the grid as ends of `colour`, a little apart if they are the same. */
void heat_span(struct heat *heat);
/* Divides `inner`. Looks at the ends of both sides and of the colour, not at values: a picture of a function
 * can be fitted with two points on each side and an end known beforehand, then sampled at the cells of
 * axes.data. */
struct heat_place heat_fit(const struct heat *heat, struct canvas *canvas, struct rect inner);
void heat_draw(const struct heat *heat, const struct heat_place *place);
/* A glyph at a point of the plane; false when that is not on the map. */
bool heat_mark(const struct heat *heat, const struct heat_place *place, double x, double y, uint32_t glyph,
               enum ink ink);
/* What point of the plane the middle of a cell of the canvas is; false when that is not on the map. */
bool heat_at(const struct heat *heat, const struct heat_place *place, int column, int row, double *x, double *y);
/* Which point of the grid is nearest to a place of a side. */
size_t heat_nearest(const struct heat_side *side, double value);

#endif
