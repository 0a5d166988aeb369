/* Transfer function of a LIF neuron: how its rate answers a small sine on the mean of its input.
 *
 *   shift   n(w) = sqrt(2)/sigma nu / (1 + i w tau_m) R H_s         (Schuecker, Diesmann & Helias 2015)
 *   taylor  n(w) = sqrt(2)/sigma / (1 + i w tau_m) [nu_T a1 + c nu0 (a2 - a1^2)] H_s      (the same, 2014)
 *
 * in Hz/V, with R, a1, a2 the ratios of meanfield/ratio.h, c = alpha sqrt(tau_s/tau_m) / sqrt(2) and H_s = 1
 * / (1 + i w tau_s) when the sine goes through the synapse. Perturbations go as exp(+i w t): a lag is a
 * negative phase. n(-w) is the conjugate of n(w); n(0) is d rate / d mu, which the formula meets only for
 * tau_r = 0 unless its denominator is corrected for neurons that come back after tau_r:  Psi(x_t) - exp(-i w
 * tau_r) Psi(x_r). METHOD_DELTA is the formula of shift at boundaries that are not shifted. */
#ifndef MEANFIELD_TRANSFER_H
#define MEANFIELD_TRANSFER_H

#include "meanfield/siegert.h"

struct transfer_options {
    enum meanfield_method method;
    bool filter;     /* H_s */
    bool refractory; /* the corrected denominator */
};
/* shift, filter on, refractory off: the example's */
extern const struct transfer_options transfer_defaults;

/* One value. re and im underflow to 0 with the rate; phase and gain do not. */
struct transfer {
    double re, im;    /* Hz/V */
    double amplitude; /* Hz/V */
    double phase;     /* rad, in (-pi, pi] */
    double gain;      /* amplitude / siegert.base, 1/V: what a fit uses, at any rate */
};

/* Largest |w tau_m|: far beyond what a neuron follows, and near what can be computed in a blink. */
#define TRANSFER_OMEGA_MAX 1e5

/* False with a sentence when there is no noise at all: neurons that begin together then stay together for ever, and no
 * answer to a sine settles. For any noise above 0 it does, however long that takes, and what it settles to has a limit
 * as sigma goes to 0. */
bool transfer_noisy(struct working_point point, struct error *error);
/* False with a sentence that names the first frequency beyond it. */
bool transfer_check(const struct meanfield_neuron *neuron, size_t count, const double *frequency, struct error *error);

/* Values at `count` frequencies (Hz, finite, of any sign and order) into out[count]. `rate` (may be NULL)
 * gets the stationary rate in any case. False with a sentence when there is no noise (there is no transfer
 * function then), or for a frequency beyond TRANSFER_OMEGA_MAX. */
bool transfer_function(const struct meanfield_neuron *neuron, struct working_point point,
                       const struct transfer_options *options, size_t count, const double *frequency,
                       struct transfer *out, struct siegert *rate, struct error *error);

#endif
