/* Normal numbers on AVX2. */
#include <math.h>
#include <stdint.h>

#include "normal_kernels.h"

#if defined(__x86_64__)
#include "lanes_avx2.h"
#include "normal_lanes.h"

void normal_pairs_avx2(uint64_t key, uint64_t step, uint32_t draw, uint32_t index, size_t pairs, double *one,
                       double *other)
{
    normal_block(key, step, draw, index, pairs, one, other);
}
#endif
