/* The table of `rates`: firing rates of every neuron of a channel at chosen times. UI thread only. */
#ifndef COMMAND_RATE_TABLE_H
#define COMMAND_RATE_TABLE_H

#include "command/channel.h"
#include "command/sheet.h"
#include "signal/isi.h"

struct rate_request {
    const struct isi_interp *interp;
    bool midpoint;
    double dt;       /* s between rows; 0: a dense file's own times, 1 ms for events */
    double from, to; /* s; NaN: the whole record */
};

/* t,<neuron>,...: at the file's own times (dense), else at the multiples of dt in [from, to]. */
bool rate_table(const struct channel *channel, const struct rate_request *request, struct sheet *sheet,
                struct error *error);

/* Begins a table whose columns are `first` and the labels of the channel's neurons. */
bool analyse_labels(struct sheet *sheet, const struct channel *channel, const char *first,
                    struct error *error);

#endif
