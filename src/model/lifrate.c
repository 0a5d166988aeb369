/* LIF as a rate neuron: what the spiking models do on average. */
#include "lif_family.h"
#include "model/rate.h"

const struct neuron_model neuron_lifrate = {
    .name = "lifrate",
    .title = "LIFRate",
    .summary = "rate neuron with the LIF curve; it does not spike",
    .curve = &rate_lif,
    .params = lif_params,
    LIF_TUNING,
};
