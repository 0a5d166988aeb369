/* The mean rate of a population and how sure it is, from how much neurons differ. Pure; any thread that may
 * read the source. */
#ifndef SIGNAL_SPREAD_H
#define SIGNAL_SPREAD_H

#include <stddef.h>

#include "signal/source.h"

struct rate_spread {
    size_t spikes;
    double rate;  /* Hz, of one neuron */
    double error; /* its standard error, Hz: right for independent neurons, whatever their trains look like;
                     of one neuron alone as if it were a Poisson process */
};

/* Of the spikes of a span that is not closed. Many neurons are taken in groups. Looks at every spike; allocates
 * nothing. NaN for a span without length. */
struct rate_spread rate_spread(const struct spike_source *source, const struct time_span *span);

#endif
