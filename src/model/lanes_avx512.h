/* Lanes for the kernels that are written over them (fastlif_kernel.h, lif_kernel.h, normal_lanes.h):
 * AVX-512, eight doubles a vector, masks in registers of their own. x86 only. */
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512dq,fma")))
#define LANES 8
#define UNROLL _Pragma("GCC unroll 8")
typedef __m512d vec;
typedef __mmask8 mask;
#define lanes_set(a) _mm512_set1_pd(a)
#define lanes_load(p) _mm512_load_pd(p)
/* p[at[0]], p[at[1]], ... */
#define lanes_gather(p, at)                                                                                            \
    _mm512_i64gather_pd(_mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)(const void *)(at))), p, 8)
#define lanes_store(p, a) _mm512_store_pd(p, a)
#define lanes_add(a, b) _mm512_add_pd(a, b)
#define lanes_sub(a, b) _mm512_sub_pd(a, b)
#define lanes_mul(a, b) _mm512_mul_pd(a, b)
#define lanes_div(a, b) _mm512_div_pd(a, b)
#define lanes_fma(a, b, c) _mm512_fmadd_pd(a, b, c)
#define lanes_fms(a, b, c) _mm512_fmsub_pd(a, b, c)
#define lanes_fnma(a, b, c) _mm512_fnmadd_pd(a, b, c)
#define lanes_max(a, b) _mm512_max_pd(a, b)
#define lanes_greater(a, b) _mm512_cmp_pd_mask(a, b, _CMP_GT_OQ)
#define lanes_at_least(a, b) _mm512_cmp_pd_mask(a, b, _CMP_GE_OQ)
#define lanes_either(m, n) ((mask)((m) | (n)))
#define lanes_select(m, yes, no) _mm512_mask_mov_pd(no, m, yes)
#define lanes_clear(m, a) _mm512_mask_mov_pd(a, m, _mm512_setzero_pd())
#define lanes_sqrt(a) _mm512_sqrt_pd(a)
#define lanes_words(a, b) ((words)_mm512_mul_epu32((__m512i)(a), (__m512i)(b)))
#define lanes_bits(m) ((uint64_t)(m))
