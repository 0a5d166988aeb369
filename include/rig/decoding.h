/* What the spikes of a population are decoded into: its decoders, solved when somebody first looks and again
 * whenever the population or what is asked of it has changed, and the trace of a window of its record. UI
 * thread only; decoders that take long are solved by a thread of their own, and until they are there the ones
 * before serve. */
#ifndef RIG_DECODING_H
#define RIG_DECODING_H

#include <stdbool.h>

#include "base/error.h"
#include "draw/view.h"
#include "nef/readout_trace.h"

struct channel;
struct decoding;
struct rig;
struct sheet;

void decoding_free(struct decoding *decoding); /* NULL is fine; stops what is being solved */

/* What a frame shows of a live channel in [first, last]. Solves at once what takes no longer than a frame, or
 * when there is no screen; else begins to. */
const struct decoding_view *decoding_look(struct rig *rig, struct channel *channel, double first, double last);
/* Decoders are being solved: whoever looks is to look again soon. */
bool decoding_busy(const struct channel *channel);

/* The channel's neurons are about to become others, at `time`, up to which its record is complete. */
void decoding_neurons_change(struct rig *rig, struct channel *channel, double time);
/* Other decoders are wanted (function, reg), or only another synapse. */
void decoding_function_changed(struct channel *channel);
void decoding_synapse_changed(struct channel *channel);
/* The record was cleared. */
void decoding_forget(struct channel *channel);

/* The time after which the record is of the present neurons, and whether there were others before. */
double decoding_since(const struct channel *channel, bool *others);

#endif
