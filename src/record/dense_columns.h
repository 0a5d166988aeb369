/* Which columns of a table of samples are neurons. */
#ifndef RECORD_DENSE_COLUMNS_H
#define RECORD_DENSE_COLUMNS_H

#include "record/harvest.h"
#include "record/reading.h"

/* Column of the times by its name; NO_COLUMN if none is called so. */
size_t dense_named_time(const struct look *look);
/* Whether it is no neuron's, where others are: a signal, a number of the step. */
bool dense_is_signal(const struct look *look, size_t column);
/* Whether it is as dense_save writes tables: times of that name, and 0 and 1 only. */
bool dense_is_own(const struct look *look);
/* Whether a column is 0 but for spikes of one height. */
bool dense_is_spikes(const struct column_facts *facts);

/* [columns] those that are neurons, malloc'ed: all beside the time and the stimulus, without numbers of rows and
 * without signals that were recorded beside the spikes; of several heights only the commonest. `told`: these and no
 * others; NULL: find out. What is left out is remarked upon and noted. */
bool *dense_neurons(const struct look *look, size_t columns, size_t time, size_t stimulus,
                    const struct reading_columns *told, struct harvest *harvest);

#endif
