/* Noise that each neuron of a population has for itself, and the currents made of it for the next steps.
 *
 * What a neuron gets in a step is a function of the seed, the step and the neuron's number (model/normal.h): the same
 * seed gives the same currents, however steps are split over calls and blocks over threads. Shares of the blocks (part
 * of parts) touch different memory. */
#ifndef MODEL_PRIVATE_NOISE_H
#define MODEL_PRIVATE_NOISE_H

#include <stddef.h>
#include <stdint.h>

#include "model/population.h"
#include "model/stimulus.h"

struct private_noise;

struct private_noise *private_noise_new(size_t neurons, uint64_t seed);
void private_noise_free(struct private_noise *noise);
/* From the beginning again. */
void private_noise_reset(struct private_noise *noise);
/* Whether it is what private_noise_new would make, but for the steps it has made. */
bool private_noise_is(const struct private_noise *noise, size_t neurons, uint64_t seed);

/* Advances a share of a spiking population under the stimulus `white`, whose mean at the end of each step is
 * x[s * stride], as population_advance_part does under x. Steps at most POPULATION_STEPS; allocates nothing.
 */
void private_noise_advance(struct private_noise *noise, const struct stimulus *white,
                           const struct population *population, struct population_state *state, double dt, size_t steps,
                           const double *x, size_t stride, uint64_t *spikes, size_t part, size_t parts);

#endif
