/* Writing the dense layout. */
#ifndef RECORD_DENSE_SAVE_H
#define RECORD_DENSE_SAVE_H

#include "record/format_private.h"

#define DENSE_TIME "time_s"

/* Fits into struct format_private. */
bool dense_save(struct csv_writer *writer, const struct spike_source *source, struct text *said, struct error *error);

#endif
