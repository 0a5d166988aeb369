/* FastLIF's kernels: the same step for different instruction sets, chosen among at run time. Inside model/ only. */
#ifndef MODEL_FASTLIF_H
#define MODEL_FASTLIF_H

#include "model/neuron.h"

struct fastlif_kernel {
    void (*advance)(const struct neuron_params *params, double dt, size_t steps, const struct neuron_drive *drive,
                    double *voltage, double *refractory, uint64_t *spikes, size_t spike_stride);
};

extern const struct fastlif_kernel fastlif_avx512, fastlif_avx2, fastlif_generic;

#endif
