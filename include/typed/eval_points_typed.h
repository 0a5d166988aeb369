/* eval_points= as it is typed, shared by the keys of populations and of connections. */
#ifndef TYPED_EVAL_POINTS_TYPED_H
#define TYPED_EVAL_POINTS_TYPED_H

#include "base/error.h"
#include "nef/decoder.h"

/* A count (then *points is NULL), lo:hi:count evenly spaced in one dimension, or @FILE with x1, x2, ... False with a
 * sentence. Gives the points. */
bool eval_points_typed(const char *text, size_t dims, struct eval_points **points, size_t *count, struct error *error);

#endif
