/* FastLIF (nengo_extras.neurons.FastLIF): exact exponential charging over the whole step, then scaled by the part of
 * the step that is not refractory; the moment of crossing is found by a straight line. One step, in this order:
 *
 *   dV = -expm1(-dt / tau_rc) (J - V);  V += dV;  V = max(V, min_voltage)
 *   R -= dt;  V *= clip(1 - R / dt, 0, 1)
 *   spike if V > 1:  overshoot = (V - 1) / dV;  V = 0;  R = tau_ref + dt (1 - overshoot)
 *
 * R is never clipped. NaN stays NaN: a neuron that met an infinite current is dead from then on. */
#include "fastlif.h"

#include "base/cpu.h"
#include "lif_family.h"
#include "model/rate.h"

static neuron_advance *const kernels[CPU_SETS] = {
    [CPU_GENERIC] = fastlif_advance_generic,
#if defined(__x86_64__)
    [CPU_AVX2] = fastlif_advance_avx2,
    [CPU_AVX512] = fastlif_advance_avx512,
#endif
};

static void fastlif_advance(const struct neuron_params *params, double dt, size_t steps,
                            const struct neuron_drive *drive, double *state, size_t state_stride, uint64_t *spikes,
                            size_t spike_stride)
{
    kernels[cpu_set()](params, dt, steps, drive, state, state_stride, spikes, spike_stride);
}

static double fastlif_height(const struct neuron_params *params, double dt)
{
    (void)params; /* the peer ignores the amplitude here */
    return 1 / dt;
}

static const struct neuron_field state_fields[] = {LIF_STATE, {0}};

const struct neuron_model neuron_fastlif = {
    .name = "fastlif",
    .title = "FastLIF",
    .summary = "spiking LIF with a linear estimate of the crossing time: quick, and slightly wrong for large dt",
    .column = "fast",
    .curve = &rate_lif,
    .params = lif_params,
    LIF_TUNING,
    .state = state_fields,
    .advance = fastlif_advance,
    .spike_height = fastlif_height,
};
