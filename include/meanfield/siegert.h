/* Stationary rate of a LIF neuron under noise.
 *
 *   nu0 = 1 / (tau_r + tau_m I),  I = sqrt(pi) int_{y_r}^{y_th} exp(u^2) (1 + erf u) du,  y = (V - mu) /
 * sigma
 *
 * (Siegert 1951; Amit & Brunel 1997), and its corrections for synaptic filtering (Fourcaud & Brunel 2002).
 * Far below threshold the rate is carried as a logarithm. Without noise it is 1 / (tau_r + tau_m ln((mu -
 * V_0) / (mu - V_th))). */
#ifndef MEANFIELD_SIEGERT_H
#define MEANFIELD_SIEGERT_H

#include "meanfield/neuron.h"

struct siegert {
    double rate;     /* Hz; by METHOD_TAYLOR it may be negative. 0 when too low for a double */
    double log_rate; /* natural logarithm of |rate|, whatever its size; -inf: no spike ever */
    double slope;    /* d rate / d mu, Hz/V; by a limit from both sides where there is no noise, inf at its
                        threshold */
    /* For transfer/: with the boundaries of the method (shifted or not) */
    double x_t, x_r, width; /* sqrt(2) y, and their difference */
    double base;            /* Hz, the rate of the formula at these boundaries: rate except for METHOD_TAYLOR */
    double base_log;
    double share;   /* 1 - base tau_r: the part of the time the neuron is not refractory */
    double factor;  /* rate / base */
    bool noiseless; /* none of x_t to width exists */
};

/* The neuron passed meanfield_neuron_check, sigma is >= 0, both are finite. */
struct siegert siegert_rate(const struct meanfield_neuron *neuron, struct working_point point,
                            enum meanfield_method method);

/* exp(y^2) erfc(y), y >= 0: relative error 5e-16. */
double siegert_erfcx(double y);

#endif
