/* The steps of the ratio on AVX2: two vectors of four lanes each. */
#include "meanfield/ratio.h"

#include <math.h>

#if defined(__x86_64__)
#define TARGET __attribute__((target("avx2")))
#include "ratio_kernel.h"

const struct ratio_kernel ratio_avx2 = {ratio_start, ratio_deep, ratio_series};
#else
const struct ratio_kernel ratio_avx2 = {NULL, NULL, NULL};
#endif
