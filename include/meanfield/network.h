/* Two populations, excitatory and inhibitory, that drive each other and get Poisson spikes from outside
 * through the same synapses.
 *
 *   mu_i      = tau_m,i [sum_j K_j J_ij nu_j + sum_j J_ij nu_ext_j]
 *   sigma_i^2 = tau_m,i [sum_j K_j J_ij^2 nu_j + sum_j J_ij^2 nu_ext_j]        (Fourcaud & Brunel 2002)
 *
 * i is the target, j the source; J_ij = tau_s,i W_j / C_i, or J_j as given. One external source of each kind
 * a neuron. */
#ifndef MEANFIELD_NETWORK_H
#define MEANFIELD_NETWORK_H

#include "meanfield/neuron.h"

enum { EXC, INH, POPULATIONS };
extern const char *const meanfield_population_names[POPULATIONS]; /* "exc", "inh" */

struct meanfield_network {
    struct meanfield_neuron neuron[POPULATIONS];
    double C[POPULATIONS]; /* membrane capacitance, F, > 0 */
    bool by_weight;        /* J is given; else it follows from W */
    double W[POPULATIONS]; /* height of the synaptic current, A, by source */
    double J[POPULATIONS]; /* what one spike does to the voltage, V, by source */
    double K[POPULATIONS]; /* connections a neuron gets, by source, >= 0 */
};

/* The network of Senk et al. 2020 with g = 5: 250 pF, 87.8 and -439 pA, 400 and 100 connections. */
extern const struct meanfield_network meanfield_network_defaults;

/* C (of EXC; it stands for both), W_exc, W_inh, J_exc, J_inh, K_exc, K_inh, with offsets in struct
 * meanfield_network. */
extern const struct meanfield_param meanfield_network_table[];
extern const size_t meanfield_network_count;
/* The parameter is of the kind of weight that is not in use. */
bool meanfield_network_unused(const struct meanfield_network *network, const struct meanfield_param *param);
/* Goes over to weights given as J (true) or W, of the same size as far as the excitatory population is
 * concerned. */
void meanfield_network_weigh_by(struct meanfield_network *network, bool J);

/* False with a sentence, which names the population when the two differ. */
bool meanfield_network_check(const struct meanfield_network *network, struct error *error);

/* J_ij, V */
double network_weight(const struct meanfield_network *network, int target, int source);

/* What the neurons get at these rates. sigma is 0 where rates below zero would make its square negative. */
void network_input(const struct meanfield_network *network, const double rate[POPULATIONS],
                   const double external[POPULATIONS], struct working_point point[POPULATIONS]);

/* The external rates that put every population at `point`, where each fires with rate[i]: the solution in the
 * sense of least squares, exact for equal populations. Negative ones are given as they come. False when no
 * rates can do it because a weight is zero or both are equal. */
bool network_external(const struct meanfield_network *network, struct working_point point,
                      const double rate[POPULATIONS], double external[POPULATIONS]);

/* The rates a network comes to from silence, nu_i = F(mu_i(nu), sigma_i(nu)), and the input it then gets.
 * False with a sentence when it does not come to rest. external[] >= 0. */
bool network_point(const struct meanfield_network *network, const double external[POPULATIONS],
                   enum meanfield_method method, double rate[POPULATIONS], struct working_point point[POPULATIONS],
                   struct error *error);

#endif
