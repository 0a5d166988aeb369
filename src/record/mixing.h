/* Whether columns that are said to be the neuron put several into one: with "cell" alone, those of cell 1 of tetrode 1
 * and of cell 1 of tetrode 2. One thread at a time. */
#ifndef RECORD_MIXING_H
#define RECORD_MIXING_H

#include <stdbool.h>
#include <stddef.h>

#include "record/reading.h"

/* Whether rows of the sample that name one neuron in `columns` differ in another column. */
bool mixing_differs(const struct look *look, const struct reading_columns *columns, size_t other);
/* Whether they do, and the other column may be part of the neuron's name by what it holds: few words or whole numbers,
 * and more than the two of a switch. */
bool mixing_is_likely(const struct look *look, const struct reading_columns *columns, size_t other);

#endif
