/* What the transfer function of a LIF neuron is made of: ratios of parabolic cylinder functions, eight
 * frequencies at a time. With Omega = w tau_m >= 0 and x = sqrt(2) (V - mu) / sigma,
 *
 *   Psi(x) = exp(x^2/4) U(-1/2 + i Omega, -x),   Psi'' = x Psi' + i Omega Psi   (DLMF 12.2)
 *   R = (Psi'(x_t) - Psi'(x_r)) / (Psi(x_t) - Psi(x_r))
 *
 * Both differences vanish with Omega, their ratio does not: the work is done with p = Psi' / (i Omega) and
 * g = (Psi - Psi(x_r)) / (i Omega), which stay finite. Relative error below 1e-13, mostly 1e-15. The other
 * lanes decide only how long a step is, so a value may differ by that much with the company it is computed
 * in; it is the same on every instruction set. Inside meanfield/ and for its tests; any thread. */
#ifndef MEANFIELD_RATIO_H
#define MEANFIELD_RATIO_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/cpu.h"

#define RATIO_LANES 8

/* Complex numbers of eight frequencies. */
struct ratio_lanes {
    alignas(64) double re[RATIO_LANES];
    alignas(64) double im[RATIO_LANES];
};

struct ratio {
    struct ratio_lanes slope; /* R */
    struct ratio_lanes curve; /* (x_t Psi'(x_t) - x_r Psi'(x_r)) / (Psi(x_t) - Psi(x_r)) */
    struct ratio_lanes reset; /* i Omega Psi(x_r) / (Psi(x_t) - Psi(x_r)); 0 where x_r does not matter */
};

/* x_t: threshold; width = x_t - x_r > 0, given apart because it may be small beside x_t; omega[i] >= 0,
 * finite. */
void ratio_evaluate(double x_t, double x_r, double width, const double omega[RATIO_LANES], struct ratio *ratio);

/* ---- kernels: the same steps for different instruction sets ---- */

struct ratio_state {
    struct ratio_lanes g, p, dp, psi; /* dp: change of p since g was zero */
    alignas(64) double omega[RATIO_LANES];
};

struct ratio_kernel {
    /* p / Psi at x = -y by Miller's backward recurrence over `terms` terms */
    void (*start)(double y, size_t terms, const double *omega, struct ratio_lanes *p);
    /* One Taylor step of length h from x = -y, with `keep` coefficients taken from the same recurrence. */
    void (*deep)(struct ratio_state *state, double y, double h, size_t keep, size_t terms);
    /* One Taylor step of g'' = x g' + i Omega g + psi of length h from x. */
    void (*series)(struct ratio_state *state, double x, double h);
};
extern const struct ratio_kernel ratio_generic, ratio_avx2, ratio_avx512;
/* By instruction set. */
extern const struct ratio_kernel *const ratio_kernels[CPU_SETS];
/* ratio_evaluate on a kernel of one's choice: for tests. */
void ratio_evaluate_on(const struct ratio_kernel *kernel, double x_t, double x_r, double width,
                       const double omega[RATIO_LANES], struct ratio *ratio);

#define RATIO_KEEP_MAX 96

#endif
