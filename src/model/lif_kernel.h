/* The LIF step, written once over lanes; lif_generic.c, lif_avx2.c and lif_avx512.c define the lanes and include this.
 * Every set of instructions gives the bits of the step at the head of lif.c. What makes it quick:
 *
 *  1. A neuron charges for the whole step or, refractory, not at all; its decay is one of two constants. Only the few
 *     that leave their refractory time within the step need an expm1 of their own, and only those that spike a log1p.
 *  2. These few are picked from the whole block and computed side by side.
 *
 * Expects: LANES (lanes a vector), vec, mask, TARGET (function attribute), UNROLL (a pragma, or nothing) and the
 * operations used below; lanes_max(a, b) must return b when either is NaN, as x86's max does. With lanes_fma the few
 * are computed over lanes, else one by one. Defines: static lif_block(), the body of neuron_model.advance. */
#include "lanes_drive.h"
#include "model/lif_math.h"

struct lif_lanes {
    vec dt, whole, none, floor, one, zero;
    double step, tau_rc, tau_ref, least; /* dt; min_voltage */
};

/* Some neurons of a block, and a number for each of them. The last vector of them may be filled up with neurons that
 * are there already. */
struct lif_few {
    size_t count;
    uint8_t at[NEURON_BLOCK + LANES];
    _Alignas(64) double value[NEURON_BLOCK];
};

/* All neurons up to the threshold test, but for those that leave their refractory time in this step (*leaving): their
 * voltage stays what it was. Returns who spikes. */
INLINE uint64_t lif_charge(const struct lif_lanes *k, const struct neuron_drive *drive, size_t dims, const double *bias,
                           const double *x, double *v, double *r, double *J, uint64_t *leaving)
{
    uint64_t above = 0, done = 0;
    UNROLL for (size_t i = 0; i < NEURON_BLOCK; i += LANES)
    {
        vec j = lanes_current(drive, dims, bias, x, i), u = lanes_load(v + i);
        vec rest = lanes_sub(lanes_load(r + i), k->dt), open = lanes_sub(k->dt, rest);
        mask whole = lanes_at_least(open, k->dt), clear = lanes_either(whole, lanes_at_least(k->zero, open));
        vec decay = lanes_select(whole, k->whole, k->none);
        vec w = lanes_max(k->floor, lanes_sub(u, lanes_mul(lanes_sub(j, u), decay)));
        w = lanes_select(clear, w, u);
        lanes_store(v + i, w);
        lanes_store(r + i, rest);
        lanes_store(J + i, j);
        above |= lanes_bits(lanes_greater(w, k->one)) << i;
        done |= lanes_bits(clear) << i;
    }
    *leaving = ~done;
    return above & done;
}

INLINE void lif_pick(struct lif_few *few, uint64_t who)
{
    size_t n = 0;
    for (; who; who &= who - 1)
        few->at[n++] = (uint8_t)__builtin_ctzll(who);
    few->count = n;
    memset(few->at + n, few->at[0], LANES);
}

#ifdef lanes_fma
#include "lif_math_lanes.h"

/* y, but for the lanes whose x is not within (low, high]: those get the scalar function. */
INLINE vec lif_mend(vec x, vec y, double low, double high, double (*scalar)(double))
{
    uint64_t good = lanes_bits(lanes_greater(x, lanes_set(low))) & lanes_bits(lanes_at_least(lanes_set(high), x));
    uint64_t odd = ~good & ((UINT64_C(1) << LANES) - 1);
    if (__builtin_expect(odd == 0, 1))
        return y;
    _Alignas(64) double from[LANES], to[LANES];
    lanes_store(from, x);
    lanes_store(to, y);
    for (; odd; odd &= odd - 1)
        to[__builtin_ctzll(odd)] = scalar(from[__builtin_ctzll(odd)]);
    return lanes_load(to);
}

