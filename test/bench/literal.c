/* The reference's FastLIF and LIF steps as anyone would write it: one neuron after the other, one step after the other.
 * What the program's kernels are measured against; compiled without vectorisation. */
#include "literal.h"

#include <math.h>

size_t literal_fastlif(size_t n, const double *bias, const double *scaled, double x, double *voltage,
                       double *refractory, double *output, double dt, const struct neuron_params *p)
{
    double charge = -expm1(-dt / p->tau_rc);
    size_t spikes = 0;
    for (size_t i = 0; i < n; i++) {
        double J = bias[i] + scaled[i] * x;
        double dV = charge * (J - voltage[i]);
        voltage[i] += dV;
        if (voltage[i] < p->min_voltage)
            voltage[i] = p->min_voltage;
        refractory[i] -= dt;
        double open = 1 - refractory[i] / dt;
        if (open < 0)
            open = 0;
        if (open > 1)
            open = 1;
        voltage[i] *= open;
        output[i] = 0;
        if (voltage[i] > 1) {
            output[i] = 1 / dt;
            double overshoot = (voltage[i] - 1) / dV;
            voltage[i] = 0;
            refractory[i] = p->tau_ref + dt * (1 - overshoot);
            spikes++;
        }
    }
    return spikes;
}

size_t literal_lif(size_t n, const double *bias, const double *scaled, double x, double *voltage, double *refractory,
                   double *output, double dt, const struct neuron_params *p)
{
    size_t spikes = 0;
    for (size_t i = 0; i < n; i++) {
        double J = bias[i] + scaled[i] * x;
        refractory[i] -= dt;
        double delta = dt - refractory[i];
        if (delta < 0)
            delta = 0;
        if (delta > dt)
            delta = dt;
        voltage[i] -= (J - voltage[i]) * expm1(-delta / p->tau_rc);
        output[i] = 0;
        if (voltage[i] > 1) {
            output[i] = p->amplitude / dt;
            refractory[i] = p->tau_ref + dt + p->tau_rc * log1p(-(voltage[i] - 1) / (J - 1));
            voltage[i] = 0;
            spikes++;
        }
        if (voltage[i] < p->min_voltage)
            voltage[i] = p->min_voltage;
    }
    return spikes;
}
