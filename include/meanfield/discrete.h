/* What steps of length dt do to a neuron whose threshold is looked at only at their ends: it acts like one
 * whose threshold is higher by
 *
 *   sigma (sqrt(s^2 + d^2) - s),   s = alpha/2 sqrt(tau_s/tau_m),  d = -zeta(1/2)/sqrt(2 pi) sqrt(dt/tau_m)
 *
 * d alone is the white-noise result (Broadie, Glasserman & Kou 1997 for barriers watched at intervals);
 * through a synapse V moves smoothly and less is missed. The sum of squares joins both, and is good to some
 * tenths of the effect.
 *
 * A neuron that spikes within a step stays at the reset for what is left of it, a time spread evenly over 0 to dt;
 * where that is longer than tau_r it loses the difference, on average (dt - tau_r)^2 / (2 dt) a spike. */
#ifndef MEANFIELD_DISCRETE_H
#define MEANFIELD_DISCRETE_H

#include "meanfield/neuron.h"

struct meanfield_neuron discrete_neuron(const struct meanfield_neuron *neuron, double sigma, double dt);

#endif
