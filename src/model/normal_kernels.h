/* normal_pairs (model/normal.h) on each instruction set. */
#ifndef MODEL_NORMAL_KERNELS_H
#define MODEL_NORMAL_KERNELS_H

#include <stddef.h>
#include <stdint.h>

typedef void normal_kernel(uint64_t key, uint64_t step, uint32_t draw, uint32_t index, size_t pairs, double *one,
                           double *other);
normal_kernel normal_pairs_generic, normal_pairs_avx2, normal_pairs_avx512;

#endif
