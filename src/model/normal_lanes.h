/* normal_pairs, written once over lanes; normal_generic.c, normal_avx2.c and normal_avx512.c define the lanes and
 * include this. No operation is fused, so that every instruction set gives the same bits.
 *
 * Expects: LANES, vec, TARGET, lanes_set, lanes_load, lanes_store, lanes_sqrt, and lanes_words(a, b): the products of
 * the lower halves of the lanes. Defines: static normal_block(). */
typedef uint64_t words __attribute__((vector_size(LANES * sizeof(uint64_t)), may_alias));
#define INLINE TARGET static inline __attribute__((always_inline))
#define EACH(w) ((words){0} + (uint64_t)(w))

#define PHILOX_ROUNDS 10
#define ONE UINT64_C(0x3ff0000000000000)       /* 1.0 */
#define ROOT_HALF UINT64_C(0x3fe6a09e667f3bcd) /* sqrt(1/2) */
#define MANTISSA UINT64_C(0x000fffffffffffff)

/* The four words of a counter, each in the lower half of a lane; the upper halves hold anything. */
struct philox {
    words w[4];
};

/* Each round waits for the one before; two vectors side by side wait together. */
#define SIDE 2

INLINE void philox_scramble(struct philox p[SIDE], uint32_t key0, uint32_t key1)
{
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        words k0 = EACH(key0), k1 = EACH(key1);
        _Pragma("GCC unroll 2") for (int v = 0; v < SIDE; v++)
        {
            words a = lanes_words(p[v].w[0], EACH(0xD2511F53)), b = lanes_words(p[v].w[2], EACH(0xCD9E8D57));
            p[v].w[0] = b >> 32 ^ p[v].w[1] ^ k0;
            p[v].w[1] = b;
            p[v].w[2] = a >> 32 ^ p[v].w[3] ^ k1;
            p[v].w[3] = a;
        }
        key0 += 0x9E3779B9;
        key1 += 0xBB67AE85;
    }
}

/* 1 + u for u = 0, 2^-52, ... below 1, from the upper bits of two words. */
INLINE vec one_and(words high, words low)
{
    return (vec)((high << 32 | (low & EACH(0xffffffff))) >> 12 | EACH(ONE));
}

/* -2 log(u) for 0 < u < 1: u = 2^e m with m about 1, then log(m) = f - (f^2/2 - s (f^2/2 + R(s^2))), f = m - 1,
 * s = f / (2 + f), as fdlibm has it. */
INLINE vec minus_two_log(vec u)
{
    words t = (words)u + EACH(ONE - ROOT_HALF);
    vec e = (vec)(t >> 52 | EACH(0x4330000000000000)) - lanes_set(0x1p52 + 1023);
    vec f = (vec)((t & EACH(MANTISSA)) + EACH(ROOT_HALF)) - lanes_set(1);
    vec s = f / (lanes_set(2) + f), z = s * s, half = lanes_set(0.5) * f * f, w = z * z;
    vec odd = w * (lanes_set(3.999999999940941908e-01) +
                   w * (lanes_set(2.222219843214978396e-01) + w * lanes_set(1.531383769920937332e-01)));
    vec even = z * (lanes_set(6.666666666666735130e-01) +
                    w * (lanes_set(2.857142874366239149e-01) +
                         w * (lanes_set(1.818357216161805012e-01) + w * lanes_set(1.479819860511658591e-01))));
    vec low = s * (half + (odd + even)) + e * lanes_set(1.90821492927058770002e-10);
    return lanes_set(-2) * (e * lanes_set(6.93147180369123816490e-01) - ((half - low) - f));
}

/* cos and sin of t, |t| at most pi/4. */
INLINE void turn(vec t, vec *cosine, vec *sine)
{
    vec z = t * t, w = z * z;
    vec s = (lanes_set(-1.66666666666666324348e-01) + z * lanes_set(8.33333333332248946124e-03)) +
            w * ((lanes_set(-1.98412698298579493134e-04) + z * lanes_set(2.75573137070700676789e-06)) +
                 w * (lanes_set(-2.50507602534068634195e-08) + z * lanes_set(1.58969099521155010221e-10)));
    vec c = (lanes_set(4.16666666666666019037e-02) + z * lanes_set(-1.38888888888741095749e-03)) +
            w * ((lanes_set(2.48015872894767294178e-05) + z * lanes_set(-2.75573143513906633035e-07)) +
                 w * (lanes_set(2.08757232129817482790e-09) + z * lanes_set(-1.13596475577881948265e-11)));
    *sine = t + t * z * s;
    *cosine = lanes_set(1) - (lanes_set(0.5) * z - w * c);
}

/* The angle is that of a point of the quarter circle about 0, or of three more that follow from two bits which the
 * angle did not take: the two exchanged, both negated. */
INLINE void box_muller(struct philox p, vec *one, vec *other)
{
    vec u = one_and(p.w[0], p.w[1]) - lanes_set(1 - 0x1p-53);
    vec t = (one_and(p.w[2], p.w[3]) - lanes_set(1.5)) * lanes_set(0x1.921fb54442d18p0);
    vec radius = lanes_sqrt(minus_two_log(u)), c, s;
    turn(t, &c, &s);
    words sign = p.w[3] << 63, swap = (words)(c) ^ (words)(s);
    swap &= EACH(0) - (p.w[3] >> 1 & EACH(1));
    *one = (vec)((words)(radius * (vec)((words)c ^ swap)) ^ sign);
    *other = (vec)((words)(radius * (vec)((words)s ^ swap)) ^ sign);
}

TARGET static void normal_block(uint64_t key, uint64_t step, uint32_t draw, uint32_t index, size_t pairs, double *one,
                                double *other)
{
    words number = EACH(index);
    for (int i = 0; i < LANES; i++)
        number[i] += (uint64_t)i;
    for (size_t i = 0; i < pairs; i += SIDE * LANES) {
        struct philox p[SIDE];
        for (size_t v = 0; v < SIDE; v++, number += EACH(LANES))
            p[v] = (struct philox){{number, EACH(draw), EACH(step & 0xffffffff), EACH(step >> 32)}};
        philox_scramble(p, (uint32_t)key, (uint32_t)(key >> 32));
        vec a[SIDE], b[SIDE];
        _Pragma("GCC unroll 2") for (size_t v = 0; v < SIDE; v++) box_muller(p[v], &a[v], &b[v]);
        for (size_t v = 0; v < SIDE; v++) {
            lanes_store(one + i + v * LANES, a[v]);
            lanes_store(other + i + v * LANES, b[v]);
        }
    }
}
