/* Tables that people take for spikes. Inside record/. */
#ifndef RECORD_REFUSE_H
#define RECORD_REFUSE_H

#include <stdbool.h>

#include "text/look.h"

/* False with a sentence when the table is known to be something else: counts in bins, a sorter's list of
 * clusters, a matrix of trials, a single row that has lost its line ends. */
bool refuse_check(const struct look *look, struct error *error);

#endif
