/* Which instruction set makes them. */
#include "model/normal.h"

#include "base/cpu.h"
#include "normal_kernels.h"

void normal_pairs(uint64_t key, uint64_t step, uint32_t draw, uint32_t index, size_t pairs, double *one, double *other)
{
    static normal_kernel *const kernels[CPU_SETS] = {
        [CPU_GENERIC] = normal_pairs_generic,
#if defined(__x86_64__)
        [CPU_AVX2] = normal_pairs_avx2,
        [CPU_AVX512] = normal_pairs_avx512,
#endif
    };
    kernels[cpu_set()](key, step, draw, index, pairs, one, other);
}
