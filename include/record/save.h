/* What the writers of several formats share. For record/ alone. One thread at a time. */
#ifndef RECORD_SAVE_H
#define RECORD_SAVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "signal/source.h"

/* "\n3 of 12 units never spike, ..." for layouts in which a unit is only what its spikes name; and when
 * labels are not all different. */
void save_say_lost(struct text *said, const struct spike_source *source);
#endif
