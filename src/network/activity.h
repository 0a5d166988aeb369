/* Activities of a place that rules smooth. Inside network/ only. */
#ifndef NETWORK_ACTIVITY_H
#define NETWORK_ACTIVITY_H

#include "network/network.h"

/* Puts the activity of a place's neurons in a row (spikes at their height, rates as they are) through the learning's
 * low-pass: learning->trace[n] as it is after the row's step. */
void activity_smooth(struct learning *learning, const struct place *place, double dt, size_t row);

#endif
