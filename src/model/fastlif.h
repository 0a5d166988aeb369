/* FastLIF's kernels: the same step for different instruction sets, chosen among at run time. */
#ifndef MODEL_FASTLIF_H
#define MODEL_FASTLIF_H

#include "model/neuron.h"

neuron_advance fastlif_advance_generic, fastlif_advance_avx2, fastlif_advance_avx512;

#endif
