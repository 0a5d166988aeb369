/* One text (kernel_sum_lanes.h), compiled for plain machines, for AVX2 and for AVX-512. */
#include "signal/kernel_sum.h"

#include <stdint.h>
#include <string.h>

/* Rounding leaves traces where all curves have ended and none has begun, or only ramps, at zero: behind the
 * ends of spikes first .. ended - 1, up to the sample `to`. */
static void clear_gaps(const struct kernel_decay *d, size_t first, size_t ended, size_t begun, const size_t *sample,
                       double *out, size_t to)
{
    for (size_t s = first; s < ended; s++) {
        size_t from = sample[s] + d->count, next = to + d->delay;
        if (s + 1 < begun && sample[s + 1] + d->ramps < next)
            next = sample[s + 1] + d->ramps;
        if (from < next)
            memset(out + from - d->delay, 0, (next - from) * sizeof *out);
    }
}

#define LANES 2
#define TARGET
#define SPLAT(x)                                                                                                       \
    {                                                                                                                  \
        x, x                                                                                                           \
    }
#define NAME(x) x##_plain
#include "kernel_sum_lanes.h"

static const struct kernel_sum plain = {spread_plain, smooth_plain, decay_plain};

#if defined(__x86_64__)
#define LANES 4
#define TARGET __attribute__((target("avx2")))
#define SPLAT(x)                                                                                                       \
    {                                                                                                                  \
        x, x, x, x                                                                                                     \
    }
#define NAME(x) x##_avx2
#include "kernel_sum_lanes.h"

static const struct kernel_sum avx2 = {spread_avx2, smooth_avx2, decay_avx2};

/* Wide loads that begin anywhere cross a cache line every time, and spreading is little else than loads: it stays with
 * AVX2. */
#define LANES 8
#define WITHOUT_SPREAD
#define TARGET __attribute__((target("avx512f")))
#define SPLAT(x)                                                                                                       \
    {                                                                                                                  \
        x, x, x, x, x, x, x, x                                                                                         \
    }
#define NAME(x) x##_avx512
#include "kernel_sum_lanes.h"

static const struct kernel_sum avx512 = {spread_avx2, smooth_avx512, decay_avx512};

const struct kernel_sum *const kernel_sums[CPU_SETS] = {
    [CPU_GENERIC] = &plain, [CPU_AVX2] = &avx2, [CPU_AVX512] = &avx512};
#else
const struct kernel_sum *const kernel_sums[CPU_SETS] = {[CPU_GENERIC] = &plain};
#endif

const struct kernel_sum *kernel_sum(void)
{
    return kernel_sums[cpu_set()];
}
