/* Neurons that a population is given in a file, instead of distributions to draw them from. UI thread only.
 */
#ifndef TYPED_GIVEN_NEURONS_H
#define TYPED_GIVEN_NEURONS_H

#include "language/arguments.h"

extern const struct parameter given_neurons_row; /* neurons=@file */

/* Puts the file's neurons into *spec, which owns them from then on, or takes them out when keys were typed
 * that say the same thing otherwise (n, dims, max_rates, intercepts, encoders). False with a sentence:
 * columns are missing, or such keys stand beside the file and do not agree with it; *spec is then as before.
 */
bool given_neurons_apply(const struct arguments *arguments, struct population_spec *spec, struct error *error);

#endif
