/* LIF (nengo.LIF): charging only over the part of the step that is not refractory, and the exact time of crossing
 * for a constant current. One step, in this order:
 *
 *   R -= dt;  delta = clip(dt - R, 0, dt);  V -= (J - V) expm1(-delta / tau_rc)
 *   spike if V > 1:  t = dt + tau_rc log1p(-(V - 1) / (J - 1))
 *   V = max(V, min_voltage);  on a spike V = 0, R = tau_ref + t */
#include "lif.h"

#include "base/cpu.h"
#include "lif_family.h"
#include "model/rate.h"

static neuron_advance *const kernels[CPU_SETS] = {
    [CPU_GENERIC] = lif_advance_generic,
#if defined(__x86_64__)
    [CPU_AVX2] = lif_advance_avx2,
    [CPU_AVX512] = lif_advance_avx512,
#endif
};

static void lif_advance(const struct neuron_params *params, double dt, size_t steps, const struct neuron_drive *drive,
                        double *state, size_t state_stride, uint64_t *spikes, size_t spike_stride)
{
    kernels[cpu_set()](params, dt, steps, drive, state, state_stride, spikes, spike_stride);
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
