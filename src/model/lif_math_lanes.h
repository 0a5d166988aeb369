/* expm1 and log1p where a LIF neuron needs them, over lanes: fdlibm's rational approximations (Sun Microsystems 1993)
 * in the order of operations that glibc 2.28 to 2.40 have on processors with a fused multiply-add, so that the bits are
 * the ones that its scalar functions give there.
 *
 * Expects: vec, INLINE, and lanes_set, add, sub, mul, div, fma, fms, fnma. */

/* With R(z) = 1 - z/60 + ... from  x (exp(x) + 1) / (exp(x) - 1) = 2 + x^2/6 R(x^2),  in h = x^2/2:
 *   t = 3 - R x/2,   expm1(x) = x - (x h (R - t) / (6 - x t) - h) */
INLINE vec lif_expm1_lanes(vec x)
{
    vec half = lanes_mul(lanes_set(0.5), x), h = lanes_mul(x, half), h2 = lanes_mul(h, h), h4 = lanes_mul(h2, h2);
    vec a = lanes_fma(h, lanes_set(-3.33333333333331316428e-02), lanes_set(1));
    vec b = lanes_fma(h, lanes_set(-7.93650757867487942473e-05), lanes_set(1.58730158725481460165e-03));
    vec c = lanes_fma(h, lanes_set(-2.01099218183624371326e-07), lanes_set(4.00821782732936239552e-06));
    vec r = lanes_fma(h4, c, lanes_fma(h2, b, a));
    vec t = lanes_fnma(r, half, lanes_set(3));
    vec e = lanes_mul(h, lanes_div(lanes_sub(r, t), lanes_fnma(x, t, lanes_set(6))));
    return lanes_sub(x, lanes_fms(x, e, h));
}

/* With s = x / (2 + x), log1p(x) = log(1 + s) - log(1 - s) = 2 s + s R(s^2), and 2 s = x - s x:
 *   log1p(x) = x - (x^2/2 - s (x^2/2 + R)) */
INLINE vec lif_log1p_lanes(vec x)
{
    vec square = lanes_mul(lanes_mul(lanes_set(0.5), x), x), s = lanes_div(x, lanes_add(x, lanes_set(2)));
    vec z = lanes_mul(s, s), z2 = lanes_mul(z, z), z4 = lanes_mul(z2, z2), z6 = lanes_mul(z2, z4);
    vec b = lanes_fma(z, lanes_set(2.857142874366239149e-01), lanes_set(3.999999999940941908e-01));
    vec c = lanes_fma(z, lanes_set(1.818357216161805012e-01), lanes_set(2.222219843214978396e-01));
    vec d = lanes_fma(z, lanes_set(1.479819860511658591e-01), lanes_set(1.531383769920937332e-01));
    vec a = lanes_fma(z, lanes_set(6.666666666666735130e-01), lanes_mul(z2, b));
    vec r = lanes_fma(z6, d, lanes_fma(z4, c, a));
    return lanes_sub(x, lanes_sub(square, lanes_mul(lanes_add(r, square), s)));
}
