/* The loops of kernel_sum.h, written once over vectors; kernel_sum.c includes this once per instruction set.
 * A block of results is held in registers while everything that reaches it is added.
 *
 * Expects: LANES, TARGET (function attribute), SPLAT(x) (an initialiser), NAME(x), perhaps WITHOUT_SPREAD. */
typedef double NAME(lanes) __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias));
typedef int64_t NAME(masks) __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias));

#define BLOCK KERNEL_BLOCK
#define VECTORS (BLOCK / LANES)
#define LOOP _Pragma("GCC unroll 16") for (size_t v = 0; v < VECTORS; v++)
#define INLINE TARGET static inline __attribute__((always_inline))

INLINE void NAME(add)(NAME(lanes) * sum, const double *from)
{
    LOOP sum[v] += *(const NAME(lanes) *)(from + v * LANES);
}

INLINE void NAME(subtract)(NAME(lanes) * sum, const double *from)
{
    LOOP sum[v] -= *(const NAME(lanes) *)(from + v * LANES);
}

INLINE void NAME(add_scaled)(NAME(lanes) * sum, double scale, const double *from)
{
    const NAME(lanes) weight = SPLAT(scale);
    LOOP sum[v] += weight * *(const NAME(lanes) *)(from + v * LANES);
}

INLINE void NAME(scale)(NAME(lanes) * sum, double scale)
{
    const NAME(lanes) weight = SPLAT(scale);
    LOOP sum[v] *= weight;
}

/* Nothing below zero. */
INLINE void NAME(floor)(NAME(lanes) * sum)
{
    const NAME(lanes) zero = SPLAT(0);
    LOOP sum[v] = (NAME(lanes))((NAME(masks))sum[v] & (NAME(masks))(sum[v] > zero));
}

/* The last block of out may be cut short. */
INLINE void NAME(store)(const NAME(lanes) * sum, double *out, size_t room)
{
    if (room >= BLOCK) {
        LOOP *(NAME(lanes) *)(out + v * LANES) = sum[v];
    } else {
        NAME(lanes) copy[VECTORS];
        LOOP copy[v] = sum[v];
        memcpy(out, copy, room * sizeof *out);
    }
}

#ifndef WITHOUT_SPREAD
TARGET static void NAME(spread)(const double *tap, size_t count, size_t delay, const size_t *sample, size_t spikes,
                                double height, double *out, size_t n)
{
    size_t first = 0, end = 0;
    for (size_t i = 0; i < n; i += BLOCK) {
        /* Spikes first .. end - 1 reach some of the samples i .. i + BLOCK - 1. */
        while (first < spikes && sample[first] + count <= i + delay)
            first++;
        while (end < spikes && sample[end] < i + BLOCK + delay)
            end++;
        NAME(lanes) sum[VECTORS] = {SPLAT(0)};
        for (size_t s = first; s < end; s++)
            NAME(add)(sum, tap + (ptrdiff_t)(i + delay - sample[s]));
        NAME(scale)(sum, height);
        NAME(store)(sum, out + i, n - i);
    }
}
#endif

TARGET static void NAME(smooth)(const double *tap, size_t count, size_t delay, const double *x, double *out, size_t n)
{
    for (size_t i = 0; i < n; i += BLOCK) {
        /* Other taps meet only zeros. */
        size_t k = i + delay >= n ? i + delay - n + 1 : 0;
        size_t end = i + delay + BLOCK < count ? i + delay + BLOCK : count;
        NAME(lanes) sum[VECTORS] = {SPLAT(0)};
        for (; k < end; k++)
            NAME(add_scaled)(sum, tap[k], x + (ptrdiff_t)(i + delay - k));
        NAME(store)(sum, out + i, n - i);
    }
}

INLINE void NAME(decay_as)(const struct kernel_decay *d, bool ramps, size_t begun, double fade, double ramp,
                           const size_t *sample, size_t spikes, double height, double *out, size_t n)
{
    const double *begin_fade = d->begin_fade + BLOCK, *begin_ramp = d->begin_ramp + BLOCK;
    const double *end_fade = d->end_fade + BLOCK, *end_ramp = d->end_ramp + BLOCK;
    size_t ended = 0;
    while (ended < begun && sample[ended] + d->count <= d->delay)
        ended++;
    for (size_t i = 0; i < n; i += BLOCK) {
        /* The curves that began before go on from here; fade and ramp then move on to the next block. */
        NAME(lanes) sum[VECTORS] = {SPLAT(0)};
        NAME(add_scaled)(sum, ramps ? ramp : fade, begin_fade);
        if (ramps)
            NAME(add_scaled)(sum, fade, begin_ramp);
        ramp = ramp * begin_fade[BLOCK] + fade * begin_ramp[BLOCK];
        fade *= begin_fade[BLOCK];
        for (; begun < spikes && sample[begun] < i + BLOCK + d->delay; begun++) {
            size_t at = sample[begun] - d->delay - i;
            NAME(add)(sum, (ramps ? begin_ramp : begin_fade) - at);
            fade += begin_fade[BLOCK - at];
            ramp += begin_ramp[BLOCK - at];
        }
        size_t first = ended;
        for (; ended < begun && sample[ended] + d->count < i + BLOCK + d->delay; ended++) {
            size_t at = sample[ended] + d->count - d->delay - i;
            NAME(subtract)(sum, (ramps ? end_ramp : end_fade) - at);
            fade -= end_fade[BLOCK - at];
            ramp -= end_ramp[BLOCK - at];
        }
        NAME(scale)(sum, height);
        NAME(floor)(sum);
        NAME(store)(sum, out + i, n - i);
        clear_gaps(d, first, ended, begun, sample, out, i + BLOCK < n ? i + BLOCK : n);
        if (ended == begun)
            fade = ramp = 0;
    }
}

TARGET static void NAME(decay)(const struct kernel_decay *d, size_t begun, double fade, double ramp,
                               const size_t *sample, size_t spikes, double height, double *out, size_t n)
{
    if (d->ramps)
        NAME(decay_as)(d, true, begun, fade, ramp, sample, spikes, height, out, n);
    else
        NAME(decay_as)(d, false, begun, fade, 0, sample, spikes, height, out, n);
}

#undef BLOCK
#undef VECTORS
#undef LOOP
#undef INLINE
#undef LANES
#undef TARGET
#undef SPLAT
#undef NAME
#undef WITHOUT_SPREAD
