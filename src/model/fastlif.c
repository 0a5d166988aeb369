/* FastLIF (nengo_extras.neurons.FastLIF): exact exponential charging over the whole step, then scaled by the part of
 * the step that is not refractory; the moment of crossing is found by a straight line. One step, in this order:
 *
 *   dV = -expm1(-dt / tau_rc) (J - V);  V += dV;  V = max(V, min_voltage)
 *   R -= dt;  V *= clip(1 - R / dt, 0, 1)
 *   spike if V > 1:  overshoot = (V - 1) / dV;  V = 0;  R = tau_ref + dt (1 - overshoot)
 *
 * R is never clipped. NaN stays NaN: a neuron that met an infinite current is dead from then on. */
#include "model/fastlif.h"

#include <math.h>

#include "base/cpu.h"
#include "lif_family.h"
#include "model/rate.h"

static bool fastlif_step(const struct neuron_params *p, double dt, double charge, double J, double *V, double *R)
{
    double dV = charge * (J - *V);
    double v = *V + dV;
    if (v < p->min_voltage)
        v = p->min_voltage;
    double r = *R - dt;
    double open = 1 - r / dt;
    open = open < 0 ? 0 : open > 1 ? 1 : open;
    v *= open;
    *V = v;
    *R = r;
    if (!(v > 1))
        return false;
    *V = 0;
    *R = p->tau_ref + dt * (1 - (v - 1) / dV);
    return true;
}

static void generic_advance(const struct neuron_params *params, double dt, size_t steps,
                            const struct neuron_drive *drive, double *voltage, double *refractory, uint64_t *spikes,
                            size_t stride)
{
    double charge = -expm1(-dt / params->tau_rc);
    for (size_t s = 0; s < steps; s++) {
        double J[NEURON_BLOCK];
        neuron_currents(drive, s, J);
        uint64_t fired = 0;
        for (size_t i = 0; i < NEURON_BLOCK; i++)
            if (fastlif_step(params, dt, charge, J[i], &voltage[i], &refractory[i]))
                fired |= UINT64_C(1) << i;
        spikes[s * stride] = fired;
    }
}

const struct fastlif_kernel fastlif_generic = {generic_advance};

static const struct fastlif_kernel *const kernels[CPU_SETS] = {
    [CPU_GENERIC] = &fastlif_generic, [CPU_AVX2] = &fastlif_avx2, [CPU_AVX512] = &fastlif_avx512};

static void fastlif_advance(const struct neuron_params *params, double dt, size_t steps,
                            const struct neuron_drive *drive, double *state, size_t state_stride, uint64_t *spikes,
                            size_t spike_stride)
{
    kernels[cpu_set()]->advance(params, dt, steps, drive, state, state + state_stride, spikes, spike_stride);
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
