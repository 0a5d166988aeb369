/* Direct: a population without neurons, as the ideal of what neurons do. */
#include "lif_family.h"
#include "model/rate.h"

const struct neuron_model neuron_direct = {
    .name = "direct",
    .title = "Direct",
    .summary = "no neurons: connections take what is represented as it is; curves are those LIF neurons would have",
    .direct = true,
    .curve = &rate_lif,
    .params = lif_params,
    LIF_TUNING,
};
