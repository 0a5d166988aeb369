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

struct rate_table;

/* Chooses the rows and checks the request; the channel is frozen and outlives it. Where the neurons changed the record
 * begins after the last change, unless `from` lies before it. The session is told of that, and what a spike counts as
 * where a kernel does not sum to one. NULL with a sentence. */
struct rate_table *rate_table_new(struct session *session, const struct channel *channel,
                                  const struct rate_request *request, struct error *error);
/* t,<neuron>,...: at the file's own times (dense), else at the multiples of dt in [from, to]. A window holds the rows
 * that the table of the whole record has there. Any thread. */
bool rate_table_write(const struct rate_table *table, struct sheet *sheet, struct error *error);
void rate_table_free(struct rate_table *table);

#endif
