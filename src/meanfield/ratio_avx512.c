/* The steps of the ratio on AVX-512: all eight lanes in one vector. */
#include "meanfield/ratio.h"

#include <math.h>

#if defined(__x86_64__)
#if defined(__clang__)
#define TARGET __attribute__((target("avx512f,avx512dq")))
#else /* gcc takes half vectors unless told */
#define TARGET __attribute__((target("avx512f,avx512dq,prefer-vector-width=512")))
#endif
#include "ratio_kernel.h"

const struct ratio_kernel ratio_avx512 = {ratio_start, ratio_deep, ratio_series};
#else
const struct ratio_kernel ratio_avx512 = {NULL, NULL, NULL};
#endif
