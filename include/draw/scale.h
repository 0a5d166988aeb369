/* What an axis measures: values from `low` to `high`, evenly or by their logarithm, and where round ones
 * stand. Pure; any thread. */
#ifndef DRAW_SCALE_H
#define DRAW_SCALE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/number.h"

struct scale {
    double low, high; /* low < high; of a logarithmic one both above 0 */
    bool log;
    const char *title; /* what it measures, with its unit: " Hz" follows the last label, "mu (mV)" stands by itself */
};

/* A place that is labelled. */
struct tick {
    double share;              /* 0 at the low end, 1 at the high one */
    char number[NUMBER_HUMAN]; /* "200", "1 ms" */
};
#define SCALE_TICKS 64

/* Where `value` stands: 0 at low, 1 at high, also beyond them; NaN for what a logarithmic scale does not
 * have. */
double scale_share(const struct scale *scale, double value);
double scale_value(const struct scale *scale, double share);
/* Neither end is missing, infinite or the same as the other. */
bool scale_is_sound(const struct scale *scale);

/* Ticks of a scale of `length` cells at 1, 2 and 5 times powers of ten, as many as find room; of a
 * logarithmic one, if need be, at the powers alone, or at every second, third ... of them. `wide`: labels
 * stand beside one another, `between` cells apart; else above one another. With a dimension each label has
 * its unit ("1 ms"). Rising; returns how many. */
size_t scale_ticks(const struct scale *scale, int length, int between, bool wide, enum dimension dimension,
                   struct tick out[SCALE_TICKS]);

#endif
