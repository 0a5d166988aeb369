/* Axes round a plot: where ticks go, what they say, and what room that takes. Ticks stand on 1, 2 or 5 times a power
 * of ten; labels never overlap, and their width depends on the axis, not on the number. Pure, but for drawing. */
#ifndef DRAW_AXIS_H
#define DRAW_AXIS_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/scale.h"
#include "picture/canvas.h"

#define AXIS_LABEL 32

/* The smallest step of 1, 2 or 5 times a power of ten that puts at most `most` (>= 1) ticks into `span` (> 0). */
double axis_step(double span, int most);
/* The smallest pleasant upper end (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten) not below `value`; 1 for
 * what is not a positive finite number. */
double axis_ceiling(double value);
/* `value` with as many decimals as steps of `step` need. Returns out. */
char *axis_label(char out[AXIS_LABEL], double value, double step);
/* Two significant digits and a unit of time, for a scale: "7.4 ms". Returns out. */
char *axis_scale(char out[AXIS_LABEL], double seconds);

/* What fits round the data of one pane. */
struct axes {
    struct rect data;   /* where the plot goes */
    struct rect header; /* one line above it, from the left edge of the pane; height 0 when there is no room */
    int left;           /* columns for labels left of the vertical line; 0: no vertical axis */
    bool line, labels;  /* the horizontal axis has a line, and labels under it */
};

/* Divides `inner`; the vertical axis wants labels of `wanted` columns. */
struct axes axes_fit(struct rect inner, int wanted);
/* The line, ticks and labels below the data, for values low..high from its left to its right edge. A title that
 * begins with a blank (" s") is a unit and follows the last label; another ("x") stands between two labels. */
void axes_draw_across(const struct axes *axes, struct canvas *canvas, double low, double high, const char *title);
/* The same for times low..high (s, > 0) on a logarithmic axis: "1 ms", "10 ms", "100 ms". */
void axes_draw_decades(const struct axes *axes, struct canvas *canvas, double low, double high);
/* The same for any scale, its title included. */
void axes_draw_scale_across(const struct axes *axes, struct canvas *canvas, const struct scale *scale);
/* The line left of the data with ticks for values low (last dot row) to high (first dot row). */
void axes_draw_up(const struct axes *axes, struct canvas *canvas, double low, double high);
/* The same for rates from 0 to high (Hz), with their unit in the heading: mHz below 1 Hz, kHz from 1000 Hz on, so that
 * numbers of any size take three columns. Returns the unit. */
const char *axes_draw_rates_up(const struct axes *axes, struct canvas *canvas, double high);
/* The same for any scale, without its title (axes_draw_title_up). */
void axes_draw_scale_up(const struct axes *axes, struct canvas *canvas, const struct scale *scale);
/* Columns that the labels of such an axis, `height` rows high, take: at least 3. */
int axes_up_columns(const struct scale *scale, int height);
/* The line below the data with these ticks; titles as above. The last label is sure to stand, others where there is
 * room. And the line left of the data, each tick in the row its share falls into. */
void axes_draw_ticks_across(const struct axes *axes, struct canvas *canvas, const struct tick *tick, size_t count,
                            const char *title);
void axes_draw_ticks_up(const struct axes *axes, struct canvas *canvas, const struct tick *tick, size_t count);
/* The title of an axis over its labels, beginning left of the data; returns the column behind it. */
int axes_draw_title_up(const struct axes *axes, struct canvas *canvas, const char *title);
#define AXIS_TICK 0x2524 /* as most are; on paper it becomes a stroke, any other stays a sign */
/* Only the line; and one labelled tick on it at a row of the canvas. A label that is wider than axes->left is left out:
 * part of a number would be another number. */
void axes_draw_side(const struct axes *axes, struct canvas *canvas);
void axes_tick_side(const struct axes *axes, struct canvas *canvas, double row, const char *label, uint32_t tick,
                    enum ink ink);

#endif
