/* FastLIF on AVX-512. */
#include <math.h>
#include <stdint.h>

#include "fastlif.h"

#if defined(__x86_64__)
#include "lanes_avx512.h"
#include "fastlif_kernel.h"

void fastlif_advance_avx512(const struct neuron_params *params, double dt, size_t steps,
                            const struct neuron_drive *drive, double *state, size_t state_stride, uint64_t *spikes,
                            size_t spike_stride)
{
    fastlif_block(params, dt, steps, drive, state, state_stride, spikes, spike_stride);
}
#endif
