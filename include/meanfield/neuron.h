/* The LIF neuron of mean-field theory, the kind of input it gets, and the methods that predict its rate.
 *
 *   tau_m dV/dt = -V + mu + sigma sqrt(tau_m) xi(t),   xi white noise of unit density
 *
 * so that without a threshold V would have the deviation sigma / sqrt(2). At V_th the neuron spikes, is
 * silent for tau_r and goes on from V_0. With tau_s > 0 the noise comes through exponential synapses. SI
 * units: V, s, Hz. All of this room are pure functions of their arguments; any thread. */
#ifndef MEANFIELD_NEURON_H
#define MEANFIELD_NEURON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/number.h"

struct meanfield_neuron {
    double tau_m; /* membrane time constant, s, > 0 */
    double tau_s; /* decay of the synaptic current, s, >= 0; the theory wants it well below tau_m */
    double tau_r; /* refractory period, s, >= 0 */
    double V_th;  /* threshold, V, above V_0 */
    double V_0;   /* reset, V */
};

/* 5 ms, 0.5 ms, 0, 15 mV, 0: Senk et al. 2020 */
extern const struct meanfield_neuron meanfield_neuron_defaults;

/* What a parameter is called, measures and may be; parser, help and checks read this table. */
struct meanfield_param {
    const char *name;
    enum dimension dimension;
    size_t offset; /* in the struct the table is of */
    double low, high;
    bool low_open; /* low itself is refused */
    const char *help;
};
extern const struct meanfield_param meanfield_neuron_table[];
extern const size_t meanfield_neuron_count;

/* Largest |V| anywhere. */
#define MEANFIELD_VOLTS_MAX 1e3

/* False with a sentence that names the first value out of range, V_th not above V_0 included. */
bool meanfield_neuron_check(const struct meanfield_neuron *neuron, struct error *error);

/* Mean and deviation of the input; sigma >= 0. */
struct working_point {
    double mu, sigma; /* V */
};

/* How synaptic filtering enters the rate. */
enum meanfield_method {
    METHOD_SHIFT,  /* threshold and reset move up by sigma alpha/2 sqrt(tau_s/tau_m) (Fourcaud & Brunel 2002)
                    */
    METHOD_TAYLOR, /* the first order of that in sqrt(tau_s/tau_m); may turn negative far below threshold */
    METHOD_DELTA,  /* not at all: white noise (Siegert 1951) */
    METHODS
};
extern const char *const meanfield_method_names[METHODS];

/* sqrt(2) |zeta(1/2)|, the constant of that boundary layer */
#define MEANFIELD_ALPHA 2.0652531522312172

/* Below this part of V_th - V_0 a sigma counts as none: the neuron is deterministic to all digits. */
#define MEANFIELD_SIGMA_NONE 1e-9
bool meanfield_noiseless(const struct meanfield_neuron *neuron, double sigma);

#endif
