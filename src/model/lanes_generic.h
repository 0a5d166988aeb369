/* Lanes for the kernels that are written over them (fastlif_kernel.h, lif_kernel.h, normal_lanes.h): two
 * doubles a vector by the compiler's own vectors, which every processor of 64 bits has (SSE2, NEON). Without
 * a fused multiply-add: there is no lanes_fma. */
#include <stdint.h>

#define TARGET
#define LANES 2
#define UNROLL
typedef double vec __attribute__((vector_size(16), may_alias));
typedef int64_t mask __attribute__((vector_size(16), may_alias));
#define lanes_set(a) ((a) + (vec){0, 0})
#define lanes_load(p) (*(const vec *)(const void *)(p))
#define lanes_store(p, a) (*(vec *)(void *)(p) = (a))
#define lanes_add(a, b) ((a) + (b))
#define lanes_sub(a, b) ((a) - (b))
#define lanes_mul(a, b) ((a) * (b))
#define lanes_div(a, b) ((a) / (b))
#define lanes_greater(a, b) ((mask)((a) > (b)))
#define lanes_at_least(a, b) ((mask)((a) >= (b)))
#define lanes_either(m, n) ((m) | (n))
#define lanes_select(m, yes, no) ((vec)(((m) & (mask)(yes)) | (~(m) & (mask)(no))))
#define lanes_clear(m, a) ((vec)(~(m) & (mask)(a)))
#ifdef __SSE2__
#include <emmintrin.h>
#define lanes_max(a, b) _mm_max_pd(a, b)
#define lanes_sqrt(a) _mm_sqrt_pd(a)
#define lanes_words(a, b) ((words)_mm_mul_epu32((__m128i)(a), (__m128i)(b)))
#define lanes_bits(m) ((uint64_t)_mm_movemask_pd((__m128d)(m)))
#else
#define lanes_max(a, b) lanes_select(lanes_greater(a, b), a, b)
#define lanes_sqrt(a) ((vec){sqrt((a)[0]), sqrt((a)[1])})
#define lanes_words(a, b) (((a)&0xffffffff) * ((b)&0xffffffff))
#define lanes_bits(m) ((uint64_t)((m)[0] & 1) | (uint64_t)((m)[1] & 2))
#endif
