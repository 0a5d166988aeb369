/* Input of the populations, and what from outside makes a given input. */
#include "meanfield/network.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdio.h>

const char *const meanfield_population_names[POPULATIONS] = {"exc", "inh"};

#define EXAMPLE                                                                                                        \
    {                                                                                                                  \
        .tau_m = 5e-3, .tau_s = 0.5e-3, .tau_r = 0, .V_th = 15e-3, .V_0 = 0                                            \
    }
const struct meanfield_network meanfield_network_defaults = {
    .neuron = {EXAMPLE, EXAMPLE},
    .C = {250e-12, 250e-12},
    .W = {87.8e-12, -439e-12},
    .J = {0.1756e-3, -0.878e-3},
    .K = {400, 100},
};

#define FIELD(text, field) text, .offset = offsetof(struct meanfield_network, field)
#define WEIGHT_LARGEST 1e3
const struct meanfield_param meanfield_network_table[] = {
    {FIELD("C", C[EXC]), .dimension = DIMENSION_CAPACITANCE, .low = 0, .high = 1e3, .low_open = true,
     .help = "membrane capacitance"},
    {FIELD("W_exc", W[EXC]), .dimension = DIMENSION_CURRENT, .low = -WEIGHT_LARGEST, .high = WEIGHT_LARGEST,
     .help = "current of an excitatory synapse; the voltage it makes is tau_s W / C"},
    {FIELD("W_inh", W[INH]), .dimension = DIMENSION_CURRENT, .low = -WEIGHT_LARGEST, .high = WEIGHT_LARGEST,
     .help = "of an inhibitory one"},
    {FIELD("J_exc", J[EXC]), .dimension = DIMENSION_VOLT, .low = -WEIGHT_LARGEST, .high = WEIGHT_LARGEST,
     .help = "that voltage, instead of W_exc"},
    {FIELD("J_inh", J[INH]), .dimension = DIMENSION_VOLT, .low = -WEIGHT_LARGEST, .high = WEIGHT_LARGEST,
     .help = "of an inhibitory one"},
    {FIELD("K_exc", K[EXC]), .dimension = DIMENSION_NONE, .low = 0, .high = 1e12,
     .help = "excitatory connections a neuron gets"},
    {FIELD("K_inh", K[INH]), .dimension = DIMENSION_NONE, .low = 0, .high = 1e12, .help = "inhibitory ones"},
};
const size_t meanfield_network_count = sizeof meanfield_network_table / sizeof *meanfield_network_table;

bool meanfield_network_unused(const struct meanfield_network *network, const struct meanfield_param *param)
{
    return param->name[0] == (network->by_weight ? 'W' : 'J');
}

void meanfield_network_weigh_by(struct meanfield_network *network, bool J)
{
    if (J == network->by_weight)
        return;
    double tau = network->neuron[EXC].tau_s;
    for (int j = 0; j < POPULATIONS; j++) {
        double weight = network_weight(network, EXC, j);
        if (J)
            network->J[j] = weight;
        else if (tau > 0)
            network->W[j] = weight * network->C[EXC] / tau;
    }
    network->by_weight = J;
}

bool meanfield_network_check(const struct meanfield_network *network, struct error *error)
{
    for (int i = 0; i < POPULATIONS; i++)
        if (!meanfield_neuron_check(&network->neuron[i], error)) {
            struct error other;
            bool both = !meanfield_neuron_check(&network->neuron[1 - i], &other);
            return both ? false : error_prefix(error, "%s: ", meanfield_population_names[i]);
        }
    return true;
}

double network_weight(const struct meanfield_network *network, int target, int source)
{
    if (network->by_weight)
        return network->J[source];
    return network->neuron[target].tau_s * network->W[source] / network->C[target];
}

void network_input(const struct meanfield_network *network, const double rate[POPULATIONS],
                   const double external[POPULATIONS], struct working_point point[POPULATIONS])
{
    for (int i = 0; i < POPULATIONS; i++) {
        double mean = 0, square = 0;
        for (int j = 0; j < POPULATIONS; j++) {
            double J = network_weight(network, i, j), spikes = network->K[j] * rate[j] + external[j];
            mean += J * spikes;
            square += J * J * spikes;
        }
        double variance = network->neuron[i].tau_m * square;
        point[i].mu = network->neuron[i].tau_m * mean;
        point[i].sigma = variance > 0 ? sqrt(variance) : 0;
    }
}

/* What has to come from outside, per second: V/s and V^2/s. */
static void missing(const struct meanfield_network *network, struct working_point point, const double rate[POPULATIONS],
                    int target, double *mean, double *square)
{
    double tau = network->neuron[target].tau_m;
    *mean = point.mu / tau;
    *square = point.sigma * point.sigma / tau;
    for (int j = 0; j < POPULATIONS; j++) {
        double J = network_weight(network, target, j), spikes = network->K[j] * rate[j];
        *mean -= J * spikes;
        *square -= J * J * spikes;
    }
}

static bool targets_equal(const struct meanfield_network *network)
{
    const struct meanfield_neuron *e = &network->neuron[EXC], *i = &network->neuron[INH];
    return e->tau_m == i->tau_m && e->tau_s == i->tau_s && e->tau_r == i->tau_r && e->V_th == i->V_th &&
           e->V_0 == i->V_0 && network->C[EXC] == network->C[INH];
}

static void solve_unequal(const struct meanfield_network *network, struct working_point point,
                          const double rate[POPULATIONS], double external[POPULATIONS])
{
    double matrix[2 * POPULATIONS * POPULATIONS], right[2 * POPULATIONS], tau[POPULATIONS];
    double residual[2 * POPULATIONS];
    for (int i = 0; i < POPULATIONS; i++) {
        missing(network, point, rate, i, &right[i], &right[POPULATIONS + i]);
        for (int j = 0; j < POPULATIONS; j++) {
            double J = network_weight(network, i, j);
            matrix[i * POPULATIONS + j] = J;
            matrix[(POPULATIONS + i) * POPULATIONS + j] = J * J;
        }
    }
    gsl_matrix_view A = gsl_matrix_view_array(matrix, 2 * POPULATIONS, POPULATIONS);
    gsl_vector_view t = gsl_vector_view_array(tau, POPULATIONS), b = gsl_vector_view_array(right, 2 * POPULATIONS);
    gsl_vector_view x = gsl_vector_view_array(external, POPULATIONS);
    gsl_vector_view r = gsl_vector_view_array(residual, 2 * POPULATIONS);
    gsl_linalg_QR_decomp(&A.matrix, &t.vector);
    gsl_linalg_QR_lssolve(&A.matrix, &t.vector, &b.vector, &x.vector, &r.vector);
}

bool network_external(const struct meanfield_network *network, struct working_point point,
                      const double rate[POPULATIONS], double external[POPULATIONS])
{
    double mean, square;
    for (int i = 0; i < POPULATIONS; i++) {
        double e = network_weight(network, i, EXC), h = network_weight(network, i, INH);
        if (e == 0 || h == 0 || e == h)
            return false;
    }
    if (!targets_equal(network)) {
        solve_unequal(network, point, rate, external);
        return isfinite(external[EXC]) && isfinite(external[INH]);
    }
    double e = network_weight(network, EXC, EXC), i = network_weight(network, EXC, INH);
    double det = e * i * (i - e);
    missing(network, point, rate, EXC, &mean, &square);
    external[EXC] = (i * i * mean - i * square) / det;
    external[INH] = (e * square - e * e * mean) / det;
    return isfinite(external[EXC]) && isfinite(external[INH]);
}
