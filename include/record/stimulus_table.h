/* The stimulus that was shown while spikes were recorded, out of a table of times and values. Any thread. */
#ifndef RECORD_STIMULUS_TABLE_H
#define RECORD_STIMULUS_TABLE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"
#include "signal/recording.h"
#include "signal/trace.h"
#include "text/csv_read.h"

/* What the user may say; NULL: find out. */
struct stimulus_options {
    const char *column;   /* of the values: x, x1, stimulus, stim, else the first that is not the time */
    const char *time;     /* of the times: one whose name means time, else the first */
    const char *unit;     /* of the times, as in struct load_options */
    enum trace_kind kind; /* TRACE_HELD or TRACE_LINEAR */
};

/* Fills *trace from `table`, which came from the file `name`. The unit of its times is what the options say,
 * else what the column's name says ("time_ms"), else that of the recording's file, unless the two then hardly
 * meet and s, ms or us brings them together. What was found is appended to *said, in one line. False with a
 * sentence: no such column, values or times that are not finite, times that fall, no moment in common with
 * the recording. */
bool stimulus_from_table(const struct csv_table *table, const char *name, const struct stimulus_options *options,
                         const struct recording *recording, struct trace *trace, struct text *said,
                         struct error *error);

#endif
