/* Normal numbers on whatever the compiler may take for granted. */
#include <math.h>
#include <stdint.h>

#include "normal_kernels.h"

#include "lanes_generic.h"
#include "normal_lanes.h"

void normal_pairs_generic(uint64_t key, uint64_t step, uint32_t draw, uint32_t index, size_t pairs, double *one,
                          double *other)
{
    normal_block(key, step, draw, index, pairs, one, other);
}
