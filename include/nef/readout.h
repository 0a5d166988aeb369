/* What a population's spikes say, put together by decoders. (What its rates say: decoder_value.) Pure; any
 * thread. */
#ifndef NEF_READOUT_H
#define NEF_READOUT_H

#include <stddef.h>
#include <stdint.h>

#include "nef/decoder.h"

/* out[outputs] = height * the sum of the weights of neuron[count], all below decoder->n. `height` is a
 * spike's (neuron_model.spike_height), 1/dt, so that in the mean over time a spike train counts like its
 * rate. The order of summation follows from the neurons alone: the same ones, rising, give the same bits
 * whatever the number of threads, the chunking and the instruction set. */
void readout_spikes(const struct decoder *decoder, const uint32_t *neuron, size_t count, double height, double *out);

#endif
