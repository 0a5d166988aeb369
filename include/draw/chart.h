/* Where the axes of a picture lie on a canvas and what they measure, noted while they are drawn, for whoever wants to
 * lay something over the picture or ask it what a place means. UI thread only. */
#ifndef DRAW_CHART_H
#define DRAW_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/scale.h"
#include "picture/canvas.h"

#define CHART_PARTS 4

/* One pair of axes. */
struct chart_part {
    struct rect data;
    struct scale across, up; /* titles are not kept */
    bool has_across, has_up; /* which of them was drawn */
    bool time;               /* across is time, s */
};

/* What a canvas that has one gets (canvas->chart); {0} is an empty one. */
struct chart {
    struct chart_part part[CHART_PARTS];
    size_t parts;
};

/* Notes an axis of the picture in `data`; more than CHART_PARTS pictures are not noted. */
void chart_note(const struct canvas *canvas, struct rect data, bool up, const struct scale *scale, bool time);
/* The part, with both axes, that a place (in cells, the borders between them being whole numbers) is in; NULL. */
const struct chart_part *chart_at(const struct chart *chart, double x, double y);

#endif
