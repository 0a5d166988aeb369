/* A rate curve laid through measured points: which gain, bias, tau_rc, tau_ref and sigma explain a neuron's rates.
 *
 *   rate(x) = curve(J),  J = gain x + bias          the gain is signed: negative where the rate falls with x
 *
 * found by nonlinear least squares (GSL's multifit_nlinear, Levenberg-Marquardt in a trust region) from several
 * starting points. Weights are 1 / se^2, se = sqrt(spikes) / time as of a Poisson process, never less than one spike in
 * that time nor than 1 % of the highest rate; two more rounds take the spikes that the curve expects instead of those
 * counted, since weights from counts pull a curve below its points. Positive parameters are fitted as logarithms within
 * wide bounds. Within the spread of x that a point covers the curve is averaged (three-point Gauss rule). A rate over a
 * wide bin is not that of its middle, so points should be fine: a search for where to start takes neighbours together,
 * the fit itself uses all, and the residual is given for the coarser points that are shown.
 *
 * What the data cannot tell. Far above threshold the rate is 1 / (tau_ref + tau_rc / j), j = J - 1: only tau_rc / gain
 * counts there, and the time constants are told from the gain by the corner alone. A parameter whose 95 % interval
 * spans more than a factor e to each side is therefore held at `fallback` and the rest fitted anew, unless the points
 * speak against that value. Which were held is given back.
 *
 * Pure; any thread. */
#ifndef MODEL_RATE_FIT_H
#define MODEL_RATE_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/rate.h"

struct rate_points {
    size_t count;
    double *x;      /* [count] */
    double *spread; /* [count] standard deviation of x within the point; 0: a single value */
    double *rate;   /* [count] Hz */
    double *time;   /* [count] s it was measured for, > 0 */
    size_t *shown;  /* [count] which point of a coarser picture it is a part of, rising; NULL: each is one */
};

struct rate_fit_request {
    const struct rate_curve *curve;
    double tau_rc, tau_ref, sigma; /* held at this value; NaN: to be found. sigma means nothing to the LIF curve */
    struct neuron_params fallback; /* for what cannot be told */
};

enum rate_fit_status {
    RATE_FIT_NONE, /* was not tried */
    RATE_FIT_OK,
    RATE_FIT_FLAT, /* the rate does not depend on x: gain 0, the bias gives the mean rate */
    RATE_FIT_NO_SPIKES,
    RATE_FIT_TOO_FEW_POINTS, /* at least three values of x are needed */
    RATE_FIT_TOO_FAST,       /* the fastest points lie above 1 / tau_ref, which was to be held */
    RATE_FIT_NOT_CONVERGED,  /* the best so far */
};

/* Bits of `held`. */
#define RATE_FIT_TAU_RC 1u
#define RATE_FIT_TAU_REF 2u
#define RATE_FIT_SIGMA 4u

/* Standard errors, from the covariance of the fit with all that was to be found left free, what was then held
 * included: a huge or infinite one belongs to a parameter that the points do not determine. 0 of what was given; NaN
 * where nothing was fitted. */
struct rate_fit_errors {
    double gain, bias, tau_rc, tau_ref, sigma;
};

struct rate_fit {
    enum rate_fit_status status;
    double gain, bias;           /* NaN where there is no curve */
    struct neuron_params params; /* tau_rc, tau_ref, sigma (0 for LIF); amplitude 1 */
    double rms;                  /* Hz: root of the mean square of what is left over at the points shown, by time */
    unsigned held;               /* what could not be told from the points and was put to its usual value */
    unsigned open;               /* what could not be told, but the points speak against the usual value too */
    struct rate_fit_errors error;
};

struct rate_fit rate_fit(const struct rate_points *points, const struct rate_fit_request *request);

/* Whether it has a curve, and the curve at x, Hz. */
bool rate_fit_has_curve(const struct rate_fit *fit);
double rate_fit_rate(const struct rate_fit *fit, const struct rate_curve *curve, double x);
/* "ok", "flat", "no_spikes", ...; with something held or open, "held_tau_rc_sigma", "held_sigma_open_tau_rc". Returns
 * out. */
#define RATE_FIT_WORD 48
char *rate_fit_word(const struct rate_fit *fit, char out[RATE_FIT_WORD]);

#endif
