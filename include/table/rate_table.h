/* The table of `rates`: firing rates of every neuron of a channel at chosen times. UI thread only. */
#ifndef TABLE_RATE_TABLE_H
#define TABLE_RATE_TABLE_H

#include "language/sheet.h"
#include "rig/channel.h"
#include "signal/isi.h"
#include "signal/kernel.h"

struct session;

struct rate_request {
    const struct rate_kernel *kernel; /* NULL: from the intervals between spikes */
    double tau;                       /* s, of the kernel */
    bool causal;                      /* it only looks back */
    const struct isi_interp *interp;
    bool midpoint;
    double dt;       /* s between rows; 0: a dense file's own times, 1 ms for events */
    double from, to; /* s; NaN: the whole record */
};

/* t,<neuron>,...: at the file's own times (dense), else at the multiples of dt in [from, to]. A window holds the rows
 * that the table of the whole record has there. Where the neurons changed the record begins after the last change, unless
 * `from` lies before it. The session is told of that, and what a spike counts as where a kernel does not sum to one. */
bool rate_table(struct session *session, const struct channel *channel, const struct rate_request *request,
                struct sheet *sheet, struct error *error);

#endif
