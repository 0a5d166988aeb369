/* FastLIF on whatever the compiler may take for granted. */
#include <math.h>
#include <stdint.h>

#include "fastlif.h"

#include "lanes_generic.h"
#include "fastlif_kernel.h"

void fastlif_advance_generic(const struct neuron_params *params, double dt, size_t steps,
                             const struct neuron_drive *drive, double *state, size_t state_stride, uint64_t *spikes,
                             size_t spike_stride)
{
    fastlif_block(params, dt, steps, drive, state, state_stride, spikes, spike_stride);
}
