/* The parts of a frame that are not panes, each drawn into its own rectangle. UI thread only. */
#ifndef FRAME_PART_H
#define FRAME_PART_H

#include "draw/view.h"
#include "picture/canvas.h"

/* What is simulated at the left, the clock at the right, warnings between. The least important goes where it is narrow;
 * numbers that run have a fixed width. */
void status_draw(struct canvas *canvas, struct rect rect, const struct view *view);
/* Sliders, with name, value and range; what there is no room for goes, the range first. */
void knobs_draw(struct canvas *canvas, struct rect rect, const struct view *view);
/* The knob at (x, y), -1: none; where column x lies on the slider of a knob, 0 to 1, NaN: it has none. */
int knobs_at(struct rect rect, const struct view *view, int x, int y);
double knobs_part(struct rect rect, const struct view *view, int knob, int x);
/* What a lesson says, and lines it wants for that, its heading among them. */
#define TELLING_MOST 9 /* lines that it gets */
void telling_draw(struct canvas *canvas, struct rect rect, const struct page_view *view);
int telling_rows(const struct canvas *canvas, const struct page_view *view, int width);
/* The newest answers at the bottom, above them older ones; sentences are broken at blanks, rows of a table are cut. */
void answers_draw(struct canvas *canvas, struct rect rect, const struct transcript *output);
/* The prompt, the line with its cursor, key help at the right when there is room. A line that is too long is moved
 * so that its cursor shows. */
void cmdline_draw(struct canvas *canvas, struct rect rect, const struct view *view);
/* A page of text over the whole rectangle, from its line `scroll` on. */
void help_draw(struct canvas *canvas, struct rect rect, const char *text, int scroll);
/* "F1 help  Tab complete": words after two blanks are names of keys. Whole items only; returns columns used. */
int keys_draw(struct canvas *canvas, int x, int y, int width, const char *keys);

/* ---- for a room (struct view, present) ---- */

/* The status in words: what there is, x, dt, whether it runs. */
void present_status(struct canvas *canvas, struct rect rect, const struct view *view);
/* The last command, and below it what it answered. */
void present_caption(struct canvas *canvas, struct rect rect, const struct transcript *output);
/* Nothing is drawn in an ink that can hardly be seen. */
void present_inks(struct canvas *canvas);
/* Columns of a number in digits of 3 by 5 cells, its unit in letters behind it; and the number. */
#define BIG_ROWS 5
int big_columns(const struct canvas *canvas, const char *number);
void big_draw(struct canvas *canvas, int x, int y, const char *number, enum ink ink);

#endif
