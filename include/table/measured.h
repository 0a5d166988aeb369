/* Tuning curves as they were measured: a recording's against its stimulus, a live population's against its input.
 * UI thread only. */
#ifndef TABLE_MEASURED_H
#define TABLE_MEASURED_H

#include "language/sheet.h"
#include "rig/channel.h"
#include "signal/tuning.h"

struct measured_request {
    size_t points;   /* values of x, ends included */
    size_t axis;     /* live, in several dimensions: that of x which counts, from 0 */
    double from, to; /* s; NaN: all there is */
    bool whole;      /* live: from -radius to radius; else from the least to the largest x that was */
    bool errors;     /* a column <neuron>_se after each */
};

/* Whether curves can be measured of that at all; false with a sentence. */
bool measured_check(const struct channel *channel, const struct measured_request *request, struct error *error);
/* Bins with every neuron's spikes; NULL with a sentence: more than one dimension, no stimulus, no time in common. */
struct tuning_bins *measured_bins(const struct channel *channel, const struct measured_request *request,
                                  struct error *error);
/* x,<neuron>,...: NaN where x never was. */
bool measured_table(const struct channel *channel, const struct measured_request *request, struct sheet *sheet,
                    struct error *error);

#endif
