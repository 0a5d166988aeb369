#include "meanfield/discrete.h"

#include <math.h>

/* -zeta(1/2) / sqrt(2 pi) */
#define BARRIER 0.58259715793901

struct meanfield_neuron discrete_neuron(const struct meanfield_neuron *neuron, double sigma, double dt)
{
    struct meanfield_neuron moved = *neuron;
    double s = 0.5 * MEANFIELD_ALPHA * sqrt(neuron->tau_s / neuron->tau_m), d = BARRIER * sqrt(dt / neuron->tau_m);
    double lost = fmax(dt - neuron->tau_r, 0);
    moved.tau_r += lost * lost / (2 * dt);
    moved.V_th += sigma * (sqrt(s * s + d * d) - s);
    return moved;
}
