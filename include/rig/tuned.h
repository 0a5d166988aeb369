/* What belongs to a recording that has a stimulus: the stimulus itself, the tuning curves measured with it, and the
 * curves fitted through them. UI thread only. */
#ifndef RIG_TUNED_H
#define RIG_TUNED_H

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"
#include "model/rate_fit.h"
#include "record/stimulus_table.h"
#include "signal/recording.h"
#include "signal/tuning.h"

/* Values of x that curves are measured at for the pane and for fits, unless told otherwise. */
#define TUNED_POINTS 31
/* Fits are made on at least so many finer ones: within a wide bin the rate is not that of its middle. */
#define TUNED_FINE 248
/* Counts that may be kept: points times neurons. */
#define TUNED_COUNTS_MAX 2e8

struct tuned {
    struct trace trace;       /* owned, as are the others */
    char *about;              /* what was found out about it, one line */
    struct tuning_bins *bins; /* what the pane shows; NULL: too many units for that */
    const struct rate_curve *curve;
    struct rate_fit *fit; /* [units], made from `bins`; NULL: nothing was fitted */
    size_t shared;        /* how many more than one hold it */
};

/* A stimulus from a table that came from the file `path`. NULL with a sentence. */
struct tuned *tuned_from_table(const struct csv_table *table, const char *path, const struct stimulus_options *options,
                               const struct recording *recording, struct error *error);
/* From a column of the recording's own file; it must have one. */
struct tuned *tuned_from_column(const struct recording *recording, const char *column);
/* One more holds it, for reading, and is to free it too. */
struct tuned *tuned_share(struct tuned *tuned);
void tuned_free(struct tuned *tuned);

/* The time both are known for: that of the stimulus, of a dense file no more than its samples. Spikes as events do not
 * say when the recording began and ended. */
void tuned_span(const struct tuned *tuned, const struct recording *recording, double *from, double *to);

struct rig;
struct channel;
/* Says what was found out about a recording's stimulus, and what is doubtful about it. */
void tuned_report(struct rig *rig, const struct channel *channel);

#endif
