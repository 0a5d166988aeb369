/* The rate unit that answers most like a LIF neuron: a low-pass filter fitted to the modulus of the transfer
 * function,
 *
 *   minimise over tau, h0 > 0:   S = sum_m (|n(w_m)| - h0 / sqrt(1 + w_m^2 tau^2))^2
 *
 * (Senk et al. 2020). Phases are not fitted. The minimum is the exact one: for a given tau h0 is linear, and
 * what is left has one unknown. */
#ifndef MEANFIELD_FIT_H
#define MEANFIELD_FIT_H

#include <stddef.h>

enum fit_status {
    FIT_OK,
    FIT_NO_LOW_PASS, /* the modulus does not fall with frequency: tau 0, h0 its mean, fit_error NaN */
    FIT_NO_TIME,     /* it falls as 1/f or faster everywhere, so that no tau is long enough, or the
                      * frequencies are too much alike to tell; all NaN */
    FIT_TOO_FEW,     /* fewer than two frequencies that differ in size; all NaN */
    FIT_STATUSES
};
/* "ok", "no_low_pass", ...: the words of tables */
extern const char *const fit_status_names[FIT_STATUSES];

struct fit {
    enum fit_status status;
    double tau; /* s */
    double h0;  /* in units of the modulus */
    /* sqrt(var tau / tau^2 + var h0 / h0^2) from the curvature of S and S / (count - 2); NaN for two
     * frequencies */
    double fit_error;
};

/* modulus[m] >= 0 and finite at frequency[m] in Hz. */
struct fit fit_low_pass(size_t count, const double *frequency, const double *modulus);

#endif
