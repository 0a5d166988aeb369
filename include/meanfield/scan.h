/* One working point of a network, all of it: the external rates that lead there, the rate, and the rate unit
 * that answers alike. */
#ifndef MEANFIELD_SCAN_H
#define MEANFIELD_SCAN_H

#include "meanfield/fit.h"
#include "meanfield/network.h"
#include "meanfield/transfer.h"

/* Of several that apply the first here is told. */
enum scan_status {
    SCAN_OK,
    SCAN_NO_NOISE,          /* sigma is 0: no transfer function, so nothing to fit */
    SCAN_NO_EXTERNAL_RATE,  /* a weight is 0 or both are equal: no rates from outside give mean and deviation
                             */
    SCAN_NEGATIVE_EXTERNAL, /* a rate from outside would have to be negative */
    SCAN_NEGATIVE_RATE,     /* the Taylor method gives a rate below 0 */
    SCAN_NO_LOW_PASS,       /* see fit_status */
    SCAN_NO_TIME,
    SCAN_TOO_FEW,
    SCAN_STATUSES
};
extern const char *const scan_status_names[SCAN_STATUSES]; /* "ok", "no_noise", "negative_external_rate", ... */

/* What does not exist is NaN. */
struct scan_row {
    struct working_point point;
    enum scan_status status;
    double external[POPULATIONS]; /* Hz */
    double off;     /* V: with these rates from outside mu or sigma of a population still is that far from the
                     * point,     because populations that differ cannot both be there; 0: exact */
    double rate;    /* Hz, of the population asked for, like all that follows */
    double tau, h0; /* s, Hz/V */
    double weight[POPULATIONS]; /* h0 tau_m J K, by source */
    double fit_error;
    /* Two of what may apply, each for itself: why there are no rates from outside, and what came of the fit.
     */
    enum scan_status outside, shape;
};

/* Transfer function of one population (EXC or INH) at the frequencies, which passed transfer_check, fitted.
 * `values` (may be NULL) gets it.
 */
void scan_point(const struct meanfield_network *network, int population, struct working_point point,
                const struct transfer_options *options, size_t count, const double *frequency, struct transfer *values,
                struct scan_row *row);

#endif
