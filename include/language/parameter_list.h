/* Numbers that come in numbers: ranges, lists and columns of files. Used by command/parameter.c. */
#ifndef LANGUAGE_PARAMETER_LIST_H
#define LANGUAGE_PARAMETER_LIST_H

#include "language/parameter.h"

/* a,b,c or one number into *points, empty before. False with a sentence. */
bool parameter_read_list(const struct parameter *row, const char *text, struct points *points, struct error *error);
/* lo:hi:count, a,b,c, one value, or @file (the column named as the row, else the first). */
bool parameter_read_points(const struct parameter *row, const char *text, struct points *points, struct error *error);
/* The same and lo:hi, a uniform distribution; one value stands for all neurons. */
bool parameter_read_range(const struct parameter *row, const char *text, struct distribution *distribution,
                          struct error *error);
/* False with "must be ..." when the value is outside of the row's bounds, or not finite where it has to be.
 */
bool parameter_within(const struct parameter *row, double value, struct error *error);

#endif
