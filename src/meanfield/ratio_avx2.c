/* The steps of the ratio on AVX2: two vectors of four lanes each. */
#include "meanfield/ratio.h"

#include <math.h>

#if defined(__x86_64__)
#define TARGET __attribute__((target("avx2")))
#include "ratio_kernel.h"

static bool usable(void)
{
    return __builtin_cpu_supports("avx2");
}

const struct ratio_kernel ratio_avx2 = {"avx2", usable, ratio_start, ratio_deep, ratio_series};
#else
const struct ratio_kernel ratio_avx2 = {"avx2", NULL, NULL, NULL, NULL};
#endif
