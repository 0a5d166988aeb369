/* One whole screen: status line, panes, answers, command line. */
#ifndef FRAME_FRAME_H
#define FRAME_FRAME_H

#include "draw/ghost.h"
#include "draw/view.h"
#include "pane/pane.h"
#include "picture/canvas.h"

/* Clears the canvas and draws the view; sets the canvas cursor. Any size from 1x1 on. */
void frame_draw(struct canvas *canvas, const struct view *view);

/* The panes alone, over the whole canvas, as a picture to take along: all of them as they are arranged, or only that
 * with this index (from 0), in which nothing has the focus. Clears the canvas. */
#define FRAME_ALL (-1)
void frame_draw_panes(struct canvas *canvas, const struct view *view, int index);

/* What lies at (x, y) on a screen drawn so: index of the pane (-1: none) and what the pane knows of the place.
 * FRAME_KNOB: *pane is the index of the knob instead. */
enum frame_place { FRAME_NOTHING, FRAME_PANE, FRAME_KNOB, FRAME_OUTPUT, FRAME_PROMPT };
enum frame_place frame_hit(const struct view *view, int width, int height, int x, int y, int *pane,
                           struct pane_hit *hit);
/* Where column x lies on the slider of a knob, 0 (low) to 1, at most at its ends; NaN: it has no slider. */
double frame_knob(const struct view *view, int width, int height, int knob, int x);

/* What a pane of the layout shows, as a ghost without a name; false where it shows nothing that can be compared. */
bool frame_ghost(const struct view *view, int index, struct ghost *ghost);

#endif
