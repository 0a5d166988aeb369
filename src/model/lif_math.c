/* The scalar form: a vector of one. */
#include "model/lif_math.h"

#include <math.h>

#include "base/cpu.h"

#if defined(__x86_64__)
#define INLINE __attribute__((target("fma"))) static inline
typedef double vec;
#define lanes_set(a) ((double)(a))
#define lanes_add(a, b) ((a) + (b))
#define lanes_sub(a, b) ((a) - (b))
#define lanes_mul(a, b) ((a) * (b))
#define lanes_div(a, b) ((a) / (b))
#define lanes_fma(a, b, c) __builtin_fma(a, b, c)
#define lanes_fms(a, b, c) __builtin_fma(a, b, -(c))
#define lanes_fnma(a, b, c) __builtin_fma(-(a), b, c)
#include "lif_math_lanes.h"

double lif_expm1(double x)
{
    return x > EXPM1_LOW && x <= EXPM1_HIGH && cpu_has(CPU_AVX2) ? lif_expm1_lanes(x) : expm1(x);
}

double lif_log1p(double x)
{
    return x > LOG1P_LOW && x <= LOG1P_HIGH && cpu_has(CPU_AVX2) ? lif_log1p_lanes(x) : log1p(x);
}
#else
double lif_expm1(double x)
{
    return expm1(x);
}

double lif_log1p(double x)
{
    return log1p(x);
}
#endif
