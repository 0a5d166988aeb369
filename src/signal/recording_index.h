/* What the files of the recording share. */
#ifndef SIGNAL_RECORDING_INDEX_H
#define SIGNAL_RECORDING_INDEX_H

#include "signal/recording.h"

/* Index of the first spike at or after t (`after` false), or after t (true). */
size_t recording_find(const struct recording *recording, double t, bool after);

/* Chooses mark_step and makes room for the marks; no marks where they would not help. */
void recording_plan_marks(struct recording *recording);
/* The density of struct spike_source_type. */
size_t recording_density(const struct spike_source *source, const struct spike_grid *grid);

#endif
