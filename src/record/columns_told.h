/* columns= of load, follow and the like. */
#ifndef RECORD_COLUMNS_TOLD_H
#define RECORD_COLUMNS_TOLD_H

#include "record/reading.h"

/* Which columns `told` names. Without a neuron it is wrong, unless the file is one of a `cell`. False with a sentence.
 */
bool columns_told(struct reading_columns *columns, const struct look *look, const char *told, bool cell,
                  struct error *error);

#endif
