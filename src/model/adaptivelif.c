/* Adaptive LIF (nengo.AdaptiveLIF; La Camera et al. 2004): a LIF neuron from whose current its own recent spikes are
 * subtracted. The adaptation n is the output, low-pass filtered by Euler's method and scaled. One step, in this order:
 *
 *   a step of LIF under J - n;  n += dt / tau_n (inc_n output - n),  output = amplitude / dt on a spike, else 0
 *
 * Under a constant J, n hovers about inc_n r where r is the mean output, and that settles where r = G[J - inc_n r],
 * with n taken for constant between spikes. r falls where J - inc_n r falls, so there is one such r. Turned round,
 * J = J_LIF(r) + inc_n r, which gives gain and bias. */
#include <math.h>

#include "lif_family.h"
#include "model/rate.h"

enum own { TAU_N, INC_N };

static void adaptive_advance(const struct neuron_params *params, double dt, size_t steps,
                             const struct neuron_drive *drive, double *state, size_t state_stride, uint64_t *spikes,
                             size_t spike_stride)
{
    double *n = state + 2 * state_stride, share = dt / params->own[TAU_N];
    double output = params->own[INC_N] * neuron_adaptivelif.spike_height(params, dt);
    for (size_t s = 0; s < steps; s++) {
        _Alignas(64) double J[NEURON_BLOCK];
        neuron_currents(drive, s, J);
        for (size_t i = 0; i < NEURON_BLOCK; i++)
            J[i] -= n[i];
        struct neuron_drive rest = {.bias = J};
        neuron_lif.advance(params, dt, 1, &rest, state, state_stride, &spikes[s * spike_stride], 1);
        for (size_t i = 0; i < NEURON_BLOCK; i++)
            n[i] += share * ((spikes[s * spike_stride] >> i & 1 ? output : 0) - n[i]);
    }
}

/* Halves the range of m = J - inc_n r until its ends are neighbours. At the corner of the curve the rate is steep in m,
 * but not in (J - m) / inc_n; for a small inc_n it is the other way round, so the one is held between the other's
 * ends. */
static double adaptive_rate(const struct neuron_params *params, double (*rate_at)(const void *context, double J),
                            const void *context, double J)
{
    double inc = params->own[INC_N], high = J, rate_high = rate_at(context, J), low = J - inc * rate_high;
    if (!(rate_high > 0) || inc == 0 || !isfinite(J) || !isfinite(low))
        return rate_high;
    double rate_low = rate_at(context, low);
    for (double middle; middle = low + (high - low) / 2, low < middle && middle < high;) {
        double rate = rate_at(context, middle);
        bool above = middle + inc * rate > J;
        *(above ? &high : &low) = middle;
        *(above ? &rate_high : &rate_low) = rate;
    }
    return fmin(fmax((J - low) / inc, rate_low), rate_high);
}

static void adaptive_gain_bias(const struct neuron_params *params, double max_rate, double intercept, double *gain,
                               double *bias)
{
    double J = lif_current(params, max_rate) + params->own[INC_N] * (params->amplitude * max_rate);
    *gain = (1 - J) / (intercept - 1);
    *bias = 1 - *gain * intercept;
}

static void adaptive_recover(const struct neuron_params *params, double gain, double bias, double *max_rate,
                             double *intercept)
{
    double rate = neuron_rate(&neuron_adaptivelif, NULL, params, gain + bias) / params->amplitude;
    *intercept = lif_intercept(gain, bias);
    *max_rate = rate > 0 ? rate : NAN;
}

static double adaptive_height(const struct neuron_params *params, double dt)
{
    return params->amplitude / dt;
}

static const struct neuron_param tau_n = {
    "tau_n",  DIMENSION_TIME, NEURON_OWN(TAU_N), .fallback = 1,
    .low = 0, .high = 1e6,    .low_open = true,  .help = "time constant of the adaptation"};
static const struct neuron_param inc_n = {"inc_n",
                                          DIMENSION_NONE,
                                          NEURON_OWN(INC_N),
                                          .fallback = 0.01,
                                          .low = 0,
                                          .high = 1e300,
                                          .help = "adaptation per hertz, taken from J once it has settled"};
static const struct neuron_param *const adaptive_params[] = {NEURON_LIF_PARAMS, &tau_n, &inc_n, NULL};

static const struct neuron_field state_fields[] = {LIF_STATE, {"adaptation", "adaptation"}, {0}};

const struct neuron_model neuron_adaptivelif = {
    .name = "adaptivelif",
    .title = "AdaptiveLIF",
    .summary = "spiking LIF that tires: its recent spikes are taken from its current",
    .curve = &rate_lif,
    .params = adaptive_params,
    .gain_bias = adaptive_gain_bias,
    .lowest_rate = lif_lowest_rate,
    .recover = adaptive_recover,
    .settled_rate = adaptive_rate,
    .state = state_fields,
    .advance = adaptive_advance,
    .spike_height = adaptive_height,
};
