/* How lifscope writes times, which shows in a table that it wrote. */
#ifndef RECORD_OWN_TIMES_H
#define RECORD_OWN_TIMES_H

#include <stdbool.h>
#include <stddef.h>

#include "text/csv_write.h"
#include "text/look.h"

#define OWN_LONG 16 /* bytes of a number whose digits nobody else writes */

/* Whether a column looks as if lifscope had written it: %.17g of each, and one at least that needs its digits; or the
 * first shows more digits than it needs. */
bool own_times(const struct look *look, size_t column);

/* A time with all 17 digits, needed or not, for the first row. */
void own_times_mark(struct csv_writer *writer, double time);

#endif
