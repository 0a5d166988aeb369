/* Weights of one output lie in memory by neuron, so rising spikes read them forwards. Four sums side by side,
 * by the place in the list, hide how long an addition takes; they are added up in one fixed order. */
#include "nef/readout.h"

static double sum_of(const double *weight, const uint32_t *neuron, size_t count)
{
    double sum[4] = {0};
    size_t i = 0;
    for (; i + 4 <= count; i += 4)
        for (size_t j = 0; j < 4; j++)
            sum[j] += weight[neuron[i + j]];
    for (; i < count; i++)
        sum[0] += weight[neuron[i]];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

void readout_spikes(const struct decoder *decoder, const uint32_t *neuron, size_t count, double height, double *out)
{
    for (size_t k = 0; k < decoder->outputs; k++)
        out[k] = height * sum_of(decoder->weight + k * decoder->n, neuron, count);
}
