/* SoftLIF as a neuron model: it has a rate and a slope, and no spikes. */
#include "lif_family.h"
#include "model/rate.h"

const struct neuron_model neuron_softlif = {
    .name = "softlif",
    .title = "SoftLIF",
    .summary = "rate neuron with a rounded corner; it does not spike",
    .curve = &rate_softlif,
    .params = lif_params,
    LIF_TUNING,
};
