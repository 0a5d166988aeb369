/* What one population did in some consecutive steps, on its way from the engine to the history: the time and the
 * input of each step, and which neurons spiked in it. Filled by the engine, swapped with an empty one under its lock,
 * read by the UI. One thread at a time. */
#ifndef SIGNAL_BATCH_H
#define SIGNAL_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct spike_batch {
    size_t dims;
    size_t steps, step_capacity;
    double *time;  /* [steps] s, the time at the END of the step: a spike in step k has time k dt */
    double *input; /* [steps][dims] */
    double *ideal; /* [steps][dims] what the input would be if all that connections bring had been computed exactly,
                         without neurons; the same as input where no connection arrives */
    size_t *end;   /* [steps] one past the step's last entry in neuron[] */
    size_t spikes, spike_capacity;
    uint32_t *neuron; /* [spikes] rising within a step */
    uint64_t lost;    /* spikes that found no room */
};

struct spike_batch *batch_new(size_t dims, size_t step_capacity, size_t spike_capacity);
void batch_free(struct spike_batch *batch);
void batch_clear(struct spike_batch *batch);
/* Appends one step given as bits (n of them; bits behind the n-th in the last word are ignored). Spikes that do not
 * fit are counted in `lost`, the step itself is kept. Returns false, doing nothing, when there is no room for another
 * step. Allocates nothing. */
bool batch_step(struct spike_batch *batch, double time, const double *input, const uint64_t *bits, size_t n);
/* Another ideal than the input, of the step appended last. */
void batch_ideal(struct spike_batch *batch, const double *ideal);

#endif
