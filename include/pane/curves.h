/* The few curves of a tuning pane: which neurons are drawn, and a curve from column to column. Pure, but for
 * drawing. */
#ifndef PANE_CURVES_H
#define PANE_CURVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "draw/subject.h"
#include "picture/plot.h"

#define CURVES_MOST 1001

struct curves {
    uint32_t neuron[CURVES_MOST]; /* the selected one last, if there is one */
    size_t count;
};

/* A handful spread over the display order, as many as can be told apart in so many columns, and the selected neuron,
 * in the order or not; `all`: as many as there are, 1000 at most. */
struct curves curves_choose(const struct subject *subject, int width, bool all);

/* Rate at a share of the axis: 0 at its left end, 1 at its right one. */
typedef double curve_rate(const void *context, uint32_t neuron, double share);

struct curve_pen {
    enum ink ink;
    int on; /* of four dots along the curve; 0: one dot in `every` */
    int every;
};
/* The pen for those that stand behind the selected one. */
struct curve_pen curve_pen_other(const struct plot *plot);
/* For rates 0 .. top. */
void curve_draw(const struct plot *plot, double top, struct curve_pen pen, curve_rate *rate, const void *context,
                uint32_t neuron);

#endif
