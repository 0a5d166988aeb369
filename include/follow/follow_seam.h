/* The seam is the place where a row was cut in two: a writer that fills blocks leaves half a line when its file is
 * truncated, and the other half is the beginning of what it writes next. For follow/ alone. Any thread. */
#ifndef FOLLOW_FOLLOW_SEAM_H
#define FOLLOW_FOLLOW_SEAM_H

#include <stdbool.h>
#include <stddef.h>

#include "follow/follow_table.h"

/* Whether a line without its end and the first line of the next text (maybe with its end) are one row of the
 * table. */
bool follow_seam_joins(const struct follow_table *table, const char *before, size_t length, const char *after,
                       size_t after_length);

#endif
