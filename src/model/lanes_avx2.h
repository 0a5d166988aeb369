/* Lanes for the kernels that are written over them (fastlif_kernel.h, lif_kernel.h, normal_lanes.h): AVX2
 * with FMA, four doubles a vector, masks are vectors. x86 only. */
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,fma")))
#define LANES 4
#define UNROLL /* the state does not fit into sixteen registers anyway */
typedef __m256d vec;
typedef __m256d mask;
#define lanes_set(a) _mm256_set1_pd(a)
#define lanes_load(p) _mm256_load_pd(p)
/* p[at[0]], p[at[1]], ... */
#define lanes_gather(p, at) _mm256_set_pd((p)[(at)[3]], (p)[(at)[2]], (p)[(at)[1]], (p)[(at)[0]])
#define lanes_store(p, a) _mm256_store_pd(p, a)
#define lanes_add(a, b) _mm256_add_pd(a, b)
#define lanes_sub(a, b) _mm256_sub_pd(a, b)
#define lanes_mul(a, b) _mm256_mul_pd(a, b)
#define lanes_div(a, b) _mm256_div_pd(a, b)
#define lanes_fma(a, b, c) _mm256_fmadd_pd(a, b, c)
#define lanes_fms(a, b, c) _mm256_fmsub_pd(a, b, c)
#define lanes_fnma(a, b, c) _mm256_fnmadd_pd(a, b, c)
#define lanes_max(a, b) _mm256_max_pd(a, b)
#define lanes_greater(a, b) _mm256_cmp_pd(a, b, _CMP_GT_OQ)
#define lanes_at_least(a, b) _mm256_cmp_pd(a, b, _CMP_GE_OQ)
#define lanes_either(m, n) _mm256_or_pd(m, n)
#define lanes_select(m, yes, no) _mm256_blendv_pd(no, yes, m)
#define lanes_clear(m, a) _mm256_andnot_pd(m, a)
#define lanes_sqrt(a) _mm256_sqrt_pd(a)
#define lanes_words(a, b) ((words)_mm256_mul_epu32((__m256i)(a), (__m256i)(b)))
#define lanes_bits(m) ((uint64_t)_mm256_movemask_pd(m))
