/* LIF's kernels: the same step for different instruction sets, chosen among at run time. */
#ifndef MODEL_LIF_H
#define MODEL_LIF_H

#include "model/neuron.h"

neuron_advance lif_advance_generic, lif_advance_avx2, lif_advance_avx512;

#endif
