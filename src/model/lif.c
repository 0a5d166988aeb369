/* LIF (nengo.LIF): charging only over the part of the step that is not refractory, and the exact time of crossing
 * for a constant current. One step, in this order:
 *
 *   R -= dt;  delta = clip(dt - R, 0, dt);  V -= (J - V) expm1(-delta / tau_rc)
 *   spike if V > 1:  t = dt + tau_rc log1p(-(V - 1) / (J - 1))
 *   V = max(V, min_voltage);  on a spike V = 0, R = tau_ref + t */
#include <math.h>

#include "lif_family.h"
#include "model/rate.h"

struct lif_step {
    double dt, tau_rc, tau_ref, floor;
    double whole; /* expm1(-dt / tau_rc): most steps are not refractory at all */
};

static bool lif_one(const struct lif_step *k, double J, double *V, double *R)
{
    double r = *R - k->dt;
    double delta = k->dt - r;
    delta = delta < 0 ? 0 : delta > k->dt ? k->dt : delta;
    double decay = delta == k->dt ? k->whole : expm1(-delta / k->tau_rc);
    double v = *V - (J - *V) * decay;
    bool spike = v > 1;
    if (spike)
        r = k->tau_ref + (k->dt + k->tau_rc * log1p(-(v - 1) / (J - 1)));
    if (v < k->floor)
        v = k->floor;
    *V = spike ? 0 : v;
    *R = r;
    return spike;
}

static void lif_advance(const struct neuron_params *params, double dt, size_t steps, const struct neuron_drive *drive,
                        double *state, size_t state_stride, uint64_t *spikes, size_t spike_stride)
{
    double *voltage = state, *refractory = state + state_stride;
    struct lif_step k = {dt, params->tau_rc, params->tau_ref, params->min_voltage, expm1(-dt / params->tau_rc)};
    for (size_t s = 0; s < steps; s++) {
        double J[NEURON_BLOCK];
        neuron_currents(drive, s, J);
        uint64_t fired = 0;
        for (size_t i = 0; i < NEURON_BLOCK; i++)
            if (lif_one(&k, J[i], &voltage[i], &refractory[i]))
                fired |= UINT64_C(1) << i;
        spikes[s * spike_stride] = fired;
    }
}

static double lif_height(const struct neuron_params *params, double dt)
{
    return params->amplitude / dt;
}

static const struct neuron_field state_fields[] = {LIF_STATE, {0}};

const struct neuron_model neuron_lif = {
    .name = "lif",
    .title = "LIF",
    .summary = "spiking LIF with the exact crossing time",
    .curve = &rate_lif,
    .params = lif_params,
    LIF_TUNING,
    .state = state_fields,
    .advance = lif_advance,
    .spike_height = lif_height,
};
