/* Whether a network without neurons is chaotic: two runs that begin next to one another part exponentially while both
 * stay within bounds (the largest Lyapunov exponent is above 0, found as Benettin et al. 1980 do, by following a second
 * run that is brought back to the first again and again). Of such a network no error against the ideal means anything,
 * because neurons, too, are a run that begins a little elsewhere. */
#ifndef NETWORK_CHAOS_H
#define NETWORK_CHAOS_H

#include "model/stimulus.h"
#include "network/network.h"

/* Sets chaotic[i] for each of `places` whose value parts; all false where the network has no loop with a function in it,
 * which costs nothing. Else some tens of seconds are simulated, in long steps: milliseconds of work. `input[i]` is a
 * place's own, NULL: none. Functions of the connections are used, so nobody else may use them meanwhile. */
void network_chaos(const struct network_place *place, size_t places, const struct network_link *link, size_t links,
                   const struct stimulus *const *input, double dt, bool *chaotic);

#endif