/* Voltages at the end of the step of neurons that were refractory at its beginning. */
INLINE void lif_charge_few(const struct lif_lanes *k, struct lif_few *few, const double *v, const double *r,
                           const double *J)
{
    for (size_t i = 0; i < few->count; i += LANES) {
        vec u = lanes_gather(v, few->at + i), open = lanes_sub(k->dt, lanes_gather(r, few->at + i));
        vec x = lanes_div(lanes_sub(k->none, open), lanes_set(k->tau_rc));
        vec decay = lif_mend(x, lif_expm1_lanes(x), EXPM1_LOW, EXPM1_HIGH, expm1);
        vec w = lanes_sub(u, lanes_mul(lanes_sub(lanes_gather(J, few->at + i), u), decay));
        lanes_store(few->value + i, w);
    }
}

/* Refractory times of neurons that have crossed the threshold. */
INLINE void lif_cross_few(const struct lif_lanes *k, struct lif_few *few, const double *v, const double *J)
{
    for (size_t i = 0; i < few->count; i += LANES) {
        vec over = lanes_sub(k->none, lanes_sub(lanes_gather(v, few->at + i), k->one));
        vec x = lanes_div(over, lanes_sub(lanes_gather(J, few->at + i), k->one));
        vec ago = lif_mend(x, lif_log1p_lanes(x), LOG1P_LOW, LOG1P_HIGH, log1p);
        vec spike = lanes_add(k->dt, lanes_mul(lanes_set(k->tau_rc), ago));
        lanes_store(few->value + i, lanes_add(lanes_set(k->tau_ref), spike));
    }
}
#else
INLINE void lif_charge_few(const struct lif_lanes *k, struct lif_few *few, const double *v, const double *r,
                           const double *J)
{
    for (size_t n = 0; n < few->count; n++) {
        size_t i = few->at[n];
        few->value[n] = v[i] - (J[i] - v[i]) * lif_expm1(-(k->step - r[i]) / k->tau_rc);
    }
}

INLINE void lif_cross_few(const struct lif_lanes *k, struct lif_few *few, const double *v, const double *J)
{
    for (size_t n = 0; n < few->count; n++) {
        size_t i = few->at[n];
        few->value[n] = k->tau_ref + (k->step + k->tau_rc * lif_log1p(-(v[i] - 1) / (J[i] - 1)));
    }
}
#endif

INLINE void lif_steps(const struct lif_lanes *k, size_t steps, const struct neuron_drive *drive, size_t dims, double *v,
                      double *r, uint64_t *spikes, size_t stride)
{
    _Alignas(64) double J[NEURON_BLOCK];
    struct lif_few few;
    for (size_t s = 0; s < steps; s++) {
        uint64_t leaving, fired = lif_charge(k, drive, dims, drive->bias + s * drive->bias_stride,
                                             neuron_drive_x(drive, dims, s), v, r, J, &leaving);
        if (leaving) {
            lif_pick(&few, leaving);
            lif_charge_few(k, &few, v, r, J);
            for (size_t n = 0; n < few.count; n++) {
                fired |= (uint64_t)(few.value[n] > 1) << few.at[n];
                v[few.at[n]] = few.value[n] < k->least ? k->least : few.value[n];
            }
        }
        if (fired) {
            lif_pick(&few, fired);
            lif_cross_few(k, &few, v, J);
            for (size_t n = 0; n < few.count; n++) {
                v[few.at[n]] = 0;
                r[few.at[n]] = few.value[n];
            }
        }
        spikes[s * stride] = fired;
    }
}

TARGET static void lif_block(const struct neuron_params *params, double dt, size_t steps,
                             const struct neuron_drive *drive, double *state, size_t state_stride, uint64_t *spikes,
                             size_t stride)
{
    const struct lif_lanes k = {
        .dt = lanes_set(dt),
        .whole = lanes_set(lif_expm1(-dt / params->tau_rc)),
        .none = lanes_set(-0.0), /* expm1 of it */
        .floor = lanes_set(params->min_voltage),
        .one = lanes_set(1),
        .zero = lanes_set(0),
        .step = dt,
        .tau_rc = params->tau_rc,
        .tau_ref = params->tau_ref,
        .least = params->min_voltage,
    };
    double *v = state, *r = state + state_stride;
    if (drive->dims == 0)
        lif_steps(&k, steps, drive, 0, v, r, spikes, stride);
    else if (drive->dims == 1)
        lif_steps(&k, steps, drive, 1, v, r, spikes, stride);
    else
        lif_steps(&k, steps, drive, drive->dims, v, r, spikes, stride);
}
