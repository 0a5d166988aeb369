/* What the commands and panes of mean-field theory share: the network, and the working point looked at. UI
 * thread only. */
#ifndef VIEW_MEANFIELD_STATE_H
#define VIEW_MEANFIELD_STATE_H

#include "meanfield/network.h"
#include "meanfield/transfer.h"

struct meanfield_state {
    struct meanfield_network network;
    struct working_point point;      /* the one chosen */
    struct transfer_options options; /* how transfer functions are computed */
};

/* The example's: 10 mV and 10 mV. */
void meanfield_state_init(struct meanfield_state *state);

#endif
