/* How the tables with a column for each neuron begin, and who has none. UI thread only. */
#ifndef TABLE_LABELS_H
#define TABLE_LABELS_H

#include "base/error.h"
#include "language/sheet.h"
#include "rig/channel.h"

/* Begins a table whose columns are `first` and the labels of the channel's neurons; false with a sentence when the
 * sheet cannot be written. */
bool labels_begin(struct sheet *sheet, const struct channel *channel, const char *first, struct error *error);
/* False with a sentence for a population of rate neurons; `instead` says what there is instead. */
bool labels_need_spikes(const struct channel *channel, const char *instead, struct error *error);

#endif
