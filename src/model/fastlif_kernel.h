/* The FastLIF step, written once over lanes; fastlif_generic.c, fastlif_avx2.c and fastlif_avx512.c define the lanes
 * and include this. It does exactly what the step at the head of fastlif.c does, operation by operation, so every
 * instruction set gives the same bits. Two things make it quick without changing a result:
 *
 *  1. R / dt by multiplication, with lanes_fma. dt is the same for all, so with z = RN(1/dt) and y = RN(t z) the fused
 *     form  y + RN(t - y dt) z  is the correctly rounded quotient (Markstein 1990; the proof is at the end of this
 *     comment). Negative R is clipped first: the quotient would be clipped to "no refractory time" anyway.
 *  2. One division serves two vectors. Only a neuron that spikes needs its overshoot; where the lanes that spike in
 *     one vector are silent in the other, both share a quotient. Else a second division is done.
 *
 * Expects: LANES (lanes a vector), vec, mask, TARGET (function attribute), UNROLL (a pragma, or nothing) and the
 * operations used below; lanes_max(a, b) must return b when either is NaN, as x86's max does, so that NaN is kept where
 * NumPy keeps it. Defines: static fastlif_block(), the body of neuron_model.advance.
 *
 * Proof of 1. Let t and dt be in [1, 2) (powers of two change nothing far from under- and overflow), z = 1/dt + d with
 * |d| <= 2^-54, ulp the spacing at t/dt, r = t - y dt. y is off by t d and its rounding, e = |y - t/dt| <= t/4 + 1/2
 * ulp if t >= dt, (t + 1)/2 ulp if not. The last addition rounds t/dt + h, where h = r d + what rounding r adds; it is
 * wrong only if a midpoint lies between t/dt and t/dt + h. t/dt is never a midpoint, but c 2^-53/dt ulp away from one,
 * with c = 1, 2, ...
 * - r is exact while dt e <= 2 ulp. Then |h| = dt e |d| <= 2^-53 ulp. Should t/dt be within 2^-52 ulp of a midpoint,
 * then
 *   e, to a point of the grid, is 1/2 ulp and no more than that on (3/2 would take dt <= 4/3, t < dt and t = 2), so
 * that
 *   |h| <= dt 2^-55 ulp, which is less than 2^-53/dt ulp.
 * - r is inexact only if t < dt and dt (t + 1) > 4. Then |h| <= 3 2^-53 ulp, which reaches a midpoint for c <= 5 only,
 *   and there e is 3/2 ulp but for 5 2^-53/dt of it: (t + 1)/2 is that large for t = 2 - k 2^-52, k <= 3, and dt
 * between
 *   t and 2. These are three pairs, for which test/model/test_neuron.c does the sum. */

#include "lanes_drive.h"

struct fastlif_lanes {
    vec dt, charge, tau_ref, floor, one, zero, z;
};

/* One step of one vector up to the threshold test: x is the voltage, dv its unscaled change, r the refractory time. */
INLINE vec fastlif_charge(const struct fastlif_lanes *k, vec current, vec v, vec *r, vec *dv)
{
    *dv = lanes_mul(k->charge, lanes_sub(current, v));
    vec x = lanes_max(k->floor, lanes_add(v, *dv));
    *r = lanes_sub(*r, k->dt);
    vec t = lanes_max(k->zero, *r);
#ifdef lanes_fma
    vec y = lanes_mul(t, k->z);
    vec quotient = lanes_fma(lanes_fnma(y, k->dt, t), k->z, y);
#else
    vec quotient = lanes_div(t, k->dt);
#endif
    return lanes_mul(x, lanes_max(k->zero, lanes_sub(k->one, quotient)));
}

INLINE vec fastlif_refractory(const struct fastlif_lanes *k, vec x, vec dv)
{
    vec overshoot = lanes_div(lanes_sub(x, k->one), dv);
    return lanes_add(k->tau_ref, lanes_mul(k->dt, lanes_sub(k->one, overshoot)));
}

/* The state lives in local vectors through all steps: with eight lanes they are the registers. */
INLINE void fastlif_steps(const struct fastlif_lanes *k, size_t steps, const struct neuron_drive *drive, size_t dims,
                          double *voltage, double *refractory, uint64_t *spikes, size_t stride)
{
    vec v[NEURON_BLOCK / LANES], r[NEURON_BLOCK / LANES];
    UNROLL for (size_t i = 0; i < NEURON_BLOCK / LANES; i++)
    {
        v[i] = lanes_load(voltage + i * LANES);
        r[i] = lanes_load(refractory + i * LANES);
    }
    for (size_t s = 0; s < steps; s++) {
        const double *bias = drive->bias + s * drive->bias_stride;
        const double *x = neuron_drive_x(drive, dims, s);
        uint64_t fired = 0;
        UNROLL for (size_t i = 0; i < NEURON_BLOCK / LANES; i += 2)
        {
            vec dv0, dv1;
            vec x0 = fastlif_charge(k, lanes_current(drive, dims, bias, x, i * LANES), v[i], &r[i], &dv0);
            vec x1 = fastlif_charge(k, lanes_current(drive, dims, bias, x, (i + 1) * LANES), v[i + 1], &r[i + 1], &dv1);
            mask m0 = lanes_greater(x0, k->one), m1 = lanes_greater(x1, k->one);
            v[i] = lanes_clear(m0, x0);
            v[i + 1] = lanes_clear(m1, x1);
            vec after = fastlif_refractory(k, lanes_select(m0, x0, x1), lanes_select(m0, dv0, dv1));
            r[i] = lanes_select(m0, after, r[i]);
            uint64_t b0 = lanes_bits(m0), b1 = lanes_bits(m1);
            if (__builtin_expect((b0 & b1) != 0, 0))
                after = fastlif_refractory(k, x1, dv1);
            r[i + 1] = lanes_select(m1, after, r[i + 1]);
            fired |= (b0 | b1 << LANES) << (i * LANES);
        }
        spikes[s * stride] = fired;
    }
    UNROLL for (size_t i = 0; i < NEURON_BLOCK / LANES; i++)
    {
        lanes_store(voltage + i * LANES, v[i]);
        lanes_store(refractory + i * LANES, r[i]);
    }
}

TARGET static void fastlif_block(const struct neuron_params *params, double dt, size_t steps,
                                 const struct neuron_drive *drive, double *state, size_t state_stride, uint64_t *spikes,
                                 size_t stride)
{
    double *voltage = state, *refractory = state + state_stride;
    const struct fastlif_lanes k = {
        .dt = lanes_set(dt),
        .charge = lanes_set(-expm1(-dt / params->tau_rc)),
        .tau_ref = lanes_set(params->tau_ref),
        .floor = lanes_set(params->min_voltage),
        .one = lanes_set(1),
        .zero = lanes_set(0),
        .z = lanes_set(1 / dt),
    };
    if (drive->dims == 0)
        fastlif_steps(&k, steps, drive, 0, voltage, refractory, spikes, stride);
    else if (drive->dims == 1)
        fastlif_steps(&k, steps, drive, 1, voltage, refractory, spikes, stride);
    else
        fastlif_steps(&k, steps, drive, drive->dims, voltage, refractory, spikes, stride);
}
