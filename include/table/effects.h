/* What follows from a change of a population, in words: "gain 2.8 -> 3.9 and bias 2.6 -> 3.4 keep max rate 165 Hz and
 * intercept -0.3". UI thread only. */
#ifndef TABLE_EFFECTS_H
#define TABLE_EFFECTS_H

#include "base/text.h"
#include "model/population.h"
#include "rig/channel.h"

/* Appends what another population at a channel means for the neuron that is selected (or else the first): what its
 * gain, bias, max rate and intercept were and are, and how fast it can fire at most. Nothing where they are no neurons,
 * or others. `was` is the population before. */
void effects_say(const struct channel *channel, const struct population *was, struct text *out);

#endif
